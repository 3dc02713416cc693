//! What came from a device after it was revoked.

use serde::{Deserialize, Serialize};
use sparhund_shared::log::{LogId, Sealed, UserId};

/// Most records of one log that wait: more than a shift's, less than fills a disk.
pub const QUARANTINE_MOST: u64 = 20_000;
/// Most bytes of them.
pub const QUARANTINE_BYTES: u64 = 20_000_000;
/// Most bytes that are kept of one log, decided about or not: what was decided about is never deleted.
pub const QUARANTINE_KEPT_BYTES: u64 = 10 * QUARANTINE_BYTES;

/// Records of a log that wait for a person's decision.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, utoipa::ToSchema)]
pub struct Quarantined {
    /// The log.
    pub log: LogId,
    /// How many records wait; those that another enrolment told just the same are left out.
    pub records: u64,
    /// When the last of them came, Unix milliseconds.
    pub received_at: i64,
}

/// A part of what waits, and what the whole is.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct QuarantinePage {
    /// How many records wait in all.
    pub records: u64,
    /// When the last of them came, Unix milliseconds; 0 when none waits.
    pub received_at: i64,
    /// Records in their order.
    pub rows: Vec<Sealed>,
}

/// What becomes of records that wait.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// They are what the device's user did: they enter the log.
    TakeIn,
    /// They stay aside for good, and do not count under another log either.
    Reject,
}

/// What a person decides about the records that wait.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct QuarantineDecision {
    /// What.
    pub verdict: Verdict,
    /// Who says so.
    pub by: UserId,
    /// Why.
    pub reason: String,
    /// How many records they were shown.
    pub records: u64,
    /// When the last of those had come, Unix milliseconds. Nothing that came later is decided about.
    pub received_at: i64,
}

/// What was decided.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, utoipa::ToSchema)]
pub struct QuarantineDecided {
    /// What.
    pub verdict: Verdict,
    /// By whom.
    pub by: UserId,
    /// When, Unix milliseconds.
    pub at: i64,
    /// Why.
    pub reason: String,
    /// About how many records.
    pub records: u64,
}
