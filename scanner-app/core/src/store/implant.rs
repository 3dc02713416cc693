//! Cards of the implants that were recorded here today.

use jiff::civil::Date;
use rusqlite::{Connection, params};
use sparhund_shared::log::EventId;

use super::{from_json, sql, to_json};
use crate::api::ImplantCard;
use crate::fault::Fault;

/// Keeps a card for the day; those of other days are forgotten.
pub(crate) fn put(tx: &Connection, card: &ImplantCard, at: i64, training: bool) -> Result<(), Fault> {
    let day = card.day.to_string();
    tx.execute(sql!("implant/forget"), [&day])?;
    tx.execute(
        sql!("implant/put"),
        params![card.event.0.as_bytes(), day, at, training, to_json(card)?],
    )?;
    Ok(())
}

/// It was not implanted after all.
pub(crate) fn take_back(tx: &Connection, event: EventId) -> Result<(), Fault> {
    tx.execute(sql!("implant/delete"), [event.0.as_bytes()])?;
    Ok(())
}

/// Those of a day, the latest first; in earnest, or for practice.
pub(crate) fn of_day(db: &Connection, day: Date, training: bool) -> Result<Vec<ImplantCard>, Fault> {
    let mut statement = db.prepare_cached(sql!("implant/of_day"))?;
    let rows = statement.query_map(params![day.to_string(), training], |row| row.get::<_, String>(0))?;
    rows.map(|text| from_json("an implant card", &text?)).collect()
}
