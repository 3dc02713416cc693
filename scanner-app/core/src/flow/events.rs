//! From the basket to events.

use minicbor::bytes::ByteVec;
use sparhund_shared::carrier::PARSER_VERSION;
use sparhund_shared::event::{
    BizStep, Capture, Circumstances, EntryMethod, Event, Item, Movement, OrderLineRef, Quantity,
};
use sparhund_shared::identity::PlaceCode;
use sparhund_shared::reference::Order;
use sparhund_shared::verdict::{Judgement, Reason, Verdict};
use sparhund_shared::wire::Topic;

use super::bins::bins;
use super::deed;
use super::desk::Desk;
use super::excuse;
use super::expected::{item_of_line, judge_unit, view_of_unit};
use super::goods::order_now;
use super::parcel::{by_unit, handed_over};
use super::receipt;
use super::state::{Entry, Symbol, TaskState, Told};
use crate::api::{KeptBack, TaskKind};
use crate::fault::Fault;
use crate::journal::Draft;
use crate::problems;
use crate::store::{feed, setting};

/// Events of a basket or a delivery.
pub(crate) struct Drawn {
    pub(crate) events: Vec<Draft>,
    /// Deliver: goods that may not leave.
    pub(crate) kept_back: Vec<(Told, KeptBack)>,
}

/// Draws up the events of a task. The basket was weighed just before.
pub(crate) fn draw_up(desk: Desk<'_>, task: &TaskState) -> Result<Drawn, Fault> {
    match &task.kind {
        TaskKind::Receive { supplier, reference } => Ok(Drawn {
            events: receipt::receiving(desk, task, supplier, reference.as_deref())?,
            kept_back: Vec::new(),
        }),
        TaskKind::Pick { order } => picking(desk, task, &*order_now(desk, order)?),
        TaskKind::Deliver { order } => shipping(desk, task, &*order_now(desk, order)?),
        TaskKind::Confirm { order } => accepting(desk, task, &*order_now(desk, order)?),
        TaskKind::Deed { kind } => Ok(Drawn {
            events: deed::of(kind).draw_up(desk, task)?,
            kept_back: Vec::new(),
        }),
    }
}

fn picking(desk: Desk<'_>, task: &TaskState, order: &Order) -> Result<Drawn, Fault> {
    let mut events = Vec::new();
    for (index, entry) in task.basket.iter().enumerate() {
        let bins = bins(desk, task, order, entry, index)?;
        if bins.is_empty() {
            return Err(problems::place_needed().into());
        }
        for (place, units) in bins {
            let mut movement = movement(desk, BizStep::Picking, entry, Some(place), &order.dispatch)?;
            movement.quantity = quantity(units)?;
            movement.order = line_ref(order, entry.line);
            let excused = entry.judgement.reasons.iter().any(Reason::is_excused);
            movement.circumstances = Circumstances {
                reason: excuse::said(desk, task).filter(|_| excused),
                ..Circumstances::default()
            }
            .told();
            events.push(Event::Move(movement));
        }
    }
    Ok(drawn(events))
}

fn shipping(desk: Desk<'_>, task: &TaskState, order: &Order) -> Result<Drawn, Fault> {
    if task.place.is_none() {
        return Err(problems::ward_needed().into());
    }
    let mut result = drawn(Vec::new());
    for line in &order.lines {
        for unit in &line.picked {
            let judgement = judge_unit(desk, line, unit)?;
            if judgement.verdict == Verdict::Stop {
                let told = Told {
                    line: line.line,
                    lot: unit.lot.clone(),
                    serial: unit.serial.clone(),
                };
                let goods = KeptBack {
                    item: view_of_unit(desk, line, unit)?,
                    units: unit.units,
                    judgement,
                };
                result.kept_back.push((told, goods));
                continue;
            }
            for (sscc, units) in by_unit(line, unit) {
                let moved = Event::Move(Movement {
                    step: BizStep::Shipping,
                    item: item_of_line(desk, line, unit)?,
                    quantity: quantity(units)?,
                    from: Some(unit.place.clone()),
                    to: order.to.clone(),
                    supplier: None,
                    order: line_ref(order, Some(line.line)),
                    sscc: sscc.or(task.sscc),
                    capture: capture(desk, &[], Some(&judgement))?,
                    circumstances: handed_over(desk.db, &unit.place, &order.to)?,
                });
                result.events.push(moved.into());
            }
        }
    }
    if result.events.is_empty() && result.kept_back.is_empty() {
        return Err(problems::nothing_picked(&order.no).into());
    }
    Ok(result)
}

fn accepting(desk: Desk<'_>, task: &TaskState, order: &Order) -> Result<Drawn, Fault> {
    let events = task
        .basket
        .iter()
        .map(|entry| {
            let mut movement = movement(desk, BizStep::Accepting, entry, Some(order.to.clone()), &order.to)?;
            movement.order = line_ref(order, entry.line);
            Ok(Event::Move(movement))
        })
        .collect::<Result<_, Fault>>()?;
    Ok(drawn(events))
}

pub(super) fn movement(
    desk: Desk<'_>,
    step: BizStep,
    entry: &Entry,
    from: Option<PlaceCode>,
    to: &PlaceCode,
) -> Result<Movement, Fault> {
    Ok(Movement {
        step,
        item: entry.item.clone(),
        quantity: quantity(i64::from(entry.units()))?,
        from,
        to: to.clone(),
        supplier: None,
        order: None,
        sscc: entry.sscc,
        capture: capture(desk, &entry.symbols, Some(&entry.judgement))?,
        circumstances: None,
    })
}

/// The evidence: raw bytes, reader, what the device knew, and what the person saw and went past.
pub(super) fn capture(
    desk: Desk<'_>,
    symbols: &[Symbol],
    judgement: Option<&Judgement>,
) -> Result<Capture, Fault> {
    let catalogue = feed::state(desk.db, Topic::Articles)?.cursor;
    let holds = feed::state(desk.db, Topic::Holds)?.cursor;
    let entries: Vec<EntryMethod> = symbols.iter().map(|symbol| symbol.entry).collect();
    let entry = entries.first().copied().unwrap_or(EntryMethod::Confirmed);
    let typed = entries.iter().find(|entry| **entry == EntryMethod::Wedge);
    Ok(Capture {
        entry,
        raw: symbols
            .iter()
            .map(|symbol| ByteVec::from(symbol.raw.0.clone()))
            .collect(),
        parser: PARSER_VERSION,
        profile: setting::profile(desk.db, *typed.unwrap_or(&entry))?.map(|profile| profile.note()),
        catalogue,
        holds,
        seen: judgement
            .iter()
            .flat_map(|judgement| &judgement.reasons)
            .map(Reason::word)
            .map(str::to_owned)
            .collect(),
        entries: entries.iter().any(|one| *one != entry).then_some(entries),
    })
}

pub(super) fn line_ref(order: &Order, line: Option<u32>) -> Option<OrderLineRef> {
    line.map(|line| OrderLineRef {
        order: order.no.clone(),
        line,
    })
}

pub(super) fn quantity(units: i64) -> Result<Quantity, Fault> {
    u32::try_from(units)
        .ok()
        .and_then(|units| Quantity::new(units).ok())
        .ok_or_else(|| problems::quantity(u32::try_from(units).unwrap_or(u32::MAX)).into())
}

fn drawn(events: Vec<Event>) -> Drawn {
    Drawn {
        events: events.into_iter().map(Draft::from).collect(),
        kept_back: Vec::new(),
    }
}

/// Item and units of a movement event.
pub(crate) fn moved(event: &Event) -> Option<(&Item, u32)> {
    match event {
        Event::Move(movement) => Some((&movement.item, movement.quantity.get())),
        _ => None,
    }
}
