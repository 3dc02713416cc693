//! Goods receipt: what is awaited, what of it came, the receiving check, and goods that are not as they should be.

use leptos::prelude::*;
use sparhund_scanner_core::api::{
    CheckView, Command, DeliveryCard, Keep, Mark, Question, ReceiptLine, ReceiptSay, ReceiptView, TaskKind,
};
use sparhund_shared::event::{Answer, ArticleNo, ReasonCode};

use crate::screens::receive::{in_basket, stopped};
use crate::state::{Ctx, ctx};
use crate::text::whole;

/// What may be wrong with goods that come.
const FAULTS: [ReasonCode; 6] = [
    ReasonCode::Damaged,
    ReasonCode::Opened,
    ReasonCode::Conditions,
    ReasonCode::Label,
    ReasonCode::ShortLife,
    ReasonCode::Other,
];

/// Why a check fails.
const FAILURES: [ReasonCode; 3] = [
    ReasonCode::NonConforming,
    ReasonCode::SeriousRisk,
    ReasonCode::Falsified,
];

fn say(ctx: Ctx, say: ReceiptSay) {
    ctx.run_once(Command::Receipt { say });
}

fn receipt<T>(ctx: Ctx, of: impl FnOnce(&ReceiptView) -> T) -> Option<T> {
    ctx.task.with(|task| task.as_ref()?.receipt.as_ref().map(of))
}

/// Deliveries that are awaited: a tap begins with one.
#[component]
pub fn Announced() -> impl IntoView {
    let ctx = ctx();
    move || {
        let cards = ctx.tasks.with(|tasks| {
            let tasks = tasks.as_ref();
            tasks.map(|tasks| tasks.announced.clone()).unwrap_or_default()
        });
        (!cards.is_empty()).then(|| {
            view! {
                <section class="others">
                    <h2>{ctx.t("receive-announced")}</h2>
                    {cards.into_iter().map(|card| awaited(ctx, card)).collect_view()}
                </section>
            }
        })
    }
}

fn awaited(ctx: Ctx, card: DeliveryCard) -> impl IntoView {
    let count = card.units.to_string();
    let no = card.no.to_string();
    let kind = TaskKind::Receive {
        supplier: card.supplier.clone(),
        reference: Some(no.clone()),
    };
    view! {
        <button type="button" data-test=format!("announced-{no}") on:click=move |_| ctx.start(kind.clone())>
            <span>{card.supplier}</span>
            <strong>{move || ctx.t1("hint-units", "count", &count)}</strong>
            <span class="code">{whole(&no)}</span>
        </button>
    }
}

/// The check that comes next.
pub fn open_check(ctx: Ctx) -> Option<CheckView> {
    receipt(ctx, |receipt| {
        let mut checks = receipt.checks.iter();
        checks.find(|check| !check.done).cloned()
    })?
}

/// The questions of the receiving check, one at a time.
#[component]
pub fn Check() -> impl IntoView {
    let ctx = ctx();
    move || {
        let check = open_check(ctx)?;
        let name = check.name.clone();
        let next = check.questions.iter().find(|asked| asked.answer.is_none());
        let asked = match next {
            Some(asked) => question(ctx, &check.article, asked.question).into_any(),
            None => failure(ctx, &check.article).into_any(),
        };
        Some(view! {
            <section class="check" data-test="check">
                <p>{ctx.t1("check-title", "name", &name)}</p>
                {asked}
            </section>
        })
    }
}

fn question(ctx: Ctx, article: &ArticleNo, question: Question) -> impl IntoView + use<> {
    let answers = [
        ("yes", Answer::Yes),
        ("no", Answer::No),
        ("na", Answer::NotApplicable),
    ];
    let buttons = answers.map(|(word, answer)| {
        let article = article.clone();
        let tell = move |_| {
            let article = article.clone();
            let answer = Some(answer);
            say(
                ctx,
                ReceiptSay::Check {
                    article,
                    question,
                    answer,
                },
            );
        };
        view! {
            <button data-test=format!("check-{word}") on:click=tell>
                {move || ctx.t(&format!("check-answer-{word}"))}
            </button>
        }
    });
    view! {
        <p class="prompt" data-test="check-question">{ctx.t(&format!("check-{}", question.word()))}</p>
        <div class="reasons">{buttons.into_iter().collect_view()}</div>
    }
}

fn failure(ctx: Ctx, article: &ArticleNo) -> impl IntoView + use<> {
    let buttons = FAILURES.map(|reason| {
        let article = article.clone();
        let tell = move |_| {
            let article = article.clone();
            say(ctx, ReceiptSay::CheckReason { article, reason });
        };
        view! {
            <button data-test=format!("reason-{}", reason.word()) on:click=tell>
                {move || ctx.t(&format!("cause-{}", reason.word()))}
            </button>
        }
    });
    view! {
        <p class="prompt">{ctx.t("check-why")}</p>
        <div class="reasons">{buttons.into_iter().collect_view()}</div>
    }
}

/// What was announced and what came of it.
#[component]
pub fn Expected() -> impl IntoView {
    let ctx = ctx();
    move || {
        let (lines, units) = receipt(ctx, |receipt| (receipt.lines.clone(), receipt.units.clone()))?;
        let current = units.into_iter().find(|unit| unit.current).map(|unit| unit.sscc);
        let missing = lines.iter().any(|line| line.sscc == current && line.missing > 0);
        let unit = current.map(|sscc| {
            let words = ctx.t1("sscc-taken", "sscc", &sscc.to_string());
            view! {
                <p class="place" data-test="receipt-unit">{words}</p>
                {missing.then(|| view! {
                    <button data-test="told-unit" on:click=move |_| say(ctx, ReceiptSay::ToldUnit { sscc })>
                        {ctx.t("receipt-told-unit")}
                    </button>
                })}
            }
        });
        (!lines.is_empty()).then(|| {
            view! {
                <section class="hints" data-test="expected">
                    <h2>{ctx.t("receipt-expected")}</h2>
                    {unit}
                    <ul>{lines.into_iter().map(|line| expected(ctx, line)).collect_view()}</ul>
                </section>
            }
        })
    }
}

fn expected(ctx: Ctx, line: ReceiptLine) -> impl IntoView {
    let no = line.line;
    let texts = [
        ("expected", line.expected),
        ("scanned", line.scanned),
        ("told", line.told),
        ("missing", line.missing),
        ("surplus", line.surplus),
    ];
    let texts = texts.map(|(name, count)| (name, count.to_string()));
    let texts = texts.each_ref().map(|(name, count)| (*name, count.as_str()));
    let counts = ctx.with_texts(|words| words.with("receipt-counts", &texts));
    let lot = line
        .serial
        .map(|serial| serial.to_string())
        .or(line.lot.map(|lot| lot.to_string()));
    view! {
        <li
            data-test=format!("expected-{no}")
            data-scanned=line.scanned
            data-told=line.told
            data-missing=line.missing
            data-surplus=line.surplus
        >
            <strong>{line.name}</strong>
            {lot.map(|lot| view! { <span class="code">{whole(&lot)}</span> })}
            <span>{counts}</span>
            {(line.missing > 0).then(|| view! {
                <button data-test=format!("told-{no}") on:click=move |_| say(ctx, ReceiptSay::Told { line: no })>
                    {ctx.t("receipt-told")}
                </button>
            })}
        </li>
    }
}

/// Says of the goods at work that they are not as they should be: what, how many, and what becomes of them.
#[component]
pub fn Marks() -> impl IntoView {
    let ctx = ctx();
    let reason = RwSignal::new(None::<ReasonCode>);
    let open = RwSignal::new(false);
    let units = RwSignal::new(None::<u32>);
    let close = move || {
        open.set(false);
        reason.set(None);
        units.set(None);
    };
    move || {
        let entry = ctx.current.get()?;
        let (there, marks) = ctx.entry(entry).map(|entry| (entry.units, entry.marks))?;
        let marked = marks
            .into_iter()
            .map(|mark| {
                let count = mark.units.to_string();
                let what = ctx.t(&format!("cause-{}", mark.reason.word()));
                let key = match mark.keep {
                    Keep::Quarantine => "mark-quarantined",
                    Keep::Refuse => "mark-refused",
                };
                let values = [("count", count.as_str()), ("what", what.as_str())];
                let words = ctx.with_texts(|texts| texts.with(key, &values));
                let back = Mark {
                    units: 0,
                    ..mark.clone()
                };
                let undo = move |_| {
                    say(
                        ctx,
                        ReceiptSay::Mark {
                            entry,
                            mark: back.clone(),
                        },
                    );
                };
                view! {
                    <button data-test=format!("mark-{}", mark.reason.word()) on:click=undo>
                        {words}" "{ctx.t("basket-remove")}
                    </button>
                }
            })
            .collect_view();
        let asked = match (open.get(), reason.get()) {
            (false, _) => view! {
                <button data-test="mark-open" on:click=move |_| open.set(true)>{ctx.t("mark-open")}</button>
            }
            .into_any(),
            (true, None) => FAULTS
                .map(|fault| {
                    view! {
                        <button data-test=format!("fault-{}", fault.word()) on:click=move |_| reason.set(Some(fault))>
                            {ctx.t(&format!("cause-{}", fault.word()))}
                        </button>
                    }
                })
                .into_iter()
                .collect_view()
                .into_any(),
            (true, Some(fault)) => {
                let count = units.get().unwrap_or(there).clamp(1, there.max(1));
                let tell = move |keep: Keep| {
                    let mark = Mark {
                        reason: fault,
                        units: count,
                        keep,
                        note: None,
                        photos: Vec::new(),
                    };
                    say(ctx, ReceiptSay::Mark { entry, mark });
                    close();
                };
                view! {
                    <p class="prompt">{ctx.t1("mark-count", "count", &count.to_string())}</p>
                    <button data-test="mark-fewer" on:click=move |_| units.set(Some(count.saturating_sub(1)))>
                        {ctx.t("quantity-minus")}
                    </button>
                    <button data-test="mark-more" on:click=move |_| units.set(Some(count.saturating_add(1)))>
                        {ctx.t("quantity-plus")}
                    </button>
                    <button data-test="mark-quarantine" on:click=move |_| tell(Keep::Quarantine)>
                        {ctx.t("mark-quarantine")}
                    </button>
                    <button data-test="mark-refuse" on:click=move |_| tell(Keep::Refuse)>{ctx.t("mark-refuse")}</button>
                }
                .into_any()
            }
        };
        Some(view! { <div class="reasons">{marked}{asked}</div> })
    }
}

/// Books the receipt: says what comes next, and how many are missing.
#[component]
pub fn BookReceipt() -> impl IntoView {
    let ctx = ctx();
    let can_book = move || {
        ctx.task
            .with(|task| task.as_ref().is_some_and(|task| task.can_book))
    };
    let may_be_none = move || receipt(ctx, |receipt| receipt.may_be_none).unwrap_or_default();
    // Nothing came, and that was said.
    let none = move || {
        receipt(ctx, |receipt| receipt.announced && !receipt.may_be_none).unwrap_or_default()
            && in_basket(ctx) == 0
    };
    let label = move || {
        let missing: i64 =
            receipt(ctx, |receipt| receipt.lines.iter().map(|line| line.missing).sum()).unwrap_or(0);
        let (count, missing) = (in_basket(ctx).to_string(), missing.to_string());
        match (can_book(), stopped(ctx)) {
            (false, _) if open_check(ctx).is_some() => ctx.t("prompt-check"),
            (false, _) => ctx.t("prompt-place"),
            (true, true) => ctx.t("book-stopped"),
            (true, false) if missing == "0" => ctx.t1("book-receive", "count", &count),
            (true, false) => {
                let values = [("count", count.as_str()), ("missing", missing.as_str())];
                ctx.with_texts(|texts| texts.with("book-receive-missing", &values))
            }
        }
    };
    view! {
        <Show when=may_be_none>
            <button data-test="nothing-came" on:click=move |_| say(ctx, ReceiptSay::NothingCame)>
                {move || ctx.t("receipt-nothing")}
            </button>
        </Show>
        <Show when=move || in_basket(ctx) != 0 || none()>
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
