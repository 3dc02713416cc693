//! Deviations: where the book and the shelf, or two logs, do not agree.

use maud::{Markup, html};
use sparhund_shared::event::UnitKey;
use sparhund_shared::fold::Deviation;
use sparhund_shared::log::LogId;

use crate::console::context::Context;
use crate::console::failure::Answer;
use crate::console::format::{link, moment};
use crate::console::layout;
use crate::console::pages::names::Names;
use crate::store::DeviationRow;

/// More than a person can work off in a day.
const MOST: usize = 500;

/// The open ones, newest first.
pub(in crate::console) async fn show(context: Context) -> Answer {
    let store = context.state.store.as_ref();
    let names = Names::read(store).await?;
    let rows = store.deviations(MOST).await?;
    let body = html! {
        h1 { (context.t("menu-deviations")) }
        p { (context.t("deviations-explained")) }
        @if rows.is_empty() { p.notice.ok { (context.t("no-deviations")) } }
        @else { (deviation_rows(&context, &names, &rows)) }
        @if rows.len() == MOST { p.notice { (context.t("more-deviations")) } }
    };
    Ok(layout::page(&context, &context.t("menu-deviations"), &body))
}

/// A table of deviations; the overview shows a few of them.
pub(super) fn deviation_rows(context: &Context, names: &Names, rows: &[DeviationRow]) -> Markup {
    let head = ["deviation", "about", "found", "what-to-do"];
    let lines = html! {
        @for row in rows {
            @let kind = row.deviation.kind();
            tr {
                td { strong { (context.t(&format!("deviation-{kind}"))) } }
                td { (about(context, names, &row.deviation)) }
                td.date { (moment(row.found_at)) }
                td { (context.t(&format!("do-{kind}"))) }
            }
        }
    };
    layout::table(context, &context.t("menu-deviations"), &head, &lines)
}

fn about(context: &Context, names: &Names, deviation: &Deviation) -> Markup {
    match deviation {
        Deviation::NegativeStock {
            unit,
            place,
            status,
            units,
        } => html! {
            (goods(unit)) ", " (names.place(place)) ", " (context.t(&format!("status-{}", status.word()))) ": "
            (context.number(*units))
        },
        Deviation::SerialDoubled { unit, units } => html! { (goods(unit)) ": " (context.number(*units)) },
        Deviation::UnknownProduct { unit } | Deviation::MovedExpired { unit, .. } => goods(unit),
        Deviation::CountedInPackages {
            unit,
            units_per_package,
        } => html! {
            (goods(unit)) ": " (context.texts.with("in-one-package", &[("count", &context.number(*units_per_package))]))
        },
        Deviation::MovedUnderHold { unit, hold, .. } => html! { (goods(unit)) ", " span.code { (hold) } },
        Deviation::Fork { log, seq } => html! { (writer(*log)) ", " (context.number(*seq)) },
        Deviation::Gap { log, from, to } => {
            html! { (writer(*log)) ", " (context.number(*from)) "–" (context.number(*to)) }
        }
        Deviation::Unreadable { log, seq, hash } => {
            html! { (writer(*log)) ", " (context.number(*seq)) ", " span.code { (hash.short()) } }
        }
        Deviation::EventConflict { event } => html! { span.code { (event) } },
        Deviation::ClockSkew { log, offset } => {
            html! { (writer(*log)) ": " (context.number(*offset / 1000)) " s" }
        }
        Deviation::ForeignVoid { event, target } => {
            html! { span.code { (event) } " → " span.code { (target) } }
        }
        Deviation::TickBack { log, seq, .. } => html! { (writer(*log)) ", " (context.number(*seq)) },
        Deviation::UnknownActor { log, user, role } => html! {
            (names.person(*user)) ", " (context.t(&format!("role-{}", role.word()))) ", " (writer(*log))
        },
    }
}

fn goods(unit: &UnitKey) -> Markup {
    let lot = unit.lot.as_ref().map(ToString::to_string).unwrap_or_default();
    let serial = unit.serial.as_ref().map(ToString::to_string).unwrap_or_default();
    let product = unit.product.to_string();
    html! {
        a.code href=(link("/console/trace", &[("product", &product), ("lot", &lot), ("serial", &serial)])) {
            (product) @if !lot.is_empty() { " " (lot) } @if !serial.is_empty() { " " (serial) }
        }
    }
}

fn writer(log: LogId) -> Markup {
    html! { span.code { (log) } }
}
