//! Records of revoked devices are put aside, taken in or rejected.

use rusqlite::params;
use sparhund_shared::log::{Hash, Head, LogId, Sealed, SignatureBytes, SignedHead};

use super::conflict;
use crate::store::sqlite::codes::{signed, unsigned};
use crate::store::sqlite::entry::Prepared;
use crate::store::sqlite::ledger::Ledger;
use crate::store::sqlite::sql;
use crate::store::{Batch, QUARANTINE_MOST, QuarantineDecision, Result, StoreError};

impl Ledger {
    /// Puts a batch aside; how many of its records are new there.
    pub(in super::super) fn put_aside(&self, batch: &Batch) -> Result<u32> {
        let log = batch.head.head.log;
        let log_no = self
            .log_no(log)
            .ok_or_else(|| conflict(format!("log {log} is not known here; enrol its device first")))?;
        let kept = self
            .row(sql!("quarantine/count"), params![log_no], |row| {
                row.get::<_, i64>(0)
            })?
            .map_or(0, unsigned);
        if kept.saturating_add(batch.records.len() as u64) > QUARANTINE_MOST {
            return Err(conflict(format!(
                "{kept} records of this device are in quarantine, and no more than {QUARANTINE_MOST} are kept there; a \
                 quality officer decides about them first"
            )));
        }
        let mut new = 0;
        for sealed in &batch.records {
            let record = sealed.record();
            let changed = self.run(
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
            new += u32::try_from(changed).unwrap_or(0);
        }
        Ok(new)
    }

    /// Decides about all records of a log that wait; how many there were.
    pub(in super::super) fn decide_quarantine(
        &mut self,
        log: LogId,
        decision: &QuarantineDecision,
        now: i64,
    ) -> Result<u64> {
        match decision {
            QuarantineDecision::Reject { by, reason } => {
                let changed = self.run(
                    sql!("quarantine/reject"),
                    params![log.0.as_bytes(), by.0.as_bytes(), now, reason],
                )?;
                Ok(changed as u64)
            }
            QuarantineDecision::TakeIn => {
                let mut taken = 0;
                for batch in self.batches_aside(log, now)? {
                    taken += batch.records.len() as u64;
                    self.append_known(&Prepared::of(batch))??;
                }
                self.run(sql!("quarantine/delete"), params![log.0.as_bytes()])?;
                Ok(taken)
            }
        }
    }

    /// What waits, under the heads that prove it.
    fn batches_aside(&self, log: LogId, now: i64) -> Result<Vec<Batch>> {
        let rows = self.rows(sql!("quarantine/take"), params![log.0.as_bytes()], |row| {
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
