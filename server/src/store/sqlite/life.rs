//! What is asked of a database and written into it without serving it: whose it is, and the beginning of another life.

use std::path::Path;
use std::thread;
use std::time::Duration;

use rusqlite::{Connection, OpenFlags};
use sparhund_shared::log::LogId;
use uuid::Uuid;

use super::carry::{carry_over, rests};
use super::codes::{Id, unsigned};
use super::connection::{open_writer, refuse_interrupted};
use super::ledger::{Ledger, rows};
use super::{migrate, read, sql};
use crate::store::{
    ANCESTORS_SETTING, Begun, Carried, DATABASE_SETTING, INCARNATION_SETTING, JoinedSite, LastBackup, Result,
    ShutOut, StoreError, VerifiedBackup,
};

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
        return Err(StoreError::Corrupt(pages));
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
    ledger.transact(|ledger| {
        // What it holds is not what the restored database goes on from: devices must not forget by it.
        if read::setting(&ledger.conn, INCARNATION_SETTING)? != backup.incarnation {
            return Err(StoreError::Conflict(format!(
                "the database was restored while {} was made: the file is good, but devices are not told of it; make another \
                 backup",
                backup.file
            )));
        }
        ledger.note_backup(backup)
    })
}

/// A busy server begins its next transaction at once: who looks ever more rarely, as SQLite's own waiting does, may
/// find no gap at all. A minute of looks every millisecond does.
fn wait_between_commits(looks: i32) -> bool {
    thread::sleep(Duration::from_millis(1));
    looks < 60_000
}

/// Makes a checked copy of a backup a database to be served: nobody is signed in, no code is open, sites that were shut out since stay
/// so where `old` tells of them, the backup is noted, and devices hear that it is another life. One file by itself. What came of the server's own records from `old`, the database
/// that it replaces. `now` is Unix milliseconds.
///
/// # Errors
/// When it cannot be written.
pub fn begin_life(part: &Path, backup: &VerifiedBackup, old: Option<&Path>, now: i64) -> Result<Begun> {
    let mut conn = open_writer(part)?;
    migrate::migrate(&mut conn)?;
    let mut ledger = Ledger::new(conn)?;
    let shut_out = ledger.transact(|ledger| {
        ledger.end_sessions()?;
        ledger.run(sql!("enrolment_code/void_open"), [])?;
        ledger.run(sql!("site/void_codes"), [])?;
        let shut_out = shut_out_as_in(old, ledger)?;
        let mut lives = ancestors(&ledger.conn)?;
        lives.extend(read::setting(&ledger.conn, INCARNATION_SETTING)?);
        ledger.run(sql!("setting/put"), [ANCESTORS_SETTING, &lives.join(" ")])?;
        ledger.run(sql!("setting/renew"), [INCARNATION_SETTING])?;
        ledger.note_backup(backup)?;
        Ok(shut_out)
    })?;
    let carried = match old.map(|old| rests(old, &ledger)) {
        None => Carried::NoDatabase,
        Some(Ok(rests)) => Carried::Records(carry_over(&rests, &mut ledger, now)?),
        Some(Err(error)) => Carried::Lost(error.to_string()),
    };
    let conn = ledger.conn;
    conn.execute_batch("PRAGMA journal_mode = DELETE;")?;
    conn.close().map_err(|(_, error)| error)?;
    Ok(Begun { carried, shut_out })
}

/// Shuts out the sites that the old database says were.
fn shut_out_as_in(old: Option<&Path>, ledger: &Ledger) -> Result<ShutOut> {
    let why = match old.map(sites) {
        Some(Ok(sites)) => {
            for site in sites {
                if let Some(at) = site.revoked_at {
                    ledger.revoke_site(site.id, at)?;
                }
            }
            return Ok(ShutOut::Known);
        }
        Some(Err(error)) => error.to_string(),
        None => "no database of this server was there that can be read".to_owned(),
    };
    let joined = |site: &JoinedSite| site.joined_at.is_some() && site.revoked_at.is_none();
    let let_in: Vec<String> = read::sites(&ledger.conn)?
        .into_iter()
        .filter(joined)
        .map(|site| site.name)
        .collect();
    Ok(if let_in.is_empty() {
        ShutOut::Known
    } else {
        ShutOut::Unknown { let_in, why }
    })
}

/// The sites that a database knows.
fn sites(database: &Path) -> Result<Vec<JoinedSite>> {
    let conn = open_to_look(database)?;
    migrate::must_be_newest(&conn)?;
    read::sites(&conn)
}

/// The id of a database, where it has one.
pub(super) fn id(conn: &Connection) -> Result<Option<Uuid>> {
    let text = read::setting(conn, DATABASE_SETTING)?;
    Ok(text.and_then(|text| Uuid::try_parse(&text).ok()))
}

/// The lives that a database had before its present one, the first first.
pub(super) fn ancestors(conn: &Connection) -> Result<Vec<String>> {
    let lives = read::setting(conn, ANCESTORS_SETTING)?.unwrap_or_default();
    Ok(lives.split_whitespace().map(str::to_owned).collect())
}

pub(super) fn open_to_look(database: &Path) -> Result<Connection> {
    let conn = Connection::open_with_flags(database, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    conn.busy_timeout(Duration::from_secs(5))?;
    conn.execute_batch("PRAGMA query_only = ON; PRAGMA trusted_schema = OFF;")?;
    Ok(conn)
}
