//! Deviations: where the book and the shelf, or two logs, do not agree.

use std::collections::{HashMap, HashSet};

use maud::{Markup, html};
use sparhund_shared::event::{HoldText, Product, UnitKey};
use sparhund_shared::fold::Deviation;
use sparhund_shared::identity::UdiDi;
use sparhund_shared::log::{EventId, Hash, HoldId, LogId};

use crate::console::context::Context;
use crate::console::failure::Answer;
use crate::console::format::{link, moment, printable};
use crate::console::layout;
use crate::console::pages::conflicts::waiting_choices;
use crate::console::pages::names::Names;
use crate::http::open_conflicts;
use crate::store::{DeviationRow, Result, Store};

/// More than a person can work off in a day.
const MOST: usize = 500;

/// The open ones, newest first.
pub(in crate::console) async fn show(context: Context) -> Answer {
    let store = context.state.store.as_ref();
    let names = Names::read(store).await?;
    let rows = store.deviations(MOST).await?;
    let conflicts = open_conflicts(&context.state, &context.user).await?;
    let body = html! {
        h1 { (context.t("menu-deviations")) }
        p { (context.t("deviations-explained")) }
        @if conflicts > 0 {
            (waiting_choices(&context, conflicts))
        }
        @if rows.is_empty() && conflicts == 0 { p.notice.ok { (context.t("no-deviations")) } }
        @else if !rows.is_empty() { (deviation_rows(&context, &names, &rows).await?) }
        @if rows.len() == MOST { p.notice { (context.t("more-deviations")) } }
    };
    Ok(layout::page(&context, &context.t("menu-deviations"), &body))
}

/// What the codes in deviations stand for.
struct Spoken {
    articles: HashMap<UdiDi, String>,
    holds: HashMap<HoldId, HoldText>,
    /// Goods that an event moved.
    moved: HashMap<EventId, UnitKey>,
    /// Codes that nobody could read.
    scans: HashMap<Hash, String>,
}

impl Spoken {
    async fn read(store: &dyn Store, rows: &[DeviationRow]) -> Result<Self> {
        let holds = store.holds().await?.into_iter();
        let mut spoken = Self {
            articles: HashMap::new(),
            holds: holds.map(|hold| (hold.id, hold.reason)).collect(),
            moved: HashMap::new(),
            scans: HashMap::new(),
        };
        for row in rows {
            for event in events(&row.deviation) {
                if let Some(unit) = store.goods_of_event(event).await? {
                    spoken.moved.insert(event, unit);
                }
            }
        }
        let units = rows.iter().filter_map(|row| unit(&row.deviation));
        let units = units.chain(spoken.moved.values());
        let products: HashSet<Product> = units.map(|unit| unit.product.clone()).collect();
        for product in products {
            match product {
                Product::Di(di) => {
                    if let Some(article) = store.article_by_di(&di).await? {
                        spoken.articles.insert(di, article.name);
                    }
                }
                Product::Raw(raw) => {
                    if let Some(scan) = store.unread_scan(raw).await? {
                        spoken.scans.insert(raw, printable(&scan));
                    }
                }
            }
        }
        Ok(spoken)
    }
}

fn unit(deviation: &Deviation) -> Option<&UnitKey> {
    match deviation {
        Deviation::NegativeStock { unit, .. }
        | Deviation::SerialDoubled { unit, .. }
        | Deviation::UnknownProduct { unit }
        | Deviation::CountedInPackages { unit, .. }
        | Deviation::MovedUnderHold { unit, .. }
        | Deviation::MovedExpired { unit, .. }
        | Deviation::CheckFailed { unit, .. } => Some(unit),
        _ => None,
    }
}

/// Events that stand for goods which the deviation does not name.
fn events(deviation: &Deviation) -> Vec<EventId> {
    match deviation {
        Deviation::EventConflict { event } => vec![*event],
        Deviation::ForeignVoid { target, .. } => vec![*target],
        _ => Vec::new(),
    }
}

/// A table of deviations; the overview shows a few of them.
pub(super) async fn deviation_rows(
    context: &Context,
    names: &Names,
    rows: &[DeviationRow],
) -> Result<Markup> {
    let spoken = Spoken::read(context.state.store.as_ref(), rows).await?;
    let head = ["deviation", "about", "found", "what-to-do"];
    let label = |word: &str| context.t(word);
    let lines = html! {
        @for row in rows {
            @let kind = row.deviation.kind();
            tr {
                td data-label=(label("deviation")) { strong { (context.t(&format!("deviation-{kind}"))) } }
                td data-label=(label("about")) { (about(context, names, &spoken, &row.deviation)) }
                td.date data-label=(label("found")) { (moment(row.found_at)) }
                td data-label=(label("what-to-do")) { (context.t(&format!("do-{kind}"))) }
            }
        }
    };
    Ok(layout::stacking_table(
        context,
        &context.t("menu-deviations"),
        &head,
        &lines,
    ))
}

fn about(context: &Context, names: &Names, spoken: &Spoken, deviation: &Deviation) -> Markup {
    let goods = |unit: &UnitKey| goods(context, spoken, unit);
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
        Deviation::SerialDoubled { unit, units } => html! {
            (goods(unit)) " " (context.texts.with("times-in-books", &[("count", &context.number(*units))]))
        },
        Deviation::UnknownProduct { unit }
        | Deviation::MovedExpired { unit, .. }
        | Deviation::CheckFailed { unit, .. } => goods(unit),
        Deviation::DeliveryDiffers {
            reason, units, place, ..
        } => html! {
            (context.t(&format!("cause-{}", reason.word()))) ": " (context.number(*units)) ", " (names.place(place))
        },
        Deviation::CountedInPackages {
            unit,
            units_per_package,
        } => html! {
            (goods(unit)) ": " (context.texts.with("in-one-package", &[("count", &context.number(*units_per_package))]))
        },
        Deviation::MovedUnderHold { unit, hold, .. } => html! {
            (goods(unit)) ", " (context.t("hold-named")) ": "
            @match spoken.holds.get(hold) {
                Some(reason) => (reason),
                None => span.code { (hold) },
            }
        },
        Deviation::Fork { log, seq } => html! { (writer(*log)) ", " (context.number(*seq)) },
        Deviation::Gap { log, from, to } => {
            html! { (writer(*log)) ", " (context.number(*from)) "–" (context.number(*to)) }
        }
        Deviation::Unreadable { log, seq, hash } => {
            html! { (writer(*log)) ", " (context.number(*seq)) ", " span.code { (hash.short()) } }
        }
        Deviation::EventConflict { event } => event_goods(spoken, *event, goods),
        Deviation::ClockSkew { log, offset } => {
            html! { (writer(*log)) ": " (context.number(*offset / 1000)) " s" }
        }
        Deviation::ForeignVoid { target, .. } => event_goods(spoken, *target, goods),
        Deviation::ToldAfterRejection { event, log } => html! { span.code { (event) } ", " (writer(*log)) },
        Deviation::TickBack { log, seq, .. } => html! { (writer(*log)) ", " (context.number(*seq)) },
        Deviation::UnknownActor { log, user, role } => html! {
            (names.person(*user)) ", " (context.t(&format!("role-{}", role.word()))) ", " (writer(*log))
        },
    }
}

/// The goods an event moved, or its id when it moved none that are known.
fn event_goods(spoken: &Spoken, event: EventId, goods: impl Fn(&UnitKey) -> Markup) -> Markup {
    spoken
        .moved
        .get(&event)
        .map_or_else(|| html! { span.code { (event) } }, goods)
}

/// Goods by the name of their article, leading to their trace.
fn goods(context: &Context, spoken: &Spoken, unit: &UnitKey) -> Markup {
    let lot = unit.lot.as_ref().map(ToString::to_string).unwrap_or_default();
    let serial = unit.serial.as_ref().map(ToString::to_string).unwrap_or_default();
    let product = unit.product.to_string();
    html! {
        a href=(link("/console/trace", &[("product", &product), ("lot", &lot), ("serial", &serial)])) {
            @match &unit.product {
                Product::Di(di) => @match spoken.articles.get(di) {
                    Some(name) => (name),
                    None => (context.t("unknown-article")),
                },
                Product::Raw(_) => (context.t("unread-code")),
            }
        }
        br;
        span.code {
            @match &unit.product {
                Product::Di(_) => (product),
                Product::Raw(raw) => (spoken.scans.get(raw).cloned().unwrap_or_else(|| raw.short())),
            }
            @if !lot.is_empty() { " " (lot) }
            @if !serial.is_empty() { " " (serial) }
        }
    }
}

fn writer(log: LogId) -> Markup {
    html! { span.code { (log) } }
}
