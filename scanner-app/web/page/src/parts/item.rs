//! The item in the middle of the work: what it is, and how many.

use leptos::html::Input;
use leptos::prelude::*;
use sparhund_scanner_core::api::{BasketEntry, Command};
use sparhund_shared::event::Item;

use super::tools::focus_when_shown;
use crate::state::{Ctx, ctx};

/// The current entry of the basket with its count, and the others in short.
#[component]
pub fn Basket() -> impl IntoView {
    let ctx = ctx();
    view! {
        {move || ctx.current_entry().map(|(index, entry)| current(ctx, index, &entry))}
        {move || others(ctx)}
    }
}

fn current(ctx: Ctx, index: usize, entry: &BasketEntry) -> impl IntoView + use<> {
    let (packs, units, per_pack) = (entry.packs, entry.units, entry.item.units_per_pack);
    let set = move |packs: u32| ctx.run(Command::SetCount { entry: index, packs });
    let in_all = (per_pack > 1).then(move || {
        let words = move || {
            ctx.with_texts(|texts| {
                texts.with(
                    "quantity-packs",
                    &[("packs", &packs.to_string()), ("units", &units.to_string())],
                )
            })
        };
        view! { <p class="in-all">{words}</p> }
    });
    view! {
        <section class="item" data-entry=index>
            <h2 data-test="item-name">{entry.item.name.clone()}</h2>
            <Facts item=entry.item.item.clone()/>
            <div class="count">
                <button
                    data-test="quantity-minus"
                    aria-label=move || ctx.t("quantity-minus")
                    on:click=move |_| set(packs.saturating_sub(1))
                >
                    "−"
                </button>
                <Quantity packs units set/>
                <button
                    data-test="quantity-plus"
                    aria-label=move || ctx.t("quantity-plus")
                    on:click=move |_| set(packs.saturating_add(1))
                >
                    "+"
                </button>
            </div>
            {in_all}
        </section>
    }
}

/// The number between the buttons; a tap on it opens a field with the numeric keyboard.
#[component]
fn Quantity(packs: u32, units: u32, set: impl Fn(u32) + Copy + Send + Sync + 'static) -> impl IntoView {
    let ctx = ctx();
    let editing = RwSignal::new(false);
    let field = NodeRef::<Input>::new();
    focus_when_shown(field);
    let take = move |text: String| {
        editing.set(false);
        if let Ok(packs) = text.trim().parse() {
            set(packs);
        }
    };
    move || {
        if editing.get() {
            view! {
                <input
                    class="quantity"
                    type="text"
                    inputmode="numeric"
                    maxlength="6"
                    node_ref=field
                    data-test="quantity-field"
                    aria-label=move || ctx.t("quantity-set")
                    on:change=move |event| take(event_target_value(&event))
                />
            }
            .into_any()
        } else {
            view! {
                <button
                    class="quantity"
                    data-test="quantity"
                    data-packs=packs
                    data-units=units
                    title=move || ctx.t("quantity-set")
                    on:click=move |_| editing.set(true)
                >
                    {packs}
                </button>
            }
            .into_any()
        }
    }
}

/// The rest of the basket; a tap makes an entry the current one.
fn others(ctx: Ctx) -> Option<impl IntoView + use<>> {
    let current = ctx.current.get();
    let entries = ctx
        .task
        .with(|task| task.as_ref().map(|task| task.basket.clone()))?;
    let others: Vec<_> = entries
        .into_iter()
        .enumerate()
        .filter(|(index, _)| Some(*index) != current)
        .collect();
    (!others.is_empty()).then(|| {
        view! {
            <section class="others">
                <h3>{move || ctx.t("basket-also")}</h3>
                {others
                    .into_iter()
                    .map(|(index, entry)| {
                        view! {
                            <button data-test=format!("basket-{index}") on:click=move |_| ctx.current.set(Some(index))>
                                <span>{entry.item.name.clone()}</span>
                                <span class="code">{lot_or_serial(&entry.item.item)}</span>
                                <strong>{entry.units}</strong>
                            </button>
                        }
                    })
                    .collect_view()}
                <button class="quiet" on:click=move |_| ctx.run(Command::ClearBasket)>
                    {move || ctx.t("basket-clear")}
                </button>
            </section>
        }
    })
}

fn lot_or_serial(item: &Item) -> String {
    match item {
        Item::Identified(item) => match (&item.serial, &item.lot) {
            (Some(serial), _) => serial.to_string(),
            (None, Some(lot)) => lot.to_string(),
            (None, None) => String::new(),
        },
        Item::Unread(_) => String::new(),
    }
}

/// Lot, serial and expiry as on the label.
#[component]
pub fn Facts(item: Item) -> impl IntoView {
    let ctx = ctx();
    let Item::Identified(item) = item else {
        return ().into_any();
    };
    let fact = move |key: &'static str, test: &'static str, value: Option<String>| {
        value.map(|value| {
            view! {
                <div>
                    <dt>{move || ctx.t(key)}</dt>
                    <dd class="code" data-test=test>{value}</dd>
                </div>
            }
        })
    };
    view! {
        <dl class="facts">
            {fact("item-lot", "item-lot", item.lot.as_ref().map(ToString::to_string))}
            {fact("item-serial", "item-serial", item.serial.as_ref().map(ToString::to_string))}
            {fact("item-expiry", "item-expiry", item.expiry.as_ref().map(ToString::to_string))}
        </dl>
    }
    .into_any()
}
