//! What happened, in CBV words. Events are facts: never edited; a correction is a new event that names the one it
//! corrects.

mod biz_step;
mod capture;
mod hold;
mod item;
mod movement;
mod quantity;
mod unit;

pub use biz_step::{BizStep, StockStatus};
pub use capture::{Capture, EntryMethod};
pub use hold::{Hold, HoldMatch, HoldText, Holding, Releasing};
pub use item::{ArticleNo, ArticleNoError, Identified, Item, Unread};
pub use movement::{Movement, MovementError, OrderLineRef, OrderNo, OrderNoError};
pub use quantity::{Quantity, QuantityError};
pub use unit::{Product, UnitKey};

use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

use crate::log::{EventId, encode};

/// One thing that happened.
///
/// The numbers are part of the frozen canonical form: add variants, never renumber.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
#[expect(
    clippy::large_enum_variant,
    reason = "nearly every event is a movement; a box would cost each of them"
)]
pub enum Event {
    /// Goods came, went or were taken into use.
    #[n(0)]
    Move(#[n(0)] Movement),
    /// Goods were put under a hold (CBV `holding`).
    #[n(1)]
    Hold(#[n(0)] Holding),
    /// A hold was lifted by another person (CBV `releasing`).
    #[n(2)]
    Release(#[n(0)] Releasing),
    /// An earlier event did not happen as told (EPCIS error declaration).
    #[n(3)]
    Void(#[n(0)] Voiding),
}

/// Takes an earlier event out of the books; the log keeps both.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, Serialize, Deserialize)]
#[cbor(array)]
pub struct Voiding {
    /// The event that is declared wrong.
    #[n(0)]
    pub target: EventId,
    /// Why, in the words of the person.
    #[n(1)]
    pub reason: String,
}

/// Why a payload is not an event this program can use. The record is kept all the same.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum EventError {
    /// Written by a later version.
    #[error(
        "the event has schema {found}, this program knows {known}; update it, the record is kept meanwhile"
    )]
    Schema {
        /// Schema of the payload.
        found: u16,
        /// Newest schema known here.
        known: u16,
    },
    /// Not CBOR of an event.
    #[error("the event cannot be read: {0}; the record is kept and shown for a person to look at")]
    Malformed(String),
    /// Readable but impossible.
    #[error(transparent)]
    Movement(#[from] MovementError),
}

impl EventError {
    /// Stable word for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Schema { .. } => "event-schema",
            Self::Malformed(_) => "event-malformed",
            Self::Movement(_) => "event-impossible",
        }
    }
}

impl Event {
    /// Canonical CBOR of the event.
    pub fn to_payload(&self) -> Vec<u8> {
        encode(self)
    }

    /// Whether a payload sets or lifts a hold, from its first bytes alone: what only the server's own log may tell.
    /// A payload that is no event does neither.
    pub fn governs_hold(payload: &[u8]) -> bool {
        let mut decoder = minicbor::Decoder::new(payload);
        decoder.array().is_ok() && matches!(decoder.u32(), Ok(1 | 2))
    }

    /// Reads and checks a payload.
    pub fn from_payload(bytes: &[u8]) -> Result<Self, EventError> {
        let event: Self =
            minicbor::decode(bytes).map_err(|error| EventError::Malformed(error.to_string()))?;
        if let Self::Move(movement) = &event {
            movement.check()?;
        }
        Ok(event)
    }
}
