//! The verdict on goods that are received.

use sparhund_shared::verdict::{Judgement, Known, Reason, Scanned, judge_receive, short_life};

use super::super::desk::Desk;
use super::super::state::{Entry, TaskState};
use super::tally::tally;
use crate::fault::Fault;

/// What speaks against goods: what they are, how long they last, and what was announced. `at`: the place of the entry in
/// the basket, when it lies there.
pub(crate) fn judge(
    desk: Desk<'_>,
    task: &TaskState,
    (entry, at): (&Entry, Option<usize>),
    scanned: &Scanned<'_>,
    known: &Known<'_>,
) -> Result<Judgement, Fault> {
    let mut reasons = judge_receive(scanned, known).reasons;
    let wanted = known.article.and_then(|article| article.rules.min_days_receipt);
    reasons.extend(short_life(entry.item.expiry(), desk.today, wanted));
    let basket: Vec<&Entry> = task.others(at).chain([entry]).collect();
    if let Some(tally) = tally(desk, task, &basket)?
        && let Some(beyond) = tally.beyond.last().filter(|beyond| beyond.units > 0)
    {
        reasons.push(if beyond.stranger {
            Reason::NotAnnounced
        } else {
            Reason::MoreThanAnnounced { units: beyond.units }
        });
    }
    Ok(Judgement::of(reasons))
}
