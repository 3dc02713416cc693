//! Implant cards: large enough to copy onto the patient's card by hand.

use leptos::prelude::*;
use sparhund_scanner_core::api::ImplantCard;
use sparhund_shared::event::Item;

use crate::parts::item::Facts;
use crate::state::{Ctx, ctx};
use crate::text::visible;

/// Cards of what was booked just now.
#[component]
pub fn Booked() -> impl IntoView {
    let ctx = ctx();
    move || {
        let cards = ctx
            .task
            .with(|task| Some(task.as_ref()?.deed.as_ref()?.cards.clone()))?;
        (!cards.is_empty()).then(|| cards.iter().map(|card| shown(ctx, card)).collect_view())
    }
}

/// Cards of the day.
#[component]
pub fn Today() -> impl IntoView {
    let ctx = ctx();
    let cards = move || {
        ctx.tasks.with(|tasks| {
            tasks
                .as_ref()
                .map(|tasks| tasks.cards.clone())
                .unwrap_or_default()
        })
    };
    view! {
        <div class="work" tabindex="0" data-test="implant-cards">
            {move || cards().iter().map(|card| shown(ctx, card)).collect_view()}
        </div>
    }
}

fn shown(ctx: Ctx, card: &ImplantCard) -> impl IntoView + use<> {
    let missing = move || view! { <em class="missing">{ctx.t("card-missing")}</em> };
    let line = move |key: &'static str, value: Option<String>| {
        view! {
            <div>
                <dt>{ctx.t(key)}</dt>
                <dd data-test=key>
                    {match value {
                        Some(value) => value.into_any(),
                        None => missing().into_any(),
                    }}
                </dd>
            </div>
        }
    };
    let di = match &card.item.item {
        Item::Identified(item) => Some(item.di.to_string()),
        Item::Unread(_) => None,
    };
    let code: Vec<String> = card.symbols.iter().map(|raw| visible(&raw.0)).collect();
    let hospital = [&card.site, &card.institution].into_iter().flatten().cloned();
    let hospital: Vec<String> = hospital.collect();
    let named = (!hospital.is_empty()).then(|| hospital.join(", "));
    view! {
        <section class="implant-card" data-test="implant-card">
            <h2>{ctx.t("card-title")}</h2>
            {card.training.then(|| view! { <p class="notice problem">{ctx.t("card-training")}</p> })}
            <strong class="card-name" data-test="card-name">{card.item.name.clone()}</strong>
            <Facts item=card.item.item.clone()/>
            <dl class="facts">
                {line("card-di", di)}
                {line("card-code", (!code.is_empty()).then(|| code.join(" ")))}
                {line("card-reference", card.reference.clone())}
                {line("card-maker", card.maker.clone())}
                {line("card-maker-address", card.maker_address.clone())}
                {line("card-maker-site", card.maker_site.clone())}
                {line("card-day", Some(card.day.to_string()))}
                {line("card-place", Some(card.place.name.clone()))}
                {line("card-hospital", named)}
                // The catalogue of places knows no postal addresses.
                {line("card-hospital-address", None)}
            </dl>
            <p class="hint">{ctx.t("card-patient")}</p>
        </section>
    }
}
