//! What went wrong without anybody asking.

use rusqlite::{Connection, params};

use super::{from_json, sql, to_json};
use crate::api::{Alert, AlertCode};
use crate::fault::Fault;

/// Raises an alert; the same one again only becomes newer.
pub(crate) fn raise(tx: &Connection, code: AlertCode, detail: &str, now: i64) -> Result<(), Fault> {
    tx.execute(sql!("alert/put"), params![to_json(&code)?, detail, now])?;
    Ok(())
}

/// What an alert told of is over.
pub(crate) fn clear(tx: &Connection, code: AlertCode) -> Result<(), Fault> {
    tx.execute(sql!("alert/clear"), [to_json(&code)?])?;
    Ok(())
}

/// The latest alerts, latest first.
pub(crate) fn latest(db: &Connection) -> Result<Vec<Alert>, Fault> {
    let mut statement = db.prepare_cached(sql!("alert/latest"))?;
    let mut rows = statement.query([])?;
    let mut alerts = Vec::new();
    while let Some(row) = rows.next()? {
        let code: String = row.get(0)?;
        alerts.push(Alert {
            code: from_json("an alert", &code)?,
            at: row.get(1)?,
            detail: row.get(2)?,
        });
    }
    Ok(alerts)
}
