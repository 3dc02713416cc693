//! May this scan go on? OK, WARN or STOP, from data on the device alone.
//!
//! A stop is a stop: held, recalled or expired goods cannot be picked, confirmed or used, online or not.

mod reason;
mod rules;
mod shelf;

pub use reason::{Floor, Reason, Verdict};
pub use rules::{
    Kept, Known, LineView, Scanned, judge_accept, judge_aside, judge_pick, judge_receive, judge_use,
};
pub use shelf::{fits, short_life};

use serde::{Deserialize, Serialize};

/// A verdict with everything that led to it, gravest first.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Judgement {
    /// The gravest of the reasons; OK when there is none.
    pub verdict: Verdict,
    /// Reasons, gravest first.
    pub reasons: Vec<Reason>,
}

impl Judgement {
    /// Weighs reasons.
    pub fn of(mut reasons: Vec<Reason>) -> Self {
        reasons.sort_by_key(|reason| std::cmp::Reverse(reason.verdict()));
        let verdict = reasons.first().map_or(Verdict::Ok, Reason::verdict);
        Self { verdict, reasons }
    }
}
