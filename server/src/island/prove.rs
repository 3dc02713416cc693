//! Records that another server carried: proven by who wrote them.

use std::collections::HashMap;

use sparhund_shared::event::Event;
use sparhund_shared::log::{Hash, Head, LogId, PublicKey, RecordError, Sealed, SignatureError};
use sparhund_shared::wire::{MAX_RECORD_BYTES, Upload};

use super::MAX_RECORDS;
use crate::store::{Batch, LogKind};

/// Why nothing of what another server carried is believed.
#[derive(Debug, thiserror::Error)]
pub enum RelayError {
    /// Too many at once.
    #[error("at most {MAX_RECORDS} records at a time; send the rest in messages of their own")]
    TooMany,
    /// A head alone proves nothing and would stand in every export.
    #[error("no record comes with the signed head of log {0}: send those that it proves")]
    Empty(LogId),
    /// No record is that large.
    #[error(
        "a record of log {0} has {1} bytes, and one has {MAX_RECORD_BYTES} at most: its writer is not to be trusted"
    )]
    TooLarge(LogId, usize),
    /// The signature is not the writer's.
    #[error(transparent)]
    Signature(#[from] SignatureError),
    /// Its bytes are no record.
    #[error("a record of log {0}: {1}")]
    Record(LogId, RecordError),
    /// Nothing signed reaches it.
    #[error(
        "record {1} of log {0} is reached by no signed head: it was changed, or is sent before what proves it"
    )]
    Unproven(LogId, u64),
    /// A device tells of a hold.
    #[error("log {0} is written by a device, which sets and lifts no holds")]
    NotItsHold(LogId),
    /// Nobody made the log known.
    #[error("log {0} is not known here: make it known first")]
    UnknownLog(LogId),
}

/// Checks records of one chain, in order. Their top is the signed head itself, or one of `anchors`: records that are missing here
/// and that proven ones name as their predecessors.
///
/// # Errors
/// When one of them is not proven; then none is believed.
pub fn prove_relayed(
    upload: Upload,
    key: &PublicKey,
    kind: LogKind,
    anchors: &[Head],
    now: i64,
) -> Result<Batch, RelayError> {
    if upload.records.len() > MAX_RECORDS {
        return Err(RelayError::TooMany);
    }
    let head = upload.head;
    head.verify(key)?;
    let log = head.head.log;
    if upload.records.is_empty() {
        return Err(RelayError::Empty(log));
    }
    let mut records = Vec::with_capacity(upload.records.len());
    for bytes in upload.records {
        if bytes.len() > MAX_RECORD_BYTES {
            return Err(RelayError::TooLarge(log, bytes.len()));
        }
        let sealed = Sealed::open(bytes.into()).map_err(|error| RelayError::Record(log, error))?;
        if kind == LogKind::Device && Event::governs_hold(&sealed.record().payload) {
            return Err(RelayError::NotItsHold(log));
        }
        records.push(sealed);
    }
    let mut next: HashMap<Hash, u64> = anchors
        .iter()
        .chain([&head.head])
        .filter(|anchor| anchor.log == log)
        .map(|anchor| (anchor.hash, anchor.seq))
        .collect();
    for sealed in records.iter().rev() {
        let record = sealed.record();
        if record.log != log || next.get(&sealed.hash()) != Some(&record.seq) {
            return Err(RelayError::Unproven(log, record.seq));
        }
        next = HashMap::from([(record.prev, record.seq.saturating_sub(1))]);
    }
    Ok(Batch {
        head,
        records,
        received_at: now,
    })
}
