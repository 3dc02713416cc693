//! A list of orders to pick, deliver or confirm.

use leptos::prelude::*;
use sparhund_scanner_core::api::{DeedKind, OrderCard, TaskKind};

use crate::state::{Ctx, Screen, ctx};

#[component]
pub fn Orders(list: Screen) -> impl IntoView {
    let ctx = ctx();
    let cards = move || {
        ctx.tasks.with(|tasks| {
            tasks
                .as_ref()
                .map(|tasks| match list {
                    Screen::ToPack => tasks.to_pack.clone(),
                    Screen::ToDeliver => tasks.to_deliver.clone(),
                    Screen::ToConfirm => tasks.to_confirm.clone(),
                    Screen::ToPick | Screen::Tasks | Screen::Supplier | Screen::Cards => {
                        tasks.to_pick.clone()
                    }
                })
                .unwrap_or_default()
        })
    };
    let empty = move || {
        ctx.t(match list {
            Screen::ToPack => "orders-none-pack",
            Screen::ToDeliver => "orders-none-deliver",
            Screen::ToConfirm => "orders-none-confirm",
            Screen::ToPick | Screen::Tasks | Screen::Supplier | Screen::Cards => "orders-none-pick",
        })
    };
    view! {
        <div class="cards">
            <Show when=move || cards().is_empty()>
                <p class="big">{empty}</p>
            </Show>
            {move || cards().into_iter().map(|card| shown(ctx, list, &card)).collect_view()}
        </div>
    }
}

fn shown(ctx: Ctx, list: Screen, card: &OrderCard) -> impl IntoView + use<> {
    let progress = card.progress;
    // What waits in this list; picking alone counts up to what is wanted.
    let (key, done, wanted) = match list {
        Screen::ToPack | Screen::ToDeliver => ("order-to-deliver", progress.shipped, progress.picked),
        Screen::ToConfirm => ("order-to-confirm", progress.accepted, progress.shipped),
        Screen::ToPick | Screen::Tasks | Screen::Supplier | Screen::Cards => {
            ("order-progress", progress.picked, progress.wanted)
        }
    };
    let test = match list {
        Screen::ToConfirm => format!("delivery-{}", card.no),
        Screen::ToPack
        | Screen::ToDeliver
        | Screen::ToPick
        | Screen::Tasks
        | Screen::Supplier
        | Screen::Cards => {
            format!("order-{}", card.no)
        }
    };
    let order = card.no.clone();
    let start = move |_| {
        let order = order.clone();
        ctx.start(match list {
            Screen::ToPack => TaskKind::Deed {
                kind: DeedKind::Pack { order },
            },
            Screen::ToDeliver => TaskKind::Deliver { order },
            Screen::ToConfirm => TaskKind::Confirm { order },
            Screen::ToPick | Screen::Tasks | Screen::Supplier | Screen::Cards => TaskKind::Pick { order },
        });
    };
    let words = move || {
        ctx.with_texts(|texts| {
            texts.with(
                key,
                &[
                    ("done", &done.to_string()),
                    ("wanted", &wanted.to_string()),
                    ("left", &(wanted - done).to_string()),
                ],
            )
        })
    };
    view! {
        <button class="card" data-test=test on:click=start>
            <span class="card-to">{card.to.name.clone()}</span>
            <span class="card-no code whole">{card.no.to_string()}</span>
            <span class="card-progress">{words}</span>
        </button>
    }
}
