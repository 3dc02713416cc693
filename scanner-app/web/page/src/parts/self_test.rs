//! Självtest: before the shift, or when something seems wrong. What the device knows is judged by itself; what only a person
//! can hear, feel or see is played to them.

use leptos::prelude::*;
use sparhund_scanner_core::api::{AlertCode, Command, KeyPlace, ProfileSource, Room};
use sparhund_shared::verdict::Verdict;

use crate::browser::now_ms;
use crate::scan::feedback;
use crate::state::{Ctx, ctx};

/// A list of holds older than this is worth a word, milliseconds.
const OLD_HOLDS_MS: i64 = 12 * 3_600_000;

/// How a check ends.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Ending {
    Good,
    Doubtful,
    Bad,
}

impl Ending {
    fn good_if(good: bool, otherwise: Self) -> Self {
        if good { Self::Good } else { otherwise }
    }

    /// A sign beside the colour, which not everybody sees.
    fn sign(self) -> &'static str {
        match self {
            Self::Good => "✓",
            Self::Doubtful => "!",
            Self::Bad => "✗",
        }
    }

    fn word(self) -> &'static str {
        match self {
            Self::Good => "good",
            Self::Doubtful => "doubtful",
            Self::Bad => "bad",
        }
    }
}

/// One check: its name is also the key of its words, `test-<name>-<how it ended>`.
struct Check {
    name: &'static str,
    result: Ending,
}

/// All that the device can judge by itself.
fn checks(ctx: Ctx) -> Vec<Check> {
    let status = ctx.status.get();
    let check = |name, result| Check { name, result };
    let scanner = match status.profile.as_ref().map(|profile| profile.source) {
        Some(ProfileSource::Calibrated) => Ending::Good,
        Some(ProfileSource::ByHand) => Ending::Doubtful,
        None => Ending::good_if(status.calibrated, Ending::Doubtful),
    };
    let stored = ctx
        .storage
        .get()
        .map(|storage| match (storage.durable, storage.persisted) {
            (true, true) => Ending::Good,
            (true, false) => Ending::Doubtful,
            (false, _) => Ending::Bad,
        });
    let room = match status.room {
        Room::Enough => Ending::Good,
        Room::Low => Ending::Doubtful,
        Room::Out => Ending::Bad,
    };
    let holds = match status.holds_at {
        Some(at) => Ending::good_if(now_ms() - at < OLD_HOLDS_MS, Ending::Doubtful),
        None => Ending::Bad,
    };
    let key = status.key.map(|key| match key {
        KeyPlace::Platform => Ending::Good,
        KeyPlace::Store => Ending::Doubtful,
    });
    let clock = !status
        .alerts
        .iter()
        .any(|alert| alert.code == AlertCode::ClockSkew);
    let mut all = vec![check("scanner", scanner)];
    all.extend(stored.map(|result| check("store", result)));
    all.push(check("room", room));
    all.push(check("network", Ending::good_if(status.online, Ending::Doubtful)));
    all.push(check("holds", holds));
    all.push(check("data", Ending::good_if(status.complete, Ending::Bad)));
    all.push(check("clock", Ending::good_if(clock, Ending::Bad)));
    all.extend(key.map(|result| check("key", result)));
    all
}

#[component]
pub fn SelfTest() -> impl IntoView {
    let ctx = ctx();
    let rows = move || {
        checks(ctx)
            .into_iter()
            .map(|check| {
                let word = check.result.word();
                let said = ctx.t(&format!("test-{}-{word}", check.name));
                view! {
                    <li class=format!("test {word}") data-test=format!("test-{}", check.name) data-result=word>
                        <span class="sign" aria-hidden="true">{check.result.sign()}</span>
                        <span>{said}</span>
                    </li>
                }
            })
            .collect_view()
    };
    let play = move |test: &'static str, verdict: Verdict| {
        view! {
            <button data-test=test on:click=move |_| feedback::play(verdict)>{move || ctx.t(test)}</button>
        }
    };
    view! {
        <section data-test="self-test">
            <h2>{move || ctx.t("self-test")}</h2>
            <ul class="tests">{rows}</ul>
            <p>{move || ctx.t("self-test-hear")}</p>
            <div class="tools">
                {play("test-play-ok", Verdict::Ok)} {play("test-play-warn", Verdict::Warn)}
                {play("test-play-stop", Verdict::Stop)}
            </div>
            <button class="strong" data-test="self-test-sync" on:click=move |_| ctx.run_once(Command::Sync)>
                {move || ctx.t("self-test-sync")}
            </button>
        </section>
    }
}
