//! Picking for an order: walk the lines, scan, count, book.

use leptos::prelude::*;
use sparhund_scanner_core::api::Standing;

use super::receive::{BookButton, PlacePrompt, in_basket};
use crate::parts::item::{Basket, Others};
use crate::parts::lines::{InShort, Lines};
use crate::parts::open_scan::OpenScan;
use crate::parts::tools::Tools;
use crate::parts::verdict::VerdictLine;
use crate::state::{Ctx, ctx};

#[component]
pub fn Pick() -> impl IntoView {
    let ctx = ctx();
    view! {
        <div class="work" tabindex="0">
            <VerdictLine/>
            <OpenScan/>
            <Show when=move || in_basket(ctx) != 0 && ctx.task.with(|task| task.as_ref().is_some_and(|task| !task.can_book))>
                // The books do not know the goods here: the shelf is right, so say which shelf.
                <PlacePrompt key="prompt-bin"/>
            </Show>
            <InShort/>
            <Basket/>
            <Others/>
            <Done/>
            <Lines/>
        </div>
        <div class="thumb">
            <Show when=move || !done(ctx)>
                <Tools/>
            </Show>
            <BookButton key="book-pick" missing="prompt-bin"/>
            <ToList/>
        </div>
    }
}

fn standing(ctx: Ctx) -> Option<Standing> {
    ctx.task.with(|task| task.as_ref().map(|task| task.standing))
}

/// Whether nothing is left to do and nothing waits to be booked.
pub fn done(ctx: Ctx) -> bool {
    standing(ctx).is_some_and(|now| now != Standing::Todo) && in_basket(ctx) == 0
}

/// Says that the task is finished.
#[component]
pub fn Done() -> impl IntoView {
    let ctx = ctx();
    let complete = move || standing(ctx) == Some(Standing::Complete);
    view! {
        <Show when=move || done(ctx)>
            <p class="prompt" class:finished=complete data-test="task-done">
                {move || ctx.t(if complete() { "task-done" } else { "task-done-so-far" })}
            </p>
        </Show>
    }
}

/// Leads back once the task is finished.
#[component]
pub fn ToList() -> impl IntoView {
    let ctx = ctx();
    view! {
        <Show when=move || done(ctx)>
            <button class="primary" data-test="to-list" on:click=move |_| ctx.to_list()>
                {move || ctx.t("to-list")}
            </button>
        </Show>
    }
}
