//! Deviations: where the book and the shelf, or two parts of the book, do not agree. Never a reason to refuse a
//! record; always a reason for a person to look.

use serde::{Deserialize, Serialize};

use crate::civil::swedish_day;
use crate::event::{BizStep, Event, Hold, Item, Movement, ReasonCode, StockStatus, UnitKey};
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
    /// Goods differ from what was announced, ordered or sent.
    DeliveryDiffers {
        /// The event that tells it.
        event: EventId,
        /// What differs.
        reason: ReasonCode,
        /// Base units.
        units: u32,
        /// Where it was seen.
        place: PlaceCode,
    },
    /// A receiving check found that goods do not conform (MDR Article 14(2)).
    CheckFailed {
        /// The event that tells it.
        event: EventId,
        /// The goods.
        unit: UnitKey,
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
            Self::DeliveryDiffers { .. } => "delivery-differs",
            Self::CheckFailed { .. } => "check-failed",
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
            | Self::DeliveryDiffers { event, .. }
            | Self::CheckFailed { event, .. }
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
///
/// Whoever takes from a bin without scanning a lot takes from the pool of all lots there (the *bounded* trace): a unit
/// without lot and serial may stand below zero on a shelf as long as the pool, `pools` by place, does not.
pub fn unit_deviations(
    unit: &UnitKey,
    rows: &[(PlaceCode, StockStatus, i64)],
    pools: &[(PlaceCode, i64)],
    units_per_package: Option<u32>,
) -> Vec<Deviation> {
    let short = |place: &PlaceCode, status: StockStatus, units: i64| match status {
        // Found without ever having come: told as a surplus, not as a debt.
        StockStatus::Missing => 0,
        StockStatus::Available if unit.is_unlotted() => {
            let pool = pools.iter().find(|(at, _)| at == place);
            pool.map_or(units, |(_, pool)| (*pool).max(units))
        }
        _ => units,
    };
    let mut found: Vec<Deviation> = rows
        .iter()
        .filter(|(place, status, units)| *units < 0 && short(place, *status, *units) < 0)
        .map(|(place, status, units)| Deviation::NegativeStock {
            unit: unit.clone(),
            place: place.clone(),
            status: *status,
            units: short(place, *status, *units),
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
        _ if rows.iter().all(|(_, status, _)| status.is_gone()) => {}
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
/// Only goods that go on towards a patient count: receiving, storing and setting aside held or expired ones is how they
/// are found. An inspection that frees them goes on too.
pub fn movement_deviations(event: EventId, tick: i64, movement: &Movement, holds: &[Hold]) -> Vec<Deviation> {
    let freed = movement.step == BizStep::Inspecting && movement.left() == StockStatus::Available;
    if !movement.step.goes_on() && !freed {
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

/// What an event that moves no goods gives a person to look at.
pub fn told_deviation(event: EventId, told: &Event) -> Option<Deviation> {
    match told {
        Event::Differ(difference) => Some(Deviation::DeliveryDiffers {
            event,
            reason: difference.reason,
            units: difference.units.get(),
            place: difference.place.clone(),
        }),
        Event::Check(check) if !check.passed() => Some(Deviation::CheckFailed {
            event,
            unit: check.item.unit(),
        }),
        _ => None,
    }
}

/// Roles of which a person needs one to do this; the first is the usual one.
pub fn roles_for(event: &Event) -> &'static [Role] {
    match event {
        Event::Move(movement) => roles_of(movement),
        Event::Void(_) | Event::Differ(_) | Event::Request(_) | Event::Count(_) => {
            &[Role::Picker, Role::Ward]
        }
        Event::Search(_) => &[Role::Picker, Role::Ward, Role::Quality],
        Event::Check(_) | Event::Handle(_) => &[Role::Picker],
        Event::Hold(_) | Event::Release(_) => &[Role::Quality],
    }
}

fn roles_of(movement: &Movement) -> &'static [Role] {
    match movement.step {
        BizStep::Accepting | BizStep::Dispensing | BizStep::Installing => &[Role::Ward],
        // Out of quarantine only by who answers for quality; an aid's inspection is the workshop's.
        BizStep::Inspecting
            if movement.left() == StockStatus::Available
                && matches!(
                    movement.taken(),
                    Some(StockStatus::Quarantined | StockStatus::Returned)
                ) =>
        {
            &[Role::Quality]
        }
        BizStep::Storing
        | BizStep::Returning
        | BizStep::Destroying
        | BizStep::StockTaking
        | BizStep::Reserving
        | BizStep::Lending
        | BizStep::Collecting => &[Role::Picker, Role::Ward],
        BizStep::Holding | BizStep::Inspecting => &[Role::Picker, Role::Ward, Role::Quality],
        BizStep::Receiving
        | BizStep::Picking
        | BizStep::Shipping
        | BizStep::Packing
        | BizStep::Cleaning
        | BizStep::Repairing => &[Role::Picker],
    }
}
