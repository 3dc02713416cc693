//! Conflicts: what was changed at two servers that did not reach each other, and a person who decides.

use std::collections::BTreeSet;

use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use serde_json::Value;
use sparhund_shared::log::Hash;

use crate::console::context::Context;
use crate::console::failure::{Answer, Failure};
use crate::console::fields::Submitted;
use crate::console::format::moment;
use crate::console::layout;
use crate::console::pages::names::Names;
use crate::http::{ChooseConflict, Code, ShownConflict, all_conflicts, chosen_by, resolve_conflict};
use crate::store::{ConflictChoice, is_for_admins};

/// Longest value of a field that is shown whole.
const LONGEST: usize = 400;

/// The open ones, then those that were resolved.
pub(in crate::console) async fn show(context: Context) -> Answer {
    let names = Names::read(context.state.store.as_ref()).await?;
    let conflicts = all_conflicts(&context.state, &context.user).await?;
    let open = conflicts
        .iter()
        .filter(|conflict| conflict.resolved.is_none())
        .count();
    let body = html! {
        h1 { (context.t("conflicts")) }
        p { (context.t("conflicts-explained")) }
        @if open == 0 { p.notice.ok { (context.t("no-conflicts")) } }
        @for conflict in &conflicts { (one(&context, &names, conflict)) }
        @if context.may_open("/console/deviations") {
            p { a href="/console/deviations" { (context.t("menu-deviations")) } }
        }
    };
    Ok(layout::page(&context, &context.t("conflicts"), &body))
}

/// That some wait, and where.
pub(super) fn waiting_choices(context: &Context, open: u64) -> Markup {
    html! {
        p.notice.warn {
            (context.texts.count("conflicts-open", open.cast_signed())) " "
            a href="/console/conflicts" { (context.t("conflicts-see")) }
        }
    }
}

fn one(context: &Context, names: &Names, conflict: &ShownConflict) -> Markup {
    let heading = format!(
        "{} {}",
        context.t(&format!("row-{}", conflict.kind.word())),
        title(conflict)
    );
    let open = conflict.resolved.is_none();
    html! {
        section.notice.warn[open] {
            h2 { (heading) }
            p { (context.texts.with("conflict-found", &[("time", &moment(conflict.found_at)), ("from", &conflict.from)])) }
            @if let Some(why) = &conflict.why {
                p { (context.t("conflict-why")) " " (why) }
                p { (context.t(if conflict.keepable { "conflict-why-keep" } else { "conflict-why-do" })) }
            }
            @if open && conflict.meet.is_some() { p { strong { (context.t("conflict-meet")) } } }
            (fields(context, conflict))
            @if let Some(resolved) = &conflict.resolved {
                p { strong { (context.t(chosen(resolved.choice))) } " "
                    (context.texts.with("conflict-resolved", &[("by", &names.person(resolved.by)), ("time", &moment(resolved.at))])) }
            } @else if chosen_by(conflict.kind, &conflict.key, &context.user.roles) {
                form.choices method="post" action="/console/conflicts" {
                    (layout::csrf(&context.visitor))
                    input type="hidden" name="id" value=(conflict.id);
                    input type="hidden" name="shown" value=(conflict.shown);
                    @if conflict.keepable {
                        button type="submit" name="choice" value="standing" { (context.t(keep(conflict))) }
                    }
                    button.quiet type="submit" name="choice" value="other" {
                        (context.texts.with("conflict-take", &[("from", &conflict.from)]))
                    }
                }
            } @else {
                p { (context.t(if is_for_admins(conflict.kind, &conflict.key) { "conflict-who-people" } else { "conflict-who" })) }
            }
        }
    }
}

/// What the first of the two is: where only what both allow stands, or where the other one had no room, it is not what stands
/// everywhere.
fn standing(conflict: &ShownConflict) -> &'static str {
    if conflict.resolved.is_some() {
        "conflict-stood"
    } else if conflict.meet.is_some() {
        "conflict-standing-central"
    } else if conflict.why.is_some() && !conflict.keepable {
        "conflict-standing-there"
    } else {
        "conflict-standing"
    }
}

fn keep(conflict: &ShownConflict) -> &'static str {
    if conflict.meet.is_some() {
        "conflict-keep-central"
    } else {
        "conflict-keep"
    }
}

fn chosen(choice: ConflictChoice) -> &'static str {
    match choice {
        ConflictChoice::Standing => "conflict-kept",
        ConflictChoice::Other => "conflict-taken",
    }
}

/// Name or login where the row has one, else its key.
fn title(conflict: &ShownConflict) -> String {
    let name = |body: &Value| {
        let found = body["name"].as_str().or_else(|| body["user"]["name"].as_str());
        found.map(ToOwned::to_owned)
    };
    let stands = match &conflict.resolved {
        Some(resolved) if resolved.choice == ConflictChoice::Other => None,
        _ => conflict.standing.as_ref(),
    };
    let name = stands.and_then(name).or_else(|| name(&conflict.other));
    // Of a key in two parts the second may be empty.
    let key = conflict.key.replace('\u{1f}', " – ");
    let key = key.trim_end_matches(" – ");
    match name {
        Some(name) if conflict.kind.word() == "account" => name,
        Some(name) => format!("{key} – {name}"),
        None => key.to_owned(),
    }
}

/// The fields that differ, side by side.
fn fields(context: &Context, conflict: &ShownConflict) -> Markup {
    let before = conflict.standing.clone().unwrap_or(Value::Null);
    let keys: BTreeSet<String> = [&before, &conflict.other]
        .iter()
        .filter_map(|body| body.as_object())
        .flat_map(|body| body.keys().cloned())
        .collect();
    let differ: Vec<&String> = keys
        .iter()
        .filter(|key| before[*key] != conflict.other[*key])
        .collect();
    let standing_head = standing(conflict);
    let head = ["conflict-field", standing_head, "conflict-other"];
    let lines = html! {
        @for key in differ {
            tr {
                td data-label=(context.t("conflict-field")) { (field(context, key)) }
                td data-label=(context.t(standing_head)) { (cell(context, key, "conflict-password", &before[key])) }
                td data-label=(context.t("conflict-other")) { (cell(context, key, "conflict-password-other", &conflict.other[key])) }
            }
        }
    };
    layout::stacking_table(context, &context.t("conflicts"), &head, &lines)
}

/// The name of a field in the visitor's words, where there is one.
fn field(context: &Context, key: &str) -> String {
    let text = format!("field-{}", key.replace('_', "-"));
    if context.texts.has(&text) {
        context.t(&text)
    } else {
        key.to_owned()
    }
}

fn cell(context: &Context, key: &str, password: &str, value: &Value) -> Markup {
    if key == "password" && !value.is_null() {
        // That it differs is all there is to know.
        return html! { (context.t(password)) };
    }
    let text = match value {
        Value::Null => "–".to_owned(),
        Value::String(text) => text.clone(),
        Value::Bool(true) => context.t("yes"),
        Value::Bool(false) => context.t("no"),
        other => other.to_string(),
    };
    let short: String = text.chars().take(LONGEST).collect();
    let cut = short.len() < text.len();
    html! { (short) @if cut { "…" } }
}

/// Lets one of the two stand.
pub(in crate::console) async fn resolve(context: Context, Submitted(fields): Submitted) -> Answer<Response> {
    let choice = match fields.text_or_empty("choice") {
        "standing" => ConflictChoice::Standing,
        "other" => ConflictChoice::Other,
        _ => return Err(Failure::said(Code::InvalidValue, context.t("conflict-choose"))),
    };
    let id = fields.text_or_empty("id");
    // Without a mark nothing was shown.
    let shown = fields.text_or_empty("shown").parse().unwrap_or(Hash::ZERO);
    let choose = ChooseConflict { choice, shown };
    let conflict = resolve_conflict(&context.state, id, choose, &context.user).await?;
    if conflict.resolved.is_none() {
        return Err(Failure::said(Code::Conflict, context.t("conflict-changed")));
    }
    Ok(Redirect::to("/console/conflicts").into_response())
}
