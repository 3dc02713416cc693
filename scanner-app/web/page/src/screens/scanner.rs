//! How the scanner writes: found by a calibration scan, or chosen by hand where no symbol can be read.

use leptos::prelude::*;
use sparhund_scanner_core::api::{Command, ProfileSource, ProfileView};
use sparhund_shared::carrier::{AimIdentifier, HostLayout, Keys, WedgeProfile};

use crate::state::{Ctx, ctx};

#[component]
pub fn Scanner() -> impl IntoView {
    let ctx = ctx();
    // Whoever leaves the settings no longer calibrates.
    on_cleanup(move || ctx.calibrating.set(false));
    let profile = move || ctx.status.with(|status| status.profile.clone());
    let known = move || profile().is_some();
    view! {
        <section>
            <h2>{move || ctx.t("settings-scanner")}</h2>
            <p data-test="scanner-profile">{move || profile().map_or_else(|| ctx.t("calibration-none"), |profile| words(ctx, &profile))}</p>
            <Show when=move || ctx.calibrating.get()>
                <p class="prompt" role="status" data-test="calibration-wait">{move || ctx.t("calibration-scan")}</p>
            </Show>
            <div class="tools">
                <button
                    class="strong"
                    data-test="calibrate"
                    aria-pressed=move || ctx.calibrating.get().to_string()
                    on:click=move |_| ctx.calibrating.update(|on| *on = !*on)
                >
                    {move || ctx.t(if ctx.calibrating.get() { "calibration-cancel" } else { "calibration-start" })}
                </button>
                <Show when=known>
                    <button
                        data-test="calibration-forget"
                        on:click=move |_| ctx.run(Command::SetProfile { profile: None })
                    >
                        {move || ctx.t("calibration-forget")}
                    </button>
                </Show>
            </div>
            <details>
                <summary>{move || ctx.t("settings-by-hand")}</summary>
                <ByHand/>
            </details>
        </section>
    }
}

/// A profile in words.
fn words(ctx: Ctx, profile: &ProfileView) -> String {
    let source = match profile.source {
        ProfileSource::Calibrated => "calibration-is",
        ProfileSource::ByHand => "calibration-by-hand",
    };
    let keys = match profile.wedge.keys() {
        Keys::Physical => "calibration-keys-physical",
        Keys::Text(HostLayout::Same) => "calibration-keys-same",
        Keys::Text(HostLayout::Swedish) => "calibration-keys-swedish",
        Keys::Text(HostLayout::Learned(_)) => "calibration-keys-learned",
    };
    let separator = match profile.wedge.separator() {
        Some(separator) => ctx.t1("calibration-separator", "character", &separator.to_string()),
        None => ctx.t("calibration-separator-gs"),
    };
    let identifier = match profile.wedge.identifier() {
        AimIdentifier::Sent => ctx.t("calibration-aim"),
        AimIdentifier::Absent => ctx.t("calibration-no-aim"),
        AimIdentifier::Unknown => String::new(),
    };
    [ctx.t(source), ctx.t(keys), separator, identifier]
        .join(" ")
        .trim_end()
        .to_owned()
}

/// For scanners that cannot read the symbol.
#[component]
fn ByHand() -> impl IntoView {
    let ctx = ctx();
    let now = move || {
        let profile = ctx.status.with(|status| status.profile.clone());
        profile.map(|profile| profile.wedge).unwrap_or_default()
    };
    let set = move |wedge: WedgeProfile| {
        let source = ProfileSource::ByHand;
        let profile = Some(ProfileView { wedge, source });
        ctx.run(Command::SetProfile { profile });
    };
    let keys = move |test: &'static str, key: &'static str, keys: Keys| {
        let wanted = keys.clone();
        let chosen = move || now().keys() == &wanted;
        let pressed = chosen.clone();
        let choose = move |_| {
            let separator = now().separator();
            // The separator was one that can be used before.
            if let Ok(wedge) = WedgeProfile::new(keys.clone(), AimIdentifier::Unknown).sending(separator) {
                set(wedge);
            }
        };
        view! {
            <button class:strong=chosen aria-pressed=move || pressed().to_string() data-test=test on:click=choose>
                {move || ctx.t(key)}
            </button>
        }
    };
    let separators = [None, Some('|'), Some('~'), Some('^'), Some('#')];
    let choose_separator = move |event: leptos::ev::Event| {
        let separator = event_target_value(&event).chars().next();
        if let Ok(wedge) = now().sending(separator) {
            set(wedge);
        }
    };
    view! {
        <p>{move || ctx.t("settings-keys")}</p>
        <div class="tools">
            {keys("us-keys", "settings-keys-us", Keys::Physical)}
            {keys("host-keys", "settings-keys-host", Keys::Text(HostLayout::Same))}
        </div>
        <label>
            <span>{move || ctx.t("settings-separator")}</span>
            <select data-test="separator" on:change=choose_separator>
                {separators
                    .map(|separator| {
                        let value = separator.map(String::from).unwrap_or_default();
                        let words = value.clone();
                        view! {
                            <option value=value selected=move || now().separator() == separator>
                                {move || if words.is_empty() { ctx.t("settings-separator-none") } else { words.clone() }}
                            </option>
                        }
                    })
                    .collect_view()}
            </select>
        </label>
    }
}
