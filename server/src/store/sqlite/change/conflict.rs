//! Conflicts: what was changed at two servers that did not reach each other, and what a person chose.

use rusqlite::params;
use serde_json::Value;
use sparhund_shared::log::Hash;

use super::row_body::RowBody;
use super::value;
use crate::store::sqlite::codes::from_json;
use crate::store::sqlite::ledger::Ledger;
use crate::store::sqlite::{read, sql};
use crate::store::{Conflict, ConflictChoice, Resolution, Result, RowKind, SharedRow, StoreError};

impl Ledger {
    /// Keeps a row that lost, or could not stand for the reason that `why` gives.
    pub(super) fn note_conflict(
        &self,
        row: &SharedRow,
        standing: Option<Value>,
        from: &str,
        why: Option<String>,
        now: i64,
    ) -> Result<()> {
        let id = Hash::of(
            "sparhund/conflict/1",
            format!("{}\u{0}{}\u{0}{}", row.kind.word(), row.key, row.version).as_bytes(),
        )
        .short();
        // Told twice, as after a lost answer.
        if read::row_body(&self.conn, RowKind::Conflict, &id)?.is_some() {
            return Ok(());
        }
        self.put_conflict(&Conflict {
            id: id.clone(),
            kind: row.kind,
            key: row.key.clone(),
            standing,
            other: row.body.clone(),
            from: from.to_owned(),
            why,
            found_at: now,
            resolved: None,
        })?;
        self.touch(RowKind::Conflict, &id, now)
    }

    pub(super) fn put_conflict(&self, conflict: &Conflict) -> Result<()> {
        let open = conflict.resolved.is_none();
        let body = value(conflict)?.to_string();
        self.run(
            sql!("conflict/put"),
            params![conflict.id, conflict.found_at, open, body],
        )?;
        Ok(())
    }

    pub(in super::super) fn resolve_conflict(
        &mut self,
        id: &str,
        choice: &Resolution,
    ) -> Result<Option<Conflict>> {
        let Some(body) = self.row(sql!("conflict/get"), params![id], |row| row.get::<_, String>(0))? else {
            return Ok(None);
        };
        let mut conflict: Conflict = from_json(&body)?;
        if conflict.resolved.is_some() {
            return Ok(Some(conflict));
        }
        if choice.choice == ConflictChoice::Other {
            let other =
                RowBody::read(conflict.kind, &conflict.key, &conflict.other).map_err(StoreError::Conflict)?;
            self.put_body(other, choice.at)?;
            self.touch(conflict.kind, &conflict.key, choice.at)?;
        }
        conflict.resolved = Some(choice.clone());
        self.put_conflict(&conflict)?;
        self.touch(RowKind::Conflict, id, choice.at)?;
        Ok(Some(conflict))
    }
}
