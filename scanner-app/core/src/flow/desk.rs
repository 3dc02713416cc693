//! What every step of a task needs to know.

use jiff::civil::Date;
use rusqlite::Connection;
use sparhund_shared::log::UserId;
use sparhund_shared::reference::Role;

/// The moment, the person, and the store.
#[derive(Clone, Copy)]
pub(crate) struct Desk<'a> {
    /// Inside a transaction.
    pub(crate) db: &'a Connection,
    /// Device clock.
    pub(crate) now: i64,
    pub(crate) today: Date,
    pub(crate) user: UserId,
    /// What the person may do.
    pub(crate) roles: &'a [Role],
}
