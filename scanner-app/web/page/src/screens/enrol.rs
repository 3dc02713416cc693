//! Registers the device with a one-time code: scanned, photographed, from the address, or typed.

use leptos::prelude::*;
use sparhund_scanner_core::api::Command;

use crate::parts::save_outbox::SaveOutbox;
use crate::parts::tools::CameraButton;
use crate::state::ctx;

#[component]
pub fn Enrol() -> impl IntoView {
    let ctx = ctx();
    let code = ctx.enrolment_code;
    let name = RwSignal::new(String::new());
    let alerts = move || ctx.status.with(|status| status.alerts.clone());
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let command = Command::Enrol {
            // The page comes from the server that it works with.
            server: String::new(),
            code: code.get_untracked().trim().to_owned(),
            name: name.get_untracked().trim().to_owned(),
        };
        ctx.run_once(command);
    };
    view! {
        <form class="form" on:submit=send>
            <h2>{move || ctx.t("enrol-title")}</h2>
            {move || {
                alerts()
                    .into_iter()
                    .map(|alert| view! { <p class="notice problem">{ctx.with_texts(|texts| alert.say(texts))}</p> })
                    .collect_view()
            }}
            <p>{move || ctx.t("enrol-help")}</p>
            <label>
                <span>{move || ctx.t("enrol-code")}</span>
                <div class="with-camera">
                <input
                    class="code"
                    type="text"
                    required
                    data-test="enrol-code"
                    autocomplete="off"
                    autocapitalize="characters"
                    spellcheck="false"
                    prop:value=code
                    on:input=move |event| code.set(event_target_value(&event))
                />
                <CameraButton/>
                </div>
            </label>
            <label>
                <span>{move || ctx.t("enrol-name")}</span>
                <input
                    type="text"
                    required
                    maxlength="60"
                    data-test="enrol-name"
                    autocomplete="off"
                    placeholder=move || ctx.t("enrol-name-hint")
                    prop:value=name
                    on:input=move |event| name.set(event_target_value(&event))
                />
            </label>
            <SaveOutbox/>
            <div class="thumb">
                <button class="primary" type="submit" data-test="enrol-submit" disabled=move || ctx.busy.get()>
                    {move || ctx.t("enrol-submit")}
                </button>
            </div>
        </form>
    }
}
