//! Who may switch to themselves on this device, and what their PIN and badge hash to.

use rusqlite::{Connection, OptionalExtension, Row, params};
use sparhund_shared::log::UserId;

use super::sql;
use crate::fault::Fault;

/// A person's quick switch, without the PIN's verifier.
pub(crate) struct QuickUser {
    pub(crate) user: UserId,
    pub(crate) has_badge: bool,
    /// When the person last signed in here by password, device clock.
    pub(crate) password_at: i64,
    /// Wrong tries in a row.
    pub(crate) wrong: u32,
    /// When the last of them was made, device clock.
    pub(crate) tried_at: Option<i64>,
}

/// What a badge hashes to.
pub(crate) type BadgeHash = [u8; 32];

/// A person's quick switch, and the verifier of the PIN.
pub(crate) fn get(db: &Connection, user: UserId) -> Result<Option<(QuickUser, String)>, Fault> {
    Ok(db
        .prepare_cached(sql!("quick/get"))?
        .query_row([user.to_string()], |row| {
            Ok((read(user, row)?, row.get::<_, String>(0)?))
        })
        .optional()?)
}

/// Everybody's.
pub(crate) fn all(db: &Connection) -> Result<Vec<QuickUser>, Fault> {
    let mut statement = db.prepare_cached(sql!("quick/all"))?;
    let mut rows = statement.query([])?;
    let mut users = Vec::new();
    while let Some(row) = rows.next()? {
        users.push(read(user_of(row)?, row)?);
    }
    Ok(users)
}

/// Both statements have the same columns behind the first.
fn read(user: UserId, row: &Row<'_>) -> Result<QuickUser, rusqlite::Error> {
    Ok(QuickUser {
        user,
        has_badge: row.get::<_, Option<Vec<u8>>>(1)?.is_some(),
        password_at: row.get(2)?,
        wrong: row.get(3)?,
        tried_at: row.get(4)?,
    })
}

fn user_of(row: &Row<'_>) -> Result<UserId, Fault> {
    let text: String = row.get(0)?;
    text.parse()
        .map_err(|error| Fault::Damaged(format!("quick switch of {text:?}: {error}")))
}

/// Whose badge it is.
pub(crate) fn by_badge(db: &Connection, badge: &BadgeHash) -> Result<Option<UserId>, Fault> {
    let mut statement = db.prepare_cached(sql!("quick/by_badge"))?;
    let mut rows = statement.query([badge])?;
    rows.next()?.map(user_of).transpose()
}

/// Keeps the verifier of a PIN; tries before it are forgotten.
pub(crate) fn put_pin(tx: &Connection, user: UserId, verifier: &str, password_at: i64) -> Result<(), Fault> {
    tx.execute(
        sql!("quick/put_pin"),
        params![user.to_string(), verifier, password_at],
    )?;
    Ok(())
}

/// Keeps what a badge hashes to; `None` = no badge.
pub(crate) fn set_badge(tx: &Connection, user: UserId, badge: Option<&BadgeHash>) -> Result<(), Fault> {
    tx.execute(sql!("quick/set_badge"), params![user.to_string(), badge])?;
    Ok(())
}

/// Counts a try as a wrong one, before anybody knows.
pub(crate) fn count_try(tx: &Connection, user: UserId, now: i64) -> Result<(), Fault> {
    tx.execute(sql!("quick/count_try"), params![user.to_string(), now])?;
    Ok(())
}

/// The clock went back behind the last try.
pub(crate) fn set_tried(tx: &Connection, user: UserId, now: i64) -> Result<(), Fault> {
    tx.execute(sql!("quick/set_tried"), params![user.to_string(), now])?;
    Ok(())
}

/// The PIN was right.
pub(crate) fn pin_fitted(tx: &Connection, user: UserId) -> Result<(), Fault> {
    tx.execute(sql!("quick/pin_fitted"), [user.to_string()])?;
    Ok(())
}

/// The person signed in by password: what was locked is open again.
pub(crate) fn proved(tx: &Connection, user: UserId, now: i64) -> Result<(), Fault> {
    tx.execute(sql!("quick/proved"), params![user.to_string(), now])?;
    Ok(())
}

/// Forgets PIN and badge of a person.
pub(crate) fn delete(tx: &Connection, user: UserId) -> Result<(), Fault> {
    tx.execute(sql!("quick/delete"), [user.to_string()])?;
    Ok(())
}

/// Forgets everybody's.
pub(crate) fn delete_all(tx: &Connection) -> Result<(), Fault> {
    tx.execute(sql!("quick/delete_all"), [])?;
    Ok(())
}
