//! Reference data between servers: every row has a version, and knows which one the central server has.
//!
//! A site changes a row on top of the version that the central server is known to have. Where that one changed too, the
//! central server's stands everywhere and the site's is kept as a conflict, so that all servers come to hold the same and a
//! person decides.

use rusqlite::params;
use sparhund_shared::log::Hash;
use sparhund_shared::wire::Topic;

use super::row_body::RowBody;
use crate::store::sqlite::codes::{mark, signed};
use crate::store::sqlite::ledger::Ledger;
use crate::store::sqlite::{read, sql};
use crate::store::{
    CENTRAL_WRITER, Offered, PAGE_BYTES, Result, RowKind, SharedRow, StoreError, Take, TakenRow,
};

/// How a row stands here.
struct Standing {
    version: Hash,
    base: Option<Hash>,
    changed_at: i64,
}

/// Largest row that is taken from a site, bytes. No row that a person puts in comes near it; a conflict holds some of them.
fn largest(kind: RowKind) -> usize {
    if kind == RowKind::Conflict {
        PAGE_BYTES
    } else {
        PAGE_BYTES / 4
    }
}

impl Ledger {
    /// Gives a row that was put here its version.
    pub(in super::super) fn touch(&self, kind: RowKind, key: &str, now: i64) -> Result<()> {
        let version = self.version(kind, key)?;
        let standing = self.standing(kind, key)?;
        if standing
            .as_ref()
            .is_some_and(|standing| standing.version == version)
        {
            return Ok(());
        }
        let base = standing.and_then(|standing| standing.base);
        self.put_version(kind, key, version, base, now)
    }

    /// Gives a row that is as it was a new place in the order of changes: who has gone past it takes it again.
    pub(super) fn move_to_end(&self, kind: RowKind, key: &str) -> Result<()> {
        let Some(standing) = self.standing(kind, key)? else {
            return Ok(());
        };
        self.put_version(kind, key, standing.version, standing.base, standing.changed_at)
    }

    /// What stands after an offer was taken in: the row that was offered, or another one.
    pub(super) fn taken_as_it_stands(&self, row: &SharedRow, now: i64) -> Result<Offered> {
        let version = self.version(row.kind, &row.key)?;
        let changed_at = if version == row.version {
            row.changed_at
        } else {
            now
        };
        self.put_version(row.kind, &row.key, version, None, changed_at)?;
        if version == row.version {
            return Ok(Offered::Taken);
        }
        let standing = Standing {
            version,
            base: None,
            changed_at,
        };
        Ok(Offered::Lost(Box::new(self.current(row, &standing)?)))
    }

    fn version(&self, kind: RowKind, key: &str) -> Result<Hash> {
        let body = read::row_body(&self.conn, kind, key)?
            .ok_or_else(|| StoreError::Damaged(format!("the {} {key} has no row", kind.word())))?;
        Ok(read::version(kind, key, &body))
    }

    fn put_version(
        &self,
        kind: RowKind,
        key: &str,
        version: Hash,
        base: Option<Hash>,
        changed_at: i64,
    ) -> Result<()> {
        let before = self.standing(kind, key)?.map(|standing| standing.version);
        self.sum_up(before, version)?;
        self.run(sql!("row_past/keep"), params![kind.word(), key, version.0])?;
        self.run(sql!("row_past/forget"), params![kind.word(), key])?;
        self.run(
            sql!("shared_row/put"),
            params![kind.word(), key, version.0, base.map(|base| base.0), changed_at],
        )?;
        Ok(())
    }

    /// Keeps number and sum of all versions.
    fn sum_up(&self, before: Option<Hash>, version: Hash) -> Result<()> {
        let (count, sum) = read::rows_sum(&self.conn)?;
        let count = count + u64::from(before.is_none());
        let sum = sum
            .wrapping_sub(before.map_or(0, mark))
            .wrapping_add(mark(version));
        self.run(sql!("shared_sum/put"), params![signed(count), sum])?;
        Ok(())
    }

    fn standing(&self, kind: RowKind, key: &str) -> Result<Option<Standing>> {
        self.row(sql!("shared_row/get"), params![kind.word(), key], |row| {
            let base: Option<Vec<u8>> = row.get(2)?;
            Ok(Standing {
                version: Hash(row.get(1)?),
                base: read::base(base),
                changed_at: row.get(3)?,
            })
        })
    }

    /// Whether what stands here was made on top of this row.
    fn had(&self, row: &SharedRow) -> Result<bool> {
        let key = params![row.kind.word(), row.key, row.version.0, row.changed_at];
        Ok(self.row(sql!("row_past/had"), key, |_| Ok(()))?.is_some())
    }

    fn set_base(&self, kind: RowKind, key: &str, base: Option<Hash>) -> Result<()> {
        self.run(
            sql!("shared_row/set_base"),
            params![kind.word(), key, base.map(|base| base.0)],
        )?;
        Ok(())
    }

    /// Rows of a database from before they had versions get them, and those from before they were summed up are.
    pub(in super::super) fn know_rows(&mut self) -> Result<()> {
        if self.row(sql!("shared_sum/get"), [], |_| Ok(()))?.is_some() {
            return Ok(());
        }
        let versions = self.rows(sql!("shared_row/versions"), [], |row| Ok(Hash(row.get(0)?)))?;
        if !versions.is_empty() {
            return self.transact(|ledger| {
                let mut versions = versions.into_iter();
                versions.try_for_each(|version| ledger.sum_up(None, version))
            });
        }
        let feeds = [
            (RowKind::Place, Topic::Places),
            (RowKind::Article, Topic::Articles),
        ];
        self.transact(|ledger| {
            for (kind, topic) in feeds {
                for key in ledger.rows(sql!("feed/keys"), params![topic.word()], |row| {
                    row.get::<_, String>(0)
                })? {
                    ledger.touch(kind, &key, 0)?;
                }
            }
            for user in read::users(&ledger.conn)? {
                ledger.touch(RowKind::Account, &user.id.to_string(), 0)?;
            }
            for no in ledger.rows(sql!("customer_order/all"), [], |row| row.get::<_, String>(0))? {
                ledger.touch(RowKind::Order, &no, 0)?;
            }
            Ok(())
        })
    }

    pub(in super::super) fn offer_row(&mut self, row: &SharedRow, from: &str, now: i64) -> Result<Offered> {
        let bytes = row.body.to_string().len();
        if bytes > largest(row.kind) {
            tracing::warn!(
                site.name = from,
                row.kind = row.kind.word(),
                row.key = row.key,
                bytes,
                "a site offers a row that is too large"
            );
            return Ok(Offered::Refused);
        }
        let standing = self.standing(row.kind, &row.key)?;
        match &standing {
            Some(standing) if standing.version == row.version => return Ok(Offered::Taken),
            Some(standing) if Some(standing.version) != row.base => {
                // Of two resolutions the one that came first stands; nobody needs to choose between choices. An older row is no change.
                if row.kind != RowKind::Conflict && !self.had(row)? {
                    self.note_conflict(row, from, None, now)?;
                }
                let met = self.standing(row.kind, &row.key)?;
                let standing = met.as_ref().unwrap_or(standing);
                return Ok(Offered::Lost(Box::new(self.current(row, standing)?)));
            }
            _ => {}
        }
        if let Some(standing) = &standing
            && self.is_put_away(row)?
        {
            return Ok(Offered::Lost(Box::new(self.current(row, standing)?)));
        }
        if let Ok(RowBody::Conflict(told)) = RowBody::read(row.kind, &row.key, &row.body) {
            return self.take_conflict(row, *told, now);
        }
        match self.put_shared(row, None, now)? {
            None => Ok(Offered::Taken),
            Some(why) => {
                self.note_conflict(row, from, Some(why), now)?;
                Ok(Offered::Refused)
            }
        }
    }

    fn current(&self, row: &SharedRow, standing: &Standing) -> Result<SharedRow> {
        let body = read::row_body(&self.conn, row.kind, &row.key)?
            .ok_or_else(|| StoreError::Damaged(format!("the {} {} has no row", row.kind.word(), row.key)))?;
        Ok(SharedRow {
            kind: row.kind,
            key: row.key.clone(),
            rev: 0,
            version: standing.version,
            base: None,
            changed_at: standing.changed_at,
            body,
        })
    }

    pub(in super::super) fn take_row(&mut self, row: &SharedRow, how: Take, now: i64) -> Result<TakenRow> {
        if let Some(standing) = self.standing(row.kind, &row.key)? {
            if standing.version == row.version {
                self.set_base(row.kind, &row.key, Some(row.version))?;
                return Ok(TakenRow::Here);
            }
            let lost = how == Take::Instead(standing.version);
            // The central server's database is an older one than it was: what came since is offered to it again.
            if !lost && self.had(row)? {
                self.set_base(row.kind, &row.key, Some(row.version))?;
                return Ok(TakenRow::Newer);
            }
            if !lost && standing.base != Some(standing.version) {
                return Ok(TakenRow::Newer);
            }
        }
        match self.put_shared(row, Some(row.version), now)? {
            None => Ok(TakenRow::Here),
            Some(why) => {
                if how != Take::First {
                    self.note_conflict(row, CENTRAL_WRITER, Some(why), now)?;
                }
                Ok(TakenRow::Refused)
            }
        }
    }

    pub(in super::super) fn agree_row(&self, kind: RowKind, key: &str, version: Hash) -> Result<()> {
        self.set_base(kind, key, Some(version))
    }

    /// Puts a row of another server; why not, when it cannot stand beside what is here.
    fn put_shared(&mut self, row: &SharedRow, base: Option<Hash>, now: i64) -> Result<Option<String>> {
        let body = match RowBody::read(row.kind, &row.key, &row.body) {
            Ok(body) => body,
            Err(why) => return Ok(Some(why)),
        };
        if let Some(why) = self.refused(&body)? {
            return Ok(Some(why));
        }
        if read::version(row.kind, &row.key, &body.written()?) != row.version {
            return Ok(Some(
                "this program would write it in another way: update the older of the two servers".to_owned(),
            ));
        }
        self.put_body(body, now)?;
        // When it was changed is said by the server where that was done.
        let version = self.version(row.kind, &row.key)?;
        self.put_version(row.kind, &row.key, version, base, row.changed_at)?;
        Ok(None)
    }
}
