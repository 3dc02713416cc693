//! What a check found.

use sparhund_shared::log::{EventId, Head, LogId, PublicKey};

/// A log of an export, and what a later one must hold of it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Writer {
    /// The log.
    pub log: LogId,
    /// Under which its heads are signed.
    pub key: PublicKey,
    /// What its writer is called.
    pub name: String,
    /// Its signed ends: one, and another for each gap and fork.
    pub ends: Vec<Head>,
}

/// What an export holds that passed every check.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Verified {
    /// Name of the region that made it.
    pub region: String,
    /// When, Unix milliseconds.
    pub made_at: i64,
    /// Logs.
    pub logs: u64,
    /// Who wrote each of them, in the order of the file.
    pub writers: Vec<Writer>,
    /// Records.
    pub records: u64,
    /// Signed heads.
    pub heads: u64,
    /// Countersignatures: words of another writer that it held a record at a time.
    pub seen: u64,
    /// The latest of those times, Unix milliseconds, and by whose clock: what was there by then was not changed since.
    pub seen_until: Option<(i64, String)>,
    /// Records that this version cannot read the event of.
    pub unreadable: u64,
    /// Records that had not come when the file was made: writer, first, last.
    pub gaps: Vec<(String, u64, u64)>,
    /// Places with more than one record: writer, place.
    pub forks: Vec<(String, u64)>,
    /// Records that are not later than the one before them, as their writer should have made them: writer, place,
    /// event. Their signatures are right, so the writer's clock was tampered with.
    pub back: Vec<(String, u64, EventId)>,
}
