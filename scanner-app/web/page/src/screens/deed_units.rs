//! Logistic units in a deed: which one is at hand, what belongs in it, and those that are closed.

use leptos::prelude::*;
use sparhund_scanner_core::api::{Answer, Command, DeedView, Differs, ExpectedGoods, LabelState, UnitCard};
use sparhund_shared::event::ReasonCode;
use sparhund_shared::identity::Sscc;

use crate::parts::item::lot_or_serial;
use crate::state::{Ctx, ctx};
use crate::text::whole;

/// Reads something of the deed at hand.
fn of_deed<T>(ctx: Ctx, read: impl FnOnce(&DeedView) -> T) -> Option<T> {
    ctx.task
        .with(|task| task.as_ref().and_then(|task| task.deed.as_ref()).map(read))
}

/// An SSCC in groups of digits that an eye can copy: extension digit, then fours, and the check digit.
fn grouped(sscc: &str) -> String {
    let groups = [(0, 1), (1, 5), (5, 9), (9, 13), (13, 17), (17, 18)];
    let parts = groups.iter().filter_map(|(from, to)| sscc.get(*from..*to));
    parts.collect::<Vec<_>>().join("\u{a0}")
}

/// The number of the unit at hand, large enough to be written on a label.
#[component]
pub fn UnitNow() -> impl IntoView {
    let ctx = ctx();
    move || {
        let sscc = ctx.task.with(|task| {
            let task = task.as_ref()?;
            task.deed.as_ref()?;
            task.sscc
        })?;
        Some(view! {
            <p class="unit-now">
                <span>{ctx.t("unit-now")}</span>
                <strong class="code whole" data-test="unit-now" data-sscc=sscc.to_string()>{grouped(&sscc.to_string())}</strong>
            </p>
        })
    }
}

/// What is to be scanned.
#[component]
pub fn Expected() -> impl IntoView {
    let ctx = ctx();
    move || {
        let expected = of_deed(ctx, |deed| deed.expected.clone())?;
        (!expected.is_empty()).then(|| {
            view! {
                <section class="hints" data-test="expected">
                    <h2>{ctx.t("expected")}</h2>
                    <ul>{expected.iter().enumerate().map(|(at, goods)| awaited(ctx, at, goods)).collect_view()}</ul>
                </section>
            }
        })
    }
}

fn awaited(ctx: Ctx, at: usize, goods: &ExpectedGoods) -> impl IntoView + use<> {
    let (there, wanted) = (goods.in_basket.to_string(), goods.units.to_string());
    let told = move || {
        let values = [("done", there.as_str()), ("count", wanted.as_str())];
        ctx.with_texts(|texts| texts.with("expected-count", &values))
    };
    let said: Vec<Differs> = goods.differs.clone();
    let told_of: i64 = said.iter().map(|differs| i64::from(differs.units)).sum();
    let left = (goods.units - goods.in_basket - told_of).max(1);
    let done = goods.in_basket + told_of >= goods.units;
    let may_differ = goods.may_differ.clone();
    view! {
        <li class:done=done>
            <strong>{goods.item.name.clone()}</strong>
            <span class="code">{lot_or_serial(&goods.item.item)}</span>
            <span>{told}</span>
            {said.into_iter().map(|differs| taken_back(ctx, at, differs)).collect_view()}
            {(!may_differ.is_empty()).then(|| differ(ctx, at, left, may_differ))}
        </li>
    }
}

/// What was said to differ; a tap takes it back.
fn taken_back(ctx: Ctx, at: usize, differs: Differs) -> impl IntoView {
    let count = differs.units.to_string();
    let words = move || {
        let reason = ctx.t(&format!("cause-{}", differs.reason.word()));
        let values = [("reason", reason.as_str()), ("count", count.as_str())];
        ctx.with_texts(|texts| texts.with("differs-said", &values))
    };
    let say = move |_| {
        ctx.run_once(Command::Answer {
            answer: Answer::Differs {
                goods: at,
                reason: differs.reason,
                units: 0,
            },
        });
    };
    view! {
        <button data-test=format!("differs-said-{}", differs.reason.word()) on:click=say>
            {words} " ✕"
        </button>
    }
}

/// Says how many differ, and how.
fn differ(ctx: Ctx, at: usize, left: i64, reasons: Vec<ReasonCode>) -> impl IntoView {
    let units = RwSignal::new(left.to_string());
    let choose = move |reason: ReasonCode| {
        let say = move |_| {
            ctx.run_once(Command::Answer {
                answer: Answer::Differs {
                    goods: at,
                    reason,
                    units: units.get_untracked().trim().parse().unwrap_or(1),
                },
            });
        };
        view! {
            <button data-test=format!("differs-{}", reason.word()) disabled=move || ctx.busy.get() on:click=say>
                {move || ctx.t(&format!("cause-{}", reason.word()))}
            </button>
        }
    };
    view! {
        <details class="differs">
            <summary data-test="differs">{move || ctx.t("differs")}</summary>
            <label>
                {move || ctx.t("differs-units")}
                <input
                    inputmode="numeric"
                    data-test="differs-units"
                    prop:value=move || units.get()
                    on:input=move |event| units.set(event_target_value(&event))
                />
            </label>
            <div class="reasons">{reasons.into_iter().map(choose).collect_view()}</div>
        </details>
    }
}

/// Units that are closed, loaded or delivered.
#[component]
pub fn Units() -> impl IntoView {
    let ctx = ctx();
    move || {
        let units = of_deed(ctx, |deed| deed.units.clone())?;
        (!units.is_empty()).then(|| {
            view! {
                <section class="hints" data-test="units">
                    <h2>{ctx.t("units")}</h2>
                    <ul>{units.iter().map(|card| card_of(ctx, card)).collect_view()}</ul>
                </section>
            }
        })
    }
}

fn card_of(ctx: Ctx, card: &UnitCard) -> impl IntoView + use<> {
    let sscc = card.sscc.to_string();
    let count = card.units.to_string();
    view! {
        <li class:done=card.done data-test=format!("unit-{sscc}")>
            <strong class="code whole">{grouped(&sscc)}</strong>
            <span>{whole(&card.to.name)}</span>
            <span>{move || ctx.t1("hint-units", "count", &count)}</span>
            {card.label.map(|label| printed(ctx, label, card.sscc))}
        </li>
    }
}

/// How far the label is; one that a printer took can be had once more.
fn printed(ctx: Ctx, label: LabelState, sscc: Sscc) -> impl IntoView {
    let word = match label {
        LabelState::Waiting => "label-waiting",
        LabelState::Failed => "label-failed",
        LabelState::Printed => "label-printed",
    };
    let again = (label == LabelState::Printed).then(|| {
        view! {
            <button data-test="label-again" disabled=move || ctx.busy.get() on:click=move |_| ctx.run_once(Command::PrintAgain { sscc })>
                {move || ctx.t("label-again")}
            </button>
        }
    });
    view! {
        <span class="label-state" data-test=word>{move || ctx.t(word)}</span>
        {again}
    }
}

/// What a person may say by a tap.
#[component]
pub fn Offers() -> impl IntoView {
    let ctx = ctx();
    move || {
        let offers = of_deed(ctx, |deed| deed.offers.clone()).unwrap_or_default();
        offers
            .into_iter()
            .filter_map(|answer| offered(ctx, answer))
            .collect_view()
    }
}

fn offered(ctx: Ctx, answer: Answer) -> Option<impl IntoView> {
    let word = match answer {
        Answer::NewUnit => "unit-new",
        Answer::AllThere => "unit-all",
        _ => return None,
    };
    let say = move |_| {
        ctx.run_once(Command::Answer {
            answer: answer.clone(),
        });
    };
    Some(view! {
        <button data-test=word disabled=move || ctx.busy.get() on:click=say>
            {move || ctx.t(word)}
        </button>
    })
}
