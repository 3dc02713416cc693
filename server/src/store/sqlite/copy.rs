//! A copy of the database made while it is served, and what is looked at before it counts as a backup.

use std::path::Path;
use std::time::Duration;

use rusqlite::backup::{Backup, StepResult};
use rusqlite::{Connection, OpenFlags};
use sparhund_shared::log::{Hash, Head, LogId, Sealed};
use uuid::Uuid;

use super::{life, migrate, read};
use crate::ops::private;
use crate::store::{INCARNATION_SETTING, Result, StoreError};

/// What a copy holds.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Contents {
    /// Version of its tables.
    pub schema: i64,
    /// Which database it is of; `None` in one from before they had ids.
    pub database: Option<Uuid>,
    /// Which life of it.
    pub incarnation: Option<String>,
    /// The lives before it, the first first.
    pub ancestors: Vec<String>,
    /// Records of all logs.
    pub records: u64,
    /// Highest record without a hole of each log that has one.
    pub heads: Vec<Head>,
}

/// Copies a database into a file that must not exist, readable by its owner only. One snapshot in one go: what is
/// written meanwhile makes a copy in steps begin again, for ever on a busy server.
///
/// # Errors
/// When the database cannot be read or the file not be written; the file may be there then, and is of no use.
pub fn copy(database: &Path, to: &Path) -> Result<()> {
    let source = Connection::open_with_flags(database, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    source.busy_timeout(Duration::from_secs(5))?;
    migrate::must_be_newest(&source)?;
    let file = private(to).map_err(|error| StoreError::Engine(format!("{}: {error}", to.display())))?;
    let mut target = Connection::open(to)?;
    let all = -1;
    if Backup::new(&source, &mut target)?.step(all)? != StepResult::Done {
        return Err(StoreError::Busy);
    }
    // One file by itself: a reader needs no log beside it.
    target.execute_batch("PRAGMA journal_mode = DELETE;")?;
    target.close().map_err(|(_, error)| error)?;
    file.sync_all()
        .map_err(|error| StoreError::Engine(format!("{}: {error}", to.display())))
}

/// Opens a copy and looks at all of it: the pages, every record against its hash and the one before it, and that each log
/// is whole up to its head.
///
/// # Errors
/// [`StoreError::Corrupt`] or [`StoreError::Damaged`] with the place of the first fault; [`StoreError::Conflict`] when a newer program made it.
pub fn check(file: &Path) -> Result<Contents> {
    let conn = Connection::open_with_flags(file, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    conn.execute_batch("PRAGMA query_only = ON; PRAGMA trusted_schema = OFF;")?;
    let schema: i64 = conn.pragma_query_value(None, "user_version", |row| row.get(0))?;
    if schema > migrate::newest() {
        return Err(StoreError::Conflict(format!(
            "its tables have version {schema}, this program knows 1 to {}: it was made by a newer program; use that one",
            migrate::newest()
        )));
    }
    let pages: String = conn.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?;
    if pages != "ok" {
        return Err(StoreError::Corrupt(pages));
    }
    if schema < 1 {
        return Err(StoreError::Damaged(format!("its tables have version {schema}")));
    }
    let records = records(&conn)?;
    let mut heads = Vec::new();
    for state in read::logs(&conn)? {
        if state.head.seq > 0 {
            whole(&conn, state.head)?;
            heads.push(state.head);
        }
    }
    Ok(Contents {
        schema,
        database: life::id(&conn)?,
        incarnation: read::setting(&conn, INCARNATION_SETTING)?,
        ancestors: life::ancestors(&conn)?,
        records,
        heads,
    })
}

/// Reads every record and compares it with its hash; how many there are.
fn records(conn: &Connection) -> Result<u64> {
    let mut statement = conn.prepare(super::sql!("record/to_check"))?;
    let mut rows = statement.query([])?;
    let mut count = 0;
    while let Some(row) = rows.next()? {
        let (log, seq): (Vec<u8>, i64) = (row.get(0)?, row.get(1)?);
        let hash: [u8; 32] = row.get(2)?;
        let place = || StoreError::Damaged(format!("record {seq} of log {}", shown(&log)));
        let sealed = Sealed::open(row.get(3)?).map_err(|_| place())?;
        let record = sealed.record();
        let here = record.log.0.as_bytes() == log.as_slice() && i64::try_from(record.seq) == Ok(seq);
        if sealed.hash().0 != hash || !here {
            return Err(place());
        }
        count += 1;
    }
    Ok(count)
}

/// Follows a log from its head to its first record.
fn whole(conn: &Connection, head: Head) -> Result<()> {
    let (mut seq, mut hash) = (head.seq, head.hash);
    while seq > 0 {
        let Some(record) = record_at(conn, head.log, seq, hash)? else {
            return Err(StoreError::Damaged(format!(
                "record {seq} of log {} is not there, though its head at {} says so",
                head.log, head.seq
            )));
        };
        (seq, hash) = (seq - 1, record.record().prev);
    }
    Ok(())
}

/// The record of that hash at that place, if its bytes are what they were.
pub(super) fn record_at(conn: &Connection, log: LogId, seq: u64, hash: Hash) -> Result<Option<Sealed>> {
    let mut statement = conn.prepare_cached(super::sql!("record/before"))?;
    let place = rusqlite::params![log.0.as_bytes(), i64::try_from(seq).unwrap_or(i64::MAX), hash.0];
    let bytes: Option<Vec<u8>> = statement.query_map(place, |row| row.get(0))?.next().transpose()?;
    let record = bytes.and_then(|bytes| Sealed::open(bytes).ok());
    Ok(record.filter(|record| record.hash() == hash && record.record().seq == seq))
}

fn shown(log: &[u8]) -> String {
    uuid::Uuid::from_slice(log).map_or_else(|_| "of no name".to_owned(), |id| LogId(id).to_string())
}
