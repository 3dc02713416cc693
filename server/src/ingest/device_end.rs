//! The server's end of a device's sync.

use minicbor::bytes::ByteVec;
use sparhund_shared::log::{Hash, Head, LogId, Seen};
use sparhund_shared::wire::{
    Covered, FeedPage, Heads, HeadsAnswer, MAX_FEED_PAGE, MAX_UPLOAD, OwnHead, Peer, Receipt, Topic, Upload,
};

use super::own_log::OwnLog;
use super::receive::{IngestError, receive};
use crate::store::{Device, INCARNATION_SETTING, Store, StoreError};

/// Heads one heartbeat may tell; a device writes one log.
const MAX_HEADS: usize = 16;
/// So far apart two clocks cannot both be right, milliseconds.
const DAY_MS: i64 = 24 * 3_600_000;

/// What one device may ask at one moment. The protocol itself: HTTP only carries it.
pub struct DeviceEnd<'a> {
    /// What the server remembers.
    pub store: &'a dyn Store,
    /// Who countersigns.
    pub own_log: &'a OwnLog,
    /// Who asks.
    pub device: &'a Device,
    /// Server clock, Unix milliseconds.
    pub now: i64,
    /// Since when this server has not exchanged with the central one; as [`HeadsAnswer::alone_since`].
    pub alone_since: Option<i64>,
}

impl Peer for DeviceEnd<'_> {
    type Error = IngestError;

    async fn heads(&self, told: &Heads) -> Result<HeadsAnswer, IngestError> {
        if told.heads.len() > MAX_HEADS || told.seen.len() > MAX_HEADS {
            return Err(IngestError::TooManyHeads(MAX_HEADS));
        }
        for signed in &told.heads {
            self.own(signed.head.log)?;
            signed.verify(&self.device.key)?;
        }
        let offset = told.now.saturating_sub(self.now);
        self.store
            .heartbeat(self.device.id, self.now, offset, told.holds)
            .await?;
        let heads = self.store.heads(&[self.device.log]).await?;
        let seen = self
            .countersign(&heads, self.witnessed(&told.seen).await?)
            .await?;
        let own = self.own_log.head().await?;
        let known = match told.known {
            Some(known) if known.log == own.head.log => self.hash_at(known).await?,
            _ => None,
        };
        let covered = self.store.covered(self.device.log).await?;
        let incarnation = self.store.setting(INCARNATION_SETTING).await?;
        Ok(HeadsAnswer {
            heads,
            now: self.now,
            incarnation: incarnation.and_then(|id| id.parse().ok()),
            // Until a backup is verified, no record may be forgotten by its device.
            covered: vec![Covered {
                log: self.device.log,
                seq: covered,
            }],
            own: Some(OwnHead {
                key: self.own_log.key(),
                head: own,
            }),
            known,
            seen,
            alone_since: self.alone_since,
        })
    }

    async fn upload(&self, upload: &Upload) -> Result<Receipt, IngestError> {
        self.take(upload.clone()).await
    }

    async fn records(&self, log: LogId, from: u64, most: usize) -> Result<Vec<ByteVec>, IngestError> {
        self.own(log)?;
        let page = self.store.log_page(log, from, most.clamp(1, MAX_UPLOAD)).await?;
        Ok(page.into_iter().map(|record| record.bytes.into()).collect())
    }

    async fn feed(&self, topic: Topic, after: u64, _: u32) -> Result<FeedPage, IngestError> {
        Ok(self.store.feed(topic, after, MAX_FEED_PAGE).await?)
    }
}

impl DeviceEnd<'_> {
    /// Stores an upload; that of a revoked device is put aside.
    ///
    /// # Errors
    /// As [`Peer::upload`]: when the log is not the device's, the upload too large, the signature wrong or the store
    /// cannot take it.
    pub async fn take(&self, upload: Upload) -> Result<Receipt, IngestError> {
        self.own(upload.head.head.log)?;
        if upload.records.len() > MAX_UPLOAD {
            return Err(IngestError::TooManyRecords(MAX_UPLOAD));
        }
        receive(self.store, self.device.log, upload, self.now).await
    }

    /// A device speaks for its own log only.
    fn own(&self, log: LogId) -> Result<(), IngestError> {
        if self.device.log == log {
            return Ok(());
        }
        Err(IngestError::OtherLog(log))
    }

    /// What the device says it has seen: heads of the server's own log, signed by it. What does not stand there, or was seen in
    /// the future, is left out: it proves nothing, and no export that holds it would verify.
    async fn witnessed(&self, told: &[Seen]) -> Result<Vec<Seen>, IngestError> {
        let own = self.own_log.log();
        let mut witnessed = Vec::with_capacity(told.len());
        for seen in told {
            self.own(seen.by)?;
            seen.verify(&self.device.key)?;
            // Of an earlier life of the server's log it tells what that life had signed: nobody asks any more.
            if seen.head.log != own {
                continue;
            }
            let (place, hash) = (seen.head.seq, seen.head.hash);
            if seen.at > self.now.saturating_add(DAY_MS) {
                tracing::warn!(device.id = %self.device.id, seq = place, at = seen.at, "a device signed for the future");
            } else if !self.at(seen.head).await?.contains(&hash) {
                tracing::warn!(
                    device.id = %self.device.id, seq = place, hash = %hash,
                    "a device signed for a record that this log does not hold: it lies, or the log is another one than it was"
                );
            } else {
                witnessed.push(seen.clone());
            }
        }
        Ok(witnessed)
    }

    /// Signs for heads that were not signed for, keeps that with what the device has seen, and answers all of them.
    async fn countersign(&self, heads: &[Head], mut news: Vec<Seen>) -> Result<Vec<Seen>, IngestError> {
        let mut answer = Vec::with_capacity(heads.len());
        for head in heads.iter().filter(|head| head.seq > 0) {
            let last = self.store.last_seen(head.log, self.own_log.log()).await?;
            let seen = last.filter(|last| last.head == *head);
            let seen = seen.unwrap_or_else(|| {
                let seen = self.own_log.saw(*head, self.now);
                news.push(seen.clone());
                seen
            });
            answer.push(seen);
        }
        if !news.is_empty() {
            self.store.keep_seen(news, self.now).await?;
        }
        Ok(answer)
    }

    /// What stands at a place of the server's own log: the record that is asked for, or the one that is there instead.
    async fn hash_at(&self, known: Head) -> Result<Option<Hash>, StoreError> {
        let there = self.at(known).await?;
        let stands = there.contains(&known.hash).then_some(known.hash);
        Ok(stands.or(there.first().copied()))
    }

    /// The records at the place of a head.
    async fn at(&self, head: Head) -> Result<Vec<Hash>, StoreError> {
        let page = self.store.log_page(head.log, head.seq, MAX_HEADS).await?;
        let there = page.into_iter().filter(|record| record.seq == head.seq);
        Ok(there.map(|record| record.hash).collect())
    }
}
