//! Övningsläge: work that is done for practice. It stands beside the real work on this device, never goes into the log, and
//! is forgotten when it ends or when somebody else comes.

use rusqlite::Connection;
use sparhund_shared::log::{EventId, UserId};

use super::{setting, sql};
use crate::fault::Fault;

/// Whether this person practises.
pub(crate) fn is_on(db: &Connection, user: UserId) -> Result<bool, Fault> {
    Ok(setting::get::<UserId>(db, setting::TRAINING)? == Some(user))
}

/// Begins; real tasks stay as they are and are not at hand.
pub(crate) fn begin(tx: &Connection, user: UserId) -> Result<(), Fault> {
    super::task::leave(tx)?;
    setting::put(tx, setting::TRAINING, Some(&user))
}

/// Ends, and forgets all that was done for practice.
pub(crate) fn end(tx: &Connection) -> Result<(), Fault> {
    tx.execute(sql!("training/forget_moves"), [])?;
    tx.execute(sql!("training/forget_tasks"), [])?;
    tx.execute(sql!("training/forget_loads"), [])?;
    tx.execute(sql!("training/forget_cards"), [])?;
    setting::put::<UserId>(tx, setting::TRAINING, None)
}

/// Marks a movement as done for practice.
pub(crate) fn mark(tx: &Connection, event: EventId) -> Result<(), Fault> {
    tx.prepare_cached(sql!("training/mark"))?
        .execute([event.0.as_bytes()])?;
    Ok(())
}

/// Takes a movement back that was done for practice.
pub(crate) fn take_back(tx: &Connection, event: EventId) -> Result<(), Fault> {
    tx.prepare_cached(sql!("training/take_back"))?
        .execute([event.0.as_bytes()])?;
    Ok(())
}
