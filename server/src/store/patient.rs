//! Sealed identities of patients, and the tokens that the patient-link service makes of them.

use serde::{Deserialize, Serialize};
use sparhund_shared::event::PatientSeal;
use sparhund_shared::log::{EventId, Hash};

/// Setting with the id of the patient-link service that may fetch seals: that of the newest token made for it.
pub const PATIENT_LINK_SETTING: &str = "patient_link";

/// A seal as the service fetches it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, utoipa::ToSchema)]
pub struct SealRow {
    /// Its place in the order in which seals came; no number comes twice.
    pub no: u64,
    /// Event it belongs to.
    pub event: EventId,
    /// Logical time of the event, milliseconds.
    pub tick: i64,
    /// The seal.
    pub seal: PatientSeal,
}

/// What the service made of a seal.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, utoipa::ToSchema)]
pub struct TokenRow {
    /// Number of the seal.
    pub no: u64,
    /// Event it belongs to.
    pub event: EventId,
    /// The same for one patient everywhere; who that is, only the service knows.
    pub token: Hash,
}
