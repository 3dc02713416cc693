//! Rules: stock levels, sampling, count limit, and for administrators printers, company prefix and keys.

use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use sparhund_shared::label::LabelSize;
use sparhund_shared::reference::{Role, Rule, SamplingRule, StockRule};

use super::names::Names;
use crate::console::context::Context;
use crate::console::failure::{Answer, Failure};
use crate::console::fields::{Fields, Submitted};
use crate::console::format::moment;
use crate::console::layout;
use crate::console::paging::ListPage;
use crate::http::{Code, Problem, RuleRow, rules, set_rule, setter_of_rule, take_rule_away};
use crate::ops::now_ms;

/// Rows of one page.
const ROWS: usize = 100;
/// Where the page is.
const HERE: &str = "/console/rules";

/// Kinds of rules with the role that sets them and the fields of their forms.
const FORMS: [(&str, Role, &[&str]); 6] = [
    (
        "stock",
        Role::Planner,
        &[
            "place",
            "article",
            "min",
            "max",
            "safety",
            "preparedness",
            "two_bin",
        ],
    ),
    ("sampling", Role::Planner, &["supplier", "article", "every"]),
    ("count_limit", Role::Planner, &["units", "percent"]),
    (
        "printer",
        Role::Admin,
        &["place", "name", "address", "small_labels"],
    ),
    ("company_prefix", Role::Admin, &["prefix"]),
    ("patient_key", Role::Admin, &["key"]),
];

/// The list with its filter, and the forms of those who may set rules.
pub(in crate::console) async fn show(context: Context, asked: Fields) -> Answer {
    let body = draw(&context, &asked, &Fields::default(), None).await?;
    Ok(layout::page(&context, &context.t("menu-rules"), &body))
}

/// Takes a form; what is wrong is said above the forms, which keep what was written.
pub(in crate::console) async fn set(context: Context, Submitted(fields): Submitted) -> Answer<Response> {
    let done = match read(&context, &fields) {
        Ok(rule) => {
            let set = set_rule(&context.state, &context.user.roles, rule).await;
            set.map_err(|problem| explained(&context, problem))
        }
        Err(failure) => Err(failure),
    };
    match done {
        Ok(_) => Ok(Redirect::to(HERE).into_response()),
        Err(Failure::Said(code, why)) if code.status().is_client_error() => {
            let body = draw(&context, &Fields::default(), &fields, Some(&why)).await?;
            let page = layout::page(&context, &context.t("menu-rules"), &body);
            Ok((code.status(), page).into_response())
        }
        Err(failure) => Err(failure),
    }
}

/// Takes a rule away.
pub(in crate::console) async fn remove(context: Context, Submitted(fields): Submitted) -> Answer<Response> {
    let key = fields.untrimmed("key");
    if key.is_empty() {
        let missing = context
            .texts
            .with("field-missing", &[("field", &context.t("rule"))]);
        return Err(Failure::said(Code::InvalidValue, missing));
    }
    take_rule_away(&context.state, &context.user.roles, key).await?;
    Ok(Redirect::to(HERE).into_response())
}

/// The same in the visitor's words, field by field.
fn explained(context: &Context, problem: Problem) -> Failure {
    if problem.code() != Code::InvalidValue {
        return problem.into();
    }
    let wrong = problem.errors().iter().map(|error| {
        let field = error.pointer.trim_start_matches('/').replace('_', "-");
        takes(context, &field)
    });
    Failure::said(Code::InvalidValue, wrong.collect::<Vec<_>>().join(" "))
}

/// What a field takes.
fn takes(context: &Context, field: &str) -> String {
    format!(
        "{}: {}",
        context.t(&format!("field-{field}")),
        context.t(&format!("rule-takes-{field}"))
    )
}

fn read(context: &Context, fields: &Fields) -> Result<Rule, Failure> {
    let wrong = |field: &str| Failure::said(Code::InvalidValue, takes(context, field));
    let text = |field: &str| fields.text_or_empty(field).to_owned();
    let number = |field: &str| match fields.text(field) {
        None => Ok(0),
        Some(text) => text.parse::<u32>().map_err(|_| wrong(field)),
    };
    let place = || {
        fields
            .parse(context, "place", "place")?
            .ok_or_else(|| wrong("place"))
    };
    Ok(match fields.text_or_empty("rule") {
        "stock" => Rule::Stock(StockRule {
            place: place()?,
            article: fields
                .parse(context, "article", "article")?
                .ok_or_else(|| wrong("article"))?,
            min: number("min")?,
            max: number("max")?,
            safety: number("safety")?,
            preparedness: number("preparedness")?,
            two_bin: fields.text("two_bin").is_some(),
        }),
        "sampling" => Rule::Sampling(SamplingRule {
            supplier: text("supplier"),
            article: fields.parse(context, "article", "article")?,
            every: number("every")?,
        }),
        "count_limit" => Rule::CountLimit {
            units: number("units")?,
            percent: number("percent")?,
        },
        "printer" => Rule::Printer {
            place: place()?,
            name: text("name"),
            address: text("address"),
            size: match fields.text("small_labels") {
                Some(_) => LabelSize::Small,
                None => LabelSize::Large,
            },
        },
        "company_prefix" => Rule::CompanyPrefix {
            prefix: text("prefix"),
        },
        "patient_key" => Rule::PatientKey {
            key: text("key"),
            from: now_ms(),
        },
        _ => return Err(wrong("rule")),
    })
}

async fn draw(
    context: &Context,
    asked: &Fields,
    written: &Fields,
    wrong: Option<&str>,
) -> Result<Markup, Failure> {
    let names = Names::read(context.state.store.as_ref()).await?;
    let text = asked.text_or_empty("q");
    let page = ListPage::asked(asked, ROWS);
    let mut found = rules(&context.state, text, page.slice).await?;
    let more = page.cut(&mut found);
    let head = ["rule", "rule-about", "rule-says", "action"];
    let rows = html! { @for row in &found { (one(context, &names, row)) } };
    Ok(html! {
        h1 { (context.t("menu-rules")) }
        @if let Some(wrong) = wrong { p.notice.stop role="alert" { (wrong) } }
        @for (kind, _, fields) in FORMS.iter().filter(|(_, role, _)| context.user.roles.contains(role)) {
            (form(context, kind, fields, written))
        }
        form.filter method="get" action=(HERE) role="search" {
            (layout::input(&context.t("search-rules"), "q", text))
            button type="submit" { (context.t("filter")) }
            a href=(HERE) { (context.t("clear")) }
        }
        @if found.is_empty() {
            p.notice { (context.t("no-rules")) }
        } @else {
            (layout::stacking_table(context, &context.t("menu-rules"), &head, &rows))
        }
        (page.links(context, HERE, &[("q", text)], more))
    })
}

/// Folded until somebody has written in it.
fn form(context: &Context, kind: &str, inputs: &[&str], written: &Fields) -> Markup {
    let open = written.text("rule") == Some(kind);
    let none = Fields::default();
    let written = if open { written } else { &none };
    html! {
        details.card open[open] {
            summary { (context.t(&format!("new-rule-{}", kind.replace('_', "-")))) }
            form.stack method="post" action=(HERE) {
                (layout::csrf(&context.visitor))
                input type="hidden" name="rule" value=(kind);
                p.hint { (context.t(&format!("rule-hint-{}", kind.replace('_', "-")))) }
                @for field in inputs {
                    @let label = context.t(&format!("field-{}", field.replace('_', "-")));
                    @if matches!(*field, "two_bin" | "small_labels") {
                        label.check { input type="checkbox" name=(field) value="1" checked[written.text(field).is_some()]; span { (label) } }
                    } @else {
                        (layout::input(&label, field, written.text_or_empty(field)))
                    }
                }
                button type="submit" { (context.t("set-rule")) }
            }
        }
    }
}

fn one(context: &Context, names: &Names, row: &RuleRow) -> Markup {
    html! {
        tr {
            td data-label=(context.t("rule")) { (context.t(kind_key(&row.rule))) }
            td data-label=(context.t("rule-about")) { (about(context, names, &row.rule)) }
            td data-label=(context.t("rule-says")) { (says(context, &row.rule)) }
            td data-label=(context.t("action")) {
                @if context.user.roles.contains(&setter_of_rule(&row.key)) {
                    @let words = ("rule-remove", "rule-remove-means");
                    (layout::two_clicks(&context.visitor, "/console/rules/remove", words, ("key", &row.key), &context.t("rule-remove-this")))
                } @else { "–" }
            }
        }
    }
}

fn kind_key(rule: &Rule) -> &'static str {
    match rule {
        Rule::Stock(_) => "rule-stock",
        Rule::Sampling(_) => "rule-sampling",
        Rule::CompanyPrefix { .. } => "rule-company-prefix",
        Rule::PatientKey { .. } => "rule-patient-key",
        Rule::CountLimit { .. } => "rule-count-limit",
        Rule::Printer { .. } => "rule-printer",
    }
}

fn about(context: &Context, names: &Names, rule: &Rule) -> Markup {
    html! {
        @match rule {
            Rule::Stock(rule) => { (names.place_cell(&rule.place)) br; span.code { (rule.article) } },
            Rule::Sampling(rule) => {
                (rule.supplier) br;
                @if let Some(article) = &rule.article { span.code { (article) } } @else { (context.t("rule-all-other")) }
            },
            Rule::Printer { place, name, .. } => { (name) br; (names.place_cell(place)) },
            Rule::CompanyPrefix { .. } | Rule::PatientKey { .. } | Rule::CountLimit { .. } => { (context.t("rule-region")) },
        }
    }
}

fn says(context: &Context, rule: &Rule) -> Markup {
    let numbers = |all: &[(&str, u32)]| -> String {
        let said = all.iter().filter(|(_, units)| *units > 0);
        let said = said.map(|(field, units)| format!("{}: {}", context.t(field), context.number(*units)));
        said.collect::<Vec<_>>().join(", ")
    };
    html! {
        @match rule {
            Rule::Stock(rule) => {
                (numbers(&[("field-min", rule.min), ("field-max", rule.max), ("field-safety", rule.safety),
                    ("field-preparedness", rule.preparedness)]))
                @if rule.two_bin { " " strong { (context.t("field-two-bin")) } }
            },
            Rule::Sampling(rule) => { (numbers(&[("field-every", rule.every)])) },
            Rule::CompanyPrefix { prefix } => { span.code { (prefix) } },
            Rule::PatientKey { key, from } => { span.code { (key) } br; (context.texts.with("rule-from", &[("time", &moment(*from))])) },
            Rule::CountLimit { units, percent } => {
                (context.texts.with("rule-count", &[("units", &context.number(*units)), ("percent", &context.number(*percent))]))
            },
            Rule::Printer { address, size, .. } => {
                span.code { (address) }
                @if *size == LabelSize::Small { " " strong { (context.t("field-small-labels")) } }
            },
        }
    }
}
