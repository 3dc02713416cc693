//! Logistic units on vehicles, as they were scanned here.

use rusqlite::{Connection, params};
use sparhund_shared::identity::{PlaceCode, Sscc};

use super::sql;
use crate::fault::Fault;

/// A load is driven within a day or two; what is older was unloaded elsewhere, milliseconds.
const KEPT_MS: i64 = 2 * 24 * 3_600_000;

/// A unit on a vehicle.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Loaded {
    pub(crate) sscc: Sscc,
    pub(crate) delivered: bool,
}

/// A unit was loaded.
pub(crate) fn put(tx: &Connection, sscc: Sscc, vehicle: &PlaceCode, now: i64) -> Result<(), Fault> {
    tx.execute(sql!("load/forget"), [now.saturating_sub(KEPT_MS)])?;
    tx.execute(
        sql!("load/put"),
        params![sscc.to_string(), vehicle.to_string(), now],
    )?;
    Ok(())
}

/// It was not loaded after all.
pub(crate) fn take_back(tx: &Connection, sscc: Sscc) -> Result<(), Fault> {
    tx.execute(sql!("load/delete"), [sscc.to_string()])?;
    Ok(())
}

/// It was delivered, or was not after all.
pub(crate) fn set_delivered(tx: &Connection, sscc: Sscc, delivered: bool) -> Result<(), Fault> {
    tx.execute(sql!("load/set_delivered"), params![sscc.to_string(), delivered])?;
    Ok(())
}

/// What was loaded onto a vehicle, in that order.
pub(crate) fn on(db: &Connection, vehicle: &PlaceCode) -> Result<Vec<Loaded>, Fault> {
    let mut statement = db.prepare_cached(sql!("load/on"))?;
    let mut rows = statement.query([vehicle.to_string()])?;
    let mut loaded = Vec::new();
    while let Some(row) = rows.next()? {
        let text: String = row.get(0)?;
        let sscc = text
            .parse()
            .map_err(|error| Fault::Damaged(format!("{text:?}: {error}")))?;
        loaded.push(Loaded {
            sscc,
            delivered: row.get(1)?,
        });
    }
    Ok(loaded)
}
