//! One event once: which record of an event id counts, and what is voided.

use rusqlite::params;
use sparhund_shared::event::Event;
use sparhund_shared::fold::{CLOCK_SKEW_LIMIT_MS, Deviation};
use sparhund_shared::log::{EventId, Hash, LogId, Sealed};

use super::Ledger;
use super::deviation::About;
use crate::store::sqlite::codes::{Id, mark, signed};
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
        if self.was_rejected(log_no, entry)? {
            let event = entry.id();
            return self.note(About::Event(event), &Deviation::ToldAfterRejection { event, log });
        }
        self.judge_actor(log, log_no, entry)?;
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
            if !self.memory.ahead.remove(&id) {
                return self.count(log_no, entry, false);
            }
            let voided = self.is_voided(id, entry)?;
            self.count(log_no, entry, voided)?;
            self.judge_voids(id, entry)
        } else {
            self.rival(log_no, entry)
        }
    }

    pub(super) fn remember_rejects(&mut self) -> Result<()> {
        let rejects = self.row(sql!("quarantine/rejects"), [], |row| row.get(0))?;
        self.memory.rejects = rejects.unwrap_or(false);
        Ok(())
    }

    /// Whether a person left the same out when another enrolment of the device told it, and nobody let this record in.
    fn was_rejected(&self, log_no: i64, entry: &Entry) -> Result<bool> {
        if !self.memory.rejects || !self.is_device(log_no) {
            return Ok(false);
        }
        let record = entry.sealed.record();
        let rejected = self.rows(
            sql!("quarantine/rejected"),
            params![record.event_id.0.as_bytes()],
            |row| row.get::<_, Vec<u8>>(0),
        )?;
        let same = |bytes: &Vec<u8>| {
            Sealed::open(bytes.clone()).is_ok_and(|other| other.record().tells_the_same(record))
        };
        if !rejected.iter().any(same) {
            return Ok(false);
        }
        let place = params![log_no, signed(record.seq), entry.sealed.hash().0];
        let taken = self.row(sql!("quarantine/was_taken"), place, |_| Ok(()))?;
        Ok(taken.is_none())
    }

    /// Another record of a known event: the one with the smaller (tick, hash) counts, but what a device tells never
    /// displaces what the server told itself.
    fn rival(&mut self, log_no: i64, entry: &Entry) -> Result<()> {
        let id = entry.id();
        let Some((known_no, known)) = self.claimed(id)? else {
            return Err(StoreError::Damaged(format!("event {id} is claimed by no record")));
        };
        // Its goods are known of, whether or not it counts.
        if let Some(effects) = &entry.effects {
            self.unit(&effects.unit, entry.lot_key)?;
        }
        if !known.sealed.record().tells_the_same(entry.sealed.record()) {
            self.note(About::Event(id), &Deviation::EventConflict { event: id })?;
        }
        let voided = self.is_voided(id, &known)?;
        for (teller, told) in [(known_no, &known), (log_no, entry)] {
            let target: &[u8] = match &told.event {
                Some(Event::Void(void)) => void.target.0.as_bytes(),
                _ => &[],
            };
            self.run(sql!("retold/insert"), params![id.0.as_bytes(), teller, target])?;
        }
        let rank = |log_no, entry: &Entry| (self.is_device(log_no), entry.rank());
        if rank(log_no, entry) < rank(known_no, &known) {
            self.uncount(&known, voided)?;
            let seq = signed(entry.sealed.record().seq);
            self.run(
                sql!("claim/update"),
                params![id.0.as_bytes(), log_no, seq, mark(entry.sealed.hash())],
            )?;
            let voided = self.is_voided(id, entry)?;
            self.count(log_no, entry, voided)?;
        }
        // A log that tells it now may be the one that declares it wrong, or in which it declares another wrong.
        self.reach(id)?;
        match &known.event {
            Some(Event::Void(void)) => self.reach(void.target),
            _ => Ok(()),
        }
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

    /// Voids that name an event, each with whether it may reach it. `entry` is the record of it that counts.
    fn voids_of(&self, id: EventId, entry: Option<&Entry>) -> Result<Vec<(EventId, bool)>> {
        let own = entry
            .and_then(|entry| entry.event.as_ref())
            .is_some_and(Event::may_be_taken_back);
        self.rows(sql!("void/of_event"), params![id.0.as_bytes(), own], |row| {
            Ok((EventId(row.get::<_, Id>(0)?.0), row.get(1)?))
        })
    }

    fn is_voided(&self, id: EventId, entry: &Entry) -> Result<bool> {
        let voids = self.voids_of(id, Some(entry))?;
        Ok(voids.iter().any(|(_, reaches)| *reaches))
    }

    /// Shows the voids that a device had no right to.
    fn judge_voids(&self, target: EventId, entry: &Entry) -> Result<()> {
        for (event, reaches) in self.voids_of(target, Some(entry))? {
            let deviation = Deviation::ForeignVoid { event, target };
            if reaches {
                self.drop_deviation(&deviation)?;
            } else {
                self.note(About::Event(event), &deviation)?;
            }
        }
        Ok(())
    }

    fn count(&mut self, log_no: i64, entry: &Entry, voided: bool) -> Result<()> {
        let id = entry.id();
        match &entry.event {
            Some(Event::Move(movement)) => self.count_movement(log_no, entry, movement, voided),
            // Ingest takes none from a device; one that a database held before does not count either.
            Some(Event::Hold(_) | Event::Release(_)) if self.is_device(log_no) => Ok(()),
            Some(Event::Hold(holding)) => self.count_hold(holding.hold, id, voided),
            Some(Event::Release(releasing)) => self.count_hold(releasing.hold, id, voided),
            Some(Event::Void(void)) => {
                self.run(
                    sql!("void/insert"),
                    params![void.target.0.as_bytes(), id.0.as_bytes()],
                )?;
                self.reach(void.target)
            }
            Some(event) => self.count_telling(log_no, entry, event, voided),
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
                self.drop_deviation(&Deviation::ForeignVoid {
                    event: id,
                    target: void.target,
                })?;
                self.reach(void.target)
            }
            Some(event) => self.uncount_telling(entry, event),
            None => Ok(()),
        }
    }

    /// Makes an event voided or not, as its voids now say.
    fn reach(&mut self, target: EventId) -> Result<()> {
        let Some((_, entry)) = self.claimed(target)? else {
            if self.voids_of(target, None)?.is_empty() {
                self.memory.ahead.remove(&target);
            } else {
                self.memory.ahead.insert(target);
            }
            return Ok(());
        };
        let voided = self.is_voided(target, &entry)?;
        self.judge_voids(target, &entry)?;
        match &entry.event {
            Some(Event::Move(movement)) => self.void_movement(&entry, movement, voided),
            Some(Event::Hold(holding)) => self.void_hold(holding.hold, target, voided),
            Some(Event::Release(releasing)) => self.void_hold(releasing.hold, target, voided),
            // A void stands even when it is itself declared wrong: the goods are looked at again either way.
            Some(Event::Void(_)) | None => Ok(()),
            Some(event) => self.void_telling(&entry, event, voided),
        }
    }
}
