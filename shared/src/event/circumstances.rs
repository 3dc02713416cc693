//! What is out of the ordinary about a movement.

use minicbor::bytes::ByteVec;
use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

use super::item::short_text;
use super::reason::ReasonCode;
use super::status::StockStatus;
use crate::log::{EventId, Hash, HoldId};

short_text! {
    /// A few words of a person. Whoever takes them in has seen to it that no personal number is in them
    /// ([`crate::privacy`]).
    Note, NoteError, 200, "a note"
}

short_text! {
    /// Organisation number of a legal person.
    OrgNo, OrgNoError, 20, "an organisation number"
}

/// What a movement tells beyond what, where and how many. A movement without any of it has no circumstances.
#[derive(Clone, PartialEq, Eq, Default, Debug, Encode, Decode, Serialize, Deserialize)]
#[cbor(array)]
#[serde(default)]
pub struct Circumstances {
    /// State the goods were taken in, when it is not the usual one of the step.
    #[n(0)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub was: Option<StockStatus>,
    /// State the goods stand in afterwards, when it is not the usual one of the step.
    #[n(1)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub becomes: Option<StockStatus>,
    /// Why.
    #[n(2)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<ReasonCode>,
    /// More words to that.
    #[n(3)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<Note>,
    /// Event it follows from: a count, a difference.
    #[n(4)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cause: Option<EventId>,
    /// Hold it was done for.
    #[n(5)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hold: Option<HoldId>,
    /// Legal person the goods were handed over to, when it is another one than the giver (MDR Article 25).
    #[n(6)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub receiver: Option<OrgNo>,
    /// Who the goods were used for, sealed.
    #[n(7)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub patient: Option<PatientSeal>,
    /// Photographs by the SHA-256 of their bytes.
    #[n(8)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub photos: Option<Vec<Hash>>,
}

/// Longest sealed identity, bytes.
pub const MAX_SEAL: usize = 256;

/// An identity that only the patient-link service opens; [`crate::privacy::seal()`] makes it.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, Serialize, Deserialize)]
#[cbor(array)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PatientSeal {
    /// Which of the service's keys it is sealed to: SHA-256 of the public key.
    #[n(0)]
    pub key: Hash,
    /// The sealed identity, 1 to [`MAX_SEAL`] bytes.
    #[n(1)]
    #[serde(with = "super::capture::raw_bytes")]
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub sealed: ByteVec,
}

impl Circumstances {
    /// Whether there is anything to tell.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// What a movement carries: nothing, when there is nothing to tell.
    pub fn told(self) -> Option<Box<Self>> {
        (!self.is_empty()).then(|| Box::new(self))
    }
}
