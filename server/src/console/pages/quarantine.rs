//! Quarantine: what came from a device after it was revoked, for a quality officer to decide about.

use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use sparhund_shared::event::{Event, HoldText, Item, Movement};
use sparhund_shared::log::DeviceId;

use super::names::Names;
use crate::console::context::Context;
use crate::console::failure::{Answer, Failure};
use crate::console::fields::{Fields, Submitted};
use crate::console::format::{moment, printable};
use crate::console::layout;
use crate::console::paging::ListPage;
use crate::http::{
    Code, DecideQuarantine, QUARANTINE_SHOWN, QuarantineView, Waiting, decide_quarantine, quarantined,
};
use crate::store::{Device, DeviceState, QuarantineDecided, Verdict};

/// Everything of a device that waits.
pub(in crate::console) async fn show(context: Context, fields: Fields) -> Answer {
    let device = device(&context, &fields).await?;
    let page = ListPage::asked(&fields, QUARANTINE_SHOWN);
    let view = quarantined(&context.state, context.user.id, &device, page.slice.offset).await?;
    let more = (page.slice.offset + view.waiting.len()) as u64 != view.records;
    let names = Names::read(context.state.store.as_ref()).await?;
    let title = context.t("quarantine");
    let body = html! {
        h1 { (title) ": " (device.name) }
        @if view.records == 0 {
            p.notice.ok { (context.t("quarantine-none")) }
        } @else {
            p { (context.t(explained(&device))) }
            (table(&context, &names, &view.waiting))
            (page.links(&context, "/console/devices/quarantine", &[("device", &device.id.to_string())], more))
            @if context.may_send("/console/devices/quarantine") {
                p { (context.texts.with("quarantine-all", &[("count", &context.number(view.records))])) }
                (form(&context, &device, &view))
            }
        }
        @if !view.decided.is_empty() { (decisions(&context, &names, &view.decided)) }
        p { a href="/console/devices" { (context.t("to-devices")) } }
    };
    Ok(layout::page(&context, &title, &body))
}

/// That records wait in quarantine, for pages whose figures do not count them.
pub(super) async fn waiting_decisions(context: &Context) -> Result<Markup, Failure> {
    let records = context.state.store.quarantine_waits().await?;
    Ok(html! {
        @if records > 0 {
            p.notice.warn role="alert" {
                (context.texts.count("quarantine-waits", records.cast_signed())) " "
                @if context.may_open("/console/devices") { a href="/console/devices" { (context.t("to-devices")) } }
            }
        }
    })
}

/// Takes the decision.
pub(in crate::console) async fn decide(context: Context, Submitted(fields): Submitted) -> Answer<Response> {
    let device = device(&context, &fields).await?;
    let reason: HoldText = fields
        .parse(&context, "reason", "reason")?
        .ok_or_else(|| Failure::said(Code::InvalidValue, context.t("quarantine-reason")))?;
    let take_in = fields.text("decision") == Some("take-in");
    let decision = DecideQuarantine {
        verdict: if take_in { Verdict::TakeIn } else { Verdict::Reject },
        reason,
        // What the form does not carry nobody was shown.
        records: fields.parse(&context, "records", "quarantine")?.unwrap_or(0),
        received_at: fields.parse(&context, "received_at", "quarantine")?.unwrap_or(0),
    };
    decide_quarantine(&context.state, context.user.id, device.id, decision)
        .await
        .map_err(|problem| match problem.code() {
            Code::Conflict => Failure::said(Code::Conflict, context.t("quarantine-changed")),
            _ => problem.into(),
        })?;
    Ok(Redirect::to("/console/devices").into_response())
}

async fn device(context: &Context, fields: &Fields) -> Result<Device, Failure> {
    let id: Option<DeviceId> = fields.parse(context, "device", "device")?;
    let device = match id {
        Some(id) => context.state.store.device(id).await?,
        None => None,
    };
    device.ok_or_else(|| Failure::said(Code::NotFound, context.t("no-such-device")))
}

fn table(context: &Context, names: &Names, waiting: &[Waiting]) -> Markup {
    let head = [
        "time",
        "quarantine-what",
        "goods",
        "#units",
        "from",
        "to",
        "by-whom",
        "record",
    ];
    let lines = html! {
        @for record in waiting {
            tr {
                td.date data-label=(context.t("time")) { (moment(record.at)) }
                (what(context, names, record.event.as_ref()))
                td data-label=(context.t("by-whom")) { (names.person(record.user)) }
                td.number data-label=(context.t("record")) { (record.seq) }
            }
        }
    };
    layout::stacking_table(context, &context.t("quarantine"), &head, &lines)
}

/// Who came to decide, and why.
fn explained(device: &Device) -> &'static str {
    match device.state {
        DeviceState::Replaced => "quarantine-explained-replaced",
        DeviceState::Active | DeviceState::Revoked => "quarantine-explained",
    }
}

fn decisions(context: &Context, names: &Names, decided: &[QuarantineDecided]) -> Markup {
    let head = ["time", "quarantine-decision", "#records", "reason", "by-whom"];
    let said = |verdict| match verdict {
        Verdict::TakeIn => context.t("quarantine-taken"),
        Verdict::Reject => context.t("quarantine-rejected"),
    };
    let lines = html! {
        @for decision in decided {
            tr {
                td.date data-label=(context.t("time")) { (moment(decision.at)) }
                td data-label=(context.t("quarantine-decision")) { (said(decision.verdict)) }
                td.number data-label=(context.t("records")) { (context.number(decision.records)) }
                td data-label=(context.t("reason")) { (decision.reason) }
                td data-label=(context.t("by-whom")) { (names.person(decision.by)) }
            }
        }
    };
    html! {
        h2 { (context.t("quarantine-decided")) }
        (layout::stacking_table(context, &context.t("quarantine-decided"), &head, &lines))
    }
}

/// Five cells.
fn what(context: &Context, names: &Names, event: Option<&Event>) -> Markup {
    let other = |said: String| {
        html! {
            td data-label=(context.t("quarantine-what")) { (said) }
            td {} td {} td {} td {}
        }
    };
    match event {
        Some(Event::Move(movement)) => moved(context, names, movement),
        Some(Event::Void(voiding)) => other(format!("{}: {}", context.t("voided"), voiding.reason)),
        // A device has no say in holds; nothing of the kind is put aside.
        Some(Event::Hold(_) | Event::Release(_)) | None => other(context.t("quarantine-unreadable")),
        Some(event) => {
            let place = event.place().map_or_else(String::new, |place| names.place(place));
            other(format!(
                "{}: {place}",
                context.t(&format!("event-{}", event.kind()))
            ))
        }
    }
}

fn moved(context: &Context, names: &Names, movement: &Movement) -> Markup {
    html! {
        td data-label=(context.t("quarantine-what")) { (context.t(&format!("step-{}", movement.step.word()))) }
        td.code data-label=(context.t("goods")) { (goods(&movement.item, movement)) }
        td.number data-label=(context.t("units")) { (context.number(movement.quantity.get())) }
        td data-label=(context.t("from")) {
            @if let Some(from) = &movement.from { (names.place(from)) }
            @else if let Some(supplier) = &movement.supplier { (supplier) }
        }
        td data-label=(context.t("to")) { (names.place(&movement.to)) }
    }
}

/// Identifier, lot and serial; the scan itself where nobody could read it.
fn goods(item: &Item, movement: &Movement) -> String {
    match item {
        Item::Identified(item) => {
            let parts = [
                Some(item.di.to_string()),
                item.lot.as_ref().map(ToString::to_string),
                item.serial.as_ref().map(ToString::to_string),
            ];
            parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
        }
        Item::Unread(_) => movement
            .capture
            .raw
            .first()
            .map_or_else(String::new, |scan| printable(scan)),
    }
}

fn form(context: &Context, device: &Device, view: &QuarantineView) -> Markup {
    html! {
        form.stack method="post" action="/console/devices/quarantine" {
            (layout::csrf(&context.visitor))
            input type="hidden" name="device" value=(device.id);
            input type="hidden" name="records" value=(view.records);
            input type="hidden" name="received_at" value=(view.received_at);
            label { span { (context.t("reason")) } input type="text" name="reason" required maxlength="200" autocomplete="off"; }
            button type="submit" name="decision" value="take-in" { (context.t("quarantine-take-in")) }
            button.quiet type="submit" name="decision" value="reject" { (context.t("quarantine-reject")) }
        }
    }
}
