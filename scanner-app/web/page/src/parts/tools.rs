//! The other two ways in: camera and fingers.

use leptos::html::Input;
use leptos::prelude::*;
use sparhund_scanner_core::api::RawScan;
use sparhund_shared::event::EntryMethod;

use crate::state::ctx;

#[component]
pub fn Tools() -> impl IntoView {
    let ctx = ctx();
    let text = ctx.typed;
    let input = NodeRef::<Input>::new();
    focus_when_shown(input);
    let open = move |_| ctx.typing.set(true);
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        // A separator that was copied from the raw view is the separator again.
        let raw = text.get_untracked().trim().replace('\u{241d}', "\u{1d}");
        if !raw.is_empty() {
            ctx.typing.set(false);
            ctx.scan(RawScan::from(raw.as_str()), EntryMethod::Typed);
        }
    };
    view! {
        <Show
            when=move || ctx.typing.get()
            fallback=move || view! {
                <div class="tools">
                    <button class="tool" data-test="typed-open" on:click=open>
                        <svg viewBox="0 0 24 24" aria-hidden="true">
                            <path d="M2 6h20v12H2zM6 10h1m3 0h1m3 0h1m3 0h1M7 14h10" />
                        </svg>
                        <span>{move || ctx.t("typed-open")}</span>
                    </button>
                    <CameraButton/>
                </div>
            }
        >
            <form class="typed" on:submit=send>
                <label>
                    <span>{move || ctx.t("typed-label")}</span>
                    <input
                        class="code"
                        type="text"
                        node_ref=input
                        data-test="typed-input"
                        autocomplete="off"
                        autocapitalize="none"
                        spellcheck="false"
                        prop:value=text
                        on:input=move |event| text.set(event_target_value(&event))
                    />
                </label>
                <div class="tools">
                    <button type="button" on:click=move |_| ctx.typing.set(false)>{move || ctx.t("cancel")}</button>
                    <button type="submit" class="strong" data-test="typed-submit">{move || ctx.t("typed-submit")}</button>
                </div>
            </form>
        </Show>
    }
}

/// Moves the focus to a field as soon as it is there, so that what stands in it is typed over.
pub fn focus_when_shown(input: NodeRef<Input>) {
    Effect::new(move || {
        if let Some(input) = input.get() {
            // A field that cannot take the focus can still be tapped.
            let _ = input.focus();
            input.select();
        }
    });
}

/// Opens the camera.
#[component]
pub fn CameraButton() -> impl IntoView {
    let ctx = ctx();
    view! {
        <button type="button" class="tool" data-test="camera-open" on:click=move |_| ctx.camera.set(true)>
            <svg viewBox="0 0 24 24" aria-hidden="true">
                <path d="M3 8h4l2-3h6l2 3h4v11H3z" />
                <circle cx="12" cy="13" r="3.5" />
            </svg>
            <span>{move || ctx.t("camera-open")}</span>
        </button>
    }
}
