//! One's own PIN and badge on this device.

use leptos::prelude::*;
use leptos::task::spawn_local;
use sparhund_scanner_core::api::{Command, Hidden, Reply};

use crate::parts::tools::CameraButton;
use crate::state::{Notice, ctx};

#[component]
pub fn QuickSwitch() -> impl IntoView {
    let ctx = ctx();
    // Whoever leaves the settings adds no badge any more.
    on_cleanup(move || ctx.badging.set(false));
    let own = Memo::new(move |_| ctx.own_person());
    let known = move || own.with(Option::is_some);
    let badge = move || own.with(|own| own.as_ref().is_some_and(|own| own.badge));
    let may_choose = Memo::new(move |_| {
        let until = ctx
            .status
            .with(|status| status.user.as_ref().and_then(|user| user.may_choose_until));
        until.is_some_and(|until| ctx.now.get() < until)
    });
    let state = move || {
        ctx.t(match (known(), badge()) {
            (false, _) => "quick-none",
            (true, false) => "quick-pin",
            (true, true) => "quick-pin-badge",
        })
    };
    view! {
        <section>
            <h2>{move || ctx.t("quick-title")}</h2>
            <p data-test="quick-state">{state}</p>
            <Show
                when=move || may_choose.get()
                fallback=move || view! { <p data-test="quick-password-first">{move || ctx.t("quick-password-first")}</p> }
            >
                <NewPin/>
                <Show when=known>
                    <Show when=move || ctx.badging.get()>
                        <p class="prompt" role="status" data-test="badge-wait">{move || ctx.t("quick-badge-scan")}</p>
                        <CameraButton/>
                    </Show>
                    <button
                        data-test="badge-add"
                        aria-pressed=move || ctx.badging.get().to_string()
                        on:click=move |_| ctx.badging.update(|on| *on = !*on)
                    >
                        {move || ctx.t(if ctx.badging.get() { "cancel" } else { "quick-badge-add" })}
                    </button>
                </Show>
            </Show>
            <Show when=badge>
                <button data-test="badge-remove" on:click=move |_| ctx.run(Command::RemoveBadge)>
                    {move || ctx.t("quick-badge-remove")}
                </button>
            </Show>
            <Show when=known>
                <button data-test="quick-remove" on:click=move |_| ctx.run(Command::RemoveQuickSwitch)>
                    {move || ctx.t("quick-remove")}
                </button>
            </Show>
        </section>
    }
}

/// Chooses a PIN, twice the same.
#[component]
fn NewPin() -> impl IntoView {
    let ctx = ctx();
    let pin = RwSignal::new(String::new());
    let again = RwSignal::new(String::new());
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if ctx.busy.get_untracked() {
            return;
        }
        if pin.get_untracked() != again.get_untracked() {
            again.set(String::new());
            ctx.notice.set(Some(Notice::Problem(ctx.t("quick-differs"))));
            return;
        }
        ctx.busy.set(true);
        let command = Command::SetPin {
            pin: Hidden(pin.get_untracked()),
        };
        spawn_local(async move {
            let answer = ctx.ask(&command).await;
            ctx.busy.set(false);
            let kept = matches!(answer, Ok(Reply::Status(_)));
            ctx.show(answer);
            // The person may have left this screen meanwhile.
            let _ = (pin.try_set(String::new()), again.try_set(String::new()));
            if kept {
                ctx.notice.set(Some(Notice::Done(ctx.t("quick-done"))));
            }
        });
    };
    let field = move |key: &'static str, test: &'static str, text: RwSignal<String>| {
        view! {
            <label>
                <span>{move || ctx.t(key)}</span>
                <input
                    type="password"
                    required
                    inputmode="numeric"
                    minlength="6"
                    maxlength="12"
                    autocomplete="off"
                    data-test=test
                    prop:value=text
                    on:input=move |event| text.set(event_target_value(&event))
                />
            </label>
        }
    };
    view! {
        <form class="new-pin" on:submit=send>
            {field("quick-pin-new", "quick-new", pin)}
            {field("quick-pin-again", "quick-again", again)}
            <button class="strong" type="submit" data-test="quick-save" disabled=move || ctx.busy.get()>
                {move || ctx.t("quick-save")}
            </button>
        </form>
    }
}
