//! Who is it? People with a PIN on this device by tap or badge, anybody by password. The password needs the network once;
//! the session then lasts the shift.

use leptos::prelude::*;
use leptos::task::spawn_local;
use sparhund_scanner_core::api::{AlertCode, Command, PersonStanding, Reply};

use crate::parts::save_outbox::SaveOutbox;
use crate::screens::{people, pin};
use crate::state::{Ctx, ctx};

/// What is asked.
#[derive(Clone, Copy, PartialEq)]
enum Asked {
    Who,
    Pin,
    Password,
}

impl Asked {
    fn now(ctx: Ctx) -> Self {
        let people = ctx.status.with(|status| !status.people.is_empty());
        match ctx.chosen_person() {
            _ if !people || ctx.by_password.get() => Self::Password,
            Some(person) if person.standing == PersonStanding::Ready => Self::Pin,
            Some(_) => Self::Password,
            None => Self::Who,
        }
    }
}

#[component]
pub fn SignIn() -> impl IntoView {
    let ctx = ctx();
    let asked = Memo::new(move |_| Asked::now(ctx));
    view! {
        {move || closed(ctx)}
        {move || match asked.get() {
            Asked::Who => view! { <people::People/> }.into_any(),
            Asked::Pin => view! { <pin::PinPad/> }.into_any(),
            Asked::Password => view! { <Password/> }.into_any(),
        }}
    }
}

/// Why nobody is signed in any more, where somebody's account was closed: they did not ask to be here.
fn closed(ctx: Ctx) -> Option<impl IntoView> {
    let alert = ctx.status.with(|status| {
        let mut alerts = status.alerts.iter();
        alerts
            .find(|alert| alert.code == AlertCode::AccountClosed)
            .cloned()
    });
    alert.map(|alert| {
        let words = ctx.with_texts(|texts| alert.say(texts));
        view! { <p class="notice problem" role="alert" data-test="account-closed">{words}</p> }
    })
}

#[component]
fn Password() -> impl IntoView {
    let ctx = ctx();
    let known = untrack(|| ctx.chosen_person()).map(|person| person.login);
    let login = RwSignal::new(known.unwrap_or_default());
    let password = RwSignal::new(String::new());
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if ctx.busy.get_untracked() {
            return;
        }
        ctx.busy.set(true);
        let command = Command::SignIn {
            login: login.get_untracked().trim().to_owned(),
            password: password.get_untracked(),
        };
        spawn_local(async move {
            let answer = ctx.ask(&command).await;
            ctx.busy.set(false);
            let signed_in = matches!(&answer, Ok(Reply::Status(status)) if status.user.is_some());
            ctx.show(answer);
            if signed_in {
                ctx.has_answered();
                ctx.notice.set(None);
                ctx.show(ctx.ask(&Command::CurrentTask).await);
            } else {
                password.try_set(String::new());
            }
        });
    };
    view! {
        <form class="form" on:submit=send>
            <h2>{move || ctx.t("sign-in-title")}</h2>
            <p>{move || ctx.status.with(|status| status.region.clone())}</p>
            <label>
                <span>{move || ctx.t("login")}</span>
                <input
                    type="text"
                    required
                    data-test="login"
                    autocomplete="username"
                    autocapitalize="none"
                    spellcheck="false"
                    prop:value=login
                    on:input=move |event| login.set(event_target_value(&event))
                />
            </label>
            <label>
                <span>{move || ctx.t("password")}</span>
                <input
                    type="password"
                    required
                    data-test="password"
                    autocomplete="current-password"
                    prop:value=password
                    on:input=move |event| password.set(event_target_value(&event))
                />
            </label>
            <SaveOutbox/>
            <div class="thumb">
                <button class="primary" type="submit" data-test="sign-in" disabled=move || ctx.busy.get()>
                    {move || ctx.t("sign-in")}
                </button>
            </div>
        </form>
    }
}
