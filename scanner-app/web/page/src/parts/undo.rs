//! Takes the last booking back, as long as that can be done.

use leptos::prelude::*;
use sparhund_scanner_core::api::Command;

use crate::state::ctx;

#[component]
pub fn Undo() -> impl IntoView {
    let ctx = ctx();
    let left = move || {
        let until = ctx.undo_until.get()?;
        // The clock on the page ticks once a second and may be that much behind.
        let left = ((until - ctx.now.get() + 999) / 1000).min(10);
        (left > 0 && !ctx.settings.get()).then_some(left)
    };
    view! {
        <Show when=move || left().is_some()>
            <button class="undo" data-test="undo" on:click=move |_| ctx.run_once(Command::Undo)>
                {move || ctx.t1("undo", "left", &left().unwrap_or_default().to_string())}
            </button>
        </Show>
    }
}
