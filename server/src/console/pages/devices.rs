//! Devices: who was heard when, enrolment codes, revocation.

use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use sparhund_shared::log::DeviceId;
use sparhund_shared::wire::Topic;

use crate::console::context::Context;
use crate::console::failure::{Answer, Failure};
use crate::console::fields::Submitted;
use crate::console::format::{link, moment};
use crate::console::layout;
use crate::http::{BaseUrl, Code, issue_code, revoke as revoke_device};
use crate::labels::Modules;
use crate::store::{Device, DeviceState, LogState, Quarantined};

/// Every device.
pub(in crate::console) async fn show(context: Context) -> Answer {
    let store = context.state.store.as_ref();
    let devices = store.devices().await?;
    let logs = store.logs().await?;
    let aside = store.quarantined().await?;
    let mut rows = Vec::new();
    for device in &devices {
        // Anything after the device's cursor is a hold it has not heard of.
        let behind = !store.feed(Topic::Holds, device.holds, 1).await?.rows.is_empty();
        let log = logs.iter().find(|log| log.log == device.log);
        let aside = aside.iter().find(|aside| aside.log == device.log);
        rows.push(row(&context, device, log, aside, behind));
    }
    let head = [
        "device",
        "state",
        "last-heard",
        "#clock",
        "log-state",
        "hold-list",
        "action",
    ];
    let body = html! {
        h1 { (context.t("menu-devices")) }
        @if context.may_send("/console/devices/code") {
            form method="post" action="/console/devices/code" {
                (layout::csrf(&context.visitor))
                button type="submit" { (context.t("new-code")) }
            }
        }
        @if devices.is_empty() {
            p.notice { (context.t("no-devices")) }
        } @else {
            (layout::stacking_table(&context, &context.t("menu-devices"), &head, &html! { @for row in &rows { (row) } }))
        }
    };
    Ok(layout::page(&context, &context.t("menu-devices"), &body))
}

fn row(
    context: &Context,
    device: &Device,
    log: Option<&LogState>,
    aside: Option<&Quarantined>,
    behind: bool,
) -> Markup {
    let active = device.state == DeviceState::Active;
    html! {
        tr.attention[(active && behind) || aside.is_some()] {
            td data-label=(context.t("device")) { (device.name) br; span.code { (device.id) } }
            td data-label=(context.t("state")) { (context.t(state_key(device.state))) }
            td.date data-label=(context.t("last-heard")) { @if let Some(seen) = device.seen_at { (moment(seen)) } @else { (context.t("never")) } }
            td.number data-label=(context.t("clock")) {
                @if let Some(offset) = device.offset { (context.number(offset / 1000)) " s" } @else { "–" }
            }
            td data-label=(context.t("log-state")) {
                @if let Some(log) = log { (log_cell(context, log)) } @else { "–" }
                // Also without one: what was decided stands there.
                @if aside.is_some() || !active {
                    " " a href=(link("/console/devices/quarantine", &[("device", &device.id.to_string())])) {
                        @match aside {
                            Some(aside) => (context.texts.count("records-aside", aside.records.cast_signed())),
                            None => (context.t("quarantine")),
                        }
                    }
                }
            }
            td data-label=(context.t("hold-list")) {
                @if behind { strong.flag { (context.t("hold-list-old")) } } @else { (context.t("hold-list-new")) }
            }
            td data-label=(context.t("action")) {
                @if active && context.may_send("/console/devices/revoke") {
                    @let button = context.texts.with("revoke-this", &[("name", &device.name)]);
                    @let id = device.id.to_string();
                    @let words = ("revoke", "revoke-means");
                    (layout::two_clicks(&context.visitor, "/console/devices/revoke", words, ("device", &id), &button))
                }
            }
        }
    }
}

fn state_key(state: DeviceState) -> &'static str {
    match state {
        DeviceState::Active => "device-active",
        DeviceState::Revoked => "device-revoked",
        DeviceState::Replaced => "device-replaced",
    }
}

/// What came, what is known to be missing.
fn log_cell(context: &Context, log: &LogState) -> Markup {
    let unsent = log.signed.saturating_sub(log.last) + log.missing;
    html! {
        (context.texts.with("records-held", &[("seq", &context.number(log.head.seq))]))
        @if unsent > 0 {
            " " strong.flag { (context.texts.with("records-unsent", &[("count", &context.number(unsent))])) }
        }
        @if log.forks > 0 {
            " " strong.flag { (context.texts.with("forks", &[("count", &context.number(log.forks))])) }
        }
    }
}

/// Makes a code and shows it once.
pub(in crate::console) async fn code(context: Context, base: BaseUrl, Submitted(_): Submitted) -> Answer {
    let issued = issue_code(&context.state, context.user.id, &base).await?;
    let qr = Modules::qr(&issued.url).map_err(|error| Failure::said(Code::Internal, error.to_string()))?;
    let body = html! {
        h1 { (context.t("new-code")) }
        section.enrol {
            (qr.svg(1, "qr", &context.t("qr-code")))
            p.big.code { (issued.code) }
            p { (context.texts.with("code-until", &[("time", &moment(issued.expires_at))])) }
            p { (context.t("code-how")) }
            p { a href=(issued.url) { (context.t("code-here")) } }
        }
        p { a href="/console/devices" { (context.t("to-devices")) } }
    };
    Ok(layout::page(&context, &context.t("new-code"), &body))
}

/// Revokes a device.
pub(in crate::console) async fn revoke(context: Context, Submitted(fields): Submitted) -> Answer<Response> {
    let device: Option<DeviceId> = fields.parse(&context, "device", "device")?;
    let device = device.ok_or_else(|| Failure::said(Code::InvalidValue, context.t("no-such-device")))?;
    revoke_device(&context.state, device).await?;
    Ok(Redirect::to("/console/devices").into_response())
}
