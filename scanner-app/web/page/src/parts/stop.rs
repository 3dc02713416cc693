//! STOP fills the screen and goes away by a deliberate tap only.

use leptos::prelude::*;
use sparhund_scanner_core::api::ScanOutcome;
use sparhund_shared::verdict::Verdict;

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
        let aside = matches!(
            view.outcome,
            ScanOutcome::Stopped { .. } | ScanOutcome::InBasket { .. }
        );
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
                    {move || ctx.t(if aside { "stop-aside" } else { "stop-understood" })}
                </button>
            </div>
        })
    }
}
