//! Beginning and resuming tasks.

use jiff::civil::Date;
use rusqlite::Connection;
use sparhund_shared::log::UserId;
use sparhund_shared::privacy::names_a_person;

use super::state::TaskState;
use crate::api::{DeedKind, TaskKind};
use crate::fault::Fault;
use crate::problems;
use crate::store::{catalogue, task, training};

/// Longest name of a supplier or reference, in characters.
const LONGEST: usize = 100;

/// Begins a task, or goes on with it. An order must be known here.
pub(crate) fn start(tx: &Connection, user: UserId, kind: TaskKind, today: Date) -> Result<TaskState, Fault> {
    let kind = match kind {
        TaskKind::Receive { supplier, reference } => receive(&supplier, reference.as_deref(), today)?,
        other => other,
    };
    if let TaskKind::Pick { order } | TaskKind::Deliver { order } | TaskKind::Confirm { order } = &kind {
        catalogue::order(tx, order)?.ok_or_else(|| problems::unknown_order(order))?;
    }
    if let TaskKind::Deed {
        kind: DeedKind::Pack { order },
    } = &kind
    {
        catalogue::order(tx, order)?.ok_or_else(|| problems::unknown_order(order))?;
    }
    resume(tx, user, kind)
}

/// A goods receipt.
fn receive(supplier: &str, reference: Option<&str>, today: Date) -> Result<TaskKind, Fault> {
    let fits = |text: &str| text.chars().count() <= LONGEST && !text.chars().any(char::is_control);
    let supplier = supplier.trim();
    let reference = reference.map(str::trim).filter(|text| !text.is_empty());
    if supplier.is_empty() || !fits(supplier) || !reference.is_none_or(fits) {
        return Err(problems::no_supplier().into());
    }
    let named = |text: &str| names_a_person(text.as_bytes(), today);
    if named(supplier) || reference.is_some_and(named) {
        return Err(problems::person_in_text().into());
    }
    Ok(TaskKind::Receive {
        supplier: supplier.to_owned(),
        reference: reference.map(str::to_owned),
    })
}

/// Goes on with the person's own basket. What somebody else has scanned for the same order stays theirs: they stand
/// behind it, and the order's progress stops whoever books second from booking too many.
fn resume(tx: &Connection, user: UserId, kind: TaskKind) -> Result<TaskState, Fault> {
    let mut fresh = TaskState::new(kind, user);
    fresh.training = training::is_on(tx, user)?;
    let state = match task::get(tx, &fresh.key())? {
        Some(own) => own,
        None if fresh.training => fresh,
        None => match task::get(tx, &fresh.ownerless_key())? {
            Some(mut old) => {
                task::delete(tx, &old.key())?;
                old.owner = Some(user);
                old
            }
            None => fresh,
        },
    };
    task::put(tx, &state)?;
    Ok(state)
}
