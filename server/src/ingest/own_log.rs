//! The log the server writes itself: holds, and goods booked in at the console.

use std::sync::Arc;

use ed25519_dalek::SigningKey;
use sparhund_shared::event::Event;
use sparhund_shared::log::{EventId, Head, LogId, Moment, PublicKey, Sealed, Seen, SignedHead, Tail, UserId};
use tokio::sync::Mutex;

use crate::ops::{DataDir, LockError, NoRandomness, WriterLock, new_uuid, secret_file};
use crate::store::{Batch, SERVER_LOG, Store, StoreError};

/// Setting with the id of the server's own log.
const LOG_SETTING: &str = "own-log";

/// Records in one batch.
const BATCH: usize = 500;

/// An event to be told in the server's log.
#[derive(Clone, Debug)]
pub struct Told {
    /// What happened.
    pub event: Event,
    /// Who did it.
    pub user: UserId,
    /// When, Unix milliseconds.
    pub at: i64,
}

/// Why the server could not write its log.
#[derive(Debug, thiserror::Error)]
pub enum OwnLogError {
    /// The key cannot be read or made.
    #[error("the key of the server's own log: {0}; check the data directory and its rights")]
    Key(#[from] std::io::Error),
    /// Another process writes it: two would fork it.
    #[error(transparent)]
    Lock(#[from] LockError),
    /// No ids can be made.
    #[error(transparent)]
    Randomness(#[from] NoRandomness),
    /// The store did not take it.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// The writer of the server's own log. One life of the key is one log: another key begins another log.
pub struct OwnLog {
    store: Arc<dyn Store>,
    key: SigningKey,
    log: LogId,
    /// `None` when it must be read from the store first.
    tail: Mutex<Option<Tail>>,
    /// Locked as long as this writer lives; the system unlocks it even when the process is killed.
    _lock: WriterLock,
}

impl OwnLog {
    /// Opens the server's log, or begins it.
    ///
    /// # Errors
    /// When another process has it open, or the key file or the store cannot be used.
    pub async fn open(store: Arc<dyn Store>, data: &DataDir, now: i64) -> Result<Self, OwnLogError> {
        let lock = WriterLock::take(data)?;
        Self::open_locked(store, data, lock, now).await
    }

    /// The same for whoever has the lock already, and keeps it in the log.
    ///
    /// # Errors
    /// When the key file or the store cannot be used.
    pub async fn open_locked(
        store: Arc<dyn Store>,
        data: &DataDir,
        lock: WriterLock,
        now: i64,
    ) -> Result<Self, OwnLogError> {
        let key = SigningKey::from_bytes(&secret_file(&data.log_key())?);
        let public = PublicKey::of(&key);
        let kept = store.setting(LOG_SETTING).await?.and_then(|id| id.parse().ok());
        let known = match kept {
            Some(log) => store.log_key(log).await?,
            None => None,
        };
        let log = match kept {
            // As it was left: nothing is to be written, on a disk that takes no writes either.
            Some(log) if known == Some(public) => log,
            kept => {
                let log = match (kept, known) {
                    (Some(log), None) => log,
                    _ => LogId(new_uuid(now)?),
                };
                store.open_log(log, public, SERVER_LOG).await?;
                store.set_setting(LOG_SETTING, &log.to_string()).await?;
                log
            }
        };
        Ok(Self {
            store,
            key,
            log,
            tail: Mutex::new(None),
            _lock: lock,
        })
    }

    /// Its id.
    pub fn log(&self) -> LogId {
        self.log
    }

    /// Key under which all that the server signs here verifies.
    pub fn key(&self) -> PublicKey {
        PublicKey::of(&self.key)
    }

    /// Its end, signed.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn head(&self) -> Result<SignedHead, StoreError> {
        let heads = self.store.heads(&[self.log]).await?;
        let head = heads.first().copied().unwrap_or(Tail::empty(self.log).head);
        Ok(head.sign(&self.key))
    }

    /// Signs that the server held this head at `now` (Unix milliseconds).
    pub fn saw(&self, head: Head, now: i64) -> Seen {
        Seen::sign(head, now, self.log, &self.key)
    }

    /// Tells one event; its id once it is durable. `now` is Unix milliseconds.
    ///
    /// # Errors
    /// When the store does not take it; then it may be told again.
    pub async fn append(&self, event: Event, user: UserId, now: i64) -> Result<EventId, OwnLogError> {
        let id = EventId(new_uuid(now)?);
        let told = Told { event, user, at: now };
        self.write(&[(id, told)], now).await?;
        Ok(id)
    }

    /// Tells many events in order, in few commits; their ids.
    ///
    /// # Errors
    /// When the store does not take them; those of earlier commits stay.
    pub async fn append_all(&self, told: Vec<Told>, now: i64) -> Result<Vec<EventId>, OwnLogError> {
        let told = told
            .into_iter()
            .map(|told| Ok((EventId(new_uuid(told.at)?), told)))
            .collect::<Result<Vec<_>, OwnLogError>>()?;
        for part in told.chunks(BATCH) {
            self.write(part, now).await?;
        }
        Ok(told.into_iter().map(|(id, _)| id).collect())
    }

    async fn write(&self, told: &[(EventId, Told)], now: i64) -> Result<(), OwnLogError> {
        // Held over the commit: the next record names this one.
        let mut kept = self.tail.lock().await;
        let mut tail = match kept.take() {
            Some(tail) => tail,
            None => self.read_tail().await?,
        };
        let mut records = Vec::with_capacity(told.len());
        for (id, told) in told {
            let moment = Moment {
                at: told.at,
                offset: Some(0),
            };
            let sealed = tail.next(*id, moment, told.user, &told.event);
            tail = Tail::after(&sealed);
            records.push(sealed);
        }
        let head = tail.head.sign(&self.key);
        let batch = Batch {
            head,
            records,
            received_at: now,
        };
        // When this fails the tail stays unknown: whether the records went in is asked of the store.
        self.store.append(batch).await?;
        *kept = Some(tail);
        Ok(())
    }

    async fn read_tail(&self) -> Result<Tail, OwnLogError> {
        let heads = self.store.heads(&[self.log]).await?;
        let Some(head) = heads.first().filter(|head| head.seq > 0) else {
            return Ok(Tail::empty(self.log));
        };
        let records = self.store.log_page(self.log, head.seq, 2).await?;
        records
            .into_iter()
            .find(|record| record.seq == head.seq && record.hash == head.hash)
            .and_then(|record| Sealed::open(record.bytes).ok())
            .filter(|sealed| Head::of(sealed) == *head)
            .map(|last| Tail::after(&last))
            .ok_or_else(|| {
                let text = format!("record {} of the server's own log cannot be read", head.seq);
                StoreError::Damaged(text).into()
            })
    }
}
