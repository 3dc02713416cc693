//! The verdict on something scanned, by the task it is scanned in.

use std::rc::Rc;

use sparhund_shared::event::{EntryMethod, Identified, Item, Product, Quantity};
use sparhund_shared::reference::{Article, LotOption, Order, OrderLine, TraceLevel};
use sparhund_shared::verdict::{
    Judgement, Known, LineView, Reason, Scanned, Verdict, judge_accept, judge_pick,
};

use super::bins::against_book;
use super::deed::Goods;
use super::desk::Desk;
use super::excuse::{self, kept};
use super::goods::{less_basket, options, order_now};
use super::receipt;
use super::state::{Entry, TaskState, Work};
use crate::fault::Fault;
use crate::problems;
use crate::store::setting;

/// A verdict, and the order line it was held against.
pub(crate) struct Weighed {
    pub(crate) judgement: Judgement,
    pub(crate) line: Option<u32>,
}

/// Whether another symbol of the label may still be scanned.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Label {
    /// It may.
    MayGoOn,
    /// Nobody scans any more: the goods move on.
    Whole,
}

impl Label {
    /// Whether lot and expiry are still awaited: then it is too early to say that it is the wrong lot.
    fn is_half(self, item: &Item, article: Option<&Article>) -> bool {
        let by_lot = article.is_some_and(|article| article.trace >= TraceLevel::Lot);
        let bare = |item: &Item| match item {
            Item::Identified(item) => item.lot.is_none() && item.serial.is_none() && item.expiry.is_none(),
            Item::Unread(_) => false,
        };
        self == Self::MayGoOn && by_lot && bare(item)
    }
}

/// Weighs an entry; `at` is its place in the basket when it lies there already.
pub(crate) fn weigh(
    desk: Desk<'_>,
    task: &TaskState,
    entry: &Entry,
    at: Option<usize>,
    label: Label,
) -> Result<Weighed, Fault> {
    let order = task.order().map(|no| order_now(desk, no)).transpose()?;
    weigh_for(desk, task, order.as_deref(), (entry, at), label)
}

/// The same against an order that is at hand already.
pub(crate) fn weigh_for(
    desk: Desk<'_>,
    task: &TaskState,
    order: Option<&Order>,
    (entry, at): (&Entry, Option<usize>),
    label: Label,
) -> Result<Weighed, Fault> {
    let quantity = Quantity::new(entry.units()).map_err(|_| problems::quantity(entry.packs))?;
    let (article, holds) = match &entry.item {
        Item::Identified(item) => (desk.article_by_di(&item.di)?, desk.holds(&item.di, &item.base)?),
        Item::Unread(_) => (None, Rc::from([])),
    };
    let scanned = Scanned {
        item: &entry.item,
        quantity,
        suspect_separator: entry.suspect,
        lenient_reading: entry.lenient,
        handled: is_handled(task, order, &entry.item, at),
    };
    let known = Known {
        article: article.as_deref(),
        holds: &holds,
        today: desk.today,
    };
    let mut weighed = match (task.work(), order) {
        (Work::Pick, Some(order)) => {
            let half = label.is_half(&entry.item, article.as_deref());
            pick(desk, task, order, (entry, at), &scanned, &known, half)?
        }
        (Work::Confirm | Work::Deliver, Some(order)) => {
            accept(task, order, article.as_deref(), at, &scanned, &known)
        }
        _ => Weighed {
            judgement: match task.deed() {
                Some(deed) => deed.judge(&Goods {
                    desk,
                    task,
                    entry,
                    at,
                    scanned: &scanned,
                    known: &known,
                })?,
                None => receipt::judge(desk, task, (entry, at), &scanned, &known)?,
            },
            line: None,
        },
    };
    tell_package(&mut weighed.judgement, entry.units_per_pack);
    if uncalibrated(desk, entry)? {
        weighed.judgement.reasons.push(Reason::Uncalibrated);
    }
    Ok(weighed)
}

fn pick(
    desk: Desk<'_>,
    task: &TaskState,
    order: &Order,
    (entry, at): (&Entry, Option<usize>),
    scanned: &Scanned<'_>,
    known: &Known<'_>,
    half: bool,
) -> Result<Weighed, Fault> {
    let left =
        |line: &OrderLine| i64::from(line.units) - line.progress.picked - task.in_basket(line.line, at);
    let wanted = lines_of(order, known.article);
    let line = wanted.iter().find(|line| left(line) > 0).or(wanted.first());
    // Nothing of it is wanted: any line tells that, an order without lines all the more.
    let Some(line) = line.copied().or(order.lines.first()) else {
        return Ok(Weighed {
            judgement: judge_accept(scanned, known, None),
            line: None,
        });
    };
    let book = options(desk, order, line, None)?;
    let mut left_there = book.clone();
    less_basket(&mut left_there, line, task, at);
    let view = LineView {
        kept: kept(desk, task, order, line, at)?,
        excuse: excuse::said(desk, task),
        ..LineView::of(&line.article, left(line).max(0), &left_there)
    };
    let mut judgement = judge_pick(scanned, known, &view);
    if half {
        judgement
            .reasons
            .retain(|reason| !matches!(reason, Reason::WrongLot { .. } | Reason::LaterLot { .. }));
        judgement = Judgement::of(judgement.reasons);
    }
    // Goods that stay where they are need no comparing, and of half a label nobody knows what the book has.
    if !half
        && judgement.verdict != Verdict::Stop
        && let Some(reason) = against_book(&book, &left_there, entry)
    {
        judgement.reasons.push(reason);
        judgement = Judgement::of(judgement.reasons);
    }
    Ok(Weighed {
        judgement,
        line: Some(line.line),
    })
}

fn accept(
    task: &TaskState,
    order: &Order,
    article: Option<&Article>,
    at: Option<usize>,
    scanned: &Scanned<'_>,
    known: &Known<'_>,
) -> Weighed {
    let unit = scanned.item.unit();
    let same = |expected: &&LotOption| expected.lot == unit.lot && expected.serial == unit.serial;
    let in_basket = |line: &OrderLine| -> i64 {
        task.others(at)
            .filter(|entry| entry.line == Some(line.line) && entry.item.is_same_unit(scanned.item))
            .map(|entry| i64::from(entry.units()))
            .sum()
    };
    let found = lines_of(order, article)
        .into_iter()
        .filter_map(|line| {
            let expected: i64 = line
                .shipped
                .iter()
                .filter(same)
                .map(|expected| expected.units)
                .sum();
            (expected > 0).then(|| (line, (expected - in_basket(line)).max(0)))
        })
        .max_by_key(|(line, left)| (*left, std::cmp::Reverse(line.line)));
    let view = found.map(|(line, left)| LineView::of(&line.article, left, &[]));
    Weighed {
        judgement: judge_accept(scanned, known, view.as_ref()),
        line: found.map(|(line, _)| line.line),
    }
}

/// A scan adds to what lies in the basket: what it hears is what fits beside that. A count is of all of it.
pub(crate) fn tell_basket(task: &TaskState, entry: &Entry, at: Option<usize>, weighed: &mut Weighed) {
    let Some(line) = weighed.line else { return };
    let units_of = |entry: &Entry| i64::from(entry.units());
    // A pick has as many as the line wants, a receipt at a ward as many as were sent of the same goods.
    let same = |other: &&Entry| task.work() == Work::Pick || other.item.is_same_unit(&entry.item);
    let of_line = task.basket.iter().filter(|other| other.line == Some(line));
    let there: i64 = of_line.filter(same).map(units_of).sum();
    let before = at.and_then(|at| task.basket.get(at)).map_or(0, units_of);
    for reason in &mut weighed.judgement.reasons {
        let full = match reason {
            Reason::LineFull => there > 0,
            Reason::TooMany { left } | Reason::TooManyPacked { left, .. } => {
                *left -= before;
                *left <= 0
            }
            _ => false,
        };
        if full {
            *reason = Reason::LineFullInBasket { units: there };
        }
    }
}

/// Who scanned one label and hears "too many" must hear that the label stood for a whole package.
fn tell_package(judgement: &mut Judgement, per_pack: u32) {
    for reason in &mut judgement.reasons {
        if let Reason::TooMany { left } = *reason
            && per_pack > 1
        {
            *reason = Reason::TooManyPacked { left, per_pack };
        }
    }
}

fn lines_of<'a>(order: &'a Order, article: Option<&Article>) -> Vec<&'a OrderLine> {
    order
        .lines
        .iter()
        .filter(|line| article.is_some_and(|article| article.no == line.article))
        .collect()
}

/// Whether this very serial was handled in this task or, when picking, for this order. No copies are made: every entry
/// of a basket is weighed at every scan.
fn is_handled(task: &TaskState, order: Option<&Order>, item: &Item, at: Option<usize>) -> bool {
    let Item::Identified(Identified {
        base,
        serial: Some(serial),
        article,
        ..
    }) = item
    else {
        return false;
    };
    let booked = task.handled.iter().any(|handled| {
        handled.serial == *serial && matches!(&handled.product, Product::Di(di) if di == base)
    });
    let waiting = task.others(at).any(|entry| {
        matches!(&entry.item, Item::Identified(other) if other.serial.as_ref() == Some(serial) && other.base == *base)
    });
    let picked = || {
        let lines = order.into_iter().flat_map(|order| &order.lines);
        lines
            .filter(|line| Some(&line.article) == article.as_ref())
            .flat_map(|line| line.picked.iter().chain(&line.shipped))
            .any(|unit| unit.serial.as_ref() == Some(serial))
    };
    booked || waiting || (task.work() == Work::Pick && picked())
}

/// Whether a keyboard wedge typed it that nobody calibrated and no scan has proven.
fn uncalibrated(desk: Desk<'_>, entry: &Entry) -> Result<bool, Fault> {
    let wedge = entry
        .symbols
        .iter()
        .any(|symbol| symbol.entry == EntryMethod::Wedge);
    Ok(wedge && !setting::is_calibrated(desk.db)?)
}
