//! Deviations: where the book and the shelf, or two parts of the book, do not agree. Never a reason to refuse a
//! record; always a reason for a person to look.

use serde::{Deserialize, Serialize};

use crate::civil::swedish_day;
use crate::event::{BizStep, Event, Hold, Item, Movement, StockStatus, UnitKey};
use crate::identity::PlaceCode;
use crate::log::{EventId, Hash, HoldId, LogId, UserId};
use crate::reference::Role;

/// A device clock further off than this is shown and flagged: two minutes.
pub const CLOCK_SKEW_LIMIT_MS: i64 = 120_000;

/// One thing that does not add up.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Deviation {
    /// More was taken from a place than ever came there.
    NegativeStock {
        /// The goods.
        unit: UnitKey,
        /// The place.
        place: PlaceCode,
        /// Their state there.
        status: StockStatus,
        /// Base units, below zero.
        units: i64,
    },
    /// A serial stands in several places, or more than once in one.
    SerialDoubled {
        /// The goods.
        unit: UnitKey,
        /// How often it stands in the books.
        units: i64,
    },
    /// Goods whose identifier the catalogue does not know.
    UnknownProduct {
        /// The goods.
        unit: UnitKey,
    },
    /// Goods that the catalogue did not know when they came, and that it now has as a package of several: the books
    /// count each package as one.
    CountedInPackages {
        /// The goods, by the identifier of the package.
        unit: UnitKey,
        /// Base units in one package, 2 or more.
        units_per_package: u32,
    },
    /// Goods were moved on while under a hold; the device may not have heard of it.
    MovedUnderHold {
        /// The event.
        event: EventId,
        /// The hold.
        hold: HoldId,
        /// The goods.
        unit: UnitKey,
    },
    /// Goods were moved on after their expiry date.
    MovedExpired {
        /// The event.
        event: EventId,
        /// The goods.
        unit: UnitKey,
    },
    /// Two different records at one place of a log: both are kept.
    Fork {
        /// The log.
        log: LogId,
        /// The place.
        seq: u64,
    },
    /// Records that are known to exist and have not come.
    Gap {
        /// The log.
        log: LogId,
        /// First missing.
        from: u64,
        /// Last missing.
        to: u64,
    },
    /// A record that verifies but whose event this version cannot read.
    Unreadable {
        /// The log.
        log: LogId,
        /// Its place.
        seq: u64,
        /// Its hash.
        hash: Hash,
    },
    /// One event id told otherwise by two records, in person, time or content: the earlier counts.
    EventConflict {
        /// The event.
        event: EventId,
    },
    /// A writer's clock is off.
    ClockSkew {
        /// The log.
        log: LogId,
        /// Device clock minus server clock, milliseconds.
        offset: i64,
    },
    /// A device declared an event wrong that it had not told itself: the declaration does not count.
    ForeignVoid {
        /// The declaration.
        event: EventId,
        /// What it names.
        target: EventId,
    },
    /// A device told again, after it was enrolled anew, what a person had left out: it does not count.
    ToldAfterRejection {
        /// The event.
        event: EventId,
        /// The log it came in.
        log: LogId,
    },
    /// A record is not later than the one before it in its log, as every writer makes it.
    TickBack {
        /// The log.
        log: LogId,
        /// Its place.
        seq: u64,
        /// Its hash.
        hash: Hash,
    },
    /// A device named somebody who is unknown, whose account is closed, or who may not do what was done.
    UnknownActor {
        /// The log.
        log: LogId,
        /// Who was named.
        user: UserId,
        /// The role that the work needs.
        role: Role,
    },
}

impl Deviation {
    /// Stable word for programs, also the key of its translation.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::NegativeStock { .. } => "negative-stock",
            Self::SerialDoubled { .. } => "serial-doubled",
            Self::UnknownProduct { .. } => "unknown-product",
            Self::CountedInPackages { .. } => "counted-in-packages",
            Self::MovedUnderHold { .. } => "moved-under-hold",
            Self::MovedExpired { .. } => "moved-expired",
            Self::Fork { .. } => "fork",
            Self::Gap { .. } => "gap",
            Self::Unreadable { .. } => "unreadable",
            Self::EventConflict { .. } => "event-conflict",
            Self::ClockSkew { .. } => "clock-skew",
            Self::ForeignVoid { .. } => "foreign-void",
            Self::ToldAfterRejection { .. } => "told-after-rejection",
            Self::TickBack { .. } => "tick-back",
            Self::UnknownActor { .. } => "unknown-actor",
        }
    }

    /// What it is about: together with [`Deviation::kind`] it is the key under which it is kept, so that seeing it
    /// again does not double it.
    pub fn subject(&self) -> String {
        match self {
            Self::NegativeStock {
                unit, place, status, ..
            } => {
                format!("{} {place} {}", unit_text(unit), status.word())
            }
            Self::SerialDoubled { unit, .. }
            | Self::UnknownProduct { unit }
            | Self::CountedInPackages { unit, .. } => unit_text(unit),
            Self::MovedUnderHold { event, hold, .. } => format!("{event} {hold}"),
            Self::MovedExpired { event, .. }
            | Self::EventConflict { event }
            | Self::ForeignVoid { event, .. } => event.to_string(),
            Self::ToldAfterRejection { event, log } => format!("{event} {log}"),
            Self::Fork { log, seq } => format!("{log} {seq}"),
            Self::Gap { log, from, .. } => format!("{log} {from}"),
            Self::Unreadable { log, seq, hash } | Self::TickBack { log, seq, hash } => {
                format!("{log} {seq} {hash}")
            }
            Self::ClockSkew { log, .. } => log.to_string(),
            Self::UnknownActor { log, user, role } => format!("{log} {user} {}", role.word()),
        }
    }
}

fn unit_text(unit: &UnitKey) -> String {
    let lot = unit.lot.as_ref().map_or("", |lot| lot.as_str());
    let serial = unit.serial.as_ref().map_or("", |serial| serial.as_str());
    format!("{} {lot} {serial}", unit.product)
}

/// What is wrong with one unit, given all its rows in the books and how many base units the catalogue says one of its
/// product holds; `None` = the catalogue does not know it.
pub fn unit_deviations(
    unit: &UnitKey,
    rows: &[(PlaceCode, StockStatus, i64)],
    units_per_package: Option<u32>,
) -> Vec<Deviation> {
    let mut found: Vec<Deviation> = rows
        .iter()
        .filter(|(_, _, units)| *units < 0)
        .map(|(place, status, units)| Deviation::NegativeStock {
            unit: unit.clone(),
            place: place.clone(),
            status: *status,
            units: *units,
        })
        .collect();
    let positive: i64 = rows.iter().map(|(_, _, units)| (*units).max(0)).sum();
    if unit.serial.is_some() && positive > 1 {
        found.push(Deviation::SerialDoubled {
            unit: unit.clone(),
            units: positive,
        });
    }
    match units_per_package {
        // Goods that are gone bother nobody.
        _ if rows.is_empty() => {}
        None => found.push(Deviation::UnknownProduct { unit: unit.clone() }),
        Some(1) => {}
        Some(units_per_package) => found.push(Deviation::CountedInPackages {
            unit: unit.clone(),
            units_per_package,
        }),
    }
    found
}

/// What is wrong with one movement in itself, given every hold that ever was.
///
/// Receiving and storing held or expired goods is no deviation: that is how they are found and set aside.
pub fn movement_deviations(event: EventId, tick: i64, movement: &Movement, holds: &[Hold]) -> Vec<Deviation> {
    if matches!(movement.step, BizStep::Receiving | BizStep::Storing) {
        return Vec::new();
    }
    let unit = movement.item.unit();
    let mut found = Vec::new();
    for hold in holds.iter().filter(|hold| hold.in_force(tick)) {
        let by_label = match &movement.item {
            Item::Identified(item) => hold.meets(&item.di, item.lot.as_ref(), item.serial.as_ref()),
            Item::Unread(_) => None,
        };
        if by_label.or_else(|| hold.meets_unit(&unit)).is_some() {
            found.push(Deviation::MovedUnderHold {
                event,
                hold: hold.id,
                unit: unit.clone(),
            });
        }
    }
    let expired = movement
        .item
        .expiry()
        .is_some_and(|expiry| swedish_day(tick).is_some_and(|day| day > expiry.last_usable_day()));
    if expired {
        found.push(Deviation::MovedExpired { event, unit });
    }
    found
}

/// Roles of which a person needs one to do this; the first is the usual one.
pub fn roles_for(event: &Event) -> &'static [Role] {
    match event {
        Event::Move(movement) if movement.step == BizStep::Accepting => &[Role::Ward],
        Event::Move(_) => &[Role::Picker],
        Event::Void(_) => &[Role::Picker, Role::Ward],
        Event::Hold(_) | Event::Release(_) => &[Role::Quality],
    }
}
