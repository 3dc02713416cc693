//! Logistic units: which goods of which order lie in them.

use rusqlite::Connection;
use sparhund_shared::event::{Circumstances, Item, StockStatus};
use sparhund_shared::identity::{PlaceCode, Sscc};
use sparhund_shared::reference::{LotOption, Order, OrderLine};
use sparhund_shared::verdict::Judgement;
use sparhund_shared::wire::Topic;

use super::basket::put;
use super::desk::Desk;
use super::expected::item_of_line;
use super::goods::add_local;
use super::state::TaskState;
use crate::fault::Fault;
use crate::scan::Found;
use crate::store::{catalogue, feed, from_json, local};

/// Goods of an order line.
#[derive(Clone, Debug)]
pub(crate) struct OfLine<'a> {
    pub(crate) line: &'a OrderLine,
    pub(crate) goods: LotOption,
}

/// Goods that were picked for an order and lie in no logistic unit.
pub(crate) fn open_goods(order: &Order) -> Vec<OfLine<'_>> {
    let mut open = Vec::new();
    for line in &order.lines {
        for picked in &line.picked {
            let same = line
                .packed
                .iter()
                .filter(|packed| packed.lot == picked.lot && packed.serial == picked.serial);
            let units = picked.units - same.map(|packed| packed.waiting).sum::<i64>();
            if units > 0 {
                let goods = LotOption {
                    units,
                    ..picked.clone()
                };
                open.push(OfLine { line, goods });
            }
        }
    }
    open
}

/// Picked goods by the logistic unit they lie in; `None` = in none.
pub(crate) fn by_unit(line: &OrderLine, picked: &LotOption) -> Vec<(Option<Sscc>, i64)> {
    let mut left = picked.units;
    let mut parts = Vec::new();
    for packed in &line.packed {
        let same = packed.lot == picked.lot && packed.serial == picked.serial;
        let units = packed.waiting.min(left);
        if same && units > 0 {
            left -= units;
            parts.push((Some(packed.sscc), units));
        }
    }
    if left > 0 {
        parts.push((None, left));
    }
    parts
}

/// The order whose goods lie in a logistic unit, this device's own work included.
pub(crate) fn order_of(db: &Connection, sscc: Sscc) -> Result<Option<Order>, Fault> {
    for mut order in catalogue::orders(db)? {
        add_local(db, &mut order)?;
        let in_it = |line: &OrderLine| line.packed.iter().any(|packed| packed.sscc == sscc);
        if order.lines.iter().any(in_it) {
            return Ok(Some(order));
        }
    }
    Ok(None)
}

/// Goods of an order in a logistic unit that no ward has confirmed, where they were packed.
pub(crate) fn goods_in(order: &Order, sscc: Sscc) -> Vec<OfLine<'_>> {
    let mut inside = Vec::new();
    for line in &order.lines {
        for packed in line.packed.iter().filter(|packed| packed.sscc == sscc) {
            let same = |goods: &&LotOption| goods.lot == packed.lot && goods.serial == packed.serial;
            let known = line.picked.iter().find(same);
            let expiry = known
                .or(line.shipped.iter().find(same))
                .and_then(|goods| goods.expiry);
            let goods = LotOption {
                place: known.map_or(&order.dispatch, |goods| &goods.place).clone(),
                lot: packed.lot.clone(),
                serial: packed.serial.clone(),
                expiry,
                units: packed.waiting + packed.sent,
            };
            inside.push(OfLine { line, goods });
        }
    }
    inside
}

/// What a delivery tells when it crosses the border between two legal persons (MDR Article 25): the goods are theirs then.
pub(crate) fn handed_over(
    db: &Connection,
    from: &PlaceCode,
    to: &PlaceCode,
) -> Result<Option<Box<Circumstances>>, Fault> {
    let (Some(giver), Some(taker)) = (catalogue::place(db, from)?, catalogue::place(db, to)?) else {
        return Ok(None);
    };
    if giver.entity.org_no == taker.entity.org_no {
        return Ok(None);
    }
    Ok(taker.entity.org_no.parse().ok().and_then(|receiver| {
        Circumstances {
            becomes: Some(StockStatus::TransferredOut),
            receiver: Some(receiver),
            ..Circumstances::default()
        }
        .told()
    }))
}

/// Whether a number names a logistic unit already, as far as is known here.
pub(crate) fn is_in_use(db: &Connection, sscc: Sscc) -> Result<bool, Fault> {
    if local::has_unit(db, sscc)? || order_of(db, sscc)?.is_some() {
        return Ok(true);
    }
    for body in feed::bodies(db, Topic::Deliveries)? {
        let delivery: sparhund_shared::reference::AnnouncedDelivery = from_json("a delivery", &body)?;
        if delivery.lines.iter().any(|line| line.sscc == Some(sscc)) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Base units of the same goods in the basket, one entry left out.
pub(crate) fn in_basket(task: &TaskState, item: &Item, skip: Option<usize>) -> i64 {
    task.others(skip)
        .filter(|entry| entry.item.is_same_unit(item))
        .map(|entry| i64::from(entry.units()))
        .sum()
}

/// Puts goods into the basket without scanning, as far as they do not lie there and nothing stops them.
pub(crate) fn put_all(
    desk: Desk<'_>,
    task: &mut TaskState,
    expected: &[OfLine<'_>],
) -> Result<Judgement, Fault> {
    let mut reasons = Vec::new();
    for (item, units) in sums(desk, expected)? {
        let packs = u32::try_from(units - in_basket(task, &item, None)).unwrap_or(0);
        if packs == 0 {
            continue;
        }
        let found = Found {
            item,
            article: None,
            units_per_pack: 1,
            packs,
            suspect: false,
            lenient: false,
            sscc: None,
        };
        let (_, judgement) = put(desk, task, &found, Vec::new())?;
        reasons.extend(judgement.reasons);
    }
    Ok(Judgement::of(reasons))
}

/// The same goods of several lines in one.
pub(crate) fn sums(desk: Desk<'_>, goods: &[OfLine<'_>]) -> Result<Vec<(Item, i64)>, Fault> {
    let mut sums: Vec<(Item, i64)> = Vec::new();
    for part in goods {
        let item = item_of_line(desk, part.line, &part.goods)?;
        match sums.iter_mut().find(|(other, _)| other.is_same_unit(&item)) {
            Some((_, units)) => *units += part.goods.units,
            None => sums.push((item, part.goods.units)),
        }
    }
    Ok(sums)
}

/// Which lines so many units of an item are of; what no line wants is left out.
pub(crate) fn allot<'a>(open: &mut [OfLine<'a>], item: &Item, units: i64) -> Vec<(&'a OrderLine, LotOption)> {
    let unit = item.unit();
    let mut left = units;
    let mut parts = Vec::new();
    for part in open {
        let same = item.article() == Some(&part.line.article)
            && part.goods.lot == unit.lot
            && part.goods.serial == unit.serial;
        let taken = left.min(part.goods.units);
        if same && taken > 0 {
            part.goods.units -= taken;
            left -= taken;
            let goods = LotOption {
                units: taken,
                ..part.goods.clone()
            };
            parts.push((part.line, goods));
        }
    }
    parts
}
