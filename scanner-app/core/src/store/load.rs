//! Logistic units on vehicles, as they were scanned here.

use rusqlite::{Connection, params};
use sparhund_shared::identity::{PlaceCode, Sscc};

use super::sql;
use crate::fault::Fault;

/// A load is driven within a day or two; what is older was unloaded elsewhere, milliseconds.
const KEPT_MS: i64 = 2 * 24 * 3_600_000;

/// Which unit, and whether it is scanned for practice.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Unit {
    pub(crate) sscc: Sscc,
    pub(crate) training: bool,
}

/// A unit on a vehicle.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Loaded {
    pub(crate) sscc: Sscc,
    pub(crate) delivered: bool,
}

/// A unit was loaded.
pub(crate) fn put(tx: &Connection, unit: Unit, vehicle: &PlaceCode, now: i64) -> Result<(), Fault> {
    tx.execute(sql!("load/forget"), [now.saturating_sub(KEPT_MS)])?;
    tx.execute(
        sql!("load/put"),
        params![unit.sscc.to_string(), unit.training, vehicle.to_string(), now],
    )?;
    Ok(())
}

/// It was not loaded after all.
pub(crate) fn take_back(tx: &Connection, unit: Unit) -> Result<(), Fault> {
    tx.execute(sql!("load/delete"), params![unit.sscc.to_string(), unit.training])?;
    Ok(())
}

/// It was delivered, or was not after all.
pub(crate) fn set_delivered(tx: &Connection, unit: Unit, delivered: bool) -> Result<(), Fault> {
    tx.execute(
        sql!("load/set_delivered"),
        params![unit.sscc.to_string(), unit.training, delivered],
    )?;
    Ok(())
}

/// What was loaded onto a vehicle, in that order; in earnest, or for practice.
pub(crate) fn on(db: &Connection, vehicle: &PlaceCode, training: bool) -> Result<Vec<Loaded>, Fault> {
    let mut statement = db.prepare_cached(sql!("load/on"))?;
    let mut rows = statement.query(params![vehicle.to_string(), training])?;
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
