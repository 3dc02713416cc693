//! Which bin goods are picked from.
//!
//! The rule: a bin that was scanned holds for goods scanned after it, as long as the book has such goods there, and
//! for the goods scanned right before it, whatever the book says. Goods that the book has in one other bin only come
//! from that one; goods it has in several or none come from the scanned bin. Without a scanned bin the book decides,
//! first expired first out. Wherever scan and book differ, a person sees a warning, and the view shows the bins that
//! booking will write.

use sparhund_shared::event::Item;
use sparhund_shared::identity::PlaceCode;
use sparhund_shared::reference::{LotOption, Order};
use sparhund_shared::verdict::{Judgement, Reason, Verdict};

use super::basket::view_of;
use super::desk::Desk;
use super::goods::{allocate, options, order_now};
use super::state::{Entry, TaskState};
use super::weigh::{Label, weigh};
use crate::api::ItemView;
use crate::fault::Fault;

/// Where goods that were just scanned come from.
#[derive(Default)]
pub(crate) struct Carried {
    /// The scanned bin, when it holds for them.
    pub(crate) place: Option<PlaceCode>,
    /// The scanned bin, when the book has them in another one.
    pub(crate) passed_over: Option<PlaceCode>,
}

/// What came of scanning a bin.
pub(crate) enum Named {
    /// It is the bin of the task; where the book says otherwise.
    Taken(Vec<Reason>),
    /// Goods it would hold for may no longer be picked.
    Stopped(Box<ItemView>, Judgement),
}

/// Whether the bin scanned last holds for goods that are scanned now.
pub(crate) fn carry(desk: Desk<'_>, task: &TaskState, item: &Item) -> Result<Carried, Fault> {
    let applies = |place: Option<PlaceCode>| Carried {
        place,
        passed_over: None,
    };
    let (Some(no), Some(bin)) = (task.order(), &task.place) else {
        return Ok(applies(None));
    };
    let unit = item.unit();
    let named = |entry: &Entry| entry.place.as_ref() == Some(bin) && entry.item.unit() == unit;
    if task.basket.iter().any(named) {
        return Ok(applies(Some(bin.clone())));
    }
    let order = order_now(desk, no)?;
    let line = order
        .lines
        .iter()
        .find(|line| item.article() == Some(&line.article));
    let Some(line) = line else {
        return Ok(applies(Some(bin.clone())));
    };
    let book = options(desk, &order, line, None)?;
    let mut bins: Vec<&PlaceCode> = book
        .iter()
        .filter(|option| is_such(option, item))
        .map(|option| &option.place)
        .collect();
    bins.sort_unstable();
    bins.dedup();
    Ok(match bins.as_slice() {
        [only] if *only != bin => Carried {
            place: None,
            passed_over: Some(bin.clone()),
        },
        _ => applies(Some(bin.clone())),
    })
}

/// Bins an entry is taken from, and how much of it; none while the books have it nowhere and its bin was not scanned.
pub(crate) fn bins(
    desk: Desk<'_>,
    task: &TaskState,
    order: &Order,
    entry: &Entry,
    index: usize,
) -> Result<Vec<(PlaceCode, i64)>, Fault> {
    let line = order.lines.iter().find(|line| Some(line.line) == entry.line);
    let options = match line {
        Some(line) => options(desk, order, line, Some((task, Some(index))))?,
        None => Vec::new(),
    };
    let taken = taken(&options, entry);
    if !taken.is_empty() {
        return Ok(taken);
    }
    let named = entry.place.iter().cloned();
    Ok(named.map(|place| (place, i64::from(entry.units()))).collect())
}

fn taken(options: &[LotOption], entry: &Entry) -> Vec<(PlaceCode, i64)> {
    let mut taken: Vec<(PlaceCode, i64)> = Vec::new();
    for (at, units) in allocate(options, entry) {
        let Some(option) = options.get(at) else { continue };
        match taken.iter_mut().find(|(place, _)| *place == option.place) {
            Some((_, there)) => *there += units,
            None => taken.push((option.place.clone(), units)),
        }
    }
    taken
}

/// Where the book differs from what is taken. `left`: what a line can be picked from without the rest of the basket.
pub(crate) fn against_book(book: &[LotOption], left: &[LotOption], entry: &Entry) -> Option<Reason> {
    let units_at = |options: &[LotOption], bin: Option<&PlaceCode>| -> i64 {
        options
            .iter()
            .filter(|option| is_such(option, &entry.item) && bin.is_none_or(|bin| *bin == option.place))
            .map(|option| option.units)
            .sum()
    };
    let taken = taken(left, entry);
    let from = match (&entry.place, taken.last()) {
        (Some(bin), _) | (None, Some((bin, _))) => bin.clone(),
        // The books have it nowhere and its bin was not scanned yet: that is asked for before booking.
        (None, None) => return None,
    };
    let scanned = entry.place.as_ref().or(entry.passed_over.as_ref());
    if let Some(scanned) = scanned
        && units_at(book, Some(scanned)) == 0
        && let Some(first) = book.iter().find(|option| is_such(option, &entry.item))
    {
        return Some(Reason::BookElsewhere {
            book: first.place.clone(),
            scanned: scanned.clone(),
            from,
        });
    }
    let short = units_at(left, entry.place.as_ref()) < i64::from(entry.units());
    short.then(|| Reason::BookShort {
        units: units_at(book, Some(&from)),
        place: from,
    })
}

/// A bin was scanned after goods: it holds for the newest of them, unless the bin scanned before them does, and for
/// those the books have nowhere. What the book says to that is answered. Goods that may no longer be picked stop it,
/// and what nobody may use leaves the basket.
pub(crate) fn name_bin(desk: Desk<'_>, task: &mut TaskState, bin: &PlaceCode) -> Result<Named, Fault> {
    let Some(no) = task.order() else {
        return Ok(Named::Taken(Vec::new()));
    };
    let order = order_now(desk, no)?;
    let mut after = task.clone();
    after.place = Some(bin.clone());
    let mut reasons = Vec::new();
    for index in 0..after.basket.len() {
        let entry = &after.basket[index];
        let mine = if after.newest == Some(index) {
            let disputed = entry.judgement.reasons.iter().any(is_dispute);
            entry.place.is_none() || (entry.named_after && disputed)
        } else {
            bins(desk, &after, &order, entry, index)?.is_empty()
        };
        if !mine {
            continue;
        }
        let mut entry = entry.clone();
        entry.place = Some(bin.clone());
        entry.passed_over = None;
        entry.named_after = true;
        let weighed = weigh(desk, &after, &entry, Some(index), Label::MayGoOn)?;
        if weighed.judgement.verdict == Verdict::Stop {
            let item = view_of(desk, &entry)?;
            // As when booking stops at them.
            if weighed.judgement.reasons.iter().any(Reason::sets_aside) {
                task.remove(index);
            }
            return Ok(Named::Stopped(Box::new(item), weighed.judgement));
        }
        reasons.extend(
            weighed
                .judgement
                .reasons
                .iter()
                .filter(|reason| is_dispute(reason))
                .cloned(),
        );
        entry.line = weighed.line;
        entry.judgement = weighed.judgement;
        after.basket[index] = entry;
    }
    *task = after;
    Ok(Named::Taken(reasons))
}

fn is_dispute(reason: &Reason) -> bool {
    matches!(reason, Reason::BookElsewhere { .. } | Reason::BookShort { .. })
}

fn is_such(option: &LotOption, item: &Item) -> bool {
    let unit = item.unit();
    option.units > 0 && option.lot == unit.lot && option.serial == unit.serial
}
