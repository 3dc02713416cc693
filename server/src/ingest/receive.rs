//! An upload from a device, proved and stored.

use sparhund_shared::log::{Head, LogId, PublicKey, SignatureError};
use sparhund_shared::wire::{Receipt, Refusal, RefusalCode, Upload};

use super::prove::{Proven, prove};
use crate::store::{Store, StoreError, Taken};

/// Uploads with more records are checked on a thread that may work long.
const INLINE: usize = 200;

/// Why nothing of an upload was taken.
#[derive(Debug, thiserror::Error)]
pub enum IngestError {
    /// The head is of another log than the writer's own.
    #[error("log {0} is not this device's; a device that was set up anew must be enrolled anew")]
    OtherLog(LogId),
    /// More heads than one device can have.
    #[error("at most {0} heads at a time; a device writes one log")]
    TooManyHeads(usize),
    /// More records than one upload may carry.
    #[error("an upload holds at most {0} records; send the first ones under a head of their own")]
    TooManyRecords(usize),
    /// Nobody registered the log.
    #[error("log {0} is not known here; enrol the device first")]
    UnknownLog(LogId),
    /// The head is not the writer's.
    #[error(transparent)]
    Signature(#[from] SignatureError),
    /// The store did not take it.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Stores what an upload proves; the receipt names the rest. What a device sends that was revoked, or goes on under another
/// key, is put aside, and the receipt names every record as not taken. `own` is the log of the device that sends, `now` Unix
/// milliseconds.
///
/// # Errors
/// When the log is another one or unknown, when the signature is wrong, when the store cannot take it or the quarantine
/// of the log is full; then nothing of it is stored.
pub async fn receive(
    store: &dyn Store,
    own: LogId,
    upload: Upload,
    now: i64,
) -> Result<Receipt, IngestError> {
    let log = upload.head.head.log;
    if log != own {
        return Err(IngestError::OtherLog(log));
    }
    let key = store.log_key(log).await?.ok_or(IngestError::UnknownLog(log))?;
    let sent = u32::try_from(upload.records.len()).unwrap_or(u32::MAX);
    let mut proven = check(upload, key).await?;
    let mut refused: Vec<Refusal> = std::mem::take(&mut proven.refused);
    for refusal in refused
        .iter()
        .filter(|refusal| refusal.code == RefusalCode::NotYours)
    {
        tracing::warn!(log.id = %log, seq = refusal.seq, "a device tried to set or lift a hold");
    }
    let taken = match proven.batch(now) {
        Some(batch) => Some(store.take(batch).await?),
        None => None,
    };
    let (head, stored, known) = match taken {
        Some(Taken::In(appended)) => (appended.head, appended.stored, appended.known),
        Some(Taken::Aside(_)) => {
            put_aside(&mut refused, sent);
            (head_of(store, log).await?, 0, 0)
        }
        None => (head_of(store, log).await?, 0, 0),
    };
    Ok(Receipt {
        head,
        stored,
        known,
        refused,
        now,
    })
}

async fn head_of(store: &dyn Store, log: LogId) -> Result<Head, IngestError> {
    let head = store.heads(&[log]).await?.into_iter().next();
    head.ok_or(IngestError::UnknownLog(log))
}

/// Names those records of an upload that were not refused already.
fn put_aside(refused: &mut Vec<Refusal>, sent: u32) {
    let left: Vec<u32> = (0..sent)
        .filter(|index| refused.iter().all(|refusal| refusal.index != *index))
        .collect();
    refused.extend(left.into_iter().map(|index| {
        Refusal {
            index,
            seq: None,
            hash: None,
            code: RefusalCode::Quarantined,
            detail:
                "the device was revoked, or changed its key: the record is kept aside until a quality officer decides about it"
                    .to_owned(),
        }
    }));
    refused.sort_by_key(|refusal| refusal.index);
}

async fn check(upload: Upload, key: PublicKey) -> Result<Proven, IngestError> {
    if upload.records.len() <= INLINE {
        return Ok(prove(upload, &key)?);
    }
    tokio::task::spawn_blocking(move || prove(upload, &key))
        .await
        .map_err(|error| StoreError::Engine(error.to_string()))?
        .map_err(IngestError::Signature)
}
