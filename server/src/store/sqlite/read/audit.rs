//! Who read what about people.

use rusqlite::{Connection, Row, params};
use sparhund_shared::log::UserId;

use super::{rows, sql};
use crate::store::sqlite::codes::{Id, signed, unsigned};
use crate::store::{AuditQuery, AuditRow, ReadOf, Result, StoreError};

pub(in super::super) fn reads(conn: &Connection, query: &AuditQuery) -> Result<Vec<AuditRow>> {
    let before = query.before.map_or(i64::MAX, signed);
    let user = query.user.as_ref().map(|user| user.0.as_bytes());
    let limit = i64::try_from(query.limit).unwrap_or(i64::MAX);
    rows(conn, sql!("audit/page"), params![before, user, limit], kept)?
        .into_iter()
        .collect()
}

fn kept(row: &Row<'_>) -> rusqlite::Result<Result<AuditRow>> {
    let word: String = row.get(4)?;
    let Some(what) = ReadOf::ALL.into_iter().find(|what| what.word() == word) else {
        return Ok(Err(StoreError::Damaged(format!("{word:?} is no kind of read"))));
    };
    Ok(Ok(AuditRow {
        no: unsigned(row.get(0)?),
        at: row.get(1)?,
        user: row.get::<_, Option<Id>>(2)?.map(|id| UserId(id.0)),
        user_name: row.get(3)?,
        what,
        asked: row.get(5)?,
        purpose: row.get(6)?,
    }))
}
