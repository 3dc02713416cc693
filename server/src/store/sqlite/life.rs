//! What is asked of a database and written into it without serving it: whose it is, and the beginning of another life.

use std::path::Path;
use std::thread;
use std::time::Duration;

use rusqlite::{Connection, OpenFlags};
use sparhund_shared::log::LogId;
use uuid::Uuid;

use super::codes::{Id, unsigned};
use super::connection::{open_writer, refuse_interrupted};
use super::ledger::{Ledger, rows};
use super::{migrate, read, sql};
use crate::store::{DATABASE_SETTING, INCARNATION_SETTING, LastBackup, Result, StoreError, VerifiedBackup};

/// What a database knows of its backups.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Known {
    /// Its id; `None` in one from before they had any.
    pub database: Option<Uuid>,
    /// The newest backup that was noted.
    pub newest: Option<LastBackup>,
    /// Up to which record of each log devices were told that they may forget.
    pub covered: Vec<(LogId, u64)>,
}

/// Asks a database that nobody serves.
///
/// # Errors
/// When it cannot be read.
pub fn known(database: &Path) -> Result<Known> {
    let conn = open_to_look(database)?;
    let pages: String = conn.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?;
    if pages != "ok" {
        return Err(StoreError::Damaged(pages));
    }
    Ok(Known {
        database: id(&conn)?,
        newest: read::last_backup(&conn)?,
        covered: rows(&conn, sql!("covered/all"), [], |row| {
            Ok((LogId(row.get::<_, Id>(0)?.0), unsigned(row.get(1)?)))
        })?,
    })
}

/// The id of a database whose tables are of the version this program makes. It changes nothing: an older program may be
/// serving it.
///
/// # Errors
/// [`StoreError::Conflict`] for tables of another version.
pub fn present(database: &Path) -> Result<Uuid> {
    refuse_interrupted(database)?;
    let conn = open_to_look(database)?;
    migrate::must_be_newest(&conn)?;
    id(&conn)?.ok_or_else(|| StoreError::Damaged("the database has no id".to_owned()))
}

/// Notes a backup in a database that may be served at the same time, by this version of the program only.
///
/// # Errors
/// When it is of another version, or cannot be written.
pub fn note_beside(database: &Path, backup: &VerifiedBackup) -> Result<()> {
    present(database)?;
    let mut conn = open_writer(database)?;
    conn.busy_handler(Some(wait_between_commits))?;
    let mut ledger = Ledger::new(conn)?;
    ledger.transact(|ledger| ledger.note_backup(backup))
}

/// A busy server begins its next transaction at once: who looks ever more rarely, as SQLite's own waiting does, may
/// find no gap at all. A minute of looks every millisecond does.
fn wait_between_commits(looks: i32) -> bool {
    thread::sleep(Duration::from_millis(1));
    looks < 60_000
}

/// Makes a checked copy of a backup a database to be served: nobody is signed in, no enrolment code is open, the backup is
/// noted, and devices hear that it is another life. One file by itself.
///
/// # Errors
/// When it cannot be written.
pub fn begin_life(part: &Path, backup: &VerifiedBackup) -> Result<()> {
    let mut conn = open_writer(part)?;
    migrate::migrate(&mut conn)?;
    let mut ledger = Ledger::new(conn)?;
    ledger.transact(|ledger| {
        ledger.end_sessions()?;
        ledger.run(sql!("enrolment_code/void_open"), [])?;
        ledger.run(sql!("setting/renew"), [INCARNATION_SETTING])?;
        ledger.note_backup(backup)
    })?;
    let conn = ledger.conn;
    conn.execute_batch("PRAGMA journal_mode = DELETE;")?;
    conn.close().map_err(|(_, error)| error.into())
}

/// The id of a database, where it has one.
pub(super) fn id(conn: &Connection) -> Result<Option<Uuid>> {
    let text = read::setting(conn, DATABASE_SETTING)?;
    Ok(text.and_then(|text| Uuid::try_parse(&text).ok()))
}

fn open_to_look(database: &Path) -> Result<Connection> {
    let conn = Connection::open_with_flags(database, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    conn.busy_timeout(Duration::from_secs(5))?;
    conn.execute_batch("PRAGMA query_only = ON; PRAGMA trusted_schema = OFF;")?;
    Ok(conn)
}
