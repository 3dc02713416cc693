//! Lines of an order: what is left, where to take it, what is expected.

use leptos::prelude::*;
use sparhund_scanner_core::api::{Suggestion, TaskLine, UnitView};

use crate::state::{Ctx, ctx};

/// All lines in walking order; the first with something left comes large, with what to take.
#[component]
pub fn Lines(
    /// Draws what a line can be done with besides scanning.
    #[prop(optional)]
    action: Option<fn(Ctx, &TaskLine) -> AnyView>,
) -> impl IntoView {
    let ctx = ctx();
    view! {
        <ol class="lines">
            {move || {
                let lines = ctx.task.with(|task| task.as_ref().map(|task| task.lines.clone())).unwrap_or_default();
                let next = lines.iter().find(|line| line.left > 0).map(|line| line.line);
                lines
                    .into_iter()
                    .map(|line| shown(ctx, &line, next == Some(line.line), action))
                    .collect_view()
            }}
        </ol>
    }
}

fn shown(
    ctx: Ctx,
    line: &TaskLine,
    next: bool,
    action: Option<fn(Ctx, &TaskLine) -> AnyView>,
) -> impl IntoView + use<> {
    let (left, wanted, in_basket) = (line.left, line.progress.wanted, line.in_basket);
    let done = left == 0 && in_basket == 0;
    let words = move || {
        ctx.with_texts(|texts| {
            if done {
                return texts.get("line-done");
            }
            let left = texts.with(
                "line-left",
                &[("left", &left.to_string()), ("wanted", &wanted.to_string())],
            );
            if in_basket == 0 {
                return left;
            }
            let basket = texts.with("line-in-basket", &[("count", &in_basket.to_string())]);
            format!("{left} · {basket}")
        })
    };
    let details = [Some(line.article.to_string()), line.reference.clone()];
    let details: Vec<String> = details.into_iter().flatten().collect();
    let suggestion = (next && !done)
        .then(|| {
            line.suggestion
                .clone()
                .map(|suggestion| suggested(ctx, &suggestion))
        })
        .flatten();
    let units: Vec<_> = line.units.iter().map(|unit| unit_words(ctx, unit)).collect();
    view! {
        <li data-test=format!("line-{}", line.line) data-left=left class:next=next class:done=done>
            <div class="line-head">
                <span class="line-name">{line.name.clone()}</span>
                <span class="line-left">{words}</span>
            </div>
            <p class="line-details code">{details.join(" · ")}</p>
            {suggestion}
            <ul class="units">{units}</ul>
            {action.map(|action| action(ctx, line))}
        </li>
    }
}

fn suggested(ctx: Ctx, suggestion: &Suggestion) -> impl IntoView + use<> {
    let lot = suggestion.lot.as_ref().map(ToString::to_string);
    let serial = suggestion.serial.as_ref().map(ToString::to_string);
    let expiry = suggestion.expiry.as_ref().map(ToString::to_string);
    let count = suggestion.units.to_string();
    let fact = move |key: &'static str, value: Option<String>| {
        value.map(|value| {
            view! {
                <div>
                    <dt>{move || ctx.t(key)}</dt>
                    <dd class="code">{value}</dd>
                </div>
            }
        })
    };
    view! {
        <div class="suggestion" data-test="suggestion">
            <p>
                <span>{move || ctx.t("suggestion-take")} " "</span>
                <strong class="from">{suggestion.place.name.clone()}</strong>
                <span>" " {move || ctx.t1("suggestion-there", "count", &count)}</span>
            </p>
            <dl class="facts">
                {fact("item-lot", lot)} {fact("item-serial", serial)} {fact("item-expiry", expiry)}
            </dl>
        </div>
    }
}

fn unit_words(ctx: Ctx, unit: &UnitView) -> impl IntoView + use<> {
    let values = [
        unit.lot.as_ref().map(ToString::to_string),
        unit.serial.as_ref().map(ToString::to_string),
        unit.expiry.as_ref().map(ToString::to_string),
    ];
    let values: Vec<String> = values.into_iter().flatten().collect();
    let reasons = unit.judgement.reasons.clone();
    let verdict = unit.judgement.verdict.word();
    view! {
        <li class=verdict>
            <span class="code">{values.join(" · ")}</span>
            <strong>{unit.units}</strong>
            {reasons
                .into_iter()
                .map(|reason| {
                    view! { <p>{move || ctx.reason(&reason)}</p> }
                })
                .collect_view()}
        </li>
    }
}
