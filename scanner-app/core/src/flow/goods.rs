//! An order with this device's own work in it, and what its lines can be picked from.

use std::rc::Rc;

use rusqlite::Connection;
use sparhund_shared::event::{BizStep, Hold, OrderNo, StockStatus};
use sparhund_shared::fold::Progress;
use sparhund_shared::identity::{PlaceCode, Sscc};
use sparhund_shared::reference::{LotOption, Order, OrderLine, PackedGoods, PlaceKind, fefo};

use super::desk::Desk;
use super::state::{Entry, TaskState};
use crate::fault::Fault;
use crate::problems;
use crate::store::catalogue;
use crate::store::local::{self, LocalMove};

/// The order as it stands, what this device has not sent included.
pub(crate) fn order_now(desk: Desk<'_>, no: &OrderNo) -> Result<Rc<Order>, Fault> {
    desk.memo.order_now(no, || {
        let told = desk.order(no)?.ok_or_else(|| problems::unknown_order(no))?;
        let mut order = Order::clone(&told);
        add_local(desk.db, &mut order)?;
        Ok(order)
    })
}

/// Adds this device's own work to an order.
pub(crate) fn add_local(db: &Connection, order: &mut Order) -> Result<(), Fault> {
    for moved in local::by_order(db, &order.no)? {
        if let Some(line) = order.lines.iter_mut().find(|line| Some(line.line) == moved.line) {
            advance(line, &moved);
        }
    }
    for line in &mut order.lines {
        line.picked.retain(|unit| unit.units > 0);
        line.shipped.retain(|unit| unit.units > 0);
        line.packed.retain(|goods| goods.waiting > 0 || goods.sent > 0);
    }
    Ok(())
}

fn advance(line: &mut OrderLine, moved: &LocalMove) {
    let mut progress = Progress::default();
    match moved.step {
        BizStep::Picking => {
            progress.picked = moved.units;
            add_unit(&mut line.picked, moved, &moved.target, moved.sign);
        }
        BizStep::Shipping => {
            progress.shipped = moved.units;
            let source = moved.source.as_ref().unwrap_or(&moved.target);
            add_unit(&mut line.picked, moved, source, -moved.sign);
            if moved.became == StockStatus::TransferredOut {
                progress.accepted = moved.units;
            } else {
                add_unit(&mut line.shipped, moved, &moved.target, moved.sign);
            }
        }
        BizStep::Accepting => {
            progress.accepted = moved.units;
            add_unit(&mut line.shipped, moved, &moved.target, -moved.sign);
        }
        BizStep::Packing => {}
        // Picked goods that do not go on: the line wants others.
        _ if moved.took == Some(StockStatus::Picked) && moved.became != StockStatus::Picked => {
            progress.picked = -moved.units;
            let source = moved.source.as_ref().unwrap_or(&moved.target);
            add_unit(&mut line.picked, moved, source, -moved.sign);
        }
        _ => {}
    }
    line.progress.add(progress, moved.sign);
    if let Some(sscc) = moved.sscc {
        advance_unit(line, moved, sscc);
    }
}

/// The same of the goods in a logistic unit.
fn advance_unit(line: &mut OrderLine, moved: &LocalMove, sscc: Sscc) {
    let units = moved.sign * moved.units;
    let (waiting, sent) = match moved.step {
        BizStep::Packing => (units, 0),
        BizStep::Shipping if moved.became == StockStatus::TransferredOut => (-units, 0),
        BizStep::Shipping => (-units, units),
        BizStep::Accepting => (0, -units),
        _ => return,
    };
    let found = line
        .packed
        .iter_mut()
        .find(|goods| goods.sscc == sscc && goods.lot == moved.lot && goods.serial == moved.serial);
    match found {
        Some(goods) => {
            goods.waiting += waiting;
            goods.sent += sent;
        }
        None => line.packed.push(PackedGoods {
            sscc,
            lot: moved.lot.clone(),
            serial: moved.serial.clone(),
            waiting,
            sent,
        }),
    }
}

/// Adds goods to a list kept by place, lot and serial.
fn add_unit(units: &mut Vec<LotOption>, moved: &LocalMove, place: &PlaceCode, sign: i64) {
    let found = units
        .iter_mut()
        .find(|unit| unit.place == *place && unit.lot == moved.lot && unit.serial == moved.serial);
    match found {
        Some(unit) => unit.units += sign * moved.units,
        None => units.push(LotOption {
            place: place.clone(),
            lot: moved.lot.clone(),
            serial: moved.serial.clone(),
            expiry: moved.expiry,
            units: sign * moved.units,
        }),
    }
}

/// Goods a line can be picked from, first expired first out: the server's list, changed by this device's unsent
/// work and its basket (one entry left out), without what is held or expired by what the device knows now.
pub(crate) fn options(
    desk: Desk<'_>,
    order: &Order,
    line: &OrderLine,
    task: Option<(&TaskState, Option<usize>)>,
) -> Result<Vec<LotOption>, Fault> {
    let key = (order.no.clone(), line.line, desk.today);
    let mut options = desk
        .memo
        .options(&key, || on_shelves(desk, order, line))?
        .to_vec();
    if let Some((task, skip)) = task {
        less_basket(&mut options, line, task, skip);
    }
    Ok(options)
}

fn on_shelves(desk: Desk<'_>, order: &Order, line: &OrderLine) -> Result<Vec<LotOption>, Fault> {
    let mut options = line.options.clone();
    for moved in local::by_article(desk.db, &line.article)? {
        if let Some(source) = &moved.source
            && moved.took == Some(StockStatus::Available)
        {
            add_unit(&mut options, &moved, source, -moved.sign);
        }
        if moved.became == StockStatus::Available && may_be_picked_from(desk, &moved.target, order)? {
            add_unit(&mut options, &moved, &moved.target, moved.sign);
        }
    }
    let article = desk.article(&line.article)?;
    let base = article.as_ref().and_then(|article| article.base());
    let holds = base.map(|base| Ok::<_, Fault>((desk.holds(base, base)?, base)));
    let holds = holds.transpose()?;
    let held = |option: &LotOption| {
        holds.as_ref().is_some_and(|(holds, base)| {
            let meets = |hold: &Hold| hold.meets(base, option.lot.as_ref(), option.serial.as_ref());
            holds.iter().any(|hold| meets(hold).is_some())
        })
    };
    options.retain(|option| {
        !held(option)
            && option
                .expiry
                .is_none_or(|expiry| desk.today <= expiry.last_usable_day())
    });
    fefo(&mut options);
    options.retain(|option| option.units > 0);
    Ok(options)
}

/// Takes the basket, one entry left out, off what a line can be picked from.
pub(crate) fn less_basket(
    options: &mut Vec<LotOption>,
    line: &OrderLine,
    task: &TaskState,
    skip: Option<usize>,
) {
    for entry in task.others(skip) {
        if entry.item.article() == Some(&line.article) {
            take(options, entry);
        }
    }
    options.retain(|option| option.units > 0);
}

/// Takes an entry of the basket off the options, as booking it would.
fn take(options: &mut [LotOption], entry: &Entry) {
    for (index, units) in allocate(options, entry) {
        if let Some(option) = options.get_mut(index) {
            option.units -= units;
        }
    }
}

/// Which options an entry comes from: those of its lot and serial at the bin that was scanned, or else first
/// expired first out. What the books do not have is taken from the last of them: the book may be wrong, the shelf
/// is right.
pub(crate) fn allocate(options: &[LotOption], entry: &Entry) -> Vec<(usize, i64)> {
    let unit = entry.item.unit();
    let fits = |option: &LotOption| {
        option.lot == unit.lot
            && option.serial == unit.serial
            && entry.place.as_ref().is_none_or(|place| *place == option.place)
    };
    let mut left = i64::from(entry.units());
    let mut taken: Vec<(usize, i64)> = Vec::new();
    for (index, option) in options.iter().enumerate() {
        if left > 0 && option.units > 0 && fits(option) {
            let units = left.min(option.units);
            taken.push((index, units));
            left -= units;
        }
    }
    if let Some(last) = taken.last_mut() {
        last.1 += left;
    }
    taken
}

fn may_be_picked_from(desk: Desk<'_>, code: &PlaceCode, order: &Order) -> Result<bool, Fault> {
    let is_bin = desk
        .place(code)?
        .is_some_and(|place| place.kind == PlaceKind::Bin);
    Ok(is_bin && catalogue::is_within(desk.db, code, &order.from)?)
}
