//! What waits in quarantine.

use rusqlite::{Connection, params};
use sparhund_shared::log::{LogId, Sealed};

use super::{rows, sql};
use crate::store::sqlite::codes::{Id, unsigned};
use crate::store::{Quarantined, Result, StoreError};

pub(in super::super) fn quarantined(conn: &Connection) -> Result<Vec<Quarantined>> {
    rows(conn, sql!("quarantine/waiting"), [], |row| {
        Ok(Quarantined {
            log: LogId(row.get::<_, Id>(0)?.0),
            records: unsigned(row.get(1)?),
            received_at: row.get(2)?,
        })
    })
}

pub(in super::super) fn quarantine_page(conn: &Connection, log: LogId, max: usize) -> Result<Vec<Sealed>> {
    let max = i64::try_from(max).unwrap_or(i64::MAX);
    let page = rows(
        conn,
        sql!("quarantine/page"),
        params![log.0.as_bytes(), max],
        |row| row.get::<_, Vec<u8>>(0),
    )?;
    page.into_iter()
        .map(|bytes| {
            Sealed::open(bytes)
                .map_err(|error| StoreError::Damaged(format!("a record in quarantine: {error}")))
        })
        .collect()
}
