//! Practice (övningsläge): told on every screen as long as it lasts.

use leptos::prelude::*;
use sparhund_scanner_core::api::Command;

use crate::state::{Screen, ctx};

/// Says so above all work.
#[component]
pub fn Mark() -> impl IntoView {
    let ctx = ctx();
    view! {
        <Show when=move || ctx.status.with(|status| status.training)>
            <p class="training" role="status" data-test="training">{move || ctx.t("training-mark")}</p>
        </Show>
    }
}

/// Begins and ends it.
#[component]
pub fn Practice() -> impl IntoView {
    let ctx = ctx();
    let on = move || ctx.status.with(|status| status.training);
    let toggle = move |_| {
        let on = !on();
        ctx.settings.set(false);
        ctx.task.set(None);
        ctx.screen.set(Screen::Tasks);
        ctx.run_once(Command::SetTraining { on });
    };
    view! {
        <section>
            <h2>{move || ctx.t("training")}</h2>
            <p>{move || ctx.t("training-help")}</p>
            <button class="strong" data-test="training-toggle" on:click=toggle>
                {move || ctx.t(if on() { "training-end" } else { "training-begin" })}
            </button>
        </section>
    }
}
