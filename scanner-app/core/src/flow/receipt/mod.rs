//! Goods receipt against what was announced: what is expected, what is said of it, and the receiving check.

mod announced;
mod check;
mod draw;
mod judge;
mod say;
mod tally;
mod view;

pub(crate) use announced::{begin_unit, cards, stamp, take_unit};
pub(crate) use check::Checked;
pub(crate) use draw::receiving;
pub(crate) use judge::judge;
pub(crate) use say::say;
pub(crate) use view::{marks, view};

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use sparhund_shared::identity::Sscc;

use super::desk::Desk;
use super::state::{TaskState, Work};
use crate::fault::Fault;

/// What a receipt has beside the basket.
#[derive(Clone, Default, Debug, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Receipt {
    /// Logistic units that are received now; none = all that is left of the delivery.
    pub(crate) units: BTreeSet<Sscc>,
    /// The unit that was scanned last: what is scanned next is of it.
    pub(crate) unit: Option<Sscc>,
    /// Answers of receiving checks.
    pub(crate) checks: Vec<Checked>,
}

/// Whether a receipt lacks nothing: a place, goods or the word that none came, and the answers that are asked for.
pub(crate) fn can_book(desk: Desk<'_>, task: &TaskState) -> Result<bool, Fault> {
    let goods = !task.basket.is_empty() || says_none(task);
    Ok(goods && task.place.is_some() && check::open(desk, task)?.is_none())
}

/// Whether it was said that nothing came.
pub(crate) fn says_none(task: &TaskState) -> bool {
    task.work() == Work::Receive && task.basket.is_empty() && task.said.none_found
}
