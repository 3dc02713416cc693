//! What there is to do.

use leptos::prelude::*;
use sparhund_scanner_core::api::{AlertCode, DeedKind, HuntCard, Stranded, TaskKind, TasksView};
use sparhund_shared::verdict::Reason;

use crate::parts::item::lot_or_serial;
use crate::parts::verdict::grave;
use crate::state::{Ctx, Screen, ctx};
use crate::text::whole;

#[component]
pub fn Tasks() -> impl IntoView {
    let ctx = ctx();
    if ctx.tasks.with_untracked(Option::is_none) {
        ctx.refresh_tasks();
    }
    move || ctx.tasks.get().map(|tasks| shown(ctx, &tasks))
}

fn shown(ctx: Ctx, tasks: &TasksView) -> impl IntoView + use<> {
    // Untracked: roles change with the tasks, and a tile that is drawn anew loses the tap on it.
    let roles = ctx.status.with_untracked(|status| {
        status
            .user
            .as_ref()
            .map(|user| user.roles.clone())
            .unwrap_or_default()
    });
    let picks = roles.contains(&sparhund_shared::reference::Role::Picker) || !tasks.to_pick.is_empty();
    let wards = roles.contains(&sparhund_shared::reference::Role::Ward) || !tasks.to_confirm.is_empty();
    let tile = move |test: &'static str, count: Option<usize>, screen: Screen| {
        view! {
            <button class="tile" data-test=test on:click=move |_| ctx.go(screen)>
                <span>{move || ctx.t(test)}</span>
                {count.map(|count| view! { <strong class="count-badge" class:none=count == 0>{count}</strong> })}
            </button>
        }
    };
    let receive = tasks
        .receive
        .then(|| tile("task-receive", None, Screen::Supplier));
    let pick = picks.then(|| tile("task-pick", Some(tasks.to_pick.len()), Screen::ToPick));
    let packing = (picks && !tasks.to_pack.is_empty())
        .then(|| tile("deed-pack", Some(tasks.to_pack.len()), Screen::ToPack));
    let deliver = (picks || !tasks.to_deliver.is_empty())
        .then(|| tile("task-deliver", Some(tasks.to_deliver.len()), Screen::ToDeliver));
    let confirm = wards.then(|| tile("task-confirm", Some(tasks.to_confirm.len()), Screen::ToConfirm));
    let cards =
        (!tasks.cards.is_empty()).then(|| tile("implant-cards", Some(tasks.cards.len()), Screen::Cards));
    let nothing = receive.is_none() && pick.is_none() && deliver.is_none() && confirm.is_none();
    let deeds: Vec<_> = tasks
        .deeds
        .iter()
        .map(|kind| {
            let (word, kind) = (format!("deed-{}", kind.word()), kind.clone());
            let test = word.clone();
            view! {
                <button class="tile" data-test=test on:click=move |_| ctx.start(TaskKind::Deed { kind: kind.clone() })>
                    <span>{move || ctx.t(&word)}</span>
                </button>
            }
        })
        .collect();
    let hunts: Vec<_> = tasks.hunts.iter().map(|card| hunt(ctx, card)).collect();
    let open: Vec<_> = tasks.open.iter().map(|kind| resume(ctx, kind.clone())).collect();
    let stranded: Vec<_> = tasks
        .stranded
        .iter()
        .map(|goods| fetch_back(ctx, goods))
        .collect();
    view! {
        // Above the tiles all the same: goods that somebody may be about to take away come before all other work.
        {stranded}
        {hunts}
        <div class="tiles">
            {nothing.then(|| view! { <p class="big">{move || ctx.t("task-nothing")}</p> })}
            {receive}
            {pick}
            {packing}
            {deliver}
            {confirm}
            <div class="deeds">{deeds} {cards}</div>
        </div>
        // Below the tiles: what comes and goes must not push them from under the thumb.
        <Show when=move || ctx.status.with(|status| !status.complete)>
            <p class="notice problem" data-test="tasks-incomplete">{move || ctx.t("tasks-incomplete")}</p>
        </Show>
        {move || refusal(ctx)}
        <Show when=move || ctx.status.with(|status| !status.calibrated)>
            <p class="hint">{move || ctx.with_texts(|texts| texts.reason(&Reason::Uncalibrated))}</p>
        </Show>
        {(!open.is_empty()).then(|| view! { <section class="others">{open}</section> })}
    }
}

/// Picked goods that may no longer leave: what, where, why.
fn fetch_back(ctx: Ctx, stranded: &Stranded) -> impl IntoView + use<> {
    let goods = &stranded.goods;
    let (count, order) = (goods.units.to_string(), whole(&stranded.order.to_string()));
    let name = format!("{} {}", goods.item.name, lot_or_serial(&goods.item.item));
    let place = whole(&stranded.place.name);
    let what = move || {
        let values = [
            ("count", count.as_str()),
            ("name", name.trim()),
            ("order", order.as_str()),
            ("place", place.as_str()),
        ];
        ctx.with_texts(|texts| texts.with("tasks-stranded", &values))
    };
    let reasons = grave(&goods.judgement).into_iter();
    let why = reasons
        .map(|reason| view! { <span>{move || ctx.reason(&reason)}</span> })
        .collect_view();
    view! {
        <p class="notice problem stranded" role="alert" data-test="stranded"><strong>{what}</strong> {why}</p>
    }
}

/// A hold whose goods are looked for: how far the search is.
fn hunt(ctx: Ctx, card: &HuntCard) -> impl IntoView + use<> {
    let kind = TaskKind::Deed {
        kind: DeedKind::Hunt { hold: card.hold },
    };
    let (reason, done, places) = (
        card.reason.clone(),
        card.done.to_string(),
        card.places.to_string(),
    );
    let words = move || {
        let values = [
            ("text", reason.as_str()),
            ("done", done.as_str()),
            ("places", places.as_str()),
        ];
        ctx.with_texts(|texts| texts.with("hunt-card", &values))
    };
    view! {
        <button class="hunt" data-test=format!("hunt-{}", card.hold) on:click=move |_| ctx.start(kind.clone())>
            <strong>{move || ctx.t("deed-hunt")}</strong>
            <span>{words}</span>
        </button>
    }
}

/// Why nothing can be sent, if the server said so: it must not stand in the settings alone.
fn refusal(ctx: Ctx) -> Option<impl IntoView> {
    let refused = ctx.status.with(|status| {
        let mut alerts = status.alerts.iter();
        alerts.find(|alert| alert.code == AlertCode::SyncRefused).cloned()
    });
    refused.map(|alert| view! { <p class="notice problem">{ctx.with_texts(|texts| alert.say(texts))}</p> })
}

fn resume(ctx: Ctx, kind: TaskKind) -> impl IntoView {
    let words = {
        let kind = kind.clone();
        move || {
            let what = match &kind {
                TaskKind::Receive { supplier, .. } => format!("{} {supplier}", ctx.t("task-receive")),
                TaskKind::Pick { order } => format!("{} {}", ctx.t("task-pick"), whole(&order.to_string())),
                TaskKind::Deliver { order } => {
                    format!("{} {}", ctx.t("task-deliver"), whole(&order.to_string()))
                }
                TaskKind::Confirm { order } => {
                    format!("{} {}", ctx.t("task-confirm"), whole(&order.to_string()))
                }
                TaskKind::Deed { kind } => ctx.t(&format!("deed-{}", kind.word())),
            };
            ctx.t1("tasks-resume", "what", &what)
        }
    };
    view! { <button data-test="resume" on:click=move |_| ctx.start(kind.clone())>{words}</button> }
}
