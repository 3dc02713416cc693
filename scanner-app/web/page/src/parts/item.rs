//! The item in the middle of the work: what it is, and how many.

use std::time::Duration;

use leptos::html::Input;
use leptos::prelude::*;
use sparhund_scanner_core::api::{BasketEntry, Command, ItemView, ScanOutcome};
use sparhund_shared::event::Item;
use sparhund_shared::verdict::Verdict;

use super::shapes::Shape;
use super::verdict::grave;

use crate::state::{Ctx, ctx};
use crate::text::whole;

/// So long after the last digit a typed count is taken.
const TYPING_PAUSE: Duration = Duration::from_millis(400);

/// The current entry of the basket with its count.
#[component]
pub fn Basket() -> impl IntoView {
    let ctx = ctx();
    // Drawn anew for another item only: a count that is being typed stays where it is.
    let shown = Memo::new(move |_| {
        let index = ctx.current.get()?;
        Some((index, ctx.entry(index)?.item))
    });
    view! {
        {move || shown.get().map(|(index, item)| view! { <Current index item/> })}
    }
}

/// The rest of the basket in short.
#[component]
pub fn Others() -> impl IntoView {
    let ctx = ctx();
    let there = Memo::new(move |_| {
        let entries = ctx
            .task
            .with(|task| task.as_ref().map_or(0, |task| task.basket.len()));
        entries > usize::from(ctx.current.get().is_some_and(|index| index < entries))
    });
    let numbers = move || {
        let entries = ctx
            .task
            .with(|task| task.as_ref().map_or(0, |task| task.basket.len()));
        let current = ctx.current.get();
        (0..entries)
            .filter(move |index| Some(*index) != current)
            .collect::<Vec<_>>()
    };
    // A scan changes one entry: the others are not drawn again.
    let drawn = move |index: usize| {
        let entry = Memo::new(move |_| ctx.entry(index));
        move || entry.get().map(|entry| in_short(ctx, index, &entry))
    };
    view! {
        <Show when=move || there.get()>
            <section class="others">
                <h3>{move || ctx.t("basket-also")}</h3>
                <For each=numbers key=|index| *index children=drawn/>
                <ClearBasket/>
            </section>
        </Show>
    }
}

#[component]
fn Current(index: usize, item: ItemView) -> impl IntoView {
    let ctx = ctx();
    let per_pack = item.units_per_pack;
    let single = item.item.unit().serial.is_some();
    let count = Memo::new(move |_| {
        ctx.entry(index)
            .map_or((0, 0), |entry| (entry.packs, entry.units))
    });
    let step = move |change: fn(u32) -> u32| {
        // The count on the screen is the one a tap means, typed or not.
        let typed = ctx.typed_count.get_untracked();
        let packs = typed.map_or(count.get_untracked().0, |(_, packs)| packs);
        ctx.typed_count.set(None);
        ctx.run(Command::SetCount {
            entry: index,
            packs: change(packs),
        });
    };
    let in_all = move || {
        let (packs, units) = count.get();
        ctx.with_texts(|texts| {
            texts.with(
                "quantity-packs",
                &[("packs", &packs.to_string()), ("units", &units.to_string())],
            )
        })
    };
    view! {
        <section class="item" data-entry=index>
            <h2 data-test="item-name">{item.name.clone()}</h2>
            <Judged index/>
            <Facts item=item.item/>
            {move || ctx.entry(index).map(|entry| taken_from(ctx, &entry))}
            // A serial is one piece: there is nothing to count, and one button to take it out.
            <Show
                when=move || !single
                fallback=move || view! {
                    <button data-test="basket-remove" on:click=move |_| step(|_| 0)>
                        {move || ctx.t("basket-remove")}
                    </button>
                }
            >
                <div class="count">
                    <button
                        data-test="quantity-minus"
                        aria-label=move || ctx.t("quantity-minus")
                        on:click=move |_| step(|packs| packs.saturating_sub(1))
                    >
                        "−"
                    </button>
                    <Count index count/>
                    <button
                        data-test="quantity-plus"
                        aria-label=move || ctx.t("quantity-plus")
                        on:click=move |_| step(|packs| packs.saturating_add(1))
                    >
                        "+"
                    </button>
                </div>
            </Show>
            {(per_pack > 1).then(|| view! { <p class="in-all">{in_all}</p> })}
        </section>
    }
}

/// Why the entry gives pause, by what is known now. Not while the verdict of its own scan says the same above.
#[component]
fn Judged(index: usize) -> impl IntoView {
    let ctx = ctx();
    let judgement = Memo::new(move |_| {
        let judgement = ctx.entry(index)?.judgement;
        let said = ctx.scanned.with(|view| {
            view.as_ref().is_some_and(|view| {
                let of_it = match view.outcome {
                    ScanOutcome::InBasket { entry } => entry == index,
                    // A shelf that was scanned for it.
                    ScanOutcome::Place { .. } => true,
                    _ => false,
                };
                let told = &view.judgement.reasons;
                of_it && grave(&judgement).iter().all(|reason| told.contains(reason))
            })
        });
        (!said && judgement.verdict != Verdict::Ok).then_some(judgement)
    });
    move || {
        let judgement = judgement.get()?;
        let verdict = judgement.verdict;
        Some(view! {
            <div class=format!("judged {}", verdict.word()) data-test="entry-judged" data-verdict=verdict.word()>
                <Shape verdict/>
                <div>
                    <p class="word">{move || ctx.t(&format!("verdict-{}", verdict.word()))}</p>
                    {grave(&judgement)
                        .into_iter()
                        .map(|reason| {
                            let word = reason.word();
                            view! { <p data-reason=word>{move || ctx.reason(&reason)}</p> }
                        })
                        .collect_view()}
                </div>
            </div>
        })
    }
}

/// Each place the goods are booked from, just as it will stand in the log.
fn taken_from(ctx: Ctx, entry: &BasketEntry) -> Option<impl IntoView + use<>> {
    let several = entry.from.len() > 1;
    let places: Vec<String> = entry
        .from
        .iter()
        .map(|taken| {
            if several {
                format!("{} ({})", whole(&taken.place.name), taken.units)
            } else {
                whole(&taken.place.name)
            }
        })
        .collect();
    (!places.is_empty()).then(|| {
        view! {
            <p class="place">
                {move || ctx.t("taken-from")} " " <strong data-test="taken-from">{places.join(", ")}</strong>
            </p>
        }
    })
}

/// The number between the buttons: a field with the numeric keyboard.
#[component]
fn Count(index: usize, count: Memo<(u32, u32)>) -> impl IntoView {
    let ctx = ctx();
    let field = NodeRef::<Input>::new();
    // After every answer the field shows what the core has: a count that was stopped goes back.
    Effect::new(move || {
        ctx.scanned.track();
        let (packs, _) = count.get();
        if let Some(field) = field.get() {
            field.set_value(&packs.to_string());
        }
    });
    let typed = move |event: leptos::ev::Event| {
        let packs = event_target_value(&event).trim().parse::<u32>().ok();
        // An emptied field is about to be filled; zero is taken by the minus button, on purpose.
        let typed = packs.filter(|packs| *packs > 0).map(|packs| (index, packs));
        ctx.typed_count.set(typed);
        if typed.is_some() {
            set_timeout(
                move || {
                    if ctx.typed_count.get_untracked() == typed {
                        ctx.give_typed_count();
                    }
                },
                TYPING_PAUSE,
            );
        }
    };
    let select = move |_| {
        if let Some(field) = field.get_untracked() {
            field.select();
        }
    };
    view! {
        <input
            class="quantity"
            type="text"
            inputmode="numeric"
            maxlength="6"
            autocomplete="off"
            node_ref=field
            data-number=""
            data-test="quantity"
            data-packs=move || count.get().0
            data-units=move || count.get().1
            aria-label=move || ctx.t("quantity")
            on:focus=select
            on:input=typed
            on:change=move |_| ctx.give_typed_count()
        />
    }
}

/// An entry in short; a tap makes it the current one.
fn in_short(ctx: Ctx, index: usize, entry: &BasketEntry) -> impl IntoView + use<> {
    view! {
        <button data-test=format!("basket-{index}") on:click=move |_| ctx.current.set(Some(index))>
            <span>{entry.item.name.clone()}</span>
            <span class="code">{lot_or_serial(&entry.item.item)}</span>
            {entry.place.as_ref().map(|place| view! { <span>{whole(&place.name)}</span> })}
            {mark(ctx, entry.judgement.verdict)}
            <strong>{entry.units}</strong>
        </button>
    }
}

/// The word of a verdict that is not OK, beside an entry in short.
fn mark(ctx: Ctx, verdict: Verdict) -> Option<impl IntoView> {
    (verdict != Verdict::Ok).then(|| {
        let class = format!("mark {}", verdict.word());
        view! { <strong class=class>{move || ctx.t(&format!("verdict-{}", verdict.word()))}</strong> }
    })
}

/// Empties the basket, after asking: what lies there was scanned one by one.
#[component]
fn ClearBasket() -> impl IntoView {
    let ctx = ctx();
    let asking = RwSignal::new(false);
    view! {
        <Show
            when=move || asking.get()
            fallback=move || view! {
                <button class="quiet" data-test="basket-clear" on:click=move |_| asking.set(true)>
                    {move || ctx.t("basket-clear")}
                </button>
            }
        >
            <p role="alert">{move || ctx.t("basket-clear-question")}</p>
            <div class="tools">
                <button class="strong" data-test="basket-keep" on:click=move |_| asking.set(false)>
                    {move || ctx.t("basket-keep")}
                </button>
                <button data-test="basket-clear-sure" on:click=move |_| ctx.run(Command::ClearBasket)>
                    {move || ctx.t("basket-clear")}
                </button>
            </div>
        </Show>
    }
}

/// What tells goods of one product apart; empty when the label says nothing.
pub fn lot_or_serial(item: &Item) -> String {
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
