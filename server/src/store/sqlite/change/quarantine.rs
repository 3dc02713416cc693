//! Records of revoked devices are put aside, taken in or rejected.

use std::collections::{BTreeMap, HashMap, HashSet};

use rusqlite::params;
use sparhund_shared::log::{Hash, Head, LogId, Sealed, SignatureBytes, SignedHead};

use super::conflict;
use crate::store::sqlite::codes::{signed, unsigned};
use crate::store::sqlite::entry::{Entry, Prepared, Sender};
use crate::store::sqlite::ledger::Ledger;
use crate::store::sqlite::read;
use crate::store::sqlite::sql;
use crate::store::{
    Batch, QUARANTINE_BYTES, QUARANTINE_KEPT_BYTES, QUARANTINE_MOST, QuarantineDecision, Result, StoreError,
    Verdict,
};

impl Ledger {
    /// Puts a batch aside; how many of its records are new there.
    pub(in super::super) fn put_aside(&self, batch: &Prepared) -> Result<u32> {
        let log = batch.head.head.log;
        let log_no = self.must_know(log)?;
        let mut new = Vec::new();
        // One batch may tell a record twice.
        let mut told = HashSet::new();
        for Entry { sealed, .. } in &batch.entries {
            let place = params![log_no, signed(sealed.record().seq), sealed.hash().0];
            let known = self.row(sql!("quarantine/known"), place, |row| row.get::<_, bool>(0))?;
            if known != Some(true) && told.insert(sealed.hash()) {
                new.push(sealed);
            }
        }
        self.must_have_room(log_no, &new)?;
        for sealed in &new {
            let record = sealed.record();
            self.run(
                sql!("quarantine/insert"),
                params![
                    log_no,
                    signed(record.seq),
                    sealed.hash().0,
                    record.event_id.0.as_bytes(),
                    batch.received_at,
                    sealed.bytes(),
                    signed(batch.head.head.seq),
                    batch.head.head.hash.0,
                    batch.head.signature.0
                ],
            )?;
        }
        Ok(u32::try_from(new.len()).unwrap_or(u32::MAX))
    }

    fn must_know(&self, log: LogId) -> Result<i64> {
        self.log_no(log)
            .ok_or_else(|| conflict(format!("log {log} is not known here; enrol its device first")))
    }

    fn must_have_room(&self, log_no: i64, new: &[&Sealed]) -> Result<()> {
        if new.is_empty() {
            return Ok(());
        }
        let kept = self.row(sql!("quarantine/kept"), params![log_no], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?))
        })?;
        let (records, bytes, all) = kept.map_or((0, 0, 0), |(records, bytes, all)| {
            (unsigned(records), unsigned(bytes), unsigned(all))
        });
        let more: u64 = new.iter().map(|sealed| sealed.bytes().len() as u64).sum();
        if records.saturating_add(new.len() as u64) > QUARANTINE_MOST
            || bytes.saturating_add(more) > QUARANTINE_BYTES
        {
            return Err(conflict(format!(
                "{records} records of this device with {bytes} bytes are in quarantine, and no more than \
                 {QUARANTINE_MOST} with {QUARANTINE_BYTES} bytes wait there; a quality officer decides about them first. \
                 What counts already because it was told again is in no list, and takes room too"
            )));
        }
        if all.saturating_add(more) > QUARANTINE_KEPT_BYTES {
            return Err(conflict(format!(
                "{all} bytes of this device are kept in quarantine, and no more than {QUARANTINE_KEPT_BYTES} are; save \
                 what it holds to a file, and let IT examine the device"
            )));
        }
        Ok(())
    }

    /// Decides about the records of a log that the person was shown; about how many.
    pub(in super::super) fn decide_quarantine(
        &mut self,
        log: LogId,
        decision: &QuarantineDecision,
        now: i64,
    ) -> Result<u64> {
        let log_no = self.must_know(log)?;
        let mut shown = read::shown(&self.conn, log)?;
        shown.retain(|place| place.received_at <= decision.received_at);
        if shown.is_empty() {
            return Err(conflict(
                "no record of this device waits; somebody may have decided meanwhile".to_owned(),
            ));
        }
        if shown.len() as u64 != decision.records {
            return Err(conflict(format!(
                "{} records wait and {} were shown: nothing was decided. Look at them once more, then decide",
                shown.len(),
                decision.records
            )));
        }
        let (by, reason) = (decision.by.0.as_bytes(), &decision.reason);
        match decision.verdict {
            Verdict::Reject => {
                for place in &shown {
                    self.run(
                        sql!("quarantine/reject"),
                        params![log_no, place.seq, place.hash.0, by, now, reason],
                    )?;
                }
                self.memory.rejects = true;
                Ok(decision.records)
            }
            Verdict::TakeIn => {
                // With those that were told again: without them the others would not reach their heads.
                let batches = self.batches_aside(log, log_no, decision.received_at, now)?;
                let taken: HashSet<Hash> = batches
                    .iter()
                    .flat_map(|batch| &batch.records)
                    .map(Sealed::hash)
                    .collect();
                shown.retain(|place| taken.contains(&place.hash));
                if shown.is_empty() {
                    return Err(conflict(
                        "a record that was left out stands between these and their signature: they cannot be taken in \
                         without it. Leave them out too"
                            .to_owned(),
                    ));
                }
                // Before they enter the log, which asks whether a person let them in.
                for sealed in batches.iter().flat_map(|batch| &batch.records) {
                    let seq = signed(sealed.record().seq);
                    self.run(
                        sql!("quarantine/mark_taken"),
                        params![log_no, seq, sealed.hash().0, by, now, reason],
                    )?;
                }
                for batch in batches {
                    self.append_known(&Prepared::of(batch, Sender::Bringer))??;
                }
                Ok(shown.len() as u64)
            }
        }
    }

    /// What had come by a time and waits, under the heads that prove it. What hangs under a record that was left out is no part of
    /// it: in the log no signature would reach it.
    fn batches_aside(&self, log: LogId, log_no: i64, until: i64, now: i64) -> Result<Vec<Batch>> {
        let asked = params![log.0.as_bytes(), until];
        // From the top, so that what names a record comes before it.
        let rows = self.rows(sql!("quarantine/take"), asked, |row| {
            let head = SignedHead {
                head: Head {
                    log,
                    seq: unsigned(row.get(1)?),
                    hash: Hash(row.get(2)?),
                },
                signature: SignatureBytes(row.get(3)?),
            };
            Ok((row.get::<_, Vec<u8>>(0)?, head))
        })?;
        let mut named: HashMap<Hash, SignedHead> = HashMap::new();
        let mut reached: HashSet<Head> = HashSet::new();
        let mut batches: BTreeMap<Head, Batch> = BTreeMap::new();
        for (bytes, head) in rows {
            let sealed = Sealed::open(bytes)
                .map_err(|error| StoreError::Damaged(format!("a record in quarantine: {error}")))?;
            let place = Head::of(&sealed);
            let head = match named.get(&place.hash) {
                Some(above) => above.clone(),
                None if head.head == place => head,
                None if self.is_wanted(log_no, place)?
                    && (reached.contains(&head.head) || self.holds(log_no, head.head)?) =>
                {
                    head
                }
                None => continue,
            };
            reached.insert(place);
            named.insert(sealed.record().prev, head.clone());
            let batch = batches.entry(head.head).or_insert_with(|| Batch {
                head,
                records: Vec::new(),
                received_at: now,
            });
            batch.records.push(sealed);
        }
        let mut batches: Vec<Batch> = batches.into_values().collect();
        for batch in &mut batches {
            batch.records.reverse();
        }
        Ok(batches)
    }

    /// Whether the log holds a record that names this one, which it lacks.
    fn is_wanted(&self, log_no: i64, place: Head) -> Result<bool> {
        let asked = params![log_no, signed(place.seq), place.hash.0];
        let wanted = self.row(sql!("orphan/wants"), asked, |row| row.get(0))?;
        Ok(wanted == Some(true))
    }

    fn holds(&self, log_no: i64, head: Head) -> Result<bool> {
        let asked = params![log_no, signed(head.seq), head.hash.0];
        Ok(self.row(sql!("record/get"), asked, |_| Ok(()))?.is_some())
    }
}
