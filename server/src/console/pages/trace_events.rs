//! What happened to goods on their way, event by event, and how far the logs prove it.

use maud::{Markup, html};
use sparhund_shared::event::EntryMethod;
use sparhund_shared::reference::Role;
use sparhund_shared::verdict::Reason;

use super::names::Names;
use super::trace_view::file;
use crate::console::context::Context;
use crate::console::format::{link, moment};
use crate::console::layout;
use crate::store::{LogState, MOST_TOLD, Trace, TraceEvent, TraceQuery};

/// Events shown; the file has all.
const MOST_EVENTS: usize = 500;

pub(super) fn events(context: &Context, names: &Names, query: &TraceQuery, trace: &Trace) -> Markup {
    let head = [
        "time", "step", "#units", "expiry", "from", "to", "by-whom", "captured", "record",
    ];
    let left_out = trace.history.len().saturating_sub(MOST_EVENTS);
    let lines = html! {
        @for event in trace.history.iter().take(MOST_EVENTS) {
            tr.voided[event.voided] {
                td.date data-label=(context.t("time")) { (moment(event.at)) }
                td data-label=(context.t("step")) {
                    (context.t(&format!("step-{}", event.step.word())))
                    @if event.voided { " " strong.flag { (context.t("voided")) } }
                    @if let Some(card) = super::implant_card::address(event).filter(|_| super::implant_card::has_one(event)) {
                        br; a href=(card) { (context.t("card-title")) }
                    }
                    @if let Some(line) = &event.order {
                        " " a.code href=(link("/console/orders", &[("no", line.order.as_str())])) { (line.order) }
                    }
                }
                td.number data-label=(context.t("units")) { (context.number(event.units)) }
                td.date data-label=(context.t("expiry")) { @if let Some(expiry) = &event.expiry { (expiry) } }
                td data-label=(context.t("from")) {
                    @if let Some(from) = &event.from { (names.place(from)) }
                    @else if let Some(supplier) = &event.supplier { (supplier) }
                    @else { (context.t("supplier-unknown")) }
                }
                td data-label=(context.t("to")) { (names.place(&event.to)) }
                td data-label=(context.t("by-whom")) { (event.user_name.clone().unwrap_or_else(|| names.person(event.user))) }
                td data-label=(context.t("captured")) {
                    (context.t(entry_key(event.entry)))
                    @if let Some(scanner) = &event.scanner { br; span.code.small { (scanner) } }
                    @if let Some(patient) = event.patient.filter(|_| context.user.roles.contains(&Role::Quality)) {
                        br; span.small { (context.t("patient-token")) " " span.code { (patient) } }
                    }
                    @for doubt in doubts(event) { br; (said(context, doubt)) }
                }
                td.code data-label=(context.t("record")) { (log_name(trace, event.log)) " " (event.seq) }
            }
        }
    };
    html! {
        section {
            h3 { (context.t("history")) " (" (context.number(trace.history.len())) ")" }
            (layout::stacking_table(context, &context.t("history"), &head, &lines))
            @if left_out > 0 {
                p.notice { (context.texts.with("history-cut", &[("count", &context.number(left_out))])) }
            }
            p.no-print { a href=(file(query, "events")) { (context.t("csv-events")) } }
        }
    }
}

fn log_name(trace: &Trace, log: sparhund_shared::log::LogId) -> String {
    trace
        .logs
        .iter()
        .find(|state| state.log == log)
        .map_or_else(|| log.to_string(), |state| state.writer.clone())
}

/// What the person was warned of, and a scanner that nobody calibrated though no record says that it was told.
fn doubts(event: &TraceEvent) -> Vec<&str> {
    let uncalibrated = Reason::Uncalibrated.word();
    let mut doubts: Vec<&str> = event.seen.iter().map(String::as_str).collect();
    if event.entry == EntryMethod::Wedge && event.scanner.is_none() && !doubts.contains(&uncalibrated) {
        doubts.push(uncalibrated);
    }
    doubts
}

/// A doubt in words; one of a newer program as the record has it.
fn said(context: &Context, doubt: &str) -> Markup {
    let key = format!("doubt-{doubt}");
    html! {
        @if context.texts.has(&key) { strong.flag { (context.t(&key)) } }
        @else { strong.flag.code { (doubt) } }
    }
}

fn entry_key(entry: EntryMethod) -> &'static str {
    match entry {
        EntryMethod::Wedge => "entry-wedge",
        EntryMethod::Camera => "entry-camera",
        EntryMethod::Typed => "entry-typed",
        EntryMethod::Rfid => "entry-rfid",
        EntryMethod::Confirmed => "entry-confirmed",
    }
}

pub(super) fn proof(context: &Context, trace: &Trace) -> Markup {
    let head = [
        "log",
        "#verified-to",
        "#last-record",
        "#gaps",
        "#forks-short",
        "proof",
    ];
    let lines = html! {
        @for log in &trace.logs {
            tr.attention[!proven(log)] {
                td data-label=(context.t("log")) { (log.writer) br; span.code { (log.log) } }
                td.number data-label=(context.t("verified-to")) { (context.number(log.signed.min(log.head.seq))) }
                td.number data-label=(context.t("last-record")) { (context.number(log.last)) }
                td.number data-label=(context.t("gaps")) {
                    // As many gaps as are looked at, or more.
                    @if log.missing < MOST_TOLD { (context.number(log.missing)) }
                    @else { (context.texts.with("gaps-more", &[("count", &context.number(log.missing))])) }
                }
                td.number data-label=(context.t("forks-short")) { (context.number(log.forks)) }
                td data-label=(context.t("proof")) { (proof_text(context, log)) }
            }
        }
    };
    html! {
        section {
            h3 { (context.t("proof-of-logs")) }
            p.hint { (context.t("proof-explained")) }
            (layout::stacking_table(context, &context.t("proof-of-logs"), &head, &lines))
        }
    }
}

/// Every record held is reached without a hole from a head its writer signed, and nobody tells another story.
fn proven(log: &LogState) -> bool {
    log.missing == 0 && log.forks == 0 && log.signed >= log.last
}

fn proof_text(context: &Context, log: &LogState) -> Markup {
    html! {
        @if proven(log) {
            "✓ " (context.t("proof-whole"))
        } @else if log.forks > 0 {
            "✗ " (context.t("proof-forked"))
        } @else if log.missing > 0 {
            "… " (context.t("proof-gap"))
        } @else {
            "… " (context.t("proof-unsigned"))
        }
    }
}
