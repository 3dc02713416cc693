//! Deviations and holds.

use rusqlite::{Connection, params};
use sparhund_shared::event::Hold;

use super::{rows, sql};
use crate::store::sqlite::codes::from_json;
use crate::store::{DeviationRow, Result};

pub(in super::super) fn deviations(conn: &Connection, max: usize) -> Result<Vec<DeviationRow>> {
    let max = i64::try_from(max).unwrap_or(i64::MAX);
    let found = rows(conn, sql!("deviation/newest"), params![max], |row| {
        Ok((row.get::<_, String>(0)?, row.get::<_, i64>(1)?))
    })?;
    found
        .into_iter()
        .map(|(body, found_at)| {
            Ok(DeviationRow {
                deviation: from_json(&body)?,
                found_at,
            })
        })
        .collect()
}

pub(in super::super) fn holds(conn: &Connection) -> Result<Vec<Hold>> {
    let bodies = rows(conn, sql!("hold/all"), [], |row| row.get::<_, String>(0))?;
    bodies.iter().map(|body| from_json(body)).collect()
}
