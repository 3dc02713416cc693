//! Tasks in the middle of the work.

use rusqlite::{Connection, OptionalExtension, params};

use super::{from_json, sql, to_json};
use crate::fault::Fault;
use crate::flow::TaskState;

/// The task somebody works on.
pub(crate) fn current(db: &Connection) -> Result<Option<TaskState>, Fault> {
    let text: Option<String> = db
        .prepare_cached(sql!("task/current"))?
        .query_row([], |row| row.get(0))
        .optional()?;
    text.map(|text| from_json("the task", &text)).transpose()
}

/// A task by its key.
pub(crate) fn get(db: &Connection, key: &str) -> Result<Option<TaskState>, Fault> {
    let text: Option<String> = db
        .query_row(sql!("task/get"), [key], |row| row.get(0))
        .optional()?;
    text.map(|text| from_json("the task", &text)).transpose()
}

/// Every task that was begun and not ended.
pub(crate) fn all(db: &Connection) -> Result<Vec<TaskState>, Fault> {
    let mut statement = db.prepare_cached(sql!("task/all"))?;
    let rows = statement.query_map([], |row| row.get::<_, String>(0))?;
    rows.map(|text| from_json("a task", &text?)).collect()
}

/// Keeps a task and makes it the current one.
pub(crate) fn put(tx: &Connection, state: &TaskState) -> Result<(), Fault> {
    leave(tx)?;
    tx.prepare_cached(sql!("task/put"))?
        .execute(params![state.key(), to_json(state)?])?;
    Ok(())
}

/// No task is the current one.
pub(crate) fn leave(tx: &Connection) -> Result<(), Fault> {
    tx.prepare_cached(sql!("task/leave"))?.execute([])?;
    Ok(())
}

/// Ends a task.
pub(crate) fn delete(tx: &Connection, key: &str) -> Result<(), Fault> {
    tx.execute(sql!("task/delete"), [key])?;
    Ok(())
}
