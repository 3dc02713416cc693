//! A task as a person sees it.

use sparhund_shared::reference::{LotOption, Order, OrderLine};
use sparhund_shared::verdict::Verdict;

use super::bins::bins;
use super::book::can_book;
use super::desk::Desk;
use super::excuse;
use super::expected::judge_unit;
use super::goods::{options, order_now};
use super::label::open_scan;
use super::places::place_seen;
use super::receipt;
use super::scan::open_choice;
use super::state::{TaskState, Work};
use super::weigh::{Label, weigh_for};
use crate::api::{
    BasketEntry, DeedView, LineProgress, Standing, Suggestion, TakenFrom, TaskLine, TaskView, UndoView,
    UnitView,
};
use crate::fault::Fault;
use crate::scan::item_view;

/// Builds the view of a task.
pub(crate) fn view(desk: Desk<'_>, task: &TaskState) -> Result<TaskView, Fault> {
    let order = task.order().map(|no| order_now(desk, no)).transpose()?;
    let lines = match &order {
        Some(order) => task_lines(desk, task, order)?,
        None => Vec::new(),
    };
    let undo = task
        .booking
        .as_ref()
        .filter(|booking| (booking.at..=booking.until).contains(&desk.now))
        .map(|booking| UndoView {
            events: u32::try_from(booking.events.len()).unwrap_or(u32::MAX),
            until: booking.until,
            units: booking.units,
        });
    let basket = task
        .basket
        .iter()
        .enumerate()
        .map(|(index, entry)| {
            let from = match &order {
                Some(order) if task.work() == Work::Pick => taken_from(desk, task, order, index)?,
                _ => Vec::new(),
            };
            let article = match entry.item.article() {
                Some(no) => desk.article(no)?,
                None => None,
            };
            Ok(BasketEntry {
                item: item_view(&entry.item, article.as_deref(), entry.units_per_pack, entry.raw()),
                line: entry.line,
                packs: entry.packs,
                units: entry.units(),
                place: match from.as_slice() {
                    [only] => Some(only.place.clone()),
                    _ => None,
                },
                from,
                told: task.deed().is_none() && entry.symbols.is_empty(),
                marks: receipt::marks(entry),
                // By what is known now: a hold may have come since the scan.
                judgement: weigh_for(desk, task, order.as_deref(), (entry, Some(index)), Label::MayGoOn)?
                    .judgement,
            })
        })
        .collect::<Result<Vec<_>, Fault>>()?;
    Ok(TaskView {
        kind: task.kind.clone(),
        ward: order
            .as_ref()
            .map(|order| place_seen(desk, &order.to))
            .transpose()?,
        place: task
            .place
            .as_ref()
            .map(|place| place_seen(desk, place))
            .transpose()?,
        sscc: task.sscc,
        open: task.half.as_ref().map(|half| open_scan(desk, half)).transpose()?,
        choice: task
            .asked
            .as_ref()
            .map(|symbol| open_choice(desk, symbol))
            .transpose()?,
        choice_raw: task.asked.as_ref().map(|symbol| symbol.raw.clone()),
        can_book: can_book(desk, task, basket.iter().all(needs_no_bin))?,
        undo,
        standing: match &order {
            Some(_) if task.basket.is_empty() => standing(&lines),
            _ => Standing::Todo,
        },
        prompt: task.deed().map(|deed| deed.prompt(desk, task)).transpose()?,
        deed: task
            .deed()
            .map(|deed| {
                Ok::<_, Fault>(DeedView {
                    reason: task.said.reason,
                    note: task.said.note.as_ref().map(ToString::to_string),
                    patient: task.said.patient.is_some(),
                    way: task.said.way,
                    ..deed.view(desk, task)?
                })
            })
            .transpose()?,
        excuse: excuse::view(desk, task),
        receipt: receipt::view(desk, task)?,
        stop: task.stop.clone(),
        lines,
        basket,
    })
}

/// Whether booking can go ahead with an entry: held goods have no bin to be taken from any more, and booking is what
/// sets them aside.
fn needs_no_bin(entry: &BasketEntry) -> bool {
    !entry.from.is_empty() || entry.judgement.verdict == Verdict::Stop
}

/// A task is as far as the line that is least far.
fn standing(lines: &[TaskLine]) -> Standing {
    let all = lines.iter().map(|line| line.standing);
    all.min().unwrap_or(Standing::Todo)
}

/// Where booking will take an entry from; nothing while that is not known.
fn taken_from(
    desk: Desk<'_>,
    task: &TaskState,
    order: &Order,
    index: usize,
) -> Result<Vec<TakenFrom>, Fault> {
    bins(desk, task, order, &task.basket[index], index)?
        .into_iter()
        .map(|(place, units)| {
            Ok(TakenFrom {
                place: place_seen(desk, &place)?,
                units,
            })
        })
        .collect()
}

/// Pick lines in the order to walk the bins, finished ones last.
fn task_lines(desk: Desk<'_>, task: &TaskState, order: &Order) -> Result<Vec<TaskLine>, Fault> {
    let mut lines = order
        .lines
        .iter()
        .map(|line| task_line(desk, task, order, line))
        .collect::<Result<Vec<_>, Fault>>()?;
    if task.work() == Work::Pick {
        lines.sort_by_cached_key(|line| {
            let place = line.suggestion.as_ref().map(|first| first.place.code.clone());
            (line.left <= 0, place.is_none(), place, line.line)
        });
    }
    Ok(lines)
}

fn task_line(desk: Desk<'_>, task: &TaskState, order: &Order, line: &OrderLine) -> Result<TaskLine, Fault> {
    let article = desk.article(&line.article)?;
    let progress = progress(line);
    let in_basket = task.in_basket(line.line, None);
    let (todo, units) = match task.work() {
        Work::Receive | Work::Deed => (progress.wanted - progress.picked, &[][..]),
        Work::Pick => (progress.wanted - progress.picked, &line.picked[..]),
        Work::Deliver => (progress.picked - progress.shipped, &line.picked[..]),
        Work::Confirm => (progress.shipped - progress.accepted, &line.shipped[..]),
    };
    let left = todo - in_basket;
    let through = match task.work() {
        Work::Receive | Work::Pick | Work::Deed => progress.picked,
        Work::Deliver => progress.shipped,
        Work::Confirm => progress.accepted,
    };
    let standing = if left > 0 || in_basket > 0 {
        Standing::Todo
    } else if through < progress.wanted {
        Standing::Waiting
    } else {
        Standing::Complete
    };
    let mut units: Vec<UnitView> = units
        .iter()
        .filter(|_| article.as_ref().is_some_and(|article| article.base().is_some()))
        .map(|unit| unit_view(desk, line, unit))
        .collect::<Result<_, Fault>>()?;
    let is_stopped = |unit: &UnitView| unit.judgement.verdict == Verdict::Stop;
    let mut stopped = 0;
    if task.work() == Work::Pick {
        // Picked is picked; only what must be fetched back is told.
        units.retain(is_stopped);
    } else {
        stopped = units
            .iter()
            .filter(|unit| is_stopped(unit))
            .map(|unit| unit.units)
            .sum();
    }
    let suggestion = if task.work() == Work::Pick && left > 0 {
        let options = options(desk, order, line, Some((task, None)))?;
        options.first().map(|first| suggestion(desk, first)).transpose()?
    } else {
        None
    };
    Ok(TaskLine {
        line: line.line,
        article: line.article.clone(),
        name: article
            .as_ref()
            .map_or_else(|| line.article.to_string(), |article| article.name.clone()),
        reference: article.as_ref().and_then(|article| article.reference.clone()),
        progress,
        in_basket,
        left,
        standing,
        may_go: (left - stopped).max(0),
        suggestion,
        units,
    })
}

/// How far a line has come.
pub(crate) fn progress(line: &OrderLine) -> LineProgress {
    LineProgress {
        wanted: i64::from(line.units),
        picked: line.progress.picked,
        shipped: line.progress.shipped,
        accepted: line.progress.accepted,
    }
}

fn suggestion(desk: Desk<'_>, option: &LotOption) -> Result<Suggestion, Fault> {
    Ok(Suggestion {
        place: place_seen(desk, &option.place)?,
        lot: option.lot.clone(),
        serial: option.serial.clone(),
        expiry: option.expiry,
        units: option.units,
    })
}

fn unit_view(desk: Desk<'_>, line: &OrderLine, unit: &LotOption) -> Result<UnitView, Fault> {
    Ok(UnitView {
        lot: unit.lot.clone(),
        serial: unit.serial.clone(),
        expiry: unit.expiry,
        units: unit.units,
        judgement: judge_unit(desk, line, unit)?,
    })
}
