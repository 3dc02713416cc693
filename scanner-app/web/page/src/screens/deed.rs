//! Work that no order asks for: one screen, which follows what the task asks for.

use leptos::prelude::*;
use sparhund_scanner_core::api::{Answer, Command, DeedKind, DeedView, PlaceHint, Prompt, TaskKind, Way};
use sparhund_shared::event::ReasonCode;

use crate::parts::implant_card;
use crate::parts::item::{Basket, Others};
use crate::parts::open_scan::OpenScan;
use crate::parts::places::PlacePicker;
use crate::parts::tools::Tools;
use crate::parts::verdict::VerdictLine;
use crate::screens::deed_units::{Expected, Offers, UnitNow, Units};
use crate::screens::receive::{in_basket, stopped};
use crate::state::{Ctx, ctx};

#[component]
pub fn Deed() -> impl IntoView {
    view! {
        <div class="work" tabindex="0">
            <VerdictLine/>
            <Hold/>
            <Asked/>
            <From/>
            <Standing/>
            <Patient/>
            <UnitNow/>
            <Hints/>
            <Expected/>
            <Units/>
            <Basket/>
            <Others/>
            <implant_card::Booked/>
        </div>
        <div class="thumb">
            <Tools/>
            <NoneFound/>
            <Offers/>
            <BookDeed/>
        </div>
    }
}

/// What the task at hand waits for.
pub fn prompt(ctx: Ctx) -> Option<Prompt> {
    ctx.task.with(|task| task.as_ref()?.prompt.clone())
}

/// The deed at hand.
pub fn kind(ctx: Ctx) -> Option<DeedKind> {
    ctx.task.with(|task| match &task.as_ref()?.kind {
        TaskKind::Deed { kind } => Some(kind.clone()),
        _ => None,
    })
}

/// Key of the words for a prompt.
fn word(prompt: &Prompt) -> Option<&'static str> {
    match prompt {
        Prompt::ScanFrom => Some("from"),
        Prompt::ScanTo => Some("to"),
        Prompt::ScanGoods => Some("goods"),
        Prompt::ScanUnit => Some("unit"),
        Prompt::Reason { .. } => Some("reason"),
        Prompt::ScanPatient => Some("patient"),
        Prompt::Choose { ways } if ways.is_empty() => Some("none"),
        Prompt::Choose { .. } => Some("way"),
        Prompt::Book => None,
    }
}

/// Words of a deed where it has its own, else those of all.
fn words(ctx: Ctx, prompt: &Prompt) -> Option<String> {
    let word = word(prompt)?;
    let own = kind(ctx).map(|kind| format!("ask-{}-{word}", kind.word()));
    Some(match own.filter(|key| ctx.with_texts(|texts| texts.has(key))) {
        Some(key) => ctx.t(&key),
        None => ctx.t(&format!("ask-{word}")),
    })
}

/// What to do next.
#[component]
fn Asked() -> impl IntoView {
    let ctx = ctx();
    move || {
        let (asked, open) = ctx.task.with(|task| {
            let task = task.as_ref();
            (
                task.is_some_and(|task| task.choice.is_some()),
                task.is_some_and(|task| task.open.is_some()),
            )
        });
        if asked {
            return ().into_any();
        }
        if open {
            return view! { <OpenScan/> }.into_any();
        }
        let Some(prompt) = prompt(ctx) else {
            return ().into_any();
        };
        let Some(words) = words(ctx, &prompt) else {
            return ().into_any();
        };
        let places = matches!(prompt, Prompt::ScanFrom | Prompt::ScanTo);
        let (reasons, ways) = match prompt {
            Prompt::Reason { reasons } => (reasons, Vec::new()),
            Prompt::Choose { ways } => (Vec::new(), ways),
            _ => Default::default(),
        };
        view! {
            <p class="prompt" data-test="asked">{words}</p>
            {places.then(|| view! { <PlacePicker/> })}
            <div class="reasons">
                {reasons.into_iter().map(|reason| choose(ctx, reason)).collect_view()}
                {ways.into_iter().map(|way| go(ctx, way)).collect_view()}
            </div>
        }
        .into_any()
    }
}

/// A reason as a button: large, as it is tapped with gloves.
fn choose(ctx: Ctx, reason: ReasonCode) -> impl IntoView {
    let say = move |_| {
        ctx.run_once(Command::Answer {
            answer: Answer::Reason { reason: Some(reason) },
        });
    };
    view! {
        <button data-test=format!("reason-{}", reason.word()) on:click=say>
            {move || ctx.t(&format!("cause-{}", reason.word()))}
        </button>
    }
}

/// A way as a button.
fn go(ctx: Ctx, way: Way) -> impl IntoView {
    let say = move |_| {
        ctx.run_once(Command::Answer {
            answer: Answer::Way { way: Some(way) },
        });
    };
    view! {
        <button data-test=format!("way-{}", way.word()) on:click=say>
            {move || ctx.t(&format!("way-{}", way.word()))}
        </button>
    }
}

/// State of the goods, and the way that was chosen, which can be chosen anew.
#[component]
fn Standing() -> impl IntoView {
    let ctx = ctx();
    let anew = move |_| {
        ctx.run_once(Command::Answer {
            answer: Answer::Way { way: None },
        });
    };
    move || {
        let (state, way) = ctx.task.with(|task| {
            let deed = task.as_ref()?.deed.as_ref()?;
            Some((deed.state, deed.way))
        })?;
        let state = state.map(|state| {
            let words = move || ctx.t(&format!("state-{}", state.word()));
            view! { <p class="place"><span>{ctx.t("state")}</span><strong data-test="state">{words}</strong></p> }
        });
        let way = way.map(|way| {
            let words = move || ctx.t(&format!("way-{}", way.word()));
            view! {
                <p class="place"><strong data-test="way">{words}</strong></p>
                <button data-test="way-anew" on:click=anew>{move || ctx.t("way-anew")}</button>
            }
        });
        Some(view! {
            {state}
            {way}
        })
    }
}

/// Where the goods are taken from.
#[component]
fn From() -> impl IntoView {
    let ctx = ctx();
    move || {
        let place = ctx.task.with(|task| task.as_ref()?.deed.as_ref()?.from.clone())?;
        Some(view! {
            <p class="place">
                <span>{ctx.t("place-from")}</span>
                <strong data-test="place-from">{place.name}</strong>
            </p>
        })
    }
}

/// A wristband was read. Whose, nobody here knows any more.
#[component]
fn Patient() -> impl IntoView {
    let ctx = ctx();
    let read = move || {
        let of = |deed: &DeedView| deed.patient;
        ctx.task
            .with(|task| task.as_ref().and_then(|task| task.deed.as_ref()).is_some_and(of))
    };
    let again = move |_| {
        ctx.run_once(Command::Answer {
            answer: Answer::NoPatient,
        });
    };
    view! {
        <Show when=read>
            <p class="place"><strong data-test="patient-read">{move || ctx.t("patient-read")}</strong></p>
            <button data-test="patient-again" on:click=again>{move || ctx.t("patient-again")}</button>
        </Show>
    }
}

/// The hold that is searched for.
#[component]
fn Hold() -> impl IntoView {
    let ctx = ctx();
    move || {
        let reason = ctx.task.with(|task| task.as_ref()?.deed.as_ref()?.hold.clone())?;
        Some(view! { <p class="notice problem" data-test="hold">{ctx.t1("hunt-hold", "text", &reason)}</p> })
    }
}

/// Says that nothing is here: it is told, not left out.
#[component]
fn NoneFound() -> impl IntoView {
    let ctx = ctx();
    let may_be = move || {
        ctx.task.with(|task| {
            task.as_ref()
                .and_then(|task| task.deed.as_ref())
                .is_some_and(|deed| deed.may_be_none)
        })
    };
    let say = move |_| {
        ctx.run_once(Command::Answer {
            answer: Answer::NoneFound,
        });
        ctx.run_once(Command::Book);
    };
    view! {
        <Show when=may_be>
            <button data-test="none-found" disabled=move || ctx.busy.get() on:click=say>
                {move || ctx.t("none-found")}
            </button>
        </Show>
    }
}

/// Places to go to.
#[component]
fn Hints() -> impl IntoView {
    let ctx = ctx();
    move || {
        let hints = ctx.task.with(|task| {
            let deed = task.as_ref()?.deed.as_ref()?;
            Some(deed.hints.clone())
        })?;
        if hints.is_empty() {
            let nothing = kind(ctx) == Some(DeedKind::Replenish) && in_basket(ctx) == 0;
            return nothing.then(|| {
                view! { <p class="hint" data-test="replenish-none">{ctx.t("replenish-none")}</p> }.into_any()
            });
        }
        Some({
            view! {
                <section class="hints" data-test="hints">
                    <h2>{ctx.t("hints")}</h2>
                    <ul>{hints.iter().map(|hint| named(ctx, hint)).collect_view()}</ul>
                </section>
            }
            .into_any()
        })
    }
}

fn named(ctx: Ctx, hint: &PlaceHint) -> impl IntoView + use<> {
    let why = serde_json::to_value(hint.why).ok();
    let why = why.and_then(|why| why.as_str().map(|word| format!("hint-{word}")));
    let count = hint.units.to_string();
    let lot = hint.lot.as_ref().map(ToString::to_string);
    view! {
        <li class:done=hint.done>
            <strong>{hint.place.name.clone()}</strong>
            {hint.name.clone().map(|name| view! { <span class="hint-name">{name}</span> })}
            <span class="code">{hint.place.code.to_string()}</span>
            <span>{move || ctx.t1("hint-units", "count", &count)}</span>
            {lot.map(|lot| view! { <span class="code">{lot}</span> })}
            {why.map(|why| view! { <span class="hint-why">{move || ctx.t(&why)}</span> })}
        </li>
    }
}

fn unit_at_hand(ctx: Ctx) -> bool {
    ctx.task
        .with(|task| task.as_ref().is_some_and(|task| task.sscc.is_some()))
}

/// Books what the scans have not.
#[component]
fn BookDeed() -> impl IntoView {
    let ctx = ctx();
    let can_book = move || {
        ctx.task
            .with(|task| task.as_ref().is_some_and(|task| task.can_book))
    };
    let label = move || {
        let next = prompt(ctx).and_then(|prompt| words(ctx, &prompt));
        match (can_book(), stopped(ctx)) {
            (false, _) => next.unwrap_or_default(),
            (true, true) => ctx.t("book-stopped"),
            (true, false) => {
                let word = kind(ctx).map(|kind| kind.word()).unwrap_or_default();
                ctx.t1(&format!("book-{word}"), "count", &in_basket(ctx).to_string())
            }
        }
    };
    view! {
        // A unit is booked without a basket.
        <Show when=move || in_basket(ctx) != 0 || (unit_at_hand(ctx) && can_book())>
            <button
                class="primary"
                class:blocked=move || stopped(ctx)
                data-test="book"
                disabled=move || ctx.busy.get() || !can_book()
                on:click=move |_| ctx.run_once(Command::Book)
            >
                {label}
            </button>
        </Show>
    }
}
