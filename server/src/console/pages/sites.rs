//! Servers: the sites that exchange with this one, and the central server that this one exchanges with.

use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use uuid::Uuid;

use crate::console::context::Context;
use crate::console::failure::{Answer, Failure};
use crate::console::fields::Submitted;
use crate::console::format::moment;
use crate::console::layout;
use crate::http::{Code, add_site, shut_site_out};
use crate::island::{CENTRAL_SETTING, LeftOut, Link, ROW_FORMAT, Why};
use crate::ops::now_ms;
use crate::store::{ConflictsAbout, JoinedSite};

/// A clock that is off by more is shown.
const CLOCK_MS: u64 = 120_000;
/// A site that was not heard for longer works alone.
const SILENT_MS: i64 = 60_000;

/// Most of what stays behind that is named.
const LEFT_OUT: usize = 10;

/// Every site, and the link to the central server where there is one.
pub(in crate::console) async fn show(context: Context) -> Answer {
    let sites = context.state.store.sites().await?;
    let now = now_ms();
    let store = &context.state.store;
    let lost = store.setting(CENTRAL_SETTING).await?;
    let mut waits = false;
    for about in [ConflictsAbout::People, ConflictsAbout::Goods] {
        waits |= store.open_conflicts(about).await? > 0;
    }
    let head = ["site", "state", "last-heard", "#clock", "#site-behind", "action"];
    let body = html! {
        h1 { (context.t("menu-sites")) }
        p { (context.t("sites-explained")) }
        @if let Some(link) = &context.state.link {
            (central(&context, link, now, waits))
        } @else if let Some(url) = &lost {
            section.notice.warn {
                h2 { (context.t("central-server")) }
                p { strong { (context.texts.with("central-lost", &[("url", url)])) } " " (context.t("central-lost-do")) }
            }
        }
        @if sites.is_empty() {
            @if context.state.link.is_none() && lost.is_none() { p.notice { (context.t("no-sites")) } }
        } @else {
            (layout::stacking_table(&context, &context.t("menu-sites"), &head,
                &html! { @for site in &sites { (row(&context, site, now)) } }))
        }
        @if lost.is_none() && context.may_send("/console/sites") {
            form.stack method="post" action="/console/sites" {
                (layout::csrf(&context.visitor))
                (layout::input(&context.t("site-name"), "name", ""))
                button type="submit" { (context.t("site-add")) }
            }
        }
    };
    Ok(layout::page(&context, &context.t("menu-sites"), &body))
}

/// How the exchange with the central server stands.
fn central(context: &Context, link: &Link, now: i64, waits: bool) -> Markup {
    let state = link.state();
    let alone = state.stopped.is_some();
    let class = if alone { "notice warn" } else { "notice ok" };
    html! {
        section class=(class) {
            h2 { (context.t("central-server")) }
            p { (context.texts.with("central-as", &[("site", &link.name), ("url", &link.url)])) }
            @if let Some(stopped) = &state.stopped {
                @let (what, act) = match stopped.why {
                    Why::Away => ("central-alone", "central-alone-do"),
                    Why::ShutOut => ("central-shut-out", "central-shut-out-do"),
                    Why::OwnStore => ("central-own-store", "central-own-store-do"),
                };
                p { strong { (context.t(what)) } " " (context.t(act)) }
                p.hint { (context.t("central-for-it")) " " span.code { (stopped.error) } }
            } @else if let Some(theirs) = state.last.row_format {
                p { strong.flag { (context.t(if theirs > ROW_FORMAT { "central-newer" } else { "central-older" })) } }
            } @else if state.last.equal {
                p { strong { (context.t("central-equal")) } }
            } @else if waits && state.last.same_records && !state.last.moved() {
                p { strong { (context.t("central-conflicts")) } " "
                    a href="/console/conflicts" { (context.t("conflicts-see")) } }
            } @else {
                p { strong { (context.t("central-exchanging")) } }
            }
            @if !state.last.left_out.is_empty() { (left_out(context, &state.last.left_out)) }
            @if let Some(at) = state.last_ok {
                p { (context.texts.with("central-last", &[("time", &moment(at))])) }
            } @else if !alone {
                p { (context.t("central-not-yet")) }
            }
            @if state.last.offset.unsigned_abs() > CLOCK_MS {
                p { strong.flag { (context.texts.with("central-clock",
                    &[("seconds", &context.number(state.last.offset / 1000))])) } }
            }
            @if state.last_ok.is_some_and(|at| now - at > 24 * 3_600_000) {
                p { (context.t("central-long")) }
            }
        }
    }
}

/// What stays behind though the servers reach each other.
fn left_out(context: &Context, all: &[LeftOut]) -> Markup {
    html! {
        p { strong.flag { (context.texts.count("central-left-out", i64::try_from(all.len()).unwrap_or(i64::MAX))) } }
        ul {
            @for left in all.iter().take(LEFT_OUT) {
                li {
                    @if let Some(log) = &left.log { (log.name) " " span.code { (log.log) } }
                    @else { (context.t("central-left-out-rows")) }
                    ": " span.code { (left.why) }
                }
            }
        }
    }
}

fn row(context: &Context, site: &JoinedSite, now: i64) -> Markup {
    let active = site.revoked_at.is_none();
    let silent = site.joined_at.is_some() && site.seen_at.is_none_or(|at| now - at > SILENT_MS);
    let state = match (site.joined_at, active) {
        (_, false) => "site-shut-out",
        (None, true) => "site-waits",
        (Some(_), true) if silent => "site-alone",
        (Some(_), true) => "site-joined",
    };
    html! {
        tr.attention[active && silent] {
            td data-label=(context.t("site")) { (site.name) }
            td data-label=(context.t("state")) { (context.t(state)) }
            td.date data-label=(context.t("last-heard")) {
                @if let Some(seen) = site.seen_at { (moment(seen)) } @else { (context.t("never")) }
            }
            td.number data-label=(context.t("clock")) {
                @match site.offset {
                    Some(offset) if offset.unsigned_abs() > CLOCK_MS => strong.flag { (context.number(offset / 1000)) " s" },
                    Some(offset) => { (context.number(offset / 1000)) " s" },
                    None => "–",
                }
            }
            td.number data-label=(context.t("site-behind")) {
                @if let Some(behind) = site.behind { (context.number(behind.cast_signed())) } @else { "–" }
            }
            td data-label=(context.t("action")) {
                @if active && context.may_send("/console/sites/revoke") {
                    @let button = context.texts.with("site-shut-this", &[("name", &site.name)]);
                    @let id = site.id.to_string();
                    @let words = ("site-shut", "site-shut-means");
                    (layout::two_clicks(&context.visitor, "/console/sites/revoke", words, ("site", &id), &button))
                }
            }
        }
    }
}

/// Makes a code for a site and shows it once.
pub(in crate::console) async fn add(context: Context, Submitted(fields): Submitted) -> Answer {
    let name = fields.text_or_empty("name");
    if name.is_empty() {
        let missing = context
            .texts
            .with("field-missing", &[("field", &context.t("site-name"))]);
        return Err(Failure::said(Code::InvalidValue, missing));
    }
    let issued = add_site(&context.state, name).await?;
    let base = context.state.site.public_url.clone();
    let central = base.unwrap_or_else(|| "https://…".to_owned());
    let command = format!(
        "sparhund-server join --data data --central {central} --code {}",
        issued.code
    );
    let body = html! {
        h1 { (context.texts.with("site-code", &[("site", name)])) }
        section.enrol {
            p.big.code { (issued.code) }
            p { (context.texts.with("code-until", &[("time", &moment(issued.expires_at))])) }
            p { (context.t("site-code-how")) }
            pre.code { (command) }
        }
        p { a href="/console/sites" { (context.t("to-sites")) } }
    };
    Ok(layout::page(&context, &context.t("menu-sites"), &body))
}

/// Shuts a site out.
pub(in crate::console) async fn revoke(context: Context, Submitted(fields): Submitted) -> Answer<Response> {
    let site: Option<Uuid> = fields.parse(&context, "site", "site")?;
    let site = site.ok_or_else(|| Failure::said(Code::InvalidValue, context.t("no-such-site")))?;
    shut_site_out(&context.state, site).await?;
    Ok(Redirect::to("/console/sites").into_response())
}
