//! Language, scanner, device, and how safely scans are kept.

use leptos::prelude::*;
use leptos::task::spawn_local;
use sparhund_scanner_core::api::{Command, Reply};
use sparhund_shared::event::EntryMethod;
use sparhund_shared::text::Lang;

use crate::browser::clock;
use crate::parts::choose::candidate_words;
use crate::parts::looks::Looks;
use crate::parts::raw::raw;
use crate::parts::save_outbox::SaveOutbox;
use crate::parts::self_test::SelfTest;
use crate::parts::tools::Tools;
use crate::parts::training::Practice;
use crate::screens::quick_switch::QuickSwitch;
use crate::screens::scanner::Scanner;
use crate::state::{Notice, ctx};

#[component]
pub fn Settings() -> impl IntoView {
    let ctx = ctx();
    let status = ctx.status;
    let contact = move || match status.with(|status| status.last_contact) {
        Some(at) => ctx.t1("settings-synced", "time", &clock(at)),
        None => ctx.t("settings-never"),
    };
    view! {
        <div class="work settings" tabindex="0">
            <Alerts/>
            <section>
                <h2>{move || ctx.t("settings-language")}</h2>
                <div class="tools">
                    <Language lang=Lang::Sv test="lang-sv" name="Svenska"/>
                    <Language lang=Lang::En test="lang-en" name="English"/>
                </div>
            </section>
            <Looks/>
            <section>
                <h2>{move || ctx.t("settings-user")}</h2>
                <p>{move || status.with(|status| status.user.as_ref().map(|user| user.name.clone()))}</p>
                {ctx.unbooked().map(|words| view! { <p class="notice problem" data-test="sign-out-basket">{words}</p> })}
                <Show when=move || status.with(|status| !status.people.is_empty())>
                    <button class="strong" data-test="settings-switch" on:click=move |_| ctx.open_people()>
                        {move || ctx.t("switch-open")}
                    </button>
                </Show>
                <SignOut/>
            </section>
            <QuickSwitch/>
            <Practice/>
            <section>
                <h2>{move || ctx.t("settings-store")}</h2>
                <Store/>
                <p>{contact}</p>
                <button class="strong" data-test="sync-now" on:click=move |_| ctx.run_once(Command::Sync)>
                    {move || ctx.t("settings-sync")}
                </button>
                <SaveOutbox/>
            </section>
            <SelfTest/>
            <Scanner/>
            <RawView/>
            <Device/>
        </div>
    }
}

/// Signs out. Where nobody has a PIN signing in needs the network, so without it nobody is put out of work by one tap; nor is a
/// basket left behind by one.
#[component]
fn SignOut() -> impl IntoView {
    let ctx = ctx();
    let asking = RwSignal::new(None::<String>);
    let waiting = RwSignal::new(false);
    let leave = move || {
        // The next to sign in sees it, until they have.
        ctx.notice.set(ctx.unbooked().map(Notice::Problem));
        ctx.settings.set(false);
        ctx.tasks.set(None);
        ctx.task.set(None);
    };
    let sign_out = move || {
        leave();
        ctx.run(Command::SignOut);
    };
    let first_tap = move |_| {
        let basket =
            untrack(|| ctx.unbooked()).map(|basket| ctx.t1("sign-out-with-basket", "basket", &basket));
        let away = !ctx.status.with_untracked(|status| status.online) && !ctx.somebody_has_a_pin();
        let question = match (away, basket) {
            (true, Some(basket)) => Some(format!("{basket} {}", ctx.t("sign-out-offline"))),
            (true, None) => Some(ctx.t("sign-out-offline")),
            (false, basket) => basket,
        };
        if question.is_some() {
            asking.set(question);
            return;
        }
        waiting.set(true);
        spawn_local(async move {
            // What the status says is as old as the last contact: the server is asked now.
            let answer = ctx.ask(&Command::SignOutIfOnline).await;
            // The person may have left this screen meanwhile.
            let _ = waiting.try_set(false);
            match answer {
                Ok(Reply::Error { error }) if error.code == "sign-out-offline" => {
                    let _ = asking.try_set(Some(ctx.t("sign-out-offline")));
                    ctx.run(Command::Status);
                }
                Ok(Reply::Status(_)) => {
                    leave();
                    ctx.show(answer);
                }
                _ => ctx.show(answer),
            }
        });
    };
    view! {
        <Show
            when=move || asking.with(Option::is_some)
            fallback=move || view! {
                <button data-test="sign-out" disabled=move || waiting.get() on:click=first_tap>
                    {move || ctx.t("settings-sign-out")}
                </button>
            }
        >
            <p role="alert" data-test="sign-out-question">{move || asking.get()}</p>
            <div class="tools">
                <button class="strong" data-test="sign-out-stay" on:click=move |_| asking.set(None)>
                    {move || ctx.t("cancel")}
                </button>
                <button data-test="sign-out-anyway" on:click=move |_| sign_out()>
                    {move || ctx.t("sign-out-anyway")}
                </button>
            </div>
        </Show>
    }
}

#[component]
fn Alerts() -> impl IntoView {
    let ctx = ctx();
    move || {
        let alerts = ctx.status.with(|status| status.alerts.clone());
        (!alerts.is_empty()).then(|| {
            view! {
                <section>
                    <h2>{ctx.t("settings-alerts")}</h2>
                    {alerts
                        .into_iter()
                        .map(|alert| {
                            let words = ctx.with_texts(|texts| alert.say(texts));
                            view! { <p class="notice problem">{clock(alert.at)} " " {words}</p> }
                        })
                        .collect_view()}
                </section>
            }
        })
    }
}

#[component]
fn Language(lang: Lang, test: &'static str, name: &'static str) -> impl IntoView {
    let ctx = ctx();
    let chosen = move || ctx.status.with(|status| status.lang == lang);
    view! {
        <button
            data-test=test
            lang=lang.tag()
            class:strong=chosen
            aria-pressed=move || chosen().to_string()
            on:click=move |_| ctx.run(Command::SetLanguage { lang })
        >
            {name}
        </button>
    }
}

/// How safely scans are kept.
#[component]
fn Store() -> impl IntoView {
    let ctx = ctx();
    move || {
        ctx.storage.get().map(|storage| {
            let durable = if storage.durable {
                "settings-durable"
            } else {
                "settings-not-durable"
            };
            let persisted = if storage.persisted {
                "settings-persisted"
            } else {
                "settings-not-persisted"
            };
            view! {
                <ul class="plain-list">
                    <li>{ctx.t(durable)}</li>
                    <li data-test="persisted">{ctx.t(persisted)}</li>
                    <li class="code">"SQLite " {storage.sqlite} " · " {storage.journal_mode}</li>
                </ul>
            }
        })
    }
}

/// What arrives from a scanner, character by character.
#[component]
fn RawView() -> impl IntoView {
    let ctx = ctx();
    view! {
        <section>
            <h2>{move || ctx.t("settings-raw")}</h2>
            <p>{move || ctx.t("settings-raw-help")}</p>
            {move || ctx.last_scan.get().map(|last| {
                let entry = match last.entry {
                    EntryMethod::Wedge => ctx.t("settings-scanner"),
                    EntryMethod::Camera => ctx.t("camera-open"),
                    EntryMethod::Typed | EntryMethod::Rfid | EntryMethod::Confirmed => ctx.t("typed-open"),
                };
                view! {
                    <p class="code raw" data-test="raw">{raw(&last.raw.0)}</p>
                    <p>{ctx.t("settings-raw-entry")} ": " {entry}</p>
                    <ul class="plain-list">
                        {last
                            .readings
                            .iter()
                            .map(|reading| view! { <li>{candidate_words(ctx, reading)}</li> })
                            .collect_view()}
                    </ul>
                }
            })}
            <Tools/>
        </section>
    }
}

#[component]
fn Device() -> impl IntoView {
    let ctx = ctx();
    let row = move |key: &'static str, value: Option<String>| {
        value.map(|value| {
            view! {
                <div>
                    <dt>{ctx.t(key)}</dt>
                    <dd class="code">{value}</dd>
                </div>
            }
        })
    };
    move || {
        let status = ctx.status.get();
        let server = status
            .server
            .filter(|server| !server.is_empty())
            .unwrap_or_else(|| ctx.t("settings-own-server"));
        view! {
            <section>
                <h2>{ctx.t("settings-device")}</h2>
                <dl class="facts">
                    {row("settings-device-name", status.device)} {row("settings-region", status.region)}
                    {row("settings-server", Some(server))}
                    {row("settings-articles", Some(status.articles.to_string()))}
                    {status.key.map(|key| view! {
                        <div>
                            <dt>{ctx.t("settings-key")}</dt>
                            <dd data-test="key" data-key=key.word()>{ctx.t(&format!("key-{}", key.word()))}</dd>
                        </div>
                    })}
                    {row("settings-version", Some(env!("CARGO_PKG_VERSION").to_owned()))}
                </dl>
            </section>
        }
    }
}
