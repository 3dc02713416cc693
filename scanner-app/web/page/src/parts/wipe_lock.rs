//! The wipe lock: for some seconds the page takes neither touch nor keys, so that a wet cloth does no work. It ends by itself.

use std::time::Duration;

use leptos::prelude::*;
use wasm_bindgen::prelude::*;
use web_sys::Event;

use crate::state::{Ctx, ctx};

/// So long a screen is wiped, seconds.
const SECONDS: u32 = 15;

/// What a cloth on screen, keys and trigger may do.
const TAKEN_AWAY: [&str; 12] = [
    "pointerdown",
    "pointerup",
    "mousedown",
    "mouseup",
    "click",
    "dblclick",
    "contextmenu",
    "keydown",
    "keyup",
    "beforeinput",
    "input",
    "compositionend",
];

/// Begins to watch. Before everything else that listens, as what it takes away nobody else may hear.
pub fn listen(ctx: Ctx) {
    let Some(window) = web_sys::window() else { return };
    let hear = Closure::<dyn FnMut(Event)>::new(move |event: Event| {
        if ctx.wiping.get_untracked() > 0 {
            event.prevent_default();
            event.stop_immediate_propagation();
        }
    });
    for name in TAKEN_AWAY {
        let added =
            window.add_event_listener_with_callback_and_bool(name, hear.as_ref().unchecked_ref(), true);
        if let Err(error) = added {
            web_sys::console::error_1(&error);
        }
    }
    // Lives as long as the page.
    hear.forget();
}

/// Locks. A count that was typed is given first, so that nothing waits behind the lock.
fn lock(ctx: Ctx) {
    ctx.give_typed_count();
    ctx.wiping.set(SECONDS);
    count_down(ctx);
}

fn count_down(ctx: Ctx) {
    let second = move || {
        ctx.wiping.update(|left| *left = left.saturating_sub(1));
        if ctx.wiping.get_untracked() > 0 {
            count_down(ctx);
        }
    };
    set_timeout(second, Duration::from_secs(1));
}

/// The button in the bar.
#[component]
pub fn WipeLockButton() -> impl IntoView {
    let ctx = ctx();
    view! {
        <button
            class="bar-button icon"
            data-test="wipe-lock"
            aria-label=move || ctx.t1("wipe-lock", "seconds", &SECONDS.to_string())
            on:click=move |_| lock(ctx)
        >
            <svg viewBox="0 0 24 24" aria-hidden="true">
                <path d="M8 11V8a4 4 0 0 1 8 0v3" />
                <rect x="5" y="11" width="14" height="9" rx="2" />
            </svg>
        </button>
    }
}

/// Over the whole screen, with the seconds that are left.
#[component]
pub fn WipeLock() -> impl IntoView {
    let ctx = ctx();
    view! {
        <Show when=move || { ctx.wiping.get() > 0 }>
            <div class="wipe-lock" role="alertdialog" aria-modal="true" aria-labelledby="wipe-title" data-test="wiping">
                <h2 id="wipe-title">{move || ctx.t("wipe-title")}</h2>
                <p class="wipe-left" role="timer" data-test="wipe-left">{move || ctx.wiping.get()}</p>
                <p>{move || ctx.t("wipe-text")}</p>
            </div>
        </Show>
    }
}
