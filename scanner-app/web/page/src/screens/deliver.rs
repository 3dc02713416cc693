//! Delivery: scan the ward's own label, then everything picked leaves for it.

use leptos::prelude::*;
use sparhund_scanner_core::api::Command;

use super::pick::{Done, ToList, done};
use crate::parts::lines::Lines;
use crate::parts::places::PlacePicker;
use crate::parts::tools::Tools;
use crate::parts::verdict::VerdictLine;
use crate::state::{Ctx, ctx};

#[component]
pub fn Deliver() -> impl IntoView {
    let ctx = ctx();
    let place = move || ctx.task.with(|task| task.as_ref()?.place.clone());
    let ward = move || {
        let ward = ctx.task.with(|task| task.as_ref()?.ward.clone());
        ward.map(|ward| ward.name).unwrap_or_default()
    };
    view! {
        <div class="work" tabindex="0">
            <VerdictLine/>
            <Done/>
            <Show when=move || !done(ctx)>
                <Show
                    when=move || place().is_some()
                    fallback=move || view! {
                        <p class="prompt" data-test="ward-prompt">{move || ctx.t1("prompt-ward", "ward", &ward())}</p>
                        <PlacePicker/>
                    }
                >
                    <p class="place">
                        <strong data-test="place-name">{move || place().map(|place| place.name)}</strong>
                    </p>
                </Show>
                {move || {
                    let sscc = ctx.task.with(|task| task.as_ref()?.sscc)?;
                    Some(view! { <p class="place code">{ctx.t1("sscc-taken", "sscc", &sscc.to_string())}</p> })
                }}
            </Show>
            <Lines/>
        </div>
        <div class="thumb">
            <Show when=move || !done(ctx)>
                <Tools/>
                <button
                    class="primary"
                    class:blocked=move || place().is_some() && may_leave(ctx) == 0
                    data-test="ship"
                    disabled=move || {
                        ctx.busy.get() || ctx.task.with(|task| task.as_ref().is_none_or(|task| !task.can_book))
                    }
                    on:click=move |_| ctx.run_once(Command::Book)
                >
                    {move || {
                        match (place().is_some(), may_leave(ctx)) {
                            (false, _) => ctx.t1("prompt-ward", "ward", &ward()),
                            // The tap tells which goods, why, and what to do.
                            (true, 0) => ctx.t("ship-stopped"),
                            (true, count) => ctx.t1("ship", "count", &count.to_string()),
                        }
                    }}
                </button>
            </Show>
            <ToList/>
        </div>
    }
}

/// Base units that wait to leave and that nothing stops.
fn may_leave(ctx: Ctx) -> i64 {
    ctx.task.with(|task| {
        let lines = task
            .as_ref()
            .map(|task| task.lines.as_slice())
            .unwrap_or_default();
        lines.iter().map(|line| line.may_go).sum()
    })
}
