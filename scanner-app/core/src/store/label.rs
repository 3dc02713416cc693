//! Labels of logistic units that wait for a printer.

use rusqlite::{Connection, OptionalExtension, params};
use sparhund_shared::identity::{PlaceCode, Sscc};
use sparhund_shared::label::UnitLabel;
use sparhund_shared::reference::Rule;
use sparhund_shared::wire::Topic;

use super::{catalogue, feed, from_json, sql, to_json};
use crate::api::LabelState;
use crate::fault::Fault;

/// So long a printed label can be printed again, milliseconds.
const KEPT_MS: i64 = 7 * 24 * 3_600_000;

/// Keeps a label that is to be printed.
pub(crate) fn put(tx: &Connection, label: &UnitLabel, now: i64) -> Result<(), Fault> {
    tx.execute(sql!("label/forget"), [now.saturating_sub(KEPT_MS)])?;
    tx.execute(
        sql!("label/put"),
        params![label.sscc.to_string(), to_json(label)?, now],
    )?;
    Ok(())
}

/// Forgets a label that was not printed: its unit was not packed after all.
pub(crate) fn take_back(tx: &Connection, sscc: Sscc) -> Result<(), Fault> {
    tx.execute(sql!("label/delete"), [sscc.to_string()])?;
    Ok(())
}

/// How far the label of a unit is; `None` = it was not packed here, or long ago.
pub(crate) fn state(db: &Connection, sscc: Sscc) -> Result<Option<LabelState>, Fault> {
    let found: Option<(bool, Option<String>)> = db
        .query_row(sql!("label/get"), [sscc.to_string()], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })
        .optional()?;
    Ok(found.map(|(printed, problem)| match (printed, problem) {
        (true, _) => LabelState::Printed,
        (false, None) => LabelState::Waiting,
        (false, Some(_)) => LabelState::Failed,
    }))
}

/// Labels that wait, the oldest first.
pub(crate) fn waiting(db: &Connection) -> Result<Vec<UnitLabel>, Fault> {
    let mut statement = db.prepare_cached(sql!("label/waiting"))?;
    let rows = statement.query_map([], |row| row.get::<_, String>(0))?;
    rows.map(|body| from_json("a label", &body?)).collect()
}

/// A printer took it, or did not: why.
pub(crate) fn settle(tx: &Connection, sscc: Sscc, problem: Option<&str>) -> Result<(), Fault> {
    match problem {
        None => tx.execute(sql!("label/printed"), [sscc.to_string()])?,
        Some(problem) => tx.execute(sql!("label/failed"), params![sscc.to_string(), problem])?,
    };
    Ok(())
}

/// Prints it once more; whether there is such a label.
pub(crate) fn again(tx: &Connection, sscc: Sscc) -> Result<bool, Fault> {
    Ok(tx.execute(sql!("label/again"), [sscc.to_string()])? > 0)
}

/// Key of the printer that serves a place: its own, or that of the nearest place it is part of.
pub(crate) fn printer_of(db: &Connection, place: &PlaceCode) -> Result<Option<String>, Fault> {
    let mut printers = Vec::new();
    for body in feed::bodies(db, Topic::Rules)? {
        // A rule of a later version is none for us.
        if let Ok(rule @ Rule::Printer { .. }) = serde_json::from_str::<Rule>(&body) {
            printers.push(rule);
        }
    }
    let mut at = Some(place.clone());
    for _ in 0..=catalogue::DEEPEST_PLACE {
        let Some(code) = at else { break };
        let here = printers
            .iter()
            .find(|rule| matches!(rule, Rule::Printer { place, .. } if *place == code));
        if let Some(rule) = here {
            return Ok(Some(rule.key()));
        }
        at = catalogue::place(db, &code)?.and_then(|place| place.parent);
    }
    Ok(None)
}
