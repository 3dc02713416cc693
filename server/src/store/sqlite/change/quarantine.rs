//! Records of revoked devices are put aside, taken in or rejected.

use std::collections::HashSet;

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
                 {QUARANTINE_MOST} with {QUARANTINE_BYTES} bytes wait there; a quality officer decides about them first. Where no list shows them, all of it was told again \
                 and counts"
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

    /// Decides about the records of a log that the person was shown; how many there were.
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
            }
            Verdict::TakeIn => {
                // With those that were told again: without them the others would not reach their heads.
                let batches = self.batches_aside(log, decision.received_at, now)?;
                // Before they enter the log, which asks whether a person let them in.
                self.run(
                    sql!("quarantine/mark_taken"),
                    params![log_no, decision.received_at, by, now, reason],
                )?;
                for batch in batches {
                    self.append_known(&Prepared::of(batch, Sender::Bringer))??;
                }
            }
        }
        Ok(decision.records)
    }

    /// What had come by a time and waits, under the heads that prove it.
    fn batches_aside(&self, log: LogId, until: i64, now: i64) -> Result<Vec<Batch>> {
        let asked = params![log.0.as_bytes(), until];
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
        let mut batches: Vec<Batch> = Vec::new();
        for (bytes, head) in rows {
            let sealed = Sealed::open(bytes)
                .map_err(|error| StoreError::Damaged(format!("a record in quarantine: {error}")))?;
            match batches.last_mut() {
                Some(batch) if batch.head == head => batch.records.push(sealed),
                _ => batches.push(Batch {
                    head,
                    records: vec![sealed],
                    received_at: now,
                }),
            }
        }
        Ok(batches)
    }
}
