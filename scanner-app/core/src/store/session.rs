//! Who is signed in.

use rusqlite::{Connection, OptionalExtension, params};
use sparhund_shared::reference::User;

use super::{from_json, sql, to_json};
use crate::fault::Fault;

/// A session.
pub(crate) struct Session {
    pub(crate) user: User,
    pub(crate) access: String,
    pub(crate) refresh: String,
    /// Device clock.
    pub(crate) until: i64,
}

/// The session, also when its time is over.
pub(crate) fn get(db: &Connection) -> Result<Option<Session>, Fault> {
    let row: Option<(String, String, String, i64)> = db
        .prepare_cached(sql!("session/get"))?
        .query_row([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))
        .optional()?;
    row.map(|(user, access, refresh, until)| {
        Ok(Session {
            user: from_json("the session", &user)?,
            access,
            refresh,
            until,
        })
    })
    .transpose()
}

/// Keeps a session in place of the one before.
pub(crate) fn put(tx: &Connection, session: &Session) -> Result<(), Fault> {
    tx.execute(
        sql!("session/put"),
        params![
            to_json(&session.user)?,
            session.access,
            session.refresh,
            session.until
        ],
    )?;
    Ok(())
}

/// The person's roles or name changed.
pub(crate) fn set_user(tx: &Connection, user: &User) -> Result<(), Fault> {
    tx.execute(sql!("session/set_user"), [to_json(user)?])?;
    Ok(())
}

/// Ends it.
pub(crate) fn delete(tx: &Connection) -> Result<(), Fault> {
    tx.execute(sql!("session/delete"), [])?;
    Ok(())
}
