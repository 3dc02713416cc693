//! What the service keeps: epochs, seals and what became of them, people under keys of their own.

use std::sync::{Mutex, MutexGuard, PoisonError};

use rusqlite::{Connection, OptionalExtension as _, Transaction, TransactionBehavior, params};
use sparhund_shared::log::{EventId, Hash};
use sparhund_shared::privacy::{Identity, OpenError, SecretKey, open};
use uuid::Uuid;

use super::LinkError;
use super::access::{self, Access, Asked, Deed};
use super::db::{connect, epochs, fault_of_key, set, setting};
use super::keys::{Epoch, Keys, LinkDir};
use crate::store::{SealRow, TokenRow};

/// Domain of the hash that tells the seals of one event apart.
const SEAL_TAG: &str = "sparhund/patient-seal-bytes/1";
const DAY_MS: i64 = 86_400_000;

/// The store with its keys.
pub struct LinkStore {
    conn: Mutex<Connection>,
    keys: Keys,
    dir: LinkDir,
}

/// What the service has, in numbers.
#[derive(Clone, PartialEq, Eq, Debug, serde::Serialize)]
pub struct Counts {
    /// Seals that were opened.
    pub opened: u64,
    /// Of those, tokens that the server does not have yet.
    pub to_post: u64,
    /// Seals that did not open, by the reason.
    pub faults: Vec<(String, u64)>,
    /// When the last seal there was had been fetched, Unix milliseconds.
    pub complete_at: Option<i64>,
}

/// What an erasure did, and what it could not do yet.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Erased {
    /// Whether anybody was known under this identity.
    pub known: bool,
    /// Epochs whose key still opens seals in the log, each with when it may be destroyed at the earliest; `None` for the one
    /// in use, which must be closed first.
    pub still_open: Vec<(u32, Option<i64>)>,
}

impl LinkStore {
    /// Opens what [`LinkDir::create`] made, and brings the database to this program's version.
    pub(super) fn open(dir: &LinkDir) -> Result<Self, LinkError> {
        let keys = dir.keys()?;
        let conn = connect(&dir.database())?;
        Ok(Self {
            conn: Mutex::new(conn),
            keys,
            dir: dir.clone(),
        })
    }

    fn conn(&self) -> MutexGuard<'_, Connection> {
        self.conn.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// All of `work`, or nothing.
    pub(super) fn transact<T>(
        &self,
        work: impl FnOnce(&Transaction<'_>) -> Result<T, LinkError>,
    ) -> Result<T, LinkError> {
        let mut conn = self.conn();
        let transaction = conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let done = work(&transaction)?;
        transaction.commit()?;
        Ok(done)
    }

    /// Begins an epoch and closes the one before.
    pub fn rotate(&self, now: i64) -> Result<Epoch, LinkError> {
        self.transact(|db| {
            let last: u32 = db.query_row("SELECT coalesce(max(no), 0) FROM epoch", [], |row| row.get(0))?;
            let no = last + 1;
            let public = self.dir.make_epoch(no)?;
            db.execute(
                "UPDATE epoch SET closed_at = ?1 WHERE closed_at IS NULL",
                params![now],
            )?;
            db.execute(
                "INSERT INTO epoch (no, key, public, made_at) VALUES (?1, ?2, ?3, ?4)",
                params![no, public.id().0, public.as_bytes(), now],
            )?;
            Ok(Epoch {
                no,
                public,
                made_at: now,
                closed_at: None,
                destroyed_at: None,
            })
        })
    }

    /// Every epoch, the first first.
    pub fn epochs(&self) -> Result<Vec<Epoch>, LinkError> {
        epochs(&self.conn())
    }

    /// Private keys that are there, by the name that seals call them.
    pub(super) fn secrets(&self) -> Result<Vec<(Hash, SecretKey)>, LinkError> {
        let epochs = self
            .epochs()?
            .into_iter()
            .filter(|epoch| epoch.destroyed_at.is_none());
        epochs
            .map(|epoch| Ok((epoch.public.id(), self.dir.read_epoch(epoch.no)?)))
            .collect()
    }

    /// Destroys keys of epochs that were closed longer ago than the time of grace, when every seal that had come by then was
    /// fetched. The row stays, with the date.
    pub fn destroy_due(&self, now: i64) -> Result<Vec<u32>, LinkError> {
        let grace = self.grace_ms()?;
        let complete = self.number("complete_at")?;
        let mut gone = Vec::new();
        for epoch in self.epochs()? {
            if epoch.destroyed_at.is_some() {
                // What an interruption left.
                self.dir.destroy_epoch(epoch.no)?;
                continue;
            }
            let Some(due) = epoch
                .closed_at
                .map(|closed| closed + grace)
                .filter(|due| *due <= now)
            else {
                continue;
            };
            if complete.is_none_or(|complete| complete < due) {
                continue;
            }
            self.conn().execute(
                "UPDATE epoch SET destroyed_at = ?2 WHERE no = ?1",
                params![epoch.no, now],
            )?;
            self.dir.destroy_epoch(epoch.no)?;
            gone.push(epoch.no);
        }
        Ok(gone)
    }

    /// After which seal to go on, in the life of the server's database that was seen last.
    pub(super) fn cursor(&self) -> Result<(String, u64), LinkError> {
        let conn = self.conn();
        let incarnation = setting(&conn, "incarnation")?.unwrap_or_default();
        let after = setting(&conn, "cursor")?.and_then(|text| text.parse().ok());
        Ok((incarnation, after.unwrap_or(0)))
    }

    /// The server's database lives another life: all its seals are looked at again, and its tokens sent again.
    pub(super) fn begin_anew(&self, incarnation: &str) -> Result<(), LinkError> {
        self.transact(|db| {
            set(db, "incarnation", incarnation)?;
            set(db, "cursor", "0")?;
            db.execute("UPDATE link SET posted = 1", [])?;
            Ok(())
        })
    }

    /// Looks at every seal again that did not open, for keys that were brought back.
    pub fn retry(&self) -> Result<(), LinkError> {
        self.transact(|db| {
            db.execute("DELETE FROM link WHERE token IS NULL", [])?;
            set(db, "cursor", "0")
        })
    }

    /// Takes in a page of seals: opens them, and remembers how far it came. A seal that does not open is counted and passed.
    pub(super) fn take(
        &self,
        seals: &[SealRow],
        secrets: &[(Hash, SecretKey)],
        now: i64,
    ) -> Result<(), LinkError> {
        self.transact(|db| {
            for row in seals {
                self.take_one(db, row, secrets)?;
            }
            if let Some(last) = seals.last() {
                set(db, "cursor", &last.no.to_string())?;
            }
            set(db, "fetched_at", &now.to_string())
        })
    }

    fn take_one(
        &self,
        db: &Connection,
        row: &SealRow,
        secrets: &[(Hash, SecretKey)],
    ) -> Result<(), LinkError> {
        let seal = Hash::of(SEAL_TAG, &[&row.seal.key.0[..], &row.seal.sealed].concat());
        let event = row.event.0.as_bytes();
        let no = i64::try_from(row.no).unwrap_or(i64::MAX);
        // Known already: the server may have lost the token, or given the seal another number.
        let known = db.execute(
            "UPDATE link SET no = ?3, posted = 0 WHERE event = ?1 AND seal = ?2 AND token IS NOT NULL",
            params![event, seal.0, no],
        )?;
        if known > 0 {
            return Ok(());
        }
        let opened = match secrets.iter().find(|(key, _)| *key == row.seal.key) {
            Some((_, secret)) => open(&row.seal, secret).map_err(|error| match error {
                OpenError::Sealed => "not_opened",
                OpenError::NoIdentity => "no_identity",
            }),
            None => Err(fault_of_key(db, row.seal.key)?),
        };
        let (token, fault) = match opened {
            Ok(identity) => (Some(self.know(db, &identity)?), None),
            Err(fault) => (None, Some(fault)),
        };
        db.execute(
            "INSERT INTO link (event, seal, no, token, fault, posted) VALUES (?1, ?2, ?3, ?4, ?5, 0)
             ON CONFLICT (event, seal) DO UPDATE SET no = excluded.no, token = excluded.token, fault = excluded.fault",
            params![event, seal.0, no, token.map(|token| token.0), fault],
        )?;
        Ok(())
    }

    /// Keeps who a patient is, unless they were erased.
    fn know(&self, db: &Connection, identity: &Identity) -> Result<Hash, LinkError> {
        let token = self.keys.token(identity);
        let erased = "SELECT EXISTS (SELECT 1 FROM tombstone WHERE mark = ?1)";
        let known = "SELECT EXISTS (SELECT 1 FROM person WHERE token = ?1)";
        let mark = self.keys.tombstone(identity);
        let is = |sql, hash: Hash| db.query_row(sql, params![hash.0], |row| row.get::<_, bool>(0));
        if !is(erased, mark)? && !is(known, token)? {
            let (own, locked) = self.keys.lock(token, identity)?;
            db.execute(
                "INSERT INTO person (token, locked) VALUES (?1, ?2)",
                params![token.0, locked],
            )?;
            db.execute(
                "INSERT INTO person_key (token, key) VALUES (?1, ?2)",
                params![token.0, own],
            )?;
        }
        Ok(token)
    }

    /// No seal was left to fetch at this time.
    pub(super) fn complete(&self, now: i64) -> Result<(), LinkError> {
        set(&self.conn(), "complete_at", &now.to_string())
    }

    /// Tokens that the server does not have yet, in order, at most `max`.
    pub(super) fn to_post(&self, max: u32) -> Result<Vec<TokenRow>, LinkError> {
        let conn = self.conn();
        let mut statement = conn.prepare_cached(
            "SELECT no, event, token FROM link WHERE posted = 0 AND token IS NOT NULL ORDER BY no LIMIT ?1",
        )?;
        let rows = statement.query_map(params![max], |row| {
            Ok(TokenRow {
                no: u64::try_from(row.get::<_, i64>(0)?).unwrap_or(0),
                event: EventId(Uuid::from_bytes(row.get(1)?)),
                token: Hash(row.get(2)?),
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The server has these.
    pub(super) fn posted(&self, rows: &[TokenRow]) -> Result<(), LinkError> {
        self.transact(|db| {
            for row in rows {
                db.execute(
                    "UPDATE link SET posted = 1 WHERE event = ?1 AND no = ?2",
                    params![row.event.0.as_bytes(), i64::try_from(row.no).unwrap_or(i64::MAX)],
                )?;
            }
            Ok(())
        })
    }

    /// Whom a token stands for; `None` when nobody is known, or they were erased. Noted first.
    pub fn look_up(&self, token: Hash, asked: &Asked, now: i64) -> Result<Option<Identity>, LinkError> {
        self.transact(|db| access::write(db, asked, Deed::LookUp, Some(token), now))?;
        let found = self
            .conn()
            .query_row(
                "SELECT person_key.key, person.locked FROM person JOIN person_key USING (token) WHERE token = ?1",
                params![token.0],
                |row| Ok((row.get::<_, [u8; 32]>(0)?, row.get::<_, Vec<u8>>(1)?)),
            )
            .optional()?;
        let Some((own, locked)) = found else {
            return Ok(None);
        };
        let identity = self.keys.unlock(token, &own, &locked);
        identity
            .map(Some)
            .ok_or_else(|| LinkError::Damaged("a kept identity does not open under its key".to_owned()))
    }

    /// Which token somebody has, whether or not they are known. Noted first.
    pub fn find(&self, identity: &Identity, asked: &Asked, now: i64) -> Result<Hash, LinkError> {
        let token = self.keys.token(identity);
        self.transact(|db| access::write(db, asked, Deed::Find, Some(token), now))?;
        Ok(token)
    }

    /// Destroys the key of a patient, and keeps them from being known again.
    pub fn erase(&self, identity: &Identity, asked: &Asked, now: i64) -> Result<Erased, LinkError> {
        let (token, mark) = (self.keys.token(identity), self.keys.tombstone(identity));
        let known = self.transact(|db| {
            access::write(db, asked, Deed::Erase, Some(token), now)?;
            db.execute(
                "INSERT INTO tombstone (mark, at) VALUES (?1, ?2) ON CONFLICT (mark) DO NOTHING",
                params![mark.0, now],
            )?;
            db.execute(
                "UPDATE person SET locked = x'', erased_at = ?2 WHERE token = ?1 AND erased_at IS NULL",
                params![token.0, now],
            )?;
            Ok(db.execute("DELETE FROM person_key WHERE token = ?1", params![token.0])? > 0)
        })?;
        let grace = self.grace_ms()?;
        let open = self
            .epochs()?
            .into_iter()
            .filter(|epoch| epoch.destroyed_at.is_none());
        Ok(Erased {
            known,
            still_open: open
                .map(|epoch| (epoch.no, epoch.closed_at.map(|closed| closed + grace)))
                .collect(),
        })
    }

    /// Rows of the access log; that it was read is noted first.
    pub fn access_log(
        &self,
        asked: &Asked,
        token: Option<Hash>,
        after: i64,
        max: usize,
        now: i64,
    ) -> Result<Vec<Access>, LinkError> {
        self.transact(|db| access::write(db, asked, Deed::ReadLog, token, now))?;
        access::page(&self.conn(), token, after, max)
    }

    /// Checks the access log: how many rows, and the hash of the last.
    pub fn verify_access(&self) -> Result<(i64, Hash), LinkError> {
        access::verify(&self.conn())
    }

    /// What there is, in numbers.
    pub fn counts(&self) -> Result<Counts, LinkError> {
        let conn = self.conn();
        let count = |sql| conn.query_row(sql, [], |row| row.get::<_, i64>(0));
        let unsigned = |number: i64| u64::try_from(number).unwrap_or(0);
        let mut statement = conn.prepare(
            "SELECT fault, count(*) FROM link WHERE fault IS NOT NULL GROUP BY fault ORDER BY fault",
        )?;
        let faults = statement.query_map([], |row| Ok((row.get(0)?, unsigned(row.get(1)?))))?;
        Ok(Counts {
            opened: unsigned(count("SELECT count(*) FROM link WHERE token IS NOT NULL")?),
            to_post: unsigned(count(
                "SELECT count(*) FROM link WHERE posted = 0 AND token IS NOT NULL",
            )?),
            faults: faults.collect::<Result<_, _>>()?,
            complete_at: setting(&conn, "complete_at")?.and_then(|text| text.parse().ok()),
        })
    }

    /// Days that a closed epoch's key is kept for devices that were away.
    pub fn set_grace(&self, days: u32) -> Result<(), LinkError> {
        set(&self.conn(), "grace_days", &days.to_string())
    }

    fn grace_ms(&self) -> Result<i64, LinkError> {
        Ok(self.number("grace_days")?.unwrap_or(90) * DAY_MS)
    }

    fn number(&self, name: &str) -> Result<Option<i64>, LinkError> {
        Ok(setting(&self.conn(), name)?.and_then(|text| text.parse().ok()))
    }
}
