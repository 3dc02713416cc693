//! How connections are opened.

use std::io::ErrorKind;
use std::path::Path;
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, ErrorCode, OpenFlags};

use crate::store::{Result, StoreError};

/// Statements kept ready on a connection; more than the store has.
const STATEMENTS: usize = 256;

/// Stands beside a database while a restore puts another one in its place.
pub(crate) const RESTORE_MARKER: &str = "restore.ready";

/// Refuses a database in the middle of a restore: it may be the old one without its log, or soon be put aside.
pub(super) fn refuse_interrupted(database: &Path) -> Result<()> {
    let marker = database.with_file_name(RESTORE_MARKER);
    if !marker.exists() {
        return Ok(());
    }
    Err(StoreError::Conflict(format!(
        "a restore was interrupted, as {} says; `sparhund-server serve`, or any other command on this data directory, \
         completes it",
        marker.display()
    )))
}

/// The one connection that writes. FULL, because an acknowledged scan survives a power cut; 64 MB between
/// checkpoints. On a disk that takes no writes it is opened all the same: what is there is read, and each write refused.
pub(super) fn open_writer(path: &Path) -> Result<Connection> {
    refuse_interrupted(path)?;
    let conn = open(path, OpenFlags::default())?;
    if conn.is_readonly("main")? {
        tracing::error!(
            "the disk of the database takes no writes: what is there is served, and nothing can be written"
        );
        conn.execute_batch("PRAGMA cache_size = -131072;")?;
        return Ok(conn);
    }
    conn.execute_batch(
        "PRAGMA journal_mode = WAL;
         PRAGMA synchronous = FULL;
         PRAGMA foreign_keys = ON;
         PRAGMA cache_size = -131072;
         PRAGMA wal_autocheckpoint = 16000;
         PRAGMA journal_size_limit = 268435456;",
    )?;
    Ok(conn)
}

/// A connection that can only read.
pub(super) fn open_reader(path: &Path) -> Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let conn = open(path, flags)?;
    conn.execute_batch("PRAGMA query_only = ON; PRAGMA cache_size = -16384; PRAGMA temp_store = MEMORY;")?;
    Ok(conn)
}

/// Opens and reads once. The index of the journal lies in a file beside the database, which a disk that takes no writes may lack;
/// where there is no journal either, the database is read as it lies there.
fn open(path: &Path, flags: OpenFlags) -> Result<Connection> {
    let conn = Connection::open_with_flags(path, flags)?;
    match prepare(&conn) {
        Err(error) if lacks_an_index(&error) && !has_journal(path) => {
            let flags = OpenFlags::SQLITE_OPEN_READ_ONLY
                | OpenFlags::SQLITE_OPEN_NO_MUTEX
                | OpenFlags::SQLITE_OPEN_URI;
            let conn = Connection::open_with_flags(as_it_lies(path), flags)?;
            prepare(&conn)?;
            Ok(conn)
        }
        prepared => Ok(prepared.map(|()| conn)?),
    }
}

fn prepare(conn: &Connection) -> rusqlite::Result<()> {
    conn.busy_timeout(Duration::from_secs(5))?;
    conn.execute_batch("PRAGMA trusted_schema = OFF;")?;
    // Else a statement near a partial index is planned anew for every value that is bound.
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    conn.set_prepared_statement_cache_capacity(STATEMENTS);
    conn.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()))
}

fn lacks_an_index(error: &rusqlite::Error) -> bool {
    matches!(
        error.sqlite_error_code(),
        Some(ErrorCode::CannotOpen | ErrorCode::ReadOnly)
    )
}

/// Whether anything may stand beside the database that is not in it yet.
fn has_journal(path: &Path) -> bool {
    let mut journal = path.as_os_str().to_owned();
    journal.push("-wal");
    match std::fs::metadata(journal) {
        Ok(found) => found.len() > 0,
        Err(error) => error.kind() != ErrorKind::NotFound,
    }
}

/// The address of a file that nobody changes (<https://sqlite.org/uri.html>).
fn as_it_lies(path: &Path) -> String {
    let mut address = path.to_string_lossy().into_owned();
    for (letter, code) in [('%', "%25"), ('?', "%3f"), ('#', "%23")] {
        address = address.replace(letter, code);
    }
    format!("file:{address}?immutable=1")
}
