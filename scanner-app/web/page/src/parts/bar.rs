//! The bar at the top: where one is, back, and the settings.

use leptos::prelude::*;
use sparhund_scanner_core::api::TaskKind;

use super::wipe_lock::WipeLockButton;
use crate::state::{Ctx, Screen, ctx};
use crate::text::whole;

#[component]
pub fn Bar() -> impl IntoView {
    let ctx = ctx();
    let inside = move || {
        ctx.is_inside_people()
            || ctx.settings.get()
            || ctx.task.with(Option::is_some)
            || (signed_in(ctx) && ctx.screen.get() != Screen::Tasks)
    };
    let at_work = move || {
        ctx.task.with(Option::is_some) && signed_in(ctx) && !ctx.settings.get() && !ctx.switching.get()
    };
    view! {
        <header class="bar">
            <Show when=inside fallback=|| view! { <SwitchButton/> }>
                <button class="bar-button" data-test="back" on:click=move |_| ctx.back()>
                    <span aria-hidden="true">"‹ "</span>
                    <span class="back-word">{move || ctx.t("back")}</span>
                </button>
            </Show>
            <h1>{move || title(ctx)}</h1>
            <Show when=at_work>
                <WipeLockButton/>
            </Show>
            <Show when=move || signed_in(ctx) && !ctx.settings.get() && !ctx.switching.get() fallback=|| view! { <span class="bar-gap"></span> }>
                <button
                    class="bar-button icon"
                    data-test="settings-open"
                    aria-label=move || ctx.t("settings")
                    on:click=move |_| ctx.open_settings()
                >
                    <svg viewBox="0 0 24 24" aria-hidden="true">
                        <path d="M4 7h9m4 0h3M4 17h3m4 0h9" />
                        <circle cx="15" cy="7" r="2.4" />
                        <circle cx="9" cy="17" r="2.4" />
                    </svg>
                </button>
            </Show>
        </header>
    }
}

/// Hands the device over; there only where somebody has a PIN.
#[component]
fn SwitchButton() -> impl IntoView {
    let ctx = ctx();
    let people = move || signed_in(ctx) && ctx.status.with(|status| !status.people.is_empty());
    view! {
        <Show when=people fallback=|| view! { <span class="bar-gap"></span> }>
            <button class="bar-button" data-test="switch-open" on:click=move |_| ctx.open_people()>
                {move || ctx.t("switch-open")}
            </button>
        </Show>
    }
}

fn signed_in(ctx: Ctx) -> bool {
    ctx.status.with(|status| status.enrolled && status.user.is_some())
}

fn title(ctx: Ctx) -> String {
    if !signed_in(ctx) {
        return ctx.t("app-name");
    }
    if ctx.switching.get() {
        return ctx.t("switch-title");
    }
    if ctx.settings.get() {
        return ctx.t("settings");
    }
    let of_order =
        |key: &str, order: &dyn std::fmt::Display| format!("{} {}", ctx.t(key), whole(&order.to_string()));
    match ctx.task.with(|task| task.as_ref().map(|task| task.kind.clone())) {
        Some(TaskKind::Receive { supplier, .. }) => supplier,
        Some(TaskKind::Pick { order }) => of_order("task-pick", &order),
        Some(TaskKind::Deliver { order }) => of_order("task-deliver", &order),
        Some(TaskKind::Confirm { order }) => of_order("task-confirm", &order),
        Some(TaskKind::Deed { kind }) => ctx.t(&format!("deed-{}", kind.word())),
        None => ctx.t(match ctx.screen.get() {
            Screen::Tasks => "tasks-title",
            Screen::Supplier => "receive-title",
            Screen::ToPick => "task-pick",
            Screen::ToPack => "deed-pack",
            Screen::ToDeliver => "task-deliver",
            Screen::ToConfirm => "task-confirm",
            Screen::Cards => "implant-cards",
        }),
    }
}
