//! What is this code? For whoever holds one that will not scan, or wonders what it says.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use sparhund_shared::carrier::{
    AssetCode, Examined, Explanation, Fault, Reading, WedgeProfile, examine, from_visible, visible,
};
use sparhund_shared::identity::UdiDi;
use sparhund_shared::reference::Article;

use crate::console::context::Context;
use crate::console::failure::{Answer, Failure};
use crate::console::fields::Fields;
use crate::console::format::{day, link};
use crate::console::layout;
use crate::ops::now_ms;

/// Most characters that are read: a little more than the fullest QR Code holds (ISO/IEC 18004), and few enough for every
/// address. The text field takes one more, so that a longer text is told from one that just fits.
const MOST: usize = 7199;

/// The form and, below it, the answer.
pub(in crate::console) async fn show(context: Context, asked: Fields) -> Answer<Response> {
    // A blank at the end can be the check character of an HIBC code.
    let text = asked.untrimmed("q");
    let (status, answer) = if text.trim().is_empty() {
        (StatusCode::OK, html! { p.hint { (context.t("code-hint")) } })
    } else if text.chars().count() > MOST {
        let why = context.texts.with(
            "code-refused",
            &[
                ("what", &context.t("word-detail-SCAN_TOO_LONG")),
                ("advice", &context.t("advice-one-code")),
            ],
        );
        (
            StatusCode::UNPROCESSABLE_ENTITY,
            html! { p.notice.stop role="alert" { (why) } },
        )
    } else {
        let raw = from_visible(text);
        let examined = examine(&raw, day(now_ms()), &WedgeProfile::default());
        (StatusCode::OK, answer(&context, &raw, &examined).await?)
    };
    let shown = if status == StatusCode::OK {
        visible(&from_visible(text))
    } else {
        String::new()
    };
    let body = html! {
        h1 { (context.t("code-question")) }
        form.trace method="get" action="/console/code" role="search" {
            label.grow { span { (context.t("code-input")) }
                input #scan type="text" name="q" value=(shown) maxlength=(MOST + 1) autocomplete="off"
                    autocapitalize="off" spellcheck="false" data-scan autofocus[text.is_empty()]; }
            button type="submit" { (context.t("code-button")) }
        }
        (answer)
    };
    let page = layout::page(&context, &context.t("code-question"), &body);
    Ok((status, page).into_response())
}

async fn answer(context: &Context, raw: &str, examined: &Examined) -> Result<Markup, Failure> {
    let reading = &examined.reading;
    let body = if let Some(fault) = &reading.error {
        refused(context, fault)
    } else {
        let count = reading.others.len() + 1;
        let mut all = Vec::new();
        for one in std::iter::once(reading).chain(&reading.others) {
            all.push(candidate(context, one).await?);
        }
        html! {
            @if count > 1 { p.notice.stop { (context.texts.count("code-several", i64::try_from(count).unwrap_or(i64::MAX))) } }
            @for one in &all { (one) }
        }
    };
    Ok(html! {
        (body)
        @if let Some(said) = &examined.verdict { (verdict(context, said)) }
        h2 { (context.t("code-as-sent")) }
        p.card.code { (visible(raw)) }
        p.hint { (context.t("code-visible")) }
    })
}

/// Why it cannot be read, what to do, and where.
fn refused(context: &Context, fault: &Fault) -> Markup {
    html! {
        section.notice.stop role="alert" {
            p { strong { (context.texts.refusal(fault)) } }
            @if let Some(ai) = &fault.ai { p { (context.texts.with("code-in-field", &[("ai", ai)])) } }
            @if let Some(marked) = &fault.marked {
                @let (before, there, after) = marked.parts();
                p { (context.t("code-where")) }
                p.code.marked {
                    (visible(before))
                    mark title=(context.t("code-here")) { @if there.is_empty() { "⟨…⟩" } @else { (visible(there)) } }
                    (visible(after))
                }
            }
            p.hint { (context.t("code-error-name")) " " span.code { (fault.word()) } }
        }
    }
}

/// The verdict of the specification, beside what was forgiven.
fn verdict(context: &Context, verdict: &Explanation) -> Markup {
    html! {
        h2 { (context.t("code-verdict")) }
        @match &verdict.error {
            None => p.notice.ok { (context.t("code-verdict-ok")) },
            Some(fault) => {
                p.notice.stop {
                    (context.texts.with("code-verdict-wrong", &[("what", &context.texts.fault(fault))]))
                    " " span.code { (fault.word()) }
                    @if let Some(ai) = &fault.ai { " (" (ai) ")" }
                }
            }
        }
    }
}

async fn candidate(context: &Context, said: &Explanation) -> Result<Markup, Failure> {
    let (kind, di) = match &said.reading {
        Some(Reading::Item(item)) => ("item", Some(item.di.clone())),
        Some(Reading::Logistic(code)) => ("logistic", code.content.map(UdiDi::gs1)),
        Some(Reading::Place(_)) => ("place", None),
        Some(Reading::Asset(_)) => ("asset", None),
        Some(Reading::Donation(_)) => ("donation", None),
        Some(Reading::ProductionOnly(code)) => ("part", code.content.map(UdiDi::gs1)),
        None => ("nothing", None),
    };
    let known = match &di {
        Some(di) => Some(catalogue(context, di, said).await?),
        None => None,
    };
    Ok(html! {
        section.result {
            h2 { (context.t(&format!("code-is-{kind}"))) }
            @if let Some(known) = known { (known) }
            (facts(context, said))
            @for warning in &said.warnings { p.notice { (context.texts.oddity(warning)) } }
            (fields(context, said))
        }
    })
}

/// What the catalogue knows of the device.
async fn catalogue(context: &Context, di: &UdiDi, said: &Explanation) -> Result<Markup, Failure> {
    let article = context.state.store.article_by_di(di).await?;
    let product = di.to_string();
    let lot = said.lot.as_ref().map(ToString::to_string).unwrap_or_default();
    let serial = said.serial.as_ref().map(ToString::to_string).unwrap_or_default();
    let traced = link(
        "/console/trace",
        &[("product", &product), ("lot", &lot), ("serial", &serial)],
    );
    let may_trace = context.may_open("/console/trace");
    Ok(html! {
        @match &article {
            Some(article) => (known(context, article, di)),
            None => p.notice { strong { (context.t("code-unknown")) } " " (context.t("code-unknown-do")) },
        }
        @if may_trace { p { a href=(traced) { (context.t("code-trace")) } } }
    })
}

fn known(context: &Context, article: &Article, di: &UdiDi) -> Markup {
    let no = article.no.to_string();
    html! {
        p {
            strong { a href=(link("/console/articles", &[("no", &no)])) { (article.name) } }
            " " span.code { (no) }
            @if let Some(units) = article.units_of(di).filter(|units| *units > 1) {
                br; (context.texts.with("code-package", &[("count", &context.number(units))]))
            }
        }
    }
}

fn facts(context: &Context, said: &Explanation) -> Markup {
    let symbology = said.symbology.map_or_else(
        || context.t("code-symbology-untold"),
        |symbology| {
            let identifier = symbology.to_string();
            let key = format!("symbology-{}", identifier.trim_start_matches(']'));
            if context.texts.has(&key) {
                format!("{} ({identifier})", context.t(&key))
            } else {
                identifier
            }
        },
    );
    let named = match &said.reading {
        Some(Reading::Logistic(code)) => Some(("code-sscc", code.sscc.to_string())),
        Some(Reading::Place(place)) => Some(("place", place.to_string())),
        Some(Reading::Asset(AssetCode::Individual(id))) => Some(("code-asset", id.to_string())),
        Some(Reading::Asset(AssetCode::Returnable(id))) => Some(("code-asset", id.to_string())),
        Some(Reading::Donation(code)) => Some(("code-donation", code.din.clone())),
        Some(Reading::Item(_) | Reading::ProductionOnly(_)) | None => None,
    };
    let agency = said.agency.map(|agency| context.t(&format!("agency-{agency}")));
    let rows = [
        ("code-symbology", Some(symbology)),
        ("code-agency", agency),
        ("code-di", said.di.clone()),
        ("lot", said.lot.as_ref().map(ToString::to_string)),
        ("serial", said.serial.as_ref().map(ToString::to_string)),
        ("expiry", said.expiry.map(|date| date.to_string())),
        ("code-made", said.production.map(|date| date.to_string())),
        ("code-quantity", said.quantity.map(|count| context.number(count))),
    ];
    let plain = ["code-symbology", "code-agency", "code-quantity"];
    html! {
        dl.facts {
            @for (name, value) in named.iter().cloned().map(|(name, value)| (name, Some(value))).chain(rows) {
                @if let Some(value) = value {
                    dt { (context.t(name)) }
                    dd.code[!plain.contains(&name)] { (visible(&value)) }
                }
            }
        }
    }
}

/// Every field with its name, its value, and what the value means.
fn fields(context: &Context, said: &Explanation) -> Markup {
    let head = ["code-field", "code-name", "code-value", "code-meaning"];
    let label = |word: &str| context.t(word);
    let rows = html! {
        @for field in &said.fields {
            tr {
                td.code data-label=(label("code-field")) { (visible(&field.mark)) }
                td data-label=(label("code-name")) { (context.t(&field.name)) }
                td.code data-label=(label("code-value")) { (visible(&field.value)) }
                td data-label=(label("code-meaning")) { (field.meaning.as_deref().unwrap_or_default()) }
            }
        }
    };
    if said.fields.is_empty() {
        return Markup::default();
    }
    html! {
        h3 { (context.t("code-fields")) }
        (layout::stacking_table(context, &context.t("code-fields"), &head, &rows))
    }
}
