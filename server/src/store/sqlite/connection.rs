//! How connections are opened.

use std::path::Path;
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};

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
/// checkpoints.
pub(super) fn open_writer(path: &Path) -> Result<Connection> {
    refuse_interrupted(path)?;
    let conn = Connection::open(path)?;
    common(&conn)?;
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
    let conn = Connection::open_with_flags(path, flags)?;
    common(&conn)?;
    conn.execute_batch("PRAGMA query_only = ON; PRAGMA cache_size = -16384; PRAGMA temp_store = MEMORY;")?;
    Ok(conn)
}

fn common(conn: &Connection) -> Result<()> {
    conn.busy_timeout(Duration::from_secs(5))?;
    conn.execute_batch("PRAGMA trusted_schema = OFF;")?;
    // Else a statement near a partial index is planned anew for every value that is bound.
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    conn.set_prepared_statement_cache_capacity(STATEMENTS);
    Ok(())
}
