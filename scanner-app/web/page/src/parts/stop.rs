//! STOP fills the screen and goes away by a deliberate tap only.

use leptos::prelude::*;
use sparhund_scanner_core::api::{KeptBack, ScanOutcome, TaskKind};
use sparhund_shared::verdict::{Reason, Verdict};

use super::item::Facts;
use super::raw::refused;
use super::shapes::Shape;
use super::verdict::grave;
use crate::state::{Ctx, ctx};
use crate::text::whole;

#[component]
pub fn Stop() -> impl IntoView {
    let ctx = ctx();
    move || {
        let view = ctx
            .scanned
            .get()
            .filter(|view| view.judgement.verdict == Verdict::Stop)?;
        // Each of several goods has its own reasons beside it.
        let mut reasons = grave(&view.judgement);
        let done = what_was_done(&reasons);
        // The STOP covers the bar, and whoever is called asks which order it is.
        let order = order_of(&view.task.kind);
        let what = match view.outcome {
            ScanOutcome::KeptBack { goods } => {
                reasons.clear();
                view! {
                    <p class="stop-reason">{move || ctx.t("ship-nothing")}</p>
                    {goods.into_iter().map(|goods| stays(ctx, goods)).collect_view()}
                }
                .into_any()
            }
            ScanOutcome::Stopped { item } => view! {
                <p class="stop-name" data-test="item-name">{item.name.clone()}</p>
                <Facts item=item.item/>
            }
            .into_any(),
            ScanOutcome::Place { place } => {
                let name = whole(&place.name);
                view! { <p class="stop-name" data-test="place-name">{move || ctx.t1("stop-scanned-place", "name", &name)}</p> }
                    .into_any()
            }
            _ => ().into_any(),
        };
        Some(view! {
            <div
                class="halt"
                role="alertdialog"
                aria-modal="true"
                aria-labelledby="stop-word"
                data-test="verdict"
                data-verdict="stop"
            >
                <div class="stop-text" tabindex="0">
                    <div class="stop-head">
                        <Shape verdict=Verdict::Stop/>
                        <h2 id="stop-word">{move || ctx.t("verdict-stop")}</h2>
                        {order.map(|order| view! {
                            <p class="stop-order" data-test="stop-order">
                                {move || ctx.t("order")} " " <strong class="code whole">{order}</strong>
                            </p>
                        })}
                    </div>
                    {why(ctx, reasons)}
                    {what}
                </div>
                // Beside the button, as the text above may be longer than the window.
                <Show when=move || ctx.missed.get() != 0>
                    <p class="stop-missed" data-test="stop-missed">{move || ctx.missed_words(ctx.missed.get())}</p>
                </Show>
                {view.raw.map(|code| refused(ctx, &code))}
                <button class="primary" data-test="verdict-close" on:click=move |_| ctx.acknowledge()>
                    {move || ctx.t(done)}
                </button>
            </div>
        })
    }
}

fn order_of(kind: &TaskKind) -> Option<String> {
    match kind {
        TaskKind::Receive { .. } | TaskKind::Deed { .. } => None,
        TaskKind::Pick { order } | TaskKind::Deliver { order } | TaskKind::Confirm { order } => {
            Some(order.to_string())
        }
    }
}

/// Goods that may not leave, how many, and why.
fn stays(ctx: Ctx, goods: KeptBack) -> impl IntoView {
    let count = goods.units.to_string();
    view! {
        <p class="stop-name" data-test="item-name">{goods.item.name}</p>
        <Facts item=goods.item.item/>
        <p class="stop-reason" data-test="stays-behind">{move || ctx.t1("stays-behind", "count", &count)}</p>
        {why(ctx, grave(&goods.judgement))}
    }
}

/// One line a reason.
fn why(ctx: Ctx, reasons: Vec<Reason>) -> impl IntoView {
    let line = move |reason: Reason| {
        let word = reason.word();
        view! {
            <p class="stop-reason" data-test="verdict-reason" data-reason=word>
                {move || ctx.reason(&reason)}
            </p>
        }
    };
    reasons.into_iter().map(line).collect_view()
}

/// The words of the button: what a person does with the goods before going on. Goods that nobody may use go aside,
/// whatever else is wrong with them; the wrong goods are sound and go back; the rest is for reading.
fn what_was_done(reasons: &[Reason]) -> &'static str {
    let goes_back = |reason: &Reason| matches!(reason, Reason::WrongItem { .. } | Reason::WrongLot { .. });
    if reasons.iter().any(Reason::sets_aside) {
        "stop-aside"
    } else if reasons.iter().any(goes_back) {
        "stop-put-back"
    } else {
        "stop-understood"
    }
}
