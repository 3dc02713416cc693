//! Holds (spärrar): set by quality, lifted by another person.

use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use sparhund_shared::event::{Hold, HoldText};
use sparhund_shared::log::HoldId;

use super::hold_check::{self, Reach};
use super::names::Names;
use super::trace::product;
use crate::console::context::Context;
use crate::console::failure::{Answer, Failure};
use crate::console::fields::{Fields, Submitted};
use crate::console::format::moment;
use crate::console::layout;
use crate::http::{Code, NewHold, lift_hold, planned_hold, set_hold};

/// The list, and the form for those who may set one.
pub(in crate::console) async fn show(context: Context) -> Answer {
    let body = draw(&context, &Fields::default(), None).await?;
    Ok(layout::page(&context, &context.t("menu-holds"), &body))
}

/// Takes the form. The first time it shows what the hold would catch, then it is set; what is wrong is said above the
/// form, which keeps what was written.
pub(in crate::console) async fn set(context: Context, Submitted(fields): Submitted) -> Answer<Response> {
    match check_or_set(&context, &fields).await {
        Ok(response) => Ok(response),
        Err(Failure::Said(code, why)) if code.status().is_client_error() => {
            let body = draw(&context, &fields, Some(&why)).await?;
            let page = layout::page(&context, &context.t("menu-holds"), &body);
            Ok((code.status(), page).into_response())
        }
        Err(failure) => Err(failure),
    }
}

async fn check_or_set(context: &Context, fields: &Fields) -> Answer<Response> {
    let new = read(context, fields).await?;
    if fields.text(hold_check::SURE).is_some() {
        set_hold(&context.state, context.user.id, new).await?;
        return Ok(Redirect::to("/console/holds").into_response());
    }
    let planned = planned_hold(&context.state, context.user.id, new).await?;
    let body = html! {
        h1 { (context.t("menu-holds")) }
        (hold_check::draw(context, &planned, fields).await?)
        (foldable(context, fields, false, ("hold-change", "hold-check-again")))
    };
    Ok(layout::page(context, &context.t("menu-holds"), &body).into_response())
}

async fn read(context: &Context, fields: &Fields) -> Result<NewHold, Failure> {
    let incomplete = || Failure::said(Code::InvalidValue, context.t("hold-incomplete"));
    let named = fields.text("product").ok_or_else(incomplete)?;
    Ok(NewHold {
        dis: vec![product(context, named).await?],
        lot: fields.parse(context, "lot", "lot")?,
        serial: fields.parse(context, "serial", "serial")?,
        reason: fields
            .parse(context, "reason", "reason")?
            .ok_or_else(incomplete)?,
    })
}

/// Lifts a hold that another person set.
pub(in crate::console) async fn release(context: Context, Submitted(fields): Submitted) -> Answer<Response> {
    let incomplete = || Failure::said(Code::InvalidValue, context.t("hold-incomplete"));
    let hold: HoldId = fields
        .parse(&context, "hold", "menu-holds")?
        .ok_or_else(incomplete)?;
    let reason: HoldText = fields
        .parse(&context, "reason", "reason")?
        .ok_or_else(incomplete)?;
    lift_hold(&context.state, context.user.id, hold, reason).await?;
    Ok(Redirect::to("/console/holds").into_response())
}

async fn draw(context: &Context, fields: &Fields, wrong: Option<&str>) -> Result<Markup, Failure> {
    let store = context.state.store.as_ref();
    let names = Names::read(store).await?;
    let mut holds = store.holds().await?;
    // Those in force first, newest first.
    holds.sort_by_key(|hold| (hold.released_at.is_some(), -hold.set_at));
    let mut rows = Vec::new();
    for hold in &holds {
        let article = match hold.dis.first() {
            Some(di) => store.article_by_di(di).await?,
            None => None,
        };
        let reach = match hold.released_at {
            None => Some(Reach::of(store, hold).await?),
            Some(_) => None,
        };
        let name = article.map(|article| article.name);
        rows.push(row(context, &names, hold, name, reach.as_ref()));
    }
    let head = ["goods", "lot", "serial", "caught", "reason", "set", "state"];
    Ok(html! {
        h1 { (context.t("menu-holds")) }
        @if let Some(wrong) = wrong { p.notice.stop role="alert" { (wrong) } }
        @if context.may_send("/console/holds") { (form(context, fields, wrong.is_some())) }
        @if holds.is_empty() { p.notice.ok { (context.t("no-holds")) } }
        @else { (layout::stacking_table(context, &context.t("menu-holds"), &head, &html! { @for row in &rows { (row) } })) }
    })
}

fn row(context: &Context, names: &Names, hold: &Hold, name: Option<String>, reach: Option<&Reach>) -> Markup {
    html! {
        tr.attention[hold.released_at.is_none()] {
            td data-label=(context.t("goods")) {
                @if let Some(name) = name { (name) br; }
                @if let Some(di) = hold.dis.first() { span.code { (di) } }
            }
            td.code data-label=(context.t("lot")) {
                @if let Some(lot) = &hold.lot { (lot) } @else { (context.t("every")) }
            }
            td.code data-label=(context.t("serial")) {
                @if let Some(serial) = &hold.serial { (serial) } @else { (context.t("every")) }
            }
            td data-label=(context.t("caught")) {
                @if let Some(reach) = reach { (hold_check::caught(context, reach)) } @else { "–" }
            }
            td data-label=(context.t("reason")) { (hold.reason) }
            td data-label=(context.t("set")) {
                span.date { (moment(hold.set_at)) } br; (names.person(hold.set_by))
            }
            td data-label=(context.t("state")) {
                @if let Some(released) = hold.released_at {
                    (context.texts.with("released-at", &[("time", &moment(released))]))
                    @if let Some(by) = hold.released_by { br; (names.person(by)) }
                    @if let Some(reason) = &hold.release_reason { br; (reason) }
                } @else if !context.may_send("/console/holds/release") {
                    strong.flag { (context.t("held")) }
                } @else if hold.set_by == context.user.id {
                    (context.t("other-must-release"))
                } @else {
                    form.stack method="post" action="/console/holds/release" {
                        (layout::csrf(&context.visitor))
                        input type="hidden" name="hold" value=(hold.id);
                        label { span { (context.t("release-reason")) } input type="text" name="reason" required maxlength="200"; }
                        button type="submit" { (context.t("release")) }
                    }
                }
            }
        }
    }
}

/// Folded until somebody has written in it, or sent it `wrong`: the field that lacks something must be seen.
fn form(context: &Context, fields: &Fields, wrong: bool) -> Markup {
    let open = wrong || fields.text("product").is_some();
    foldable(context, fields, open, ("new-hold", "set-hold"))
}

/// `summary` and `button` are keys of texts.
fn foldable(context: &Context, fields: &Fields, open: bool, (summary, button): (&str, &str)) -> Markup {
    html! {
        details.card open[open] {
            summary { (context.t(summary)) }
            form.stack method="post" action="/console/holds" {
                (layout::csrf(&context.visitor))
                p.hint { (context.t("hold-hint")) }
                (layout::input(&context.t("product"), "product", fields.text_or_empty("product")))
                (layout::input(&context.t("lot"), "lot", fields.text_or_empty("lot")))
                (layout::input(&context.t("serial"), "serial", fields.text_or_empty("serial")))
                (layout::input(&context.t("reason"), "reason", fields.text_or_empty("reason")))
                button type="submit" { (context.t(button)) }
            }
        }
    }
}
