//! People and their refresh tokens.

use rusqlite::params;
use sparhund_shared::log::UserId;
use sparhund_shared::reference::User;
use sparhund_shared::wire::Topic;

use super::{conflict, value};
use crate::ops::now_ms;
use crate::store::sqlite::codes::{Id, to_json};
use crate::store::sqlite::ledger::Ledger;
use crate::store::sqlite::{read, sql};
use crate::store::{Account, AccountChange, Result, RowKind, SessionId};

impl Ledger {
    /// Adds or replaces a person. Who may not sign in is taken from the devices too, and their sessions end for good.
    pub(in super::super) fn put_account(&mut self, account: &Account) -> Result<()> {
        let user = &account.user;
        self.check_login_free(user)?;
        self.run(
            sql!("account/put"),
            params![
                user.id.0.as_bytes(),
                user.login,
                user.name,
                to_json(&user.roles)?,
                account.password_hash,
                account.active,
                now_ms()
            ],
        )?;
        if !account.active {
            self.run(
                sql!("refresh_token/delete_of_person"),
                params![user.id.0.as_bytes()],
            )?;
        }
        self.grant(user, account.active)?;
        let (key, body) = (user.id.to_string(), value(user)?);
        self.put_row(Topic::Users, &key, account.active.then_some(&body))?;
        self.touch(RowKind::Account, &key, now_ms())
    }

    /// Whether nobody else has a person's sign-in name.
    pub(super) fn check_login_free(&self, user: &User) -> Result<()> {
        let owner = self.row(sql!("account/owner"), params![user.login], |row| {
            Ok(UserId(row.get::<_, Id>(0)?.0))
        })?;
        if owner.is_some_and(|owner| owner != user.id) {
            return Err(conflict(format!(
                "the sign-in name {} belongs to another person; choose another",
                user.login
            )));
        }
        Ok(())
    }

    /// Changes one thing; the rest is read in the same transaction.
    pub(in super::super) fn change_account(
        &mut self,
        id: UserId,
        change: AccountChange,
    ) -> Result<Option<Account>> {
        let Some(mut account) = read::account_by_id(&self.conn, id)? else {
            return Ok(None);
        };
        match change {
            AccountChange::Roles(roles) => account.user.roles = roles,
            AccountChange::Active(active) => account.active = active,
            AccountChange::PasswordHash(hash) => account.password_hash = hash,
        }
        self.put_account(&account)?;
        Ok(Some(account))
    }

    pub(in super::super) fn keep_refresh(&self, hash: [u8; 32], user: UserId, expires_at: i64) -> Result<()> {
        self.run(
            sql!("refresh_token/insert"),
            params![hash, user.0.as_bytes(), expires_at],
        )?;
        Ok(())
    }

    /// Ends a session. Those that are long over go with it.
    pub(in super::super) fn end_session(&self, session: SessionId, until: i64, now: i64) -> Result<()> {
        self.run(sql!("ended_session/delete_over"), params![now])?;
        self.run(sql!("ended_session/insert"), params![session.0.as_bytes(), until])?;
        Ok(())
    }

    pub(in super::super) fn end_sessions(&self) -> Result<()> {
        self.run(sql!("refresh_token/delete_all"), [])?;
        Ok(())
    }

    /// Takes a token out; the same statement cannot give it twice. Old ones go with it.
    pub(in super::super) fn take_refresh(&self, hash: [u8; 32], now: i64) -> Result<Option<UserId>> {
        let taken = self.row(sql!("refresh_token/take"), params![hash], |row| {
            Ok((UserId(row.get::<_, Id>(0)?.0), row.get::<_, i64>(1)?))
        })?;
        self.run(sql!("refresh_token/delete_expired"), params![now])?;
        Ok(taken
            .filter(|(_, expires_at)| *expires_at > now)
            .map(|(user, _)| user))
    }
}
