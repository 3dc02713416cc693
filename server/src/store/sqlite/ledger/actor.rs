//! People whom devices name: the server believes the log, and shows who had no right to do what it tells.

use rusqlite::params;
use sparhund_shared::fold::{Deviation, roles_for};
use sparhund_shared::log::{LogId, UserId};
use sparhund_shared::reference::User;

use super::Ledger;
use super::deviation::About;
use crate::store::Result;
use crate::store::sqlite::codes::{Id, from_json};
use crate::store::sqlite::entry::Entry;
use crate::store::sqlite::sql;

/// Kind of what is found here.
const KIND: &str = "unknown-actor";

impl Ledger {
    pub(super) fn remember_rights(&mut self) -> Result<()> {
        let rights = self.rows(sql!("account/rights"), [], |row| {
            Ok((UserId(row.get::<_, Id>(0)?.0), row.get::<_, String>(1)?))
        })?;
        self.memory.rights = rights
            .into_iter()
            .map(|(user, roles)| Ok((user, from_json(&roles)?)))
            .collect::<Result<_>>()?;
        Ok(())
    }

    /// Shows whom a device names without the right, as accounts stand when the record comes. Somebody who leaves
    /// later had the right all the same, so a rebuild keeps what was found instead of asking again.
    pub(super) fn judge_actor(&self, log: LogId, log_no: i64, entry: &Entry) -> Result<()> {
        let Some(event) = entry.event.as_ref().filter(|_| !self.memory.rebuilding) else {
            return Ok(());
        };
        if !self.is_device(log_no) {
            return Ok(());
        }
        let (user, needed) = (entry.sealed.record().user, roles_for(event));
        let has = self.memory.rights.get(&user);
        if has.is_some_and(|has| needed.iter().any(|role| has.contains(role))) {
            return Ok(());
        }
        let Some(role) = needed.first().copied() else {
            return Ok(());
        };
        self.note(About::Log(log_no), &Deviation::UnknownActor { log, user, role })
    }

    /// Somebody's rights are these from now on: what they lacked before and have now is settled.
    pub(in super::super) fn grant(&mut self, user: &User, active: bool) -> Result<()> {
        if !active {
            self.memory.rights.remove(&user.id);
            return Ok(());
        }
        self.memory.rights.insert(user.id, user.roles.clone());
        for body in self.rows(sql!("deviation/of_kind"), params![KIND], |row| {
            row.get::<_, String>(0)
        })? {
            let deviation: Deviation = from_json(&body)?;
            if let Deviation::UnknownActor {
                user: named, role, ..
            } = &deviation
                && *named == user.id
                && user.roles.contains(role)
            {
                self.drop_deviation(&deviation)?;
            }
        }
        Ok(())
    }

    /// Carries what was found over into tables that are being made anew.
    pub(super) fn keep_actors(&self) -> Result<()> {
        self.run(sql!("deviation/keep_actors"), [])?;
        Ok(())
    }
}
