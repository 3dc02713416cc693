//! Picking for an order: walk the lines, scan, count, book.

use leptos::prelude::*;
use sparhund_scanner_core::api::{Answer, Command, Standing};
use sparhund_shared::event::ReasonCode;

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
            <Excuse/>
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

/// Goes past a rule with a reason; only whoever may sees it.
#[component]
fn Excuse() -> impl IntoView {
    let ctx = ctx();
    let say = move |reason: Option<ReasonCode>| {
        ctx.run_once(Command::Answer {
            answer: Answer::Reason { reason },
        });
    };
    let excuse = Memo::new(move |_| ctx.task.with(|task| task.as_ref()?.excuse.clone()));
    move || {
        let excuse = excuse.get()?;
        let Some(said) = excuse.said else {
            let choose = move |reason: ReasonCode| {
                view! {
                    <button data-test=format!("excuse-{}", reason.word()) on:click=move |_| say(Some(reason))>
                        {ctx.t(&format!("cause-{}", reason.word()))}
                    </button>
                }
            };
            let choices = view! {
                <details class="excuse" data-test="excuse">
                    <summary>{ctx.t("excuse")}</summary>
                    <div class="reasons">{excuse.reasons.into_iter().map(choose).collect_view()}</div>
                </details>
            };
            return Some(choices.into_any());
        };
        let why = ctx.t(&format!("cause-{}", said.word()));
        let told = view! {
            <section class="excuse" data-test="excuse-said">
                <p class="prompt">{ctx.t1("excuse-said", "why", &why)}</p>
                <button data-test="excuse-drop" on:click=move |_| say(None)>{ctx.t("excuse-drop")}</button>
            </section>
        };
        Some(told.into_any())
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
