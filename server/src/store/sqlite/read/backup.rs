//! Backups.

use rusqlite::{Connection, params};
use sparhund_shared::log::LogId;

use super::{row, sql};
use crate::store::sqlite::codes::unsigned;
use crate::store::{LastBackup, Result};

pub(in super::super) fn covered(conn: &Connection, log: LogId) -> Result<u64> {
    let seq = row(conn, sql!("covered/get"), params![log.0.as_bytes()], |row| {
        row.get(0).map(unsigned)
    })?;
    Ok(seq.unwrap_or(0))
}

pub(in super::super) fn last_backup(conn: &Connection) -> Result<Option<LastBackup>> {
    row(conn, sql!("backup/last"), [], |row| {
        Ok(LastBackup {
            made_at: row.get(0)?,
            file: row.get(1)?,
            bytes: unsigned(row.get(3)?),
            records: unsigned(row.get(4)?),
        })
    })
}
