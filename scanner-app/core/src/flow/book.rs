//! Writing the basket into the log, and taking that back.

use sparhund_shared::event::{Event, Voiding};
use sparhund_shared::log::EventId;
use sparhund_shared::reference::OrderLine;
use sparhund_shared::verdict::{Judgement, Reason, Verdict};

use super::basket::view_of;
use super::deed::Deed;
use super::desk::Desk;
use super::events::{draw_up, moved};
use super::goods::order_now;
use super::receipt::{self, says_none};
use super::state::{Booking, Handled, TaskState, Work};
use super::weigh::{Label, weigh};
use crate::api::{ItemView, KeptBack, Prompt};
use crate::env::Env;
use crate::fault::Fault;
use crate::journal::{self, Draft};
use crate::problems;

/// How long a booking can be taken back on the device, milliseconds.
pub(crate) const UNDO_MS: i64 = 10_000;

/// What came of booking.
pub(crate) enum Booked {
    /// Events were written.
    Written {
        events: Vec<EventId>,
        units: u64,
        kept_back: Vec<KeptBack>,
    },
    /// An entry may no longer go on: a hold came meanwhile, or a day passed. Nothing was written, and held or expired
    /// goods are out of the basket.
    Stopped { item: ItemView, judgement: Judgement },
    /// Goods of a delivery may not leave, and either nothing else is left or nobody was told. Nothing was written.
    KeptBack { goods: Vec<KeptBack> },
}

/// Books the basket, or for a delivery everything picked. Nothing is durable before the caller commits.
pub(crate) fn book(desk: Desk<'_>, env: &impl Env, task: &mut TaskState) -> Result<Booked, Fault> {
    task.must_be_settled(desk.now)?;
    let needs_none =
        task.work() == Work::Deliver || says_none(task) || task.deed().is_some_and(Deed::may_be_empty);
    if !needs_none && task.basket.is_empty() {
        return Err(problems::basket_empty().into());
    }
    for index in 0..task.basket.len() {
        let weighed = weigh(desk, task, &task.basket[index], Some(index), Label::Whole)?;
        if weighed.judgement.verdict == Verdict::Stop {
            let item = view_of(desk, &task.basket[index])?;
            // What nobody may use is set aside, as when its scan is stopped; the rest of the basket can go on. Too many
            // of sound goods stay, to be counted anew.
            if weighed.judgement.reasons.iter().any(Reason::sets_aside) {
                task.remove(index);
            }
            return Ok(Booked::Stopped {
                item,
                judgement: weighed.judgement,
            });
        }
        task.basket[index].line = weighed.line;
        task.basket[index].judgement = weighed.judgement;
    }
    let drawn = draw_up(desk, task)?;
    let (told, kept_back): (Vec<_>, Vec<_>) = drawn.kept_back.into_iter().unzip();
    // Whoever tapped meant everything picked: what stays is set aside before the rest leaves.
    let untold = told.iter().any(|goods| !task.told.contains(goods));
    if untold || (drawn.events.is_empty() && !kept_back.is_empty()) {
        task.told = told;
        return Ok(Booked::KeptBack { goods: kept_back });
    }
    let ids = write(desk, env, task, &drawn.events)?;
    let handled = task.handled.len();
    let mut units = 0;
    for (item, count) in drawn.events.iter().filter_map(|draft| moved(&draft.event)) {
        units += u64::from(count);
        let unit = item.unit();
        if let Some(serial) = unit.serial {
            task.handled.push(Handled {
                product: unit.product,
                serial,
            });
        }
    }
    if !ids.is_empty() {
        task.booking = Some(Booking {
            events: ids.clone(),
            at: desk.now,
            until: desk.now.saturating_add(UNDO_MS),
            units,
            sscc: task.sscc,
            handled,
        });
    }
    if let Some(deed) = task.deed() {
        deed.booked(desk, task)?;
    }
    task.begin_anew();
    Ok(Booked::Written {
        events: ids,
        units,
        kept_back,
    })
}

/// Into the log; what is done for practice goes beside it.
fn write(desk: Desk<'_>, env: &impl Env, task: &TaskState, drafts: &[Draft]) -> Result<Vec<EventId>, Fault> {
    let written = if task.training {
        journal::practise(desk.db, env, drafts)?
    } else {
        journal::append(desk.db, env, desk.user, drafts)?
    };
    desk.memo.renew(desk.db)?;
    Ok(written)
}

/// Whether a step was all that booking needs: the deed books without a tap, nothing is lacking, and nothing gives pause.
pub(crate) fn books_at_once(desk: Desk<'_>, task: &TaskState, judgement: &Judgement) -> Result<bool, Fault> {
    let Some(deed) = task.deed().filter(|deed| deed.at_once()) else {
        return Ok(false);
    };
    let waits = !deed.has_work(task) || task.must_be_settled(desk.now).is_err();
    let is_calm = |judgement: &Judgement| {
        let mut reasons = judgement.reasons.iter();
        reasons.all(|reason| reason.verdict() == Verdict::Ok || (deed.told_is_enough() && reason.is_aside()))
    };
    let calm = is_calm(judgement) && task.basket.iter().all(|entry| is_calm(&entry.judgement));
    Ok(!waits && calm && deed.prompt(desk, task)? == Prompt::Book)
}

/// Takes the last booking back with one counter-event for each of its events. Goods that went on since, by a later
/// task, cannot be taken back to before it.
pub(crate) fn undo(desk: Desk<'_>, env: &impl Env, task: &mut TaskState) -> Result<Vec<EventId>, Fault> {
    let booking = task
        .booking
        .take()
        .filter(|booking| (booking.at..=booking.until).contains(&desk.now))
        .ok_or_else(problems::undo_too_late)?;
    let voids: Vec<Draft> = booking
        .events
        .iter()
        .rev()
        .map(|target| {
            Event::Void(Voiding {
                target: *target,
                reason: "undo".to_owned(),
            })
            .into()
        })
        .collect();
    let ids = write(desk, env, task, &voids)?;
    if let Some(no) = task.order()
        && order_now(desk, no)?.lines.iter().any(gone_on)
    {
        return Err(problems::gone_on().into());
    }
    if let Some(deed) = task.deed() {
        deed.undone(desk, task, &booking)?;
    }
    task.handled.truncate(booking.handled);
    Ok(ids)
}

/// More left the store than was picked, or more was confirmed than left.
fn gone_on(line: &OrderLine) -> bool {
    let progress = line.progress;
    progress.shipped > progress.picked || progress.accepted > progress.shipped
}

/// Whether booking has what it needs; the verdicts are weighed when it is done. `all_from`: where each entry of a pick
/// is taken from is known.
pub(crate) fn can_book(desk: Desk<'_>, task: &TaskState, all_from: bool) -> Result<bool, Fault> {
    if let Some(deed) = task.deed() {
        return Ok(deed.prompt(desk, task)? == Prompt::Book);
    }
    match (task.work(), task.order()) {
        (Work::Pick, Some(_)) => Ok(!task.basket.is_empty() && all_from),
        (Work::Deliver, Some(no)) => {
            let waits = order_now(desk, no)?
                .lines
                .iter()
                .any(|line| !line.picked.is_empty());
            Ok(task.place.is_some() && waits)
        }
        (Work::Confirm, _) => Ok(!task.basket.is_empty()),
        (Work::Receive, _) => receipt::can_book(desk, task),
        _ => Ok(!task.basket.is_empty() && task.place.is_some()),
    }
}
