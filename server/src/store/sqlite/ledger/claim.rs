//! One event once: which record of an event id counts, and what is voided.

use rusqlite::params;
use sparhund_shared::event::Event;
use sparhund_shared::fold::{CLOCK_SKEW_LIMIT_MS, Deviation};
use sparhund_shared::log::{EventId, Hash, LogId, Sealed};

use super::Ledger;
use super::deviation::About;
use crate::store::sqlite::codes::{Id, signed};
use crate::store::sqlite::entry::Entry;
use crate::store::sqlite::sql;
use crate::store::{Result, StoreError};

impl Ledger {
    pub(super) fn remember_voids(&mut self) -> Result<()> {
        let ahead = self.rows(sql!("void/ahead"), [], |row| Ok(EventId(row.get::<_, Id>(0)?.0)))?;
        self.memory.ahead = ahead.into_iter().collect();
        Ok(())
    }

    /// Lets a stored record count.
    pub(super) fn take(&mut self, log: LogId, log_no: i64, entry: &Entry) -> Result<()> {
        let record = entry.sealed.record();
        if let Some(offset) = record.offset
            && offset.unsigned_abs() > CLOCK_SKEW_LIMIT_MS.unsigned_abs()
        {
            self.note_skew(log, log_no, offset)?;
        }
        if entry.event.is_none() {
            let deviation = Deviation::Unreadable {
                log,
                seq: record.seq,
                hash: entry.sealed.hash(),
            };
            return self.note(About::Log(log_no), &deviation);
        }
        if let Some(movement) = entry.movement() {
            self.note_label(movement)?;
        }
        let id = entry.id();
        let claimed = self.run(
            sql!("claim/insert"),
            params![
                id.0.as_bytes(),
                log_no,
                signed(record.seq),
                mark(entry.sealed.hash())
            ],
        )?;
        if claimed == 1 {
            let voided = self.memory.ahead.remove(&id);
            self.count(log_no, entry, voided)
        } else {
            self.rival(log_no, entry)
        }
    }

    /// Another record of a known event: the one with the smaller (tick, hash) counts.
    fn rival(&mut self, log_no: i64, entry: &Entry) -> Result<()> {
        let id = entry.id();
        let Some((_, known)) = self.claimed(id)? else {
            return Err(StoreError::Damaged(format!("event {id} is claimed by no record")));
        };
        // Its goods are known of, whether or not it counts.
        if let Some(effects) = &entry.effects {
            self.unit(&effects.unit, entry.lot_key)?;
        }
        if known.event != entry.event {
            self.note(About::Event(id), &Deviation::EventConflict { event: id })?;
        }
        if entry.rank() < known.rank() {
            let voided = self.is_voided(id)?;
            self.uncount(&known, voided)?;
            let seq = signed(entry.sealed.record().seq);
            self.run(
                sql!("claim/update"),
                params![id.0.as_bytes(), log_no, seq, mark(entry.sealed.hash())],
            )?;
            let voided = self.is_voided(id)?;
            self.count(log_no, entry, voided)?;
        }
        Ok(())
    }

    /// The record that counts for an event id.
    pub(super) fn claimed(&self, id: EventId) -> Result<Option<(i64, Entry)>> {
        let claim = self.row(sql!("claim/get"), params![id.0.as_bytes()], |row| {
            Ok((
                row.get::<_, i64>(0)?,
                row.get::<_, i64>(1)?,
                row.get::<_, i64>(2)?,
            ))
        })?;
        let Some((log_no, seq, wanted)) = claim else {
            return Ok(None);
        };
        let held = self.rows(sql!("record/at"), params![log_no, seq], |row| {
            Ok((Hash(row.get(0)?), row.get::<_, Vec<u8>>(1)?))
        })?;
        for (hash, bytes) in held {
            if mark(hash) == wanted {
                let sealed = Sealed::open(bytes).map_err(|error| StoreError::Damaged(error.to_string()))?;
                return Ok(Some((log_no, Entry::of(sealed))));
            }
        }
        Ok(None)
    }

    fn is_voided(&self, id: EventId) -> Result<bool> {
        let void = self.row(sql!("void/exists"), params![id.0.as_bytes()], |_| Ok(()))?;
        Ok(void.is_some())
    }

    fn count(&mut self, log_no: i64, entry: &Entry, voided: bool) -> Result<()> {
        let id = entry.id();
        match &entry.event {
            Some(Event::Move(movement)) => self.count_movement(log_no, entry, movement, voided),
            Some(Event::Hold(holding)) => self.count_hold(holding.hold, id, voided),
            Some(Event::Release(releasing)) => self.count_hold(releasing.hold, id, voided),
            Some(Event::Void(void)) => {
                let first = !self.is_voided(void.target)?;
                self.run(
                    sql!("void/insert"),
                    params![void.target.0.as_bytes(), id.0.as_bytes()],
                )?;
                if first {
                    self.set_voided(void.target, true)
                } else {
                    Ok(())
                }
            }
            None => Ok(()),
        }
    }

    fn uncount(&mut self, entry: &Entry, voided: bool) -> Result<()> {
        let id = entry.id();
        match &entry.event {
            Some(Event::Move(_)) => self.uncount_movement(entry, voided),
            Some(Event::Hold(holding)) => self.uncount_hold(holding.hold, id),
            Some(Event::Release(releasing)) => self.uncount_hold(releasing.hold, id),
            Some(Event::Void(void)) => {
                self.run(
                    sql!("void/delete"),
                    params![void.target.0.as_bytes(), id.0.as_bytes()],
                )?;
                if self.is_voided(void.target)? {
                    Ok(())
                } else {
                    self.set_voided(void.target, false)
                }
            }
            None => Ok(()),
        }
    }

    /// The first void of an event came, or its last one went.
    fn set_voided(&mut self, target: EventId, voided: bool) -> Result<()> {
        let Some((_, entry)) = self.claimed(target)? else {
            if voided {
                self.memory.ahead.insert(target);
            } else {
                self.memory.ahead.remove(&target);
            }
            return Ok(());
        };
        match &entry.event {
            Some(Event::Move(movement)) => self.void_movement(&entry, movement, voided),
            Some(Event::Hold(holding)) => self.void_hold(holding.hold, target, voided),
            Some(Event::Release(releasing)) => self.void_hold(releasing.hold, target, voided),
            // A void stands even when it is itself declared wrong: the goods are looked at again either way.
            Some(Event::Void(_)) | None => Ok(()),
        }
    }
}

/// First eight bytes of a hash: tells the records of one place apart.
fn mark(hash: Hash) -> i64 {
    let mut first = [0; 8];
    first.copy_from_slice(&hash.0[..8]);
    i64::from_be_bytes(first)
}
