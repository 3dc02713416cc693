//! Conflicts: what was changed at two servers that did not reach each other, and what a person chose.
//!
//! A choice is a change of the conflict, which is a row like others. Only the central server does what was chosen, when the conflict
//! comes to it: of two choices the one that came first stands, and is what was done.

use rusqlite::params;
use serde_json::Value;
use sparhund_shared::log::{Hash, UserId};

use super::row_body::RowBody;
use super::value;
use crate::island::CENTRAL_SETTING;
use crate::store::sqlite::ledger::Ledger;
use crate::store::sqlite::{read, sql};
use crate::store::{
    Conflict, ConflictChoice, ConflictsAbout, Offered, Resolution, Result, RowKind, SharedRow, StoreError,
};

/// What became of a choice.
enum Chosen {
    /// It is done.
    Done,
    /// The row is another one than was shown.
    Changed(Option<Value>),
    /// What was chosen cannot stand beside what is here.
    Refused(String),
}

/// The same for the same change, whoever tells it and however often.
fn id_of(row: &SharedRow) -> String {
    let change = format!(
        "{}\u{0}{}\u{0}{}\u{0}{}",
        row.kind.word(),
        row.key,
        row.version,
        row.changed_at
    );
    Hash::of("sparhund/conflict/1", change.as_bytes()).short()
}

/// The choice to keep what stands where the other row had no room: what was refused gives way when it is offered again.
fn kept_beside_refused(conflict: &Conflict, choice: ConflictChoice) -> Option<Chosen> {
    let why = conflict.why.as_ref()?;
    match choice {
        ConflictChoice::Other => None,
        ConflictChoice::Standing if conflict.keepable() => Some(Chosen::Done),
        ConflictChoice::Standing => Some(Chosen::Refused(why.clone())),
    }
}

impl Ledger {
    /// Whether somebody chose that what stands is kept, and not this row.
    pub(super) fn is_put_away(&self, row: &SharedRow) -> Result<bool> {
        let kept = read::conflict(&self.conn, &id_of(row))?.and_then(|conflict| conflict.resolved);
        Ok(kept.is_some_and(|resolved| resolved.choice == ConflictChoice::Standing))
    }

    /// Keeps a row that lost, or could not stand for the reason that `why` gives.
    pub(super) fn note_conflict(
        &mut self,
        row: &SharedRow,
        from: &str,
        why: Option<String>,
        now: i64,
    ) -> Result<()> {
        let id = id_of(row);
        // Told twice, as after a lost answer. What was to stand and still cannot is open again.
        if let Some(kept) = read::conflict(&self.conn, &id)? {
            let taken = kept
                .resolved
                .is_some_and(|resolved| resolved.choice == ConflictChoice::Other);
            if why.is_none() || !taken {
                return Ok(());
            }
        }
        let standing = read::row_body(&self.conn, row.kind, &row.key)?;
        let meet = if why.is_none() {
            self.put_meet(row, now)?
        } else {
            None
        };
        self.put_conflict(&Conflict {
            id: id.clone(),
            kind: row.kind,
            key: row.key.clone(),
            standing,
            other: row.body.clone(),
            meet,
            from: from.to_owned(),
            why,
            found_at: now,
            resolved: None,
        })?;
        self.touch(RowKind::Conflict, &id, now)
    }

    /// Until somebody chooses, an account is what both allow: nobody who was shut out at one of the servers comes in by the other.
    fn put_meet(&mut self, row: &SharedRow, now: i64) -> Result<Option<Value>> {
        let other = RowBody::read(row.kind, &row.key, &row.body);
        let (Ok(RowBody::Account(other)), Ok(id)) = (other, row.key.parse()) else {
            return Ok(None);
        };
        let Some(mut account) = read::account_by_id(&self.conn, UserId(id))? else {
            return Ok(None);
        };
        let before = account.clone();
        account.active &= other.active;
        account.user.roles.retain(|role| other.user.roles.contains(role));
        if account == before {
            return Ok(None);
        }
        self.put_body(RowBody::Account(account), now)?;
        read::row_body(&self.conn, row.kind, &row.key)
    }

    pub(super) fn put_conflict(&self, conflict: &Conflict) -> Result<()> {
        let open = conflict.resolved.is_none();
        let people = conflict.about() == ConflictsAbout::People;
        let body = value(conflict)?.to_string();
        self.run(
            sql!("conflict/put"),
            params![conflict.id, conflict.found_at, open, body, people],
        )?;
        Ok(())
    }

    pub(in super::super) fn resolve_conflict(
        &mut self,
        id: &str,
        choice: &Resolution,
        shown: Hash,
    ) -> Result<Option<Conflict>> {
        let Some(mut conflict) = read::conflict(&self.conn, id)? else {
            return Ok(None);
        };
        if conflict.resolved.is_some() || conflict.face() != shown {
            return Ok(Some(conflict));
        }
        let at_a_site = read::setting(&self.conn, CENTRAL_SETTING)?.is_some();
        let chosen = if at_a_site {
            self.noted(&conflict, choice.choice)?
        } else {
            self.choose(&conflict, choice)?
        };
        match chosen {
            Chosen::Done => conflict.resolved = Some(choice.clone()),
            Chosen::Changed(standing) => conflict.show(standing),
            Chosen::Refused(why) => return Err(StoreError::Conflict(why)),
        }
        self.put_conflict(&conflict)?;
        self.touch(RowKind::Conflict, id, choice.at)?;
        Ok(Some(conflict))
    }

    /// At the central server: takes a conflict as a site has it, and does what was chosen there.
    pub(super) fn take_conflict(&mut self, row: &SharedRow, mut told: Conflict, now: i64) -> Result<Offered> {
        let open = |conflict: Conflict| conflict.resolved.is_none();
        if let Some(choice) = told.resolved.clone()
            && read::conflict(&self.conn, &told.id)?.is_none_or(open)
        {
            let chosen = self.choose(&told, &choice)?;
            if !matches!(chosen, Chosen::Done) {
                told.resolved = None;
            }
            match chosen {
                Chosen::Done => {}
                Chosen::Changed(standing) => told.show(standing),
                Chosen::Refused(why) => told.why = Some(why),
            }
        }
        self.put_conflict(&told)?;
        self.taken_as_it_stands(row, now)
    }

    /// At a site: whether the choice is about what stands. What could not stand does so at some servers only.
    fn noted(&self, conflict: &Conflict, choice: ConflictChoice) -> Result<Chosen> {
        let now = read::row_body(&self.conn, conflict.kind, &conflict.key)?;
        if let Some(kept) = kept_beside_refused(conflict, choice) {
            return Ok(kept);
        }
        let shown = conflict.why.is_some()
            || now.as_ref() == conflict.stands()
            || now.as_ref() == Some(&conflict.other);
        Ok(if shown { Chosen::Done } else { Chosen::Changed(now) })
    }

    /// Does what was chosen.
    fn choose(&mut self, conflict: &Conflict, choice: &Resolution) -> Result<Chosen> {
        let now = read::row_body(&self.conn, conflict.kind, &conflict.key)?;
        let take = choice.choice == ConflictChoice::Other;
        if take && now.as_ref() == Some(&conflict.other) {
            // A site that has no room for it tries again.
            self.move_to_end(conflict.kind, &conflict.key)?;
            return Ok(Chosen::Done);
        }
        if let Some(kept) = kept_beside_refused(conflict, choice.choice) {
            return Ok(kept);
        }
        if now.as_ref() != conflict.stands() {
            return Ok(Chosen::Changed(now));
        }
        let chosen = if take {
            Some(&conflict.other)
        } else {
            conflict.standing.as_ref()
        };
        match chosen {
            Some(chosen) if now.as_ref() != Some(chosen) => {
                self.put_chosen(conflict.kind, &conflict.key, chosen, choice.at)
            }
            _ => Ok(Chosen::Done),
        }
    }

    fn put_chosen(&mut self, kind: RowKind, key: &str, body: &Value, at: i64) -> Result<Chosen> {
        let body = match RowBody::read(kind, key, body) {
            Ok(body) => body,
            Err(why) => return Ok(Chosen::Refused(why)),
        };
        if let Some(why) = self.refused(&body)? {
            return Ok(Chosen::Refused(why));
        }
        self.put_body(body, at)?;
        Ok(Chosen::Done)
    }
}
