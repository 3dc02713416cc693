//! Numbers for logistic units that this device alone makes.

use rusqlite::{Connection, OptionalExtension, params};
use sparhund_shared::identity::{CompanyPrefix, Sscc, sscc_of};
use sparhund_shared::reference::Rule;
use sparhund_shared::wire::{Series, Topic};

use super::{feed, from_json, sql};
use crate::fault::Fault;

/// So many numbers a device has in hand when it leaves the network: more than anybody packs before it comes back.
const ENOUGH: u32 = 200;

/// The region's company prefix; `None` where nobody set one.
pub(crate) fn prefix(db: &Connection) -> Result<Option<CompanyPrefix>, Fault> {
    let rule = feed::body(db, Topic::Rules, "company-prefix")?;
    let rule: Option<Rule> = rule.map(|body| from_json("a rule", &body)).transpose()?;
    Ok(match rule {
        Some(Rule::CompanyPrefix { prefix }) => prefix.parse().ok(),
        _ => None,
    })
}

/// The prefix under which another series is wanted, and the newest one there is of it; `None` when there is enough.
pub(crate) fn wanted(db: &Connection) -> Result<Option<(CompanyPrefix, Option<u32>)>, Fault> {
    let Some(prefix) = prefix(db)? else {
        return Ok(None);
    };
    let left: i64 = db.query_row(
        sql!("series/left"),
        params![prefix.as_str(), prefix.numbers()],
        |row| row.get(0),
    )?;
    if left >= i64::from(ENOUGH) {
        return Ok(None);
    }
    let last = db.query_row(sql!("series/last"), [prefix.as_str()], |row| row.get(0))?;
    Ok(Some((prefix, last)))
}

/// Keeps a series that was handed out. One that is known goes on where it is.
pub(crate) fn keep(tx: &Connection, series: &Series) -> Result<(), Fault> {
    tx.execute(sql!("series/put"), params![series.prefix.as_str(), series.no])?;
    Ok(())
}

/// Takes the next number. It is used up when the caller commits, together with what it was taken for.
pub(crate) fn take(tx: &Connection) -> Result<Option<Sscc>, Fault> {
    let Some(prefix) = prefix(tx)? else {
        return Ok(None);
    };
    let next: Option<(u32, u32)> = tx
        .query_row(
            sql!("series/first"),
            params![prefix.as_str(), prefix.numbers()],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )
        .optional()?;
    let Some((no, count)) = next else { return Ok(None) };
    tx.execute(sql!("series/advance"), params![prefix.as_str(), no])?;
    Ok(sscc_of(&prefix, no, count))
}

/// Forgets all: this store may be a copy, and its twin goes on with them.
pub(crate) fn forget(tx: &Connection) -> Result<(), Fault> {
    tx.execute(sql!("series/forget"), [])?;
    Ok(())
}

/// Whether there is a number to take.
pub(crate) fn has_any(db: &Connection) -> Result<bool, Fault> {
    let Some(prefix) = prefix(db)? else {
        return Ok(false);
    };
    let mut statement = db.prepare_cached(sql!("series/first"))?;
    Ok(statement.exists(params![prefix.as_str(), prefix.numbers()])?)
}
