//! The first page: what stands out today.

use axum::response::Redirect;
use maud::{Markup, html};
use sparhund_shared::reference::{OrderLine, OrderState};

use crate::console::context::Context;
use crate::console::failure::{Answer, Failure};
use crate::console::format::moment;
use crate::console::layout;
use crate::console::pages::conflicts::waiting_choices;
use crate::console::pages::deviations::deviation_rows;
use crate::console::pages::names::Names;
use crate::console::pages::orders::state_word;
use crate::console::pages::quarantine::waiting_decisions;
use crate::http::{Code, open_conflicts};
use crate::store::{DeviceState, OrderQuery};

/// Deviations shown here; the rest is on their page.
const FIRST: usize = 5;
/// Counting further would read more than a person can act on.
const MOST: usize = 1_000;

/// Whether something of a line is left to do at a stage.
type LeftToDo = fn(&OrderLine) -> bool;

/// An order waits at every stage where something is left to do, and may wait at several: what is on its way to a ward
/// must be seen there though the rest is not picked.
const STAGES: [(OrderState, LeftToDo); 3] = [
    (OrderState::ToPick, |line| {
        line.progress.picked < i64::from(line.units)
    }),
    (OrderState::ToShip, |line| {
        line.progress.shipped < line.progress.picked
    }),
    (OrderState::ToAccept, |line| {
        line.progress.accepted < line.progress.shipped
    }),
];

/// The address without its slash.
pub(in crate::console) async fn to_overview() -> Redirect {
    Redirect::permanent("/console/")
}

/// A page that is not there.
pub(in crate::console) async fn nowhere(context: Context) -> Answer {
    Err(Failure::said(Code::NotFound, context.t("no-such-page")))
}

/// Counts, open deviations, devices heard.
pub(in crate::console) async fn show(context: Context) -> Answer {
    let store = context.state.store.as_ref();
    let names = Names::read(store).await?;
    let orders = store.orders(&OrderQuery::open()).await?;
    let holds = store.holds().await?;
    let open_holds = holds.iter().filter(|hold| hold.released_at.is_none()).count();
    let mut body = html! {
        h1 { (context.t("menu-overview")) }
        section.figures {
            @for (state, left) in STAGES {
                @let count = orders.iter().filter(|order| order.lines.iter().any(left)).count();
                (figure(&context, "/console/orders", count, &context.t(&format!("order-{}", state_word(state)))))
            }
            (figure(&context, "/console/holds", open_holds, &context.t("open-holds")))
        }
    };
    let conflicts = open_conflicts(&context.state, &context.user).await?;
    if conflicts > 0 {
        body = html! { (body) (waiting_choices(&context, conflicts)) };
    }
    body = html! { (body) (waiting_decisions(&context).await?) };
    if context.may_open("/console/deviations") {
        let deviations = store.deviations(MOST).await?;
        body = html! {
            (body)
            section {
                h2 { (context.t("menu-deviations")) " (" (context.number(deviations.len())) ")" }
                @if deviations.is_empty() {
                    p.notice.ok { (context.t("no-deviations")) }
                } @else {
                    (deviation_rows(&context, &names, &deviations[..deviations.len().min(FIRST)]).await?)
                    p { a href="/console/deviations" { (context.t("all-deviations")) } }
                }
            }
        };
    }
    if context.may_open("/console/devices") {
        let devices = store.devices().await?;
        let active = devices
            .iter()
            .filter(|device| device.state == DeviceState::Active);
        let heard = active.clone().filter_map(|device| device.seen_at).max();
        body = html! {
            (body)
            section {
                h2 { (context.t("menu-devices")) }
                p {
                    (context.texts.count("devices-active", i64::try_from(active.count()).unwrap_or(i64::MAX)))
                    " "
                    @if let Some(heard) = heard {
                        (context.texts.with("last-heard-at", &[("time", &moment(heard))]))
                    }
                }
                p { a href="/console/devices" { (context.t("to-devices")) } }
            }
        };
    }
    let body = html! { (body) (shortcuts(&context)) };
    Ok(layout::page(&context, &context.t("menu-overview"), &body))
}

fn figure(context: &Context, path: &str, count: usize, label: &str) -> Markup {
    let inside = html! { strong { (context.number(count)) } span { (label) } };
    html! {
        @if context.may_open(path) { a.figure href=(path) { (inside) } } @else { div.figure { (inside) } }
    }
}

fn shortcuts(context: &Context) -> Markup {
    html! {
        section {
            h2 { (context.t("go-on")) }
            ul.plain {
                li { a href="/app/" { (context.t("open-scanner")) } }
                li { a href="/console/labels" { (context.t("print-labels")) } }
            }
        }
    }
}
