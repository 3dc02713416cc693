//! The people of this device, as buttons for gloves.

use leptos::prelude::*;
use sparhund_scanner_core::api::PersonView;

use crate::parts::save_outbox::SaveOutbox;
use crate::parts::tools::CameraButton;
use crate::state::{Ctx, ctx};

#[component]
pub fn People() -> impl IntoView {
    let ctx = ctx();
    let people = Memo::new(move |_| ctx.status.with(|status| status.people.clone()));
    let badges = move || people.with(|people| people.iter().any(|person| person.badge));
    view! {
        <div class="work people">
            <h2>{move || ctx.t("people-title")}</h2>
            {untrack(|| ctx.unbooked()).map(|words| view! { <p class="notice problem" data-test="switch-basket">{words}</p> })}
            {move || people.get().into_iter().map(|person| button(ctx, person)).collect_view()}
            <Show when=badges>
                <p class="hint">{move || ctx.t("people-badge")}</p>
                <div class="tools"><CameraButton/></div>
            </Show>
            <SaveOutbox/>
        </div>
        <div class="thumb">
            <button data-test="by-password" on:click=move |_| ctx.by_password.set(true)>
                {move || ctx.t("people-password")}
            </button>
        </div>
    }
}

fn button(ctx: Ctx, person: PersonView) -> impl IntoView {
    let standing = person.standing.warning();
    let test = format!("person-{}", person.login);
    view! {
        <button class="person" data-test=test on:click=move |_| ctx.choose_person(person.id)>
            <strong>{person.name}</strong>
            {standing.map(|key| view! { <span data-test="standing">{ctx.t(key)}</span> })}
        </button>
    }
}
