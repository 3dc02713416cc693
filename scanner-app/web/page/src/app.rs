//! Which screen is shown.

use leptos::prelude::*;
use leptos::task::spawn_local;
use serde_json::Value;
use sparhund_scanner_core::api::{Command, StatusView, TaskKind};

use crate::browser;
use crate::forms;
use crate::network;
use crate::parts::{bar, camera, implant_card, notice, status_line, stop, training, wipe_lock};
use crate::scan::{feedback, shortcuts, taps, wedge};
use crate::screens::{confirm, deed, deliver, enrol, orders, pick, receive, settings, sign_in, tasks};
use crate::state::{Ctx, Phase, Screen};
use crate::storage::ask_to_persist;
use crate::worker_client::WorkerClient;

/// The page.
#[component]
pub fn App() -> impl IntoView {
    let ctx = Ctx::new();
    provide_context(ctx);
    if let Some(code) = browser::enrolment_code_in(&browser::address_fragment()) {
        ctx.enrolment_code.set(code);
    }
    wipe_lock::listen(ctx);
    feedback::wake_on_first_touch();
    wedge::listen(ctx);
    taps::listen();
    shortcuts::listen();
    forms::listen(ctx);
    network::listen(ctx);
    tick(ctx);
    start(ctx);
    move || {
        match ctx.phase.get() {
        Phase::Starting => {
            view! { <main class="plain" data-state="starting"><p class="big">{move || ctx.t("starting")}</p></main> }.into_any()
        }
        Phase::InUse => view! {
            <main class="plain" data-state="in_use" role="alert">
                <h1>{move || ctx.t("in-use-title")}</h1>
                <p class="big">{move || ctx.t("in-use-text")}</p>
            </main>
        }
        .into_any(),
        Phase::Fatal(reason) => view! {
            <main class="plain" data-state="failed" role="alert">
                <h1>{move || ctx.t("fatal-title")}</h1>
                <p class="big" data-test="fatal">{reason}</p>
                <button class="primary" on:click=move |_| reload()>{move || ctx.t("fatal-again")}</button>
            </main>
        }
        .into_any(),
        Phase::Ready => view! { <Ready/> }.into_any(),
    }
    }
}

/// The page once the worker answers.
#[component]
fn Ready() -> impl IntoView {
    let ctx = crate::state::ctx();
    // Only a change of the screen draws it anew; each screen follows its own data.
    let shown = Memo::new(move |_| Shown::now(ctx));
    view! {
        <div class="page" data-state="ready">
            <bar::Bar/>
            <status_line::StatusLine/>
            <training::Mark/>
            // Above the work: nothing may push the large button from under the thumb, least of all "undo".
            <notice::NoticeLine/>
            <main>
                {move || match shown.get() {
                    Shown::Enrol => view! { <enrol::Enrol/> }.into_any(),
                    Shown::SignIn => view! { <sign_in::SignIn/> }.into_any(),
                    Shown::Settings => view! { <settings::Settings/> }.into_any(),
                    Shown::Between(Screen::Tasks) => view! { <tasks::Tasks/> }.into_any(),
                    Shown::Between(Screen::Supplier) => view! { <receive::Supplier/> }.into_any(),
                    Shown::Between(Screen::Cards) => view! { <implant_card::Today/> }.into_any(),
                    Shown::Between(list) => view! { <orders::Orders list/> }.into_any(),
                    Shown::Task(TaskKind::Receive { .. }) => view! { <receive::Receive/> }.into_any(),
                    Shown::Task(TaskKind::Pick { .. }) => view! { <pick::Pick/> }.into_any(),
                    Shown::Task(TaskKind::Deliver { .. }) => view! { <deliver::Deliver/> }.into_any(),
                    Shown::Task(TaskKind::Confirm { .. }) => view! { <confirm::Confirm/> }.into_any(),
                    Shown::Task(TaskKind::Deed { .. }) => view! { <deed::Deed/> }.into_any(),
                }}
                // Handhelds whose scanner writes through an input method need a field to write into; see `scan::wedge`.
                <input
                    class="sink"
                    data-sink=""
                    type="text"
                    inputmode="none"
                    autocomplete="off"
                    tabindex="-1"
                    aria-label=move || ctx.t("settings-scanner")
                />
            </main>
        </div>
        <camera::Camera/>
        <stop::Stop/>
        <wipe_lock::WipeLock/>
    }
}

/// The screen, as far as it decides what is drawn.
#[derive(Clone, PartialEq)]
enum Shown {
    Enrol,
    SignIn,
    Settings,
    Between(Screen),
    Task(TaskKind),
}

impl Shown {
    fn now(ctx: Ctx) -> Self {
        let (enrolled, signed_in) = ctx.status.with(|status| (status.enrolled, status.user.is_some()));
        if !enrolled {
            return Self::Enrol;
        }
        if !signed_in || ctx.switching.get() {
            return Self::SignIn;
        }
        if ctx.settings.get() {
            return Self::Settings;
        }
        match ctx.task.with(|task| task.as_ref().map(|task| task.kind.clone())) {
            Some(kind) => Self::Task(kind),
            None => Self::Between(ctx.screen.get()),
        }
    }
}

fn start(ctx: Ctx) {
    let worker = WorkerClient::start("./worker-boot.js", move |event| hear(ctx, &event));
    match worker {
        Ok(worker) => ctx.attach(worker),
        Err(error) => return ctx.phase.set(Phase::Fatal(error.to_string())),
    }
    spawn_local(async move {
        match ctx.ask(&Command::Status).await {
            Ok(reply) => {
                ctx.show(Ok(reply));
                ctx.phase.set(Phase::Ready);
            }
            Err(error) => return ctx.phase.set(Phase::Fatal(error.to_string())),
        }
        if ctx.status.with_untracked(|status| status.user.is_some()) {
            ctx.show(ctx.ask(&Command::CurrentTask).await);
        }
        let persisted = ask_to_persist().await;
        ctx.show(ctx.ask(&Command::NoteStorage { persisted }).await);
        ctx.storage.set(ctx.ask_storage().await.ok());
    });
}

/// What the worker tells by itself.
fn hear(ctx: Ctx, event: &Value) {
    match event["type"].as_str() {
        Some("in_use") => ctx.phase.set(Phase::InUse),
        Some("ready") if ctx.phase.with_untracked(|phase| *phase == Phase::InUse) => {
            ctx.phase.set(Phase::Starting);
        }
        Some("failed") => ctx.phase.set(Phase::Fatal(
            event["message"].as_str().unwrap_or_default().to_owned(),
        )),
        Some("status") => match serde_json::from_value::<StatusView>(event["status"].clone()) {
            Ok(status) => {
                let news = event["news"].as_bool().unwrap_or_default();
                ctx.set_status(status);
                if news {
                    ctx.refresh_tasks();
                    ctx.refresh_task();
                }
            }
            Err(error) => web_sys::console::error_1(&format!("status: {error}").into()),
        },
        _ => {}
    }
}

/// Moves the clock of the page.
fn tick(ctx: Ctx) {
    let every = std::time::Duration::from_secs(1);
    let set = set_interval_with_handle(move || ctx.tick(), every);
    if let Err(error) = set {
        web_sys::console::error_1(&error);
    }
}

fn reload() {
    if let Some(window) = web_sys::window()
        && let Err(error) = window.location().reload()
    {
        web_sys::console::error_1(&error);
    }
}
