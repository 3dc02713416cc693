//! The verdict of the last scan: word, shape and colour, and a sentence for each reason.

use leptos::prelude::*;
use sparhund_scanner_core::api::{ScanOutcome, ScanView, TaskKind};
use sparhund_shared::event::Item;
use sparhund_shared::verdict::{Judgement, Reason, Verdict};

use super::choose::Readings;
use super::item::Facts;
use super::raw::refused;
use super::shapes::Shape;
use crate::state::{Ctx, ctx};

/// OK and WARN within the task; STOP is [`super::stop`].
#[component]
pub fn VerdictLine() -> impl IntoView {
    let ctx = ctx();
    view! {
        <div class="live" aria-live="assertive">
            {move || {
                let choice = ctx.task.with(|task| {
                    let task = task.as_ref()?;
                    Some((task.choice.clone()?, task.choice_raw.clone()))
                });
                if let Some((candidates, raw)) = choice {
                    return Some(view! { <Readings candidates raw/> }.into_any());
                }
                ctx.scanned
                    .get()
                    .filter(|view| view.judgement.verdict != Verdict::Stop)
                    .map(|view| shown(ctx, &view))
            }}
        </div>
    }
}

fn shown(ctx: Ctx, view: &ScanView) -> AnyView {
    let verdict = weight(view);
    let class = format!("verdict {}", verdict.word());
    let reasons = grave(&view.judgement);
    let facts = to_compare(view, &reasons);
    let damaged = match view.outcome {
        ScanOutcome::Damaged { .. } => view.raw.clone(),
        _ => None,
    };
    view! {
        <section class=class data-test="verdict" data-verdict=verdict.word()>
            <Shape verdict/>
            <div>
                <p class="word">{move || ctx.t(&format!("verdict-{}", verdict.word()))}</p>
                {outcome(ctx, view).map(|words| view! { <p class="outcome">{words}</p> })}
                {reasons
                    .into_iter()
                    .map(|reason| {
                        let word = reason.word();
                        view! {
                            <p data-test="verdict-reason" data-reason=word>
                                {move || ctx.reason(&reason)}
                            </p>
                        }
                    })
                    .collect_view()}
                {facts.map(|item| view! { <Facts item/> })}
                {damaged.map(|code| refused(ctx, &code))}
            </div>
            <button
                class="verdict-close"
                data-test="verdict-close"
                aria-label=move || ctx.t("close")
                on:click=move |_| ctx.scanned.set(None)
            >
                "×"
            </button>
        </section>
    }
    .into_any()
}

/// What was read, where a reason asks to hold it against the label: the item itself may lie below the edge of a small
/// screen.
fn to_compare(view: &ScanView, reasons: &[Reason]) -> Option<Item> {
    let ScanOutcome::InBasket { entry } = view.outcome else {
        return None;
    };
    let compares = |reason: &Reason| {
        matches!(
            reason,
            Reason::SuspectSeparator | Reason::LenientReading | Reason::NoExpiry | Reason::NoLot
        )
    };
    let entry = view.task.basket.get(entry)?;
    reasons.iter().any(compares).then(|| entry.item.item.clone())
}

/// The verdict to show: a code that is damaged is no reason for joy, even where it can be kept; nor is a question.
pub fn weight(view: &ScanView) -> Verdict {
    match view.outcome {
        ScanOutcome::Damaged { .. } | ScanOutcome::Choose => view.judgement.verdict.max(Verdict::Warn),
        _ => view.judgement.verdict,
    }
}

/// Reasons to look. What is said on every scan (an uncalibrated scanner) stands in the task list instead, or nobody
/// reads any of it.
pub fn grave(judgement: &Judgement) -> Vec<Reason> {
    let reasons = judgement.reasons.iter();
    reasons
        .filter(|reason| reason.verdict() != Verdict::Ok)
        .cloned()
        .collect()
}

/// What became of the scan, in a few words; an item in the basket shows itself below.
fn outcome(ctx: Ctx, view: &ScanView) -> Option<String> {
    Some(match &view.outcome {
        ScanOutcome::Place { place } if view.booked > 0 => {
            let count = view.booked.to_string();
            let said = [("name", place.name.as_str()), ("count", count.as_str())];
            ctx.with_texts(|texts| texts.with("booked-there", &said))
        }
        ScanOutcome::Place { place } => {
            let key = match view.task.kind {
                TaskKind::Deliver { .. } => "ward-taken",
                _ => "place-taken",
            };
            ctx.t1(key, "name", &place.name)
        }
        ScanOutcome::Logistic { sscc } => ctx.t1("sscc-taken", "sscc", &sscc.to_string()),
        ScanOutcome::Patient => ctx.t("patient-read"),
        ScanOutcome::KnownAlready => ctx.t("known-already"),
        ScanOutcome::NeedsMore => ctx.t("prompt-needs-more"),
        ScanOutcome::Stopped { item } => item.name.clone(),
        ScanOutcome::TakenOut { item } => ctx.t1("taken-out", "name", &item.name),
        ScanOutcome::Damaged { problem } => ctx.with_texts(|texts| problem.say(texts)),
        ScanOutcome::Booked { item } => {
            let count = view.booked.to_string();
            let said = [("name", item.name.as_str()), ("count", count.as_str())];
            ctx.with_texts(|texts| texts.with("booked-now", &said))
        }
        ScanOutcome::InBasket { .. }
        | ScanOutcome::Answered
        | ScanOutcome::Choose
        | ScanOutcome::Line { .. }
        | ScanOutcome::KeptBack { .. } => return None,
    })
}
