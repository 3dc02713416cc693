//! What happened, in CBV words. Events are facts: never edited; a correction is a new event that names the one it
//! corrects.

mod biz_step;
mod capture;
mod circumstances;
mod counting;
mod delivery;
mod hold;
mod item;
mod movement;
mod quantity;
mod reason;
mod requisition;
mod searching;
mod status;
mod unit;

pub use biz_step::BizStep;
pub use capture::{Capture, EntryMethod};
pub use circumstances::{Circumstances, MAX_SEAL, Note, NoteError, OrgNo, OrgNoError, PatientSeal};
pub use counting::{CountOutcome, Counting};
pub use delivery::{
    Answer, DeliveryNo, DeliveryNoError, DeliveryRef, Difference, Handling, ReceivingCheck, UnitStep,
};
pub use hold::{Hold, HoldMatch, HoldText, Holding, Releasing};
pub use item::{ArticleNo, ArticleNoError, Identified, Item, Unread};
pub use movement::{Movement, MovementError, OrderLineRef, OrderNo, OrderNoError};
pub use quantity::{Quantity, QuantityError};
pub use reason::ReasonCode;
pub use requisition::{Demand, Requisition};
pub use searching::Searching;
pub use status::StockStatus;
pub use unit::{Product, UnitKey};

use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::identity::PlaceCode;
use crate::log::{EventId, encode};
use crate::reference::delivery_mark;

/// One thing that happened.
///
/// The numbers are part of the frozen canonical form: add variants, never renumber.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
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
    /// Goods were counted.
    #[n(4)]
    Count(#[n(0)] Counting),
    /// Goods differ from what was announced or sent.
    #[n(5)]
    Differ(#[n(0)] Difference),
    /// A receiving check was done.
    #[n(6)]
    Check(#[n(0)] ReceivingCheck),
    /// A place was searched for held goods.
    #[n(7)]
    Search(#[n(0)] Searching),
    /// A logistic unit was handled.
    #[n(8)]
    Handle(#[n(0)] Handling),
    /// Goods are asked for.
    #[n(9)]
    Request(#[n(0)] Requisition),
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

    /// Version of the payload: the first one that can tell this event. Programs from before it keep the record and say
    /// that they are too old.
    pub fn schema(&self) -> u16 {
        match self {
            Self::Move(movement) if movement.needs_circumstances() => 2,
            Self::Move(_) | Self::Hold(_) | Self::Release(_) | Self::Void(_) => 1,
            Self::Count(_)
            | Self::Differ(_)
            | Self::Check(_)
            | Self::Search(_)
            | Self::Handle(_)
            | Self::Request(_) => 2,
        }
    }

    /// Stable word of the kind, as in JSON.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Move(_) => "move",
            Self::Hold(_) => "hold",
            Self::Release(_) => "release",
            Self::Void(_) => "void",
            Self::Count(_) => "count",
            Self::Differ(_) => "differ",
            Self::Check(_) => "check",
            Self::Search(_) => "search",
            Self::Handle(_) => "handle",
            Self::Request(_) => "request",
        }
    }

    /// Where it happened; for a movement where the goods are now.
    pub fn place(&self) -> Option<&PlaceCode> {
        match self {
            Self::Move(movement) => Some(&movement.to),
            Self::Hold(_) | Self::Release(_) | Self::Void(_) => None,
            Self::Count(counting) => Some(&counting.place),
            Self::Differ(difference) => Some(&difference.place),
            Self::Check(check) => Some(&check.place),
            Self::Search(searching) => Some(&searching.place),
            Self::Handle(handling) => Some(&handling.place),
            Self::Request(requisition) => Some(&requisition.place),
        }
    }

    /// The delivery that a difference or a receiving check is of.
    pub fn delivery(&self) -> Option<&DeliveryRef> {
        match self {
            Self::Differ(difference) => Some(&difference.delivery),
            Self::Check(check) => Some(&check.delivery),
            _ => None,
        }
    }

    /// What an event that moves nothing answers to: the count that another one checks, the hold that was searched for, the
    /// delivery that was received.
    pub fn about(&self) -> Option<Uuid> {
        if let Some(delivery) = self.delivery() {
            return delivery.key().map(|key| delivery_mark(&key));
        }
        match self {
            Self::Count(counting) => counting.first.map(|first| first.0),
            Self::Search(searching) => Some(searching.hold.0),
            _ => None,
        }
    }

    /// Who told it may take it back: everything but holds, which end by being lifted, and the taking back itself.
    pub fn may_be_taken_back(&self) -> bool {
        !matches!(self, Self::Hold(_) | Self::Release(_) | Self::Void(_))
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
