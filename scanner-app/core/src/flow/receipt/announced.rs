//! Announced deliveries and their logistic units.

use rusqlite::Connection;
use sparhund_shared::event::DeliveryRef;
use sparhund_shared::identity::Sscc;
use sparhund_shared::reference::{AnnouncedDelivery, AnnouncedLine, delivery_key};

use super::super::desk::Desk;
use super::super::state::{TaskState, Work};
use crate::api::{DeliveryCard, TaskKind};
use crate::fault::Fault;
use crate::problems;
use crate::store::receipt;

/// The delivery that a receipt is of, when it was announced.
pub(super) fn delivery(db: &Connection, task: &TaskState) -> Result<Option<AnnouncedDelivery>, Fault> {
    match &task.kind {
        TaskKind::Receive {
            supplier,
            reference: Some(no),
        } => receipt::delivery(db, &delivery_key(supplier, no)),
        _ => Ok(None),
    }
}

/// The announced delivery, while something of it is to be received.
pub(super) fn awaited(db: &Connection, task: &TaskState) -> Result<Option<AnnouncedDelivery>, Fault> {
    Ok(delivery(db, task)?.filter(|delivery| !delivery.is_received()))
}

/// Lines that are received now.
pub(super) fn lines(delivery: &AnnouncedDelivery, task: &TaskState) -> Vec<AnnouncedLine> {
    let units = &task.receipt.units;
    let of_unit =
        |line: &AnnouncedLine| units.is_empty() || line.sscc.is_some_and(|unit| units.contains(&unit));
    let lines = delivery.lines.iter();
    lines
        .filter(|line| delivery.awaits(line) && of_unit(line))
        .cloned()
        .collect()
}

/// What an event of the receipt says of its delivery. `unit`: the unit that the goods are counted to.
pub(super) fn reference(task: &TaskState, unit: Option<Sscc>) -> DeliveryRef {
    let TaskKind::Receive { supplier, reference } = &task.kind else {
        return DeliveryRef::default();
    };
    DeliveryRef {
        supplier: Some(supplier.clone()),
        delivery: reference.as_deref().and_then(|no| no.parse().ok()),
        // Of a receipt of all that is left every event says so.
        sscc: unit.filter(|_| !task.receipt.units.is_empty()),
        line: None,
    }
}

/// The unit that goods are counted to: that of their label, else the one that was scanned last.
pub(crate) fn stamp(task: &TaskState, found: Option<Sscc>) -> Option<Sscc> {
    match task.work() {
        Work::Receive => found.or(task.receipt.unit),
        _ => found,
    }
}

/// A logistic unit is scanned: it is received now, and what is scanned next is of it. Whether it was announced.
pub(crate) fn take_unit(desk: Desk<'_>, task: &mut TaskState, unit: Sscc) -> Result<bool, Fault> {
    let Some(delivery) = delivery(desk.db, task)? else {
        return Ok(false);
    };
    let mut of_unit = delivery.lines.iter().filter(|line| line.sscc == Some(unit));
    let Some(line) = of_unit.next() else {
        return Ok(false);
    };
    if !delivery.awaits(line) {
        return Err(problems::unit_received().into());
    }
    // Goods that were scanned before are of all units: then so is the receipt.
    if task.basket.is_empty() || !task.receipt.units.is_empty() {
        task.receipt.units.insert(unit);
    }
    task.receipt.unit = Some(unit);
    Ok(true)
}

/// The receipt of the delivery that announced a logistic unit.
pub(crate) fn begin_unit(db: &Connection, unit: Sscc) -> Result<TaskKind, Fault> {
    let mut received = false;
    for delivery in receipt::deliveries(db)? {
        let Some(line) = delivery.lines.iter().find(|line| line.sscc == Some(unit)) else {
            continue;
        };
        if delivery.awaits(line) {
            return Ok(TaskKind::Receive {
                supplier: delivery.supplier.clone(),
                reference: Some(delivery.no.to_string()),
            });
        }
        received = true;
    }
    Err(if received {
        problems::unit_received()
    } else {
        problems::unit_not_announced()
    }
    .into())
}

/// Deliveries that are awaited, soonest first.
pub(crate) fn cards(db: &Connection) -> Result<Vec<DeliveryCard>, Fault> {
    let mut cards = Vec::new();
    for delivery in receipt::deliveries(db)? {
        let left: Vec<_> = delivery
            .lines
            .iter()
            .filter(|line| delivery.awaits(line))
            .collect();
        if left.is_empty() {
            continue;
        }
        let mut packages: Vec<_> = left.iter().filter_map(|line| line.sscc).collect();
        packages.sort_unstable();
        packages.dedup();
        cards.push(DeliveryCard {
            units: left.iter().map(|line| u64::from(line.units)).sum(),
            packages: u32::try_from(packages.len()).unwrap_or(u32::MAX),
            supplier: delivery.supplier,
            no: delivery.no,
            order: delivery.order,
            expected_at: delivery.expected_at,
        });
    }
    cards.sort_by(|a, b| (a.expected_at, &a.supplier, &a.no).cmp(&(b.expected_at, &b.supplier, &b.no)));
    Ok(cards)
}
