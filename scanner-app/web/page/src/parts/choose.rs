//! Several codes in view, or several ways to read one: a person chooses, the first never wins by itself.

use leptos::prelude::*;
use sparhund_scanner_core::api::{CandidateView, Command, RawScan};
use sparhund_shared::event::{EntryMethod, Item};

use super::raw::{raw as visibly, refused};
use crate::state::{Ctx, ctx};

/// The readings of a code; the question stands until it is answered or given up.
#[component]
pub fn Readings(candidates: Vec<CandidateView>, raw: Option<RawScan>) -> impl IntoView {
    let ctx = ctx();
    view! {
        <section class="choose">
            <h2>{move || ctx.t("scan-choose-reading")}</h2>
            {raw.map(|code| refused(ctx, &code))}
            {candidates
                .into_iter()
                .enumerate()
                .map(|(candidate, reading)| {
                    let choose = move |_| ctx.run_once(Command::ChooseReading { candidate });
                    view! {
                        <button data-test=format!("choose-{candidate}") on:click=choose>
                            {candidate_words(ctx, &reading)}
                        </button>
                    }
                })
                .collect_view()}
            <button data-test="choose-none" on:click=move |_| ctx.give_up_reading()>
                {move || ctx.t("open-scan-drop")}
            </button>
        </section>
    }
}

/// Symbols that the camera saw together.
#[component]
pub fn Symbols() -> impl IntoView {
    let ctx = ctx();
    view! {
        <Show when=move || !ctx.choose.with(Vec::is_empty)>
            <section class="choose">
                <h2>{move || ctx.t("scan-choose")}</h2>
                {move || {
                    ctx.choose
                        .get()
                        .into_iter()
                        .enumerate()
                        .map(|(index, raw)| {
                            let shown = visibly(&raw.0);
                            let take = move |_| {
                                ctx.camera.set(false);
                                ctx.choose.set(Vec::new());
                                ctx.scan(raw.clone(), EntryMethod::Camera);
                            };
                            view! {
                                <button class="code" data-test=format!("choose-{index}") on:click=take>
                                    {shown}
                                </button>
                            }
                        })
                        .collect_view()
                }}
            </section>
        </Show>
    }
}

/// What a reading says, in one line.
pub fn candidate_words(ctx: Ctx, candidate: &CandidateView) -> String {
    match candidate {
        CandidateView::Item { item, .. } => match &item.item {
            Item::Identified(read) => {
                let parts = [
                    Some(item.name.clone()),
                    Some(read.di.to_string()),
                    read.lot
                        .as_ref()
                        .map(|lot| format!("{} {lot}", ctx.t("item-lot"))),
                    read.serial
                        .as_ref()
                        .map(|serial| format!("{} {serial}", ctx.t("item-serial"))),
                    read.expiry
                        .as_ref()
                        .map(|expiry| format!("{} {expiry}", ctx.t("item-expiry"))),
                ];
                parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
            }
            Item::Unread(_) => item.name.clone(),
        },
        CandidateView::Logistic { sscc } => format!("{} {sscc}", ctx.t("candidate-logistic")),
        CandidateView::Place { place, name } => {
            let name = name.clone().unwrap_or_default();
            format!("{} {name} {place}", ctx.t("candidate-place"))
        }
        CandidateView::Asset { id } => format!("{} {id}", ctx.t("candidate-asset")),
        CandidateView::Donation => ctx.t("candidate-donation"),
        CandidateView::Part => ctx.t("candidate-part"),
    }
}
