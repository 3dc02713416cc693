//! What came from a device after it was revoked.

use serde::Serialize;
use sparhund_shared::log::{LogId, UserId};

/// Most records of one log that are kept aside: more than a shift's, less than fills a disk.
pub const QUARANTINE_MOST: u64 = 20_000;

/// Records of a log that wait for a person's decision.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, utoipa::ToSchema)]
pub struct Quarantined {
    /// The log.
    pub log: LogId,
    /// How many records wait; those whose events came under another enrolment are left out.
    pub records: u64,
    /// When the last of them came, Unix milliseconds.
    pub received_at: i64,
}

/// What a person decides about the records that wait.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum QuarantineDecision {
    /// They are what the device's user did: they enter the log.
    TakeIn,
    /// They stay aside for good.
    Reject {
        /// Who says so.
        by: UserId,
        /// Why.
        reason: String,
    },
}
