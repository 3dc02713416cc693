//! Holds (spärrar): what may not be picked, confirmed or used.

use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

use super::item::short_text;
use super::unit::{Product, UnitKey};
use crate::identity::{Lot, Serial, UdiDi};
use crate::log::{HoldId, UserId};

short_text! {
    /// Why a hold was set, and its reference, in the words of the person who set it.
    HoldText, HoldTextError, 200, "the reason of a hold"
}

/// A hold is set. It applies to goods at hand and to goods that come later.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, Serialize, Deserialize)]
#[cbor(array)]
pub struct Holding {
    /// The hold.
    #[n(0)]
    pub hold: HoldId,
    /// Product by any of its identifiers; the catalogue's packaging levels were added when it was set.
    #[n(1)]
    pub dis: Vec<UdiDi>,
    /// Only this lot; `None` = every lot.
    #[n(2)]
    pub lot: Option<Lot>,
    /// Only this serial; `None` = every serial.
    #[n(3)]
    pub serial: Option<Serial>,
    /// Reason and reference.
    #[n(4)]
    pub reason: HoldText,
}

/// A hold is lifted.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, Serialize, Deserialize)]
#[cbor(array)]
pub struct Releasing {
    /// The hold.
    #[n(0)]
    pub hold: HoldId,
    /// Why.
    #[n(1)]
    pub reason: HoldText,
}

/// A hold as it stands: folded from [`Holding`] and [`Releasing`].
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Hold {
    /// The hold.
    pub id: HoldId,
    /// Identifiers it applies to.
    pub dis: Vec<UdiDi>,
    /// Only this lot.
    pub lot: Option<Lot>,
    /// Only this serial.
    pub serial: Option<Serial>,
    /// Reason and reference.
    pub reason: HoldText,
    /// Logical time it was set, milliseconds.
    pub set_at: i64,
    /// Who set it: another person must lift it.
    pub set_by: UserId,
    /// Logical time it was lifted.
    pub released_at: Option<i64>,
    /// Who lifted it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub released_by: Option<UserId>,
    /// Why it was lifted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub release_reason: Option<HoldText>,
}

/// How a hold meets a unit.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum HoldMatch {
    /// Identifier, lot and serial as the hold says, byte for byte.
    Exact,
    /// Lot or serial differ in letter case only: treated as held, and said.
    CaseOnly,
    /// The hold names a lot or serial and the unit shows none: it may be one of them.
    Possible,
}

impl Hold {
    /// Whether and how the hold meets a unit of this identifier, lot and serial, whatever its state in time.
    pub fn meets(&self, di: &UdiDi, lot: Option<&Lot>, serial: Option<&Serial>) -> Option<HoldMatch> {
        if !self.dis.contains(di) {
            return None;
        }
        let lot = part(self.lot.as_ref().map(Lot::as_str), lot.map(Lot::as_str))?;
        let serial = part(
            self.serial.as_ref().map(Serial::as_str),
            serial.map(Serial::as_str),
        )?;
        Some(match (lot, serial) {
            (HoldMatch::Possible, _) | (_, HoldMatch::Possible) => HoldMatch::Possible,
            (HoldMatch::CaseOnly, _) | (_, HoldMatch::CaseOnly) => HoldMatch::CaseOnly,
            (HoldMatch::Exact, HoldMatch::Exact) => HoldMatch::Exact,
        })
    }

    /// Same for a unit of the books; a code nobody read meets no hold.
    pub fn meets_unit(&self, unit: &UnitKey) -> Option<HoldMatch> {
        match &unit.product {
            Product::Di(di) => self.meets(di, unit.lot.as_ref(), unit.serial.as_ref()),
            Product::Raw(_) => None,
        }
    }

    /// Whether the hold was in force at a logical time.
    pub fn in_force(&self, tick: i64) -> bool {
        self.set_at <= tick && self.released_at.is_none_or(|released| tick < released)
    }
}

/// Compares one part of the criteria; `None` = does not apply.
fn part(wanted: Option<&str>, found: Option<&str>) -> Option<HoldMatch> {
    match (wanted, found) {
        (None, _) => Some(HoldMatch::Exact),
        (Some(_), None) => Some(HoldMatch::Possible),
        (Some(wanted), Some(found)) if wanted == found => Some(HoldMatch::Exact),
        (Some(wanted), Some(found)) if wanted.eq_ignore_ascii_case(found) => Some(HoldMatch::CaseOnly),
        _ => None,
    }
}
