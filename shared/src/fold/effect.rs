//! What one event changes.

use serde::{Deserialize, Serialize};

use crate::event::{BizStep, Event, Movement, OrderLineRef, StockStatus, UnitKey};
use crate::identity::{PlaceCode, Sscc};
use crate::log::EventId;

/// Base units that come to or leave one shelf of the books.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct StockDelta {
    /// Where they stand.
    pub place: PlaceCode,
    /// In what state.
    pub status: StockStatus,
    /// Base units; negative when they leave.
    pub units: i64,
}

/// A serial was seen at a place. The latest by `(tick, event)` says where it is.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Sighting {
    /// Logical time of the event, milliseconds.
    pub tick: i64,
    /// The event.
    pub event: EventId,
    /// Where it was put, or whereto it was sent.
    pub place: PlaceCode,
    /// In what state it stands there.
    pub status: StockStatus,
    /// What was done.
    pub step: BizStep,
}

/// How far an order line has come, in base units.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Progress {
    /// Taken from the shelf.
    pub picked: i64,
    /// Left the store.
    pub shipped: i64,
    /// Confirmed by the ward.
    pub accepted: i64,
}

impl Progress {
    /// Adds another part, `sign` times.
    pub fn add(&mut self, other: Self, sign: i64) {
        self.picked += sign * other.picked;
        self.shipped += sign * other.shipped;
        self.accepted += sign * other.accepted;
    }
}

/// What an event adds to an order line.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct OrderDelta {
    /// The line.
    pub line: OrderLineRef,
    /// What is added.
    pub progress: Progress,
    /// What is added of it in a logistic unit.
    pub in_unit: Option<(Sscc, InUnit)>,
}

/// How far goods of an order line have come in a logistic unit, in base units.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug, Serialize, Deserialize)]
pub struct InUnit {
    /// Packed.
    pub packed: i64,
    /// Left the store in it.
    pub shipped: i64,
    /// Confirmed by the ward out of it.
    pub accepted: i64,
}

impl InUnit {
    /// Adds another part, `sign` times.
    pub fn add(&mut self, other: Self, sign: i64) {
        self.packed += sign * other.packed;
        self.shipped += sign * other.shipped;
        self.accepted += sign * other.accepted;
    }
}

/// Everything one movement changes. To void it, apply the same with sign −1 and look for the latest sighting again.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Effects {
    /// The unit the books are kept by.
    pub unit: UnitKey,
    /// Shelves that change: one for goods from outside, two for goods that move.
    pub stock: Vec<StockDelta>,
    /// Sighting of a serial; `None` for goods without one.
    pub sighting: Option<Sighting>,
    /// Order line that moves on.
    pub order: Option<OrderDelta>,
}

/// The effects of an event; `None` for events that move no goods.
pub fn effects(event_id: EventId, tick: i64, event: &Event) -> Option<Effects> {
    let Event::Move(movement) = event else { return None };
    let unit = movement.item.unit();
    let sighting = unit.serial.is_some().then(|| Sighting {
        tick,
        event: event_id,
        place: movement.to.clone(),
        status: movement.left(),
        step: movement.step,
    });
    Some(Effects {
        unit,
        stock: stock_deltas(movement),
        sighting,
        order: order_delta(movement),
    })
}

fn stock_deltas(movement: &Movement) -> Vec<StockDelta> {
    let units = i64::from(movement.quantity.get());
    let taken = movement.from.clone().zip(movement.taken());
    let mut deltas = Vec::with_capacity(2);
    if let Some((place, status)) = taken {
        deltas.push(StockDelta {
            place,
            status,
            units: -units,
        });
    }
    deltas.push(StockDelta {
        place: movement.to.clone(),
        status: movement.left(),
        units,
    });
    deltas
}

fn order_delta(movement: &Movement) -> Option<OrderDelta> {
    let line = movement.order.clone()?;
    let units = i64::from(movement.quantity.get());
    let mut progress = Progress::default();
    let mut in_unit = InUnit::default();
    match movement.step {
        BizStep::Picking => progress.picked = units,
        BizStep::Packing => in_unit.packed = units,
        BizStep::Shipping => {
            progress.shipped = units;
            in_unit.shipped = units;
            // Whoever is another legal person confirms nothing here.
            if movement.left() == StockStatus::TransferredOut {
                progress.accepted = units;
                in_unit.accepted = units;
            }
        }
        BizStep::Accepting => {
            progress.accepted = units;
            in_unit.accepted = units;
        }
        // Picked goods that do not go: the line wants others.
        _ if movement.taken() == Some(StockStatus::Picked) => progress.picked = -units,
        _ => {}
    }
    let in_unit = movement
        .sscc
        .zip(Some(in_unit).filter(|in_unit| *in_unit != InUnit::default()));
    (progress != Progress::default() || in_unit.is_some()).then_some(OrderDelta {
        line,
        progress,
        in_unit,
    })
}
