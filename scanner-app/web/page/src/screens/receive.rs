//! Goods receipt: items into the basket, a place, book.

use leptos::prelude::*;
use sparhund_scanner_core::api::{Command, TaskKind};
use sparhund_shared::verdict::Verdict;

use crate::parts::item::{Basket, Others};
use crate::parts::open_scan::OpenScan;
use crate::parts::places::PlacePicker;
use crate::parts::tools::Tools;
use crate::parts::verdict::VerdictLine;
use crate::screens::receipt::{Announced, BookReceipt, Check, Expected, Marks, open_check};
use crate::state::{Ctx, ctx};
use crate::text::whole;

/// Who the goods come from.
#[component]
pub fn Supplier() -> impl IntoView {
    let ctx = ctx();
    let supplier = RwSignal::new(String::new());
    let reference = RwSignal::new(String::new());
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let reference = reference.get_untracked().trim().to_owned();
        ctx.start(TaskKind::Receive {
            supplier: supplier.get_untracked().trim().to_owned(),
            reference: (!reference.is_empty()).then_some(reference),
        });
    };
    view! {
        <form class="form" on:submit=send>
            <Announced/>
            <label>
                <span>{move || ctx.t("receive-supplier")}</span>
                <input
                    type="text"
                    required
                    data-test="receive-supplier"
                    autocomplete="on"
                    name="supplier"
                    prop:value=supplier
                    on:input=move |event| supplier.set(event_target_value(&event))
                />
            </label>
            <label>
                <span>{move || ctx.t("receive-reference")}</span>
                <input
                    class="code"
                    type="text"
                    data-test="receive-reference"
                    autocomplete="off"
                    prop:value=reference
                    on:input=move |event| reference.set(event_target_value(&event))
                />
            </label>
            <div class="thumb">
                <button class="primary" type="submit" data-test="receive-start" disabled=move || ctx.busy.get()>
                    {move || ctx.t("receive-start")}
                </button>
            </div>
        </form>
    }
}

/// The receipt at work.
#[component]
pub fn Receive() -> impl IntoView {
    view! {
        <div class="work" tabindex="0">
            <VerdictLine/>
            // Above the item, which may fill a small screen: what is still asked for must be seen.
            <Prompt/>
            <Check/>
            <PlaceTaken/>
            <Basket/>
            <Marks/>
            <Others/>
            <Expected/>
        </div>
        <div class="thumb">
            <Tools/>
            <BookReceipt/>
        </div>
    }
}

/// What to do next.
#[component]
fn Prompt() -> impl IntoView {
    let ctx = ctx();
    let (place, filled, open) = (
        move || {
            ctx.task
                .with(|task| task.as_ref().is_some_and(|task| task.place.is_some()))
        },
        move || {
            ctx.task
                .with(|task| task.as_ref().is_some_and(|task| !task.basket.is_empty()))
        },
        move || {
            ctx.task
                .with(|task| task.as_ref().is_some_and(|task| task.open.is_some()))
        },
    );
    let asked = move || {
        ctx.task
            .with(|task| task.as_ref().is_some_and(|task| task.choice.is_some()))
    };
    move || {
        if asked() {
            return ().into_any();
        }
        if open() {
            view! { <OpenScan/> }.into_any()
        } else if open_check(ctx).is_some() {
            ().into_any()
        } else if filled() && !place() {
            view! { <PlacePrompt key="prompt-place"/> }.into_any()
        } else if filled() {
            ().into_any()
        } else {
            view! { <p class="prompt">{ctx.t("prompt-item")}</p> }.into_any()
        }
    }
}

/// Asks for a place: by its label, or from the list.
#[component]
pub fn PlacePrompt(key: &'static str) -> impl IntoView {
    let ctx = ctx();
    view! {
        <p class="prompt" data-test="place-prompt">{move || ctx.t(key)}</p>
        <PlacePicker/>
    }
}

/// The place of the task.
#[component]
pub fn PlaceTaken() -> impl IntoView {
    let ctx = ctx();
    move || {
        let place = ctx.task.with(|task| task.as_ref()?.place.clone())?;
        Some(view! {
            <p class="place">
                <span>{ctx.t("place-at")}</span>
                <strong data-test="place-name">{whole(&place.name)}</strong>
            </p>
        })
    }
}

/// Books the basket.
#[component]
pub fn BookButton(
    /// Its words, with the number of pieces.
    key: &'static str,
    /// Its words while something is missing: the large button always says what comes next.
    missing: &'static str,
) -> impl IntoView {
    let ctx = ctx();
    let can_book = move || {
        ctx.task
            .with(|task| task.as_ref().is_some_and(|task| task.can_book))
    };
    view! {
        <Show when=move || in_basket(ctx) != 0>
            <button
                class="primary"
                class:blocked=move || stopped(ctx)
                data-test="book"
                disabled=move || ctx.busy.get() || !can_book()
                on:click=move |_| ctx.run_once(Command::Book)
            >
                {move || match (can_book(), stopped(ctx)) {
                    (false, _) => ctx.t(missing),
                    // The tap tells which goods, why, and what to do.
                    (true, true) => ctx.t("book-stopped"),
                    (true, false) => ctx.t1(key, "count", &in_basket(ctx).to_string()),
                }}
            </button>
        </Show>
    }
}

/// Whether something in the basket may no longer go on.
pub fn stopped(ctx: Ctx) -> bool {
    ctx.task.with(|task| {
        let mut basket = task.iter().flat_map(|task| &task.basket);
        basket.any(|entry| entry.judgement.verdict == Verdict::Stop)
    })
}

/// Base units in the basket.
pub fn in_basket(ctx: Ctx) -> u64 {
    ctx.task.with(|task| {
        task.as_ref()
            .map(|task| task.basket.iter().map(|entry| u64::from(entry.units)).sum())
            .unwrap_or_default()
    })
}
