//! How a trace is shown: figures that add up, every unit once, the way of the goods, what happened, and its proof.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use maud::{Markup, html};
use sparhund_shared::event::{StockStatus, UnitKey};
use sparhund_shared::identity::PlaceCode;
use sparhund_shared::reference::PlaceKind;

use super::names::Names;
use super::trace_events;
use crate::console::context::Context;
use crate::console::format::{day, link, moment, printable};
use crate::console::layout;
use crate::console::trace::{Node, NodeKey, Sums, Whereabout, draw as draw_flow, flow, whereabouts};
use crate::ops::now_ms;
use crate::store::{Trace, TraceQuery};

/// The whole answer; `scan` is what was scanned when nobody could read it.
pub(super) fn draw(
    context: &Context,
    names: &Names,
    query: &TraceQuery,
    trace: &Trace,
    scan: Option<&[u8]>,
) -> Markup {
    html! {
        (heading(context, query, trace, scan))
        (sums(context, names, trace))
        (units(context, names, query, trace))
        (way(context, names, trace))
        (trace_events::events(context, names, query, trace))
        (trace_events::proof(context, trace))
    }
}

/// What else the text that was asked can mean. Shown first: whoever looks for a lot must not miss one of the same name.
pub(super) fn other_readings(context: &Context, others: &[TraceQuery]) -> Markup {
    html! {
        @if !others.is_empty() {
            div.notice role="alert" {
                p { (context.t("trace-also")) }
                ul {
                    @for query in others {
                        li { a href=(address("/console/trace", query, &[])) { (said(context, query)) } }
                    }
                }
            }
        }
    }
}

/// That nothing is booked: why it may be meant otherwise, what was looked for, and what is booked that looks like it.
pub(super) fn nothing(
    context: &Context,
    sought: &[TraceQuery],
    alike: &[TraceQuery],
    doubt: Option<&str>,
) -> Markup {
    html! {
        div.notice role="status" {
            @if let Some(doubt) = doubt { p { strong { (doubt) } } }
            @else { p { strong { (context.t("trace-unknown")) } } }
            @if !sought.is_empty() {
                p { (context.t(if doubt.is_some() { "trace-not-booked-as" } else { "trace-sought" })) " "
                    @for (at, query) in sought.iter().enumerate() {
                        @if at > 0 { "; " }
                        span.code { (said(context, query)) }
                    }
                    "."
                }
            }
            @if alike.is_empty() {
                @if doubt.is_none() { p { (context.t("trace-compare")) } }
            } @else {
                p { (context.t("trace-alike")) }
                ul.plain {
                    @for query in alike {
                        li { a.code href=(address("/console/trace", query, &[])) { (said(context, query)) } }
                    }
                }
            }
        }
    }
}

/// A question in words.
fn said(context: &Context, query: &TraceQuery) -> String {
    let named = |key: &str, value: Option<String>| value.map(|value| format!("{} {value}", context.t(key)));
    let parts = [
        named("identifier", query.product.as_ref().map(ToString::to_string)),
        named("lot", query.lot.as_ref().map(ToString::to_string)),
        named("serial", query.serial.as_ref().map(ToString::to_string)),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

fn heading(context: &Context, query: &TraceQuery, trace: &Trace, scan: Option<&[u8]>) -> Markup {
    let products = products(query, trace);
    let expiries = expiries(trace);
    html! {
        section.result {
            h2 {
                @if trace.articles.is_empty() { (context.t("unknown-article")) }
                @for (at, article) in trace.articles.iter().enumerate() {
                    @if at > 0 { ", " }
                    a href=(link("/console/articles", &[("no", article.no.as_str())])) { (article.name) }
                }
            }
            dl.facts {
                @if !trace.articles.is_empty() { dt { (context.t("article")) } dd.code { (numbers(trace)) } }
                @if !products.is_empty() { dt { (context.t("identifier")) } dd.code { (products.join(", ")) } }
                @if let Some(lot) = &query.lot { dt { (context.t("lot")) } dd.code { (lot) } }
                @if let Some(serial) = &query.serial { dt { (context.t("serial")) } dd.code { (serial) } }
                @if !expiries.is_empty() { dt { (context.t("expiry")) } dd.date { (expiries.join(", ")) } }
            }
            @if let Some(scan) = scan { dl.facts { dt { (context.t("scanned-code")) } dd.code { (printable(scan)) } } }
            @for (unit, dates) in differing(trace) {
                p.notice.stop role="alert" {
                    (context.texts.with("expiries-differ", &[("goods", &goods_words(unit)), ("dates", &dates.join(", "))]))
                }
            }
            @for (unit, count) in in_excess(trace) {
                p.notice.stop role="alert" {
                    (context.texts.with("serial-in-excess", &[("goods", &goods_words(unit)), ("count", &context.number(count))]))
                }
            }
            @for hold in &trace.holds {
                p.notice.stop { strong { (context.t("held")) } ": " (hold.reason)
                    " (" (context.texts.with("since", &[("time", &moment(hold.set_at))])) ")" }
            }
        }
    }
}

/// Lots and serials whose labels gave expiries of different days, with what they gave; the earliest counts. Goods
/// without lot and serial are of many deliveries, each with a day of its own.
fn differing(trace: &Trace) -> Vec<(&UnitKey, Vec<String>)> {
    let mut dates: BTreeMap<&UnitKey, BTreeMap<Date, String>> = BTreeMap::new();
    let named = |unit: &UnitKey| unit.lot.is_some() || unit.serial.is_some();
    for event in trace
        .history
        .iter()
        .filter(|event| !event.voided && named(&event.unit))
    {
        let given = event
            .expiry
            .map(|date| (date.last_usable_day(), date.to_string()));
        dates.entry(&event.unit).or_default().extend(given);
    }
    let several = dates.into_iter().filter(|(_, dates)| dates.len() > 1);
    several
        .map(|(unit, dates)| (unit, dates.into_values().collect()))
        .collect()
}

/// Serials of which the books have more than the one there is. What a wrong place owes is no piece more.
fn in_excess(trace: &Trace) -> Vec<(&UnitKey, i64)> {
    let mut units: BTreeMap<&UnitKey, i64> = BTreeMap::new();
    for line in trace.now.iter().filter(|line| line.unit.serial.is_some()) {
        *units.entry(&line.unit).or_default() += line.units;
    }
    units.into_iter().filter(|(_, count)| *count > 1).collect()
}

fn goods_words(unit: &UnitKey) -> String {
    let lot = unit.lot.as_ref().map(ToString::to_string);
    let serial = unit.serial.as_ref().map(ToString::to_string);
    let parts = [Some(unit.product.to_string()), lot, serial];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

fn numbers(trace: &Trace) -> String {
    let numbers: Vec<&str> = trace.articles.iter().map(|article| article.no.as_str()).collect();
    numbers.join(", ")
}

/// What was asked for, and every product whose goods were found; a print must say which product it is about.
fn products(query: &TraceQuery, trace: &Trace) -> Vec<String> {
    let asked = query.product.iter().map(ToString::to_string);
    let found = trace.history.iter().map(|event| event.unit.product.to_string());
    let all: BTreeSet<String> = asked.chain(found).collect();
    all.into_iter().collect()
}

fn expiries(trace: &Trace) -> Vec<String> {
    let all: BTreeSet<String> = trace
        .now
        .iter()
        .filter_map(|line| line.expiry.as_ref())
        .map(ToString::to_string)
        .collect();
    all.into_iter().collect()
}

fn sums(context: &Context, names: &Names, trace: &Trace) -> Markup {
    let sums = Sums::of(&trace.now, &trace.history);
    let head = ["place", "status", "#units"];
    let rows = html! {
        @for (place, status, units) in &sums.rows {
            tr.attention[*units < 0] {
                td { (names.place_cell(place)) }
                td { (context.t(&format!("status-{}", status.word()))) }
                td.number { (context.number(*units)) }
            }
        }
        tr.sum {
            th scope="row" colspan="2" { (context.t("sum")) }
            td.number { (context.number(sums.now)) }
        }
        tr.sum {
            th scope="row" colspan="2" { (context.t("received-total")) }
            td.number { (context.number(sums.received)) }
        }
    };
    html! {
        section {
            h3 { (context.t("where-now")) }
            (layout::table(context, &context.t("where-now"), &head, &rows))
            @if sums.add_up() {
                p.notice.ok { "✓ " (context.t("adds-up")) }
            }
            @for (place, units) in &sums.owed {
                p.notice.stop role="alert" {
                    (context.texts.with("place-owes", &[
                        ("place", names.place(place).as_str()),
                        ("count", &context.number(*units)),
                    ]))
                }
            }
            @if sums.now != sums.received {
                p.notice.stop role="alert" {
                    (context.texts.with("adds-not-up", &[("count", &context.number(sums.now - sums.received))]))
                }
            }
        }
    }
}

fn units(context: &Context, names: &Names, query: &TraceQuery, trace: &Trace) -> Markup {
    let rows = whereabouts(&trace.now, &trace.history);
    let today = day(now_ms());
    let seen = doubled(trace, &rows);
    let head = [
        "lot",
        "serial",
        "expiry",
        "place",
        "status",
        "#units",
        "since-when",
        "by-whom",
    ];
    let lines = html! {
        @for row in &rows {
            @let expired = row.line.expiry.is_some_and(|expiry| today > expiry.last_usable_day());
            tr.attention[row.line.held || expired || row.line.units < 0] {
                td.code data-label=(context.t("lot")) { @if let Some(lot) = &row.line.unit.lot { (lot) } @else { "–" } }
                td.code data-label=(context.t("serial")) { @if let Some(serial) = &row.line.unit.serial { (serial) } @else { "–" } }
                td.date data-label=(context.t("expiry")) {
                    @if let Some(expiry) = &row.line.expiry { (expiry) } @else { "–" }
                    @if expired { " " strong.flag { (context.t("expired")) } }
                }
                td data-label=(context.t("place")) {
                    (names.place_cell(&row.line.place))
                    @if seen.get(&row.line.unit) == Some(&(&row.line.place, row.line.status)) {
                        " " strong.flag { (context.t("seen-last")) }
                    }
                }
                td data-label=(context.t("status")) {
                    (context.t(&format!("status-{}", row.line.status.word())))
                    @if row.line.held { " " strong.flag { (context.t("held")) } }
                }
                td.number data-label=(context.t("units")) { (context.number(row.line.units)) }
                td.date data-label=(context.t("since-when")) { @if let Some(event) = row.since { (moment(event.at)) } @else { "–" } }
                td data-label=(context.t("by-whom")) { @if let Some(event) = row.since { (names.person(event.user)) } @else { "–" } }
            }
        }
    };
    html! {
        section {
            h3 { (context.t("each-unit")) }
            (layout::stacking_table(context, &context.t("each-unit"), &head, &lines))
            p.no-print { a href=(file(query, "units")) { (context.t("csv-units")) } }
        }
    }
}

/// Where serials that stand in several rows were seen last: the books cannot be right, that is where to look first.
fn doubled<'a>(
    trace: &'a Trace,
    rows: &[Whereabout<'a>],
) -> BTreeMap<&'a UnitKey, (&'a PlaceCode, StockStatus)> {
    let mut stands: BTreeMap<&UnitKey, u32> = BTreeMap::new();
    for row in rows {
        *stands.entry(&row.line.unit).or_default() += 1;
    }
    let several = |unit: &UnitKey| stands.get(unit).is_some_and(|rows| *rows > 1);
    let seen = trace.seen.iter().filter(|seen| several(&seen.unit));
    seen.map(|seen| (&seen.unit, (&seen.sighting.place, seen.sighting.status)))
        .collect()
}

/// Suppliers left, then store, dispatch, wards.
fn way(context: &Context, names: &Names, trace: &Trace) -> Markup {
    let column = |place: &PlaceCode| match names.kind(place) {
        Some(PlaceKind::Dispatch) => 2,
        Some(PlaceKind::Ward) => 3,
        _ => 1,
    };
    let flow = flow(&trace.history, column);
    let name = |node: &Node| match &node.key {
        NodeKey::Supplier(Some(name)) => name.clone(),
        NodeKey::Supplier(None) => context.t("supplier-unknown"),
        NodeKey::Place(place) => names.place(place),
    };
    html! {
        section.way {
            h3 { (context.t("flow")) }
            div.scroll tabindex="0" role="region" aria-label=(context.t("flow")) {
                (draw_flow(&flow, &context.t("flow-explained"), name, |units| context.number(units)))
            }
            p.hint { (context.t("flow-explained")) }
        }
    }
}

pub(super) fn file(query: &TraceQuery, part: &str) -> String {
    address("/console/trace.csv", query, &[("part", part)])
}

fn address(path: &str, query: &TraceQuery, more: &[(&str, &str)]) -> String {
    let text = |value: Option<String>| value.unwrap_or_default();
    let di = text(query.product.as_ref().map(ToString::to_string));
    let lot = text(query.lot.as_ref().map(ToString::to_string));
    let serial = text(query.serial.as_ref().map(ToString::to_string));
    let fields = [("product", di.as_str()), ("lot", &lot), ("serial", &serial)];
    link(path, &[&fields, more].concat())
}
