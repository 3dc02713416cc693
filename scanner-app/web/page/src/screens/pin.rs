//! The PIN pad: large keys, and a keyboard for whoever has one.

use leptos::ev::{KeyboardEvent, keydown};
use leptos::prelude::*;
use wasm_bindgen::JsCast as _;
use web_sys::Element;

use crate::state::{Ctx, ctx};

/// Fewest and most digits of a PIN.
const LENGTH: std::ops::RangeInclusive<usize> = 6..=12;

#[component]
pub fn PinPad() -> impl IntoView {
    let ctx = ctx();
    let typed = Memo::new(move |_| ctx.pin.with(String::len));
    let wait = Memo::new(move |_| wait_s(ctx));
    let may_send = move || LENGTH.contains(&typed.get()) && wait.get() == 0 && !ctx.busy.get();
    let heard = window_event_listener(keydown, move |key| hear(ctx, &key, untrack(may_send)));
    on_cleanup(move || heard.remove());
    let said = move || {
        let tries = ctx.chosen_person().map_or(0, |person| person.tries_left);
        if ctx.busy.get() {
            ctx.t("pin-checking")
        } else if wait.get() > 0 {
            ctx.t1("pin-wait", "seconds", &wait.get().to_string())
        } else if tries < 5 {
            ctx.t1("pin-tries", "left", &tries.to_string())
        } else {
            ctx.t("pin-enter")
        }
    };
    view! {
        <div class="pin">
            <h2 data-test="pin-person">{move || ctx.chosen_person().map(|person| person.name)}</h2>
            <p
                class="pin-dots"
                role="img"
                aria-label=move || ctx.t1("pin-length", "count", &typed.get().to_string())
                data-test="pin-dots"
            >
                {move || "●".repeat(typed.get())}
            </p>
            <p role="status" data-test="pin-said">{said}</p>
            <div class="keys">
                {('1'..='9').map(|digit| key(ctx, digit)).collect_view()}
                <button
                    data-test="pin-back"
                    aria-label=move || ctx.t("pin-back")
                    disabled=move || typed.get() == 0
                    on:click=move |_| take_back(ctx)
                >
                    "⌫"
                </button>
                {key(ctx, '0')}
                <button
                    class="primary"
                    data-test="pin-send"
                    disabled=move || !may_send()
                    on:click=move |_| ctx.give_pin()
                >
                    {move || ctx.t("pin-send")}
                </button>
            </div>
        </div>
    }
}

fn key(ctx: Ctx, digit: char) -> impl IntoView {
    let test = format!("pin-{digit}");
    view! { <button data-test=test on:click=move |_| press(ctx, digit)>{digit}</button> }
}

fn press(ctx: Ctx, digit: char) {
    if ctx.busy.get_untracked() {
        return;
    }
    ctx.clear_problem();
    ctx.pin.update(|pin| {
        if pin.len() < *LENGTH.end() {
            pin.push(digit);
        }
    });
}

fn take_back(ctx: Ctx) {
    ctx.pin.update(|pin| {
        pin.pop();
    });
}

fn hear(ctx: Ctx, key: &KeyboardEvent, may_send: bool) {
    if key.ctrl_key() || key.alt_key() || key.meta_key() {
        return;
    }
    // Enter on a button is a tap on it.
    let target = key.target().and_then(|target| target.dyn_into::<Element>().ok());
    let on_button = target.is_some_and(|target| target.matches("button").unwrap_or(false));
    let name = key.key();
    match (name.as_str(), name.chars().next()) {
        ("Enter", _) if may_send && !on_button => ctx.give_pin(),
        ("Backspace", _) => take_back(ctx),
        (_, Some(digit)) if name.len() == 1 && digit.is_ascii_digit() => press(ctx, digit),
        _ => {}
    }
}

/// Seconds until a PIN is looked at again.
fn wait_s(ctx: Ctx) -> i64 {
    let until = ctx.chosen_person().and_then(|person| person.wait_until);
    // The page's clock may be a second behind the answer.
    let now = ctx.now.get().max(ctx.status.with(|status| status.now));
    let left = until.map_or(0, |until| until.saturating_sub(now));
    left.max(0).saturating_add(999) / 1_000
}
