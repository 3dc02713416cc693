//! What one event changes.

use serde::{Deserialize, Serialize};

use crate::event::{BizStep, Event, Movement, OrderLineRef, StockStatus, UnitKey};
use crate::identity::PlaceCode;
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
        status: movement.step.leaves(),
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
    let taken = movement.from.clone().zip(movement.step.takes());
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
        status: movement.step.leaves(),
        units,
    });
    deltas
}

fn order_delta(movement: &Movement) -> Option<OrderDelta> {
    let units = i64::from(movement.quantity.get());
    let progress = match movement.step {
        BizStep::Picking => Progress {
            picked: units,
            ..Progress::default()
        },
        BizStep::Shipping => Progress {
            shipped: units,
            ..Progress::default()
        },
        BizStep::Accepting => Progress {
            accepted: units,
            ..Progress::default()
        },
        BizStep::Receiving | BizStep::Storing => return None,
    };
    movement.order.clone().map(|line| OrderDelta { line, progress })
}
