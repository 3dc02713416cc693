//! What a movement tells beyond what, where and how many.

use serde::{Deserialize, Serialize};
use sparhund_shared::event::{Circumstances, Note, OrgNo, ReasonCode};
use sparhund_shared::log::{EventId, Hash, HoldId};

/// Circumstances as they are shown: of a patient only that one is linked.
#[derive(Clone, PartialEq, Eq, Default, Debug, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(default)]
pub struct Told {
    /// Why.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<ReasonCode>,
    /// More words to that.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<Note>,
    /// Event it follows from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cause: Option<EventId>,
    /// Hold it was done for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hold: Option<HoldId>,
    /// Legal person the goods were handed over to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub receiver: Option<OrgNo>,
    /// Whether a patient is linked; who it is, only the patient-link service knows.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub patient: bool,
    /// Photographs by the SHA-256 of their bytes.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub photos: Vec<Hash>,
}

impl Told {
    /// What is shown of circumstances; `None` when that is nothing.
    pub fn of(circumstances: &Circumstances) -> Option<Self> {
        let told = Self {
            reason: circumstances.reason,
            note: circumstances.note.clone(),
            cause: circumstances.cause,
            hold: circumstances.hold,
            receiver: circumstances.receiver.clone(),
            patient: circumstances.patient.is_some(),
            photos: circumstances.photos.clone().unwrap_or_default(),
        };
        (told != Self::default()).then_some(told)
    }
}
