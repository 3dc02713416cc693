//! The central server's end of the exchange, over its store.

use async_trait::async_trait;
use serde::Deserialize as _;
use sparhund_shared::log::{Head, LogId, PublicKey, Seen, UserId};
use sparhund_shared::reference::Role;
use sparhund_shared::wire::{OwnHead, Receipt, Upload};

use super::{
    Greeted, Greeting, HeadsOfLog, MAX_LOGS, MAX_RECORDS, MAX_ROWS, Neighbour, ROW_FORMAT, RelayError,
    prove_relayed, summary,
};
use crate::ingest::OwnLog;
use crate::store::{
    Conflict, INCARNATION_SETTING, JoinedSite, LogIntro, LogKind, LogSum, Offered, PAGE_BYTES, RowKind,
    SERVER_LOG, SharedRow, SiteHeard, Store, StoreError,
};

/// A signature with a later time is not believed.
const DAY_MS: i64 = 24 * 3_600_000;

/// Why the central server did not do what a site asked.
#[derive(Debug, thiserror::Error)]
pub enum CentralError {
    /// What it carried is not proven.
    #[error(transparent)]
    Relay(#[from] RelayError),
    /// More than one message may carry.
    #[error("at most {0} at a time")]
    TooMany(usize),
    /// The store could not do it.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// The end as one site may use it. This is the protocol itself: HTTP only carries it.
pub struct CentralEnd<'a> {
    /// What the server remembers.
    pub store: &'a dyn Store,
    /// Who countersigns.
    pub own_log: &'a OwnLog,
    /// Who asks.
    pub site: &'a JoinedSite,
    /// Server clock, Unix milliseconds.
    pub now: i64,
}

#[async_trait]
impl Neighbour for CentralEnd<'_> {
    type Error = CentralError;

    fn refused(&self, error: &CentralError) -> bool {
        match error {
            CentralError::Store(error) => is_about_one_thing(error),
            CentralError::Relay(_) | CentralError::TooMany(_) => true,
        }
    }

    async fn greet(&self, greeting: &Greeting) -> Result<Greeted, CentralError> {
        let holds = summary(self.store).await?;
        let told = &greeting.own;
        let own = self.own_log_of_site(told).await?;
        let heard = SiteHeard {
            log: own.map(|_| told.head.head.log),
            offset: greeting.now.saturating_sub(self.now),
            // As many of one as of the other may be others all the same.
            behind: Some(
                holds
                    .records
                    .abs_diff(greeting.holds.records)
                    .max(u64::from(!holds.same_records(greeting.holds))),
            ),
            now: self.now,
        };
        self.store.hear_site(self.site.id, heard).await?;
        let mut seen = None;
        if own.is_some()
            && told.head.head.seq > 0
            && self.store.lacking(vec![told.head.head]).await?.is_empty()
        {
            seen = Some(self.own_log.saw(told.head.head, self.now));
        }
        let keep: Vec<Seen> = seen
            .iter()
            .chain(&self.witnessed(greeting, own).await?)
            .cloned()
            .collect();
        if !keep.is_empty() {
            self.store.keep_seen(keep, self.now).await?;
        }
        let incarnation = self.store.setting(INCARNATION_SETTING).await?;
        Ok(Greeted {
            incarnation: incarnation
                .and_then(|id| id.parse().ok())
                .ok_or_else(|| StoreError::Damaged("the database has no incarnation".to_owned()))?,
            own: OwnHead {
                key: self.own_log.key(),
                head: self.own_log.head().await?,
            },
            now: self.now,
            holds,
            row_format: ROW_FORMAT,
            backup: self.store.last_backup().await?.map(|backup| backup.made_at),
            seen,
        })
    }

    async fn logs(&self, after: Option<LogId>) -> Result<Vec<LogSum>, CentralError> {
        Ok(self.store.log_sums(after, MAX_LOGS).await?)
    }

    async fn introduce(&self, logs: &[LogIntro]) -> Result<(), CentralError> {
        bounded(logs.len(), MAX_LOGS)?;
        let mut logs = logs.to_vec();
        // Under the name of its own log a server looks for what it wrote itself.
        for intro in logs.iter_mut().filter(|intro| intro.name == SERVER_LOG) {
            self.site.name.clone_into(&mut intro.name);
        }
        for intro in logs.iter().filter(|intro| intro.kind == LogKind::Server) {
            if self.store.log_kind(intro.log).await?.is_none() {
                tracing::warn!(
                    site.name = %self.site.name, log.id = %intro.log, log.name = %intro.name,
                    "a site made a server's log known: it may set and lift holds"
                );
            }
        }
        Ok(self.store.introduce(logs).await?)
    }

    async fn heads(&self, after: Head) -> Result<HeadsOfLog, CentralError> {
        Ok(heads_of(self.store, after).await?)
    }

    async fn lacking(&self, records: &[Head]) -> Result<Vec<Head>, CentralError> {
        bounded(records.len(), MAX_RECORDS)?;
        Ok(self.store.lacking(records.to_vec()).await?)
    }

    async fn chain(&self, from: Head, until: Head) -> Result<Vec<Vec<u8>>, CentralError> {
        Ok(self.store.chain(from, until, MAX_RECORDS).await?)
    }

    async fn take(&self, upload: &Upload) -> Result<Receipt, CentralError> {
        let log = upload.head.head.log;
        let (key, kind) = known(self.store, log).await?;
        let anchors = self.store.wanted(log, MAX_RECORDS).await?;
        let batch = prove_relayed(upload.clone(), &key, kind, &anchors, self.now)?;
        let appended = self.store.append(batch).await?;
        Ok(Receipt {
            head: appended.head,
            stored: appended.stored,
            known: appended.known,
            refused: Vec::new(),
            now: self.now,
        })
    }

    async fn rows(&self, after: u64) -> Result<Vec<SharedRow>, CentralError> {
        Ok(self.store.rows_after(after, MAX_ROWS).await?)
    }

    async fn offer(&self, rows: &[SharedRow]) -> Result<Vec<Offered>, CentralError> {
        bounded(rows.len(), MAX_ROWS)?;
        let mut offered = Vec::with_capacity(rows.len());
        let mut bytes = 0;
        for row in rows {
            let account = account_of(row);
            let before = self.roles(account).await?;
            let answer = self
                .store
                .offer_row(row.clone(), &self.site.name, self.now)
                .await?;
            self.note_gained(account, &before).await?;
            if let Offered::Lost(stands) = &answer {
                bytes += stands.body.to_string().len();
            }
            offered.push(answer);
            // The site goes on after the last one that is answered.
            if bytes > PAGE_BYTES {
                break;
            }
        }
        Ok(offered)
    }
}

impl CentralEnd<'_> {
    /// The roles of a person; none while the account is closed.
    async fn roles(&self, account: Option<UserId>) -> Result<Vec<Role>, CentralError> {
        let Some(id) = account else { return Ok(Vec::new()) };
        let account = self.store.account_by_id(id).await?;
        Ok(account
            .filter(|account| account.active)
            .map_or_else(Vec::new, |account| account.user.roles))
    }

    /// Tells the operator when a row of a site gave somebody a role.
    async fn note_gained(&self, account: Option<UserId>, before: &[Role]) -> Result<(), CentralError> {
        let now = self.roles(account).await?;
        let gained: Vec<&Role> = now.iter().filter(|role| !before.contains(role)).collect();
        if let Some(id) = account
            && !gained.is_empty()
        {
            tracing::warn!(site.name = %self.site.name, user.id = %id, roles = ?gained, "a site gave somebody roles");
        }
        Ok(())
    }

    /// The key of the log that a site says it writes: the one that log has here. `None` when it is not known yet, is no server's, or is
    /// another's.
    async fn own_log_of_site(&self, told: &OwnHead) -> Result<Option<PublicKey>, CentralError> {
        let log = told.head.head.log;
        let Some(key) = self.store.log_key(log).await? else {
            return Ok(None);
        };
        let is_its = key == told.key
            && told.head.verify(&key).is_ok()
            && self.store.log_kind(log).await? == Some(LogKind::Server)
            && log != self.own_log.log()
            && self.store.sites().await?.iter().all(|other| {
                other.id == self.site.id || other.revoked_at.is_some() || other.log != Some(log)
            });
        if !is_its {
            tracing::warn!(site.name = %self.site.name, log.id = %log, "a site says that it writes a log which is not its own");
        }
        Ok(is_its.then_some(key))
    }

    /// The site's countersignature under this server's own log, when it is one: the record it names must stand here.
    async fn witnessed(
        &self,
        greeting: &Greeting,
        own: Option<PublicKey>,
    ) -> Result<Option<Seen>, CentralError> {
        let (Some(seen), Some(key)) = (&greeting.seen, own) else {
            return Ok(None);
        };
        let fits = seen.head.log == self.own_log.log()
            && seen.by == greeting.own.head.head.log
            && is_signed(seen, &key, self.now)
            && self.store.lacking(vec![seen.head]).await?.is_empty();
        if !fits {
            tracing::warn!(site.name = %self.site.name, "a site signed for what does not stand in this server's log");
        }
        Ok(fits.then(|| seen.clone()))
    }
}

/// The account that a row changes: of its own table, or by what was chosen of a conflict.
fn account_of(row: &SharedRow) -> Option<UserId> {
    let key = match row.kind {
        RowKind::Account => row.key.clone(),
        RowKind::Conflict => {
            let conflict = Conflict::deserialize(&row.body).ok()?;
            (conflict.kind == RowKind::Account).then_some(conflict.key)?
        }
        RowKind::Article | RowKind::Place | RowKind::Order | RowKind::Rule | RowKind::Delivery => {
            return None;
        }
    };
    key.parse().ok().map(UserId)
}

/// Whether a countersignature is by this key, of a record, and not from the future.
pub(super) fn is_signed(seen: &Seen, key: &PublicKey, now: i64) -> bool {
    seen.head.seq > 0 && seen.at <= now.saturating_add(DAY_MS) && seen.verify(key).is_ok()
}

/// Whether a store failed at what it was asked, and not as a whole.
pub(super) fn is_about_one_thing(error: &StoreError) -> bool {
    matches!(error, StoreError::Conflict(_) | StoreError::Damaged(_))
}

/// What proves a log in a store after one of its signed heads, and what is missing of it.
async fn heads_of(store: &dyn Store, after: Head) -> Result<HeadsOfLog, StoreError> {
    let log = after.log;
    if store.log_key(log).await?.is_none() {
        return Ok(HeadsOfLog::default());
    }
    Ok(HeadsOfLog {
        signed: store.signed_heads_after(after, MAX_RECORDS).await?,
        head: store.heads(&[log]).await?.into_iter().next(),
        wanted: store.wanted(log, MAX_RECORDS).await?,
    })
}

/// Key and kind of a log.
pub(super) async fn known(store: &dyn Store, log: LogId) -> Result<(PublicKey, LogKind), CentralError> {
    let key = store.log_key(log).await?.ok_or(RelayError::UnknownLog(log))?;
    let kind = store.log_kind(log).await?.ok_or(RelayError::UnknownLog(log))?;
    Ok((key, kind))
}

fn bounded(count: usize, most: usize) -> Result<(), CentralError> {
    if count > most {
        return Err(CentralError::TooMany(most));
    }
    Ok(())
}
