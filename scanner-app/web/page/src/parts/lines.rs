//! Lines of an order: what is left, where to take it, what is expected.

use leptos::prelude::*;
use sparhund_scanner_core::api::{LineProgress, Standing, Suggestion, TaskKind, TaskLine, UnitView};

use crate::state::{Ctx, ctx};
use crate::text::whole;

/// All lines in walking order; the first with something left comes large, with what to take.
#[component]
pub fn Lines(
    /// Draws what a line can be done with besides scanning.
    #[prop(optional)]
    action: Option<fn(Ctx, &TaskLine) -> AnyView>,
) -> impl IntoView {
    let ctx = ctx();
    let lines = Memo::new(move |_| {
        ctx.task
            .with(|task| task.as_ref().map(|task| task.lines.clone()))
            .unwrap_or_default()
    });
    let next =
        Memo::new(move |_| lines.with(|lines| lines.iter().find(|line| line.left > 0).map(|line| line.line)));
    let numbers = move || lines.with(|lines| lines.iter().map(|line| line.line).collect::<Vec<_>>());
    // A scan changes one or two of perhaps thirty lines: the others are not drawn again.
    let drawn = move |number: u32| {
        let line =
            Memo::new(move |_| lines.with(|lines| lines.iter().find(|line| line.line == number).cloned()));
        let is_next = Memo::new(move |_| next.get() == Some(number));
        move || line.get().map(|line| shown(ctx, &line, is_next.get(), action))
    };
    view! {
        <ol class="lines">
            <For each=numbers key=|number| *number children=drawn/>
        </ol>
    }
}

/// How far the line of the item at hand has come and where to go next, in one row: the lines themselves may lie
/// below the edge of a small screen.
#[component]
pub fn InShort() -> impl IntoView {
    let ctx = ctx();
    move || {
        let of = ctx.entry(ctx.current.get()?)?.line?;
        let (line, next) = ctx.task.with(|task| {
            let lines = &task.as_ref()?.lines;
            let line = lines.iter().find(|line| line.line == of).cloned()?;
            let next = lines.iter().find(|line| line.left > 0);
            Some((line, next.and_then(|line| line.suggestion.clone())))
        })?;
        let counts = [
            ("left", line.left.max(0).to_string()),
            ("wanted", line.progress.wanted.to_string()),
        ];
        let counts = counts.each_ref().map(|(name, count)| (*name, count.as_str()));
        Some(view! {
            <p class="in-short" data-test="in-short">
                <strong>{ctx.with_texts(|texts| texts.with("line-left", &counts))}</strong>
                {next.map(|next| view! {
                    <span>{ctx.t("suggestion-next")} " " <strong>{whole(&next.place.name)}</strong></span>
                })}
            </p>
        })
    }
}

fn shown(
    ctx: Ctx,
    line: &TaskLine,
    next: bool,
    action: Option<fn(Ctx, &TaskLine) -> AnyView>,
) -> impl IntoView + use<> {
    let (left, in_basket) = (line.left, line.in_basket);
    let done = line.standing == Standing::Complete;
    let progress = line.progress;
    let words = move || {
        if done {
            return ctx.t("line-done");
        }
        let counts = [
            ("left", left),
            ("wanted", progress.wanted),
            ("picked", progress.picked),
            ("shipped", progress.shipped),
            ("accepted", progress.accepted),
            ("count", in_basket),
        ]
        .map(|(name, count)| (name, count.to_string()));
        let counts = counts.each_ref().map(|(name, count)| (*name, count.as_str()));
        let words = parts_of(ctx, left, progress, in_basket)
            .map(|key| ctx.with_texts(|texts| texts.with(key, &counts)));
        words.collect::<Vec<_>>().join(" · ")
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

/// What is told of a line that is not complete, in the task at hand.
fn parts_of(
    ctx: Ctx,
    left: i64,
    progress: LineProgress,
    in_basket: i64,
) -> impl Iterator<Item = &'static str> + use<> {
    let parts = ctx
        .task
        .with_untracked(|task| match task.as_ref().map(|task| &task.kind) {
            Some(TaskKind::Deliver { .. }) => [
                ("line-picked", true),
                ("line-to-deliver", left > 0),
                ("line-delivered", progress.shipped > 0),
            ],
            Some(TaskKind::Confirm { .. }) => [
                ("line-confirmed", true),
                ("line-to-confirm", left > 0),
                ("line-in-basket", in_basket > 0),
            ],
            Some(TaskKind::Pick { .. } | TaskKind::Receive { .. } | TaskKind::Deed { .. }) | None => [
                ("line-left", true),
                ("line-in-basket", in_basket > 0),
                ("", false),
            ],
        });
    parts.into_iter().filter_map(|(key, told)| told.then_some(key))
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
                <strong class="from">{whole(&suggestion.place.name)}</strong>
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
