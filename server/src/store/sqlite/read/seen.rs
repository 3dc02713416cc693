//! Countersignatures.

use rusqlite::{Connection, Row, params};
use sparhund_shared::log::{Hash, Head, LogId, Seen, SignatureBytes};

use super::{row, rows, sql};
use crate::store::Result;
use crate::store::sqlite::codes::{Id, unsigned};

pub(in super::super) fn seen(conn: &Connection, log: LogId) -> Result<Vec<Seen>> {
    rows(
        conn,
        sql!("countersigned/of_log"),
        params![log.0.as_bytes()],
        |row| of_row(row, log),
    )
}

pub(in super::super) fn last_seen(conn: &Connection, log: LogId, by: LogId) -> Result<Option<Seen>> {
    row(
        conn,
        sql!("countersigned/last"),
        params![log.0.as_bytes(), by.0.as_bytes()],
        |row| of_row(row, log),
    )
}

fn of_row(row: &Row<'_>, log: LogId) -> rusqlite::Result<Seen> {
    Ok(Seen {
        head: Head {
            log,
            seq: unsigned(row.get(0)?),
            hash: Hash(row.get(1)?),
        },
        at: row.get(2)?,
        by: LogId(row.get::<_, Id>(3)?.0),
        signature: SignatureBytes(row.get(4)?),
    })
}
