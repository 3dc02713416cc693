//! People.

use rusqlite::{Connection, Row, params};
use sparhund_shared::log::UserId;
use sparhund_shared::reference::User;

use super::{row, rows, sql};
use crate::store::sqlite::codes::{Id, from_json};
use crate::store::{Account, Result, SessionId};

struct Kept {
    id: UserId,
    login: String,
    name: String,
    roles: String,
    password_hash: String,
    active: bool,
}

fn kept(row: &Row<'_>) -> rusqlite::Result<Kept> {
    Ok(Kept {
        id: UserId(row.get::<_, Id>(0)?.0),
        login: row.get(1)?,
        name: row.get(2)?,
        roles: row.get(3)?,
        password_hash: row.get(4)?,
        active: row.get(5)?,
    })
}

impl Kept {
    fn account(self) -> Result<Account> {
        Ok(Account {
            user: User {
                id: self.id,
                login: self.login,
                name: self.name,
                roles: from_json(&self.roles)?,
            },
            password_hash: self.password_hash,
            active: self.active,
        })
    }
}

pub(in super::super) fn account(conn: &Connection, login: &str) -> Result<Option<Account>> {
    row(conn, sql!("account/by_login"), params![login], kept)?
        .map(Kept::account)
        .transpose()
}

pub(in super::super) fn account_by_id(conn: &Connection, id: UserId) -> Result<Option<Account>> {
    row(conn, sql!("account/by_id"), params![id.0.as_bytes()], kept)?
        .map(Kept::account)
        .transpose()
}

pub(in super::super) fn account_in_session(
    conn: &Connection,
    id: UserId,
    session: SessionId,
    since: i64,
) -> Result<Option<Account>> {
    let asked = params![id.0.as_bytes(), session.0.as_bytes(), since];
    row(conn, sql!("account/in_session"), asked, kept)?
        .map(Kept::account)
        .transpose()
}

pub(in super::super) fn users(conn: &Connection) -> Result<Vec<User>> {
    let kept = rows(conn, sql!("account/all"), [], kept)?;
    kept.into_iter()
        .map(|kept| kept.account().map(|account| account.user))
        .collect()
}
