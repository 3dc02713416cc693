//! STOP fills the screen and goes away by a deliberate tap only.

use leptos::prelude::*;
use sparhund_scanner_core::api::ScanOutcome;
use sparhund_shared::verdict::{Reason, Verdict};

use super::item::Facts;
use super::shapes::Shape;
use super::verdict::grave;
use crate::state::ctx;

#[component]
pub fn Stop() -> impl IntoView {
    let ctx = ctx();
    move || {
        let view = ctx
            .scanned
            .get()
            .filter(|view| view.judgement.verdict == Verdict::Stop)?;
        let what = match view.outcome {
            ScanOutcome::Stopped { item } => view! {
                <p class="stop-name" data-test="item-name">{item.name.clone()}</p>
                <Facts item=item.item/>
            }
            .into_any(),
            ScanOutcome::Place { place } => {
                view! { <p class="stop-name" data-test="place-name">{place.name}</p> }.into_any()
            }
            _ => ().into_any(),
        };
        let reasons = grave(&view.judgement);
        let done = what_was_done(&reasons);
        Some(view! {
            <div
                class="halt"
                role="alertdialog"
                aria-modal="true"
                aria-labelledby="stop-word"
                data-test="verdict"
                data-verdict="stop"
            >
                <div class="stop-text">
                    <div class="stop-head">
                        <Shape verdict=Verdict::Stop/>
                        <h2 id="stop-word">{move || ctx.t("verdict-stop")}</h2>
                    </div>
                    {reasons
                        .into_iter()
                        .map(|reason| {
                            let word = reason.word();
                            view! {
                                <p class="stop-reason" data-test="verdict-reason" data-reason=word>
                                    {move || ctx.reason(&reason)}
                                </p>
                            }
                        })
                        .collect_view()}
                    {what}
                    <Show when=move || ctx.missed.get() != 0>
                        <p class="stop-reason" data-test="stop-missed">
                            {move || ctx.missed_words(ctx.missed.get())}
                        </p>
                    </Show>
                </div>
                <button class="primary" data-test="verdict-close" on:click=move |_| ctx.acknowledge()>
                    {move || ctx.t(done)}
                </button>
            </div>
        })
    }
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
