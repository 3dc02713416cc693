//! Who is signed in.

use rusqlite::{Connection, OptionalExtension, params};
use sparhund_shared::reference::User;

use super::{from_json, sql, to_json, training};
use crate::fault::Fault;

/// A session.
pub(crate) struct Session {
    pub(crate) user: User,
    /// Device clock.
    pub(crate) until: i64,
    pub(crate) by: SignedInBy,
}

/// How the person showed who they are.
pub(crate) enum SignedInBy {
    /// By password at the server.
    Password(AtServer),
    /// By a PIN, at this device alone: the server knows of no session.
    Pin,
}

/// The session at the server.
#[derive(Clone)]
pub(crate) struct AtServer {
    /// When it began, device clock.
    pub(crate) at: i64,
    pub(crate) access: String,
    pub(crate) refresh: String,
}

impl Session {
    /// The session at the server, if there is one.
    pub(crate) fn at_server(&self) -> Option<&AtServer> {
        match &self.by {
            SignedInBy::Password(there) => Some(there),
            SignedInBy::Pin => None,
        }
    }
}

/// The session, also when its time is over.
pub(crate) fn get(db: &Connection) -> Result<Option<Session>, Fault> {
    db.prepare_cached(sql!("session/get"))?
        .query_row([], |row| {
            let at: Option<i64> = row.get(2)?;
            let access: Option<String> = row.get(3)?;
            let refresh: Option<String> = row.get(4)?;
            Ok((row.get::<_, String>(0)?, row.get(1)?, at, access.zip(refresh)))
        })
        .optional()?
        .map(|(user, until, at, tokens)| {
            Ok(Session {
                user: from_json("the session", &user)?,
                until,
                by: match at.zip(tokens) {
                    Some((at, (access, refresh))) => SignedInBy::Password(AtServer { at, access, refresh }),
                    None => SignedInBy::Pin,
                },
            })
        })
        .transpose()
}

/// Keeps a session in place of the one before. Nobody comes into the practice of somebody else unawares.
pub(crate) fn put(tx: &Connection, session: &Session) -> Result<(), Fault> {
    training::end(tx)?;
    let there = session.at_server();
    tx.execute(
        sql!("session/put"),
        params![
            to_json(&session.user)?,
            session.until,
            there.map(|there| there.at),
            there.map(|there| &there.access),
            there.map(|there| &there.refresh)
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
    training::end(tx)?;
    tx.execute(sql!("session/delete"), [])?;
    Ok(())
}
