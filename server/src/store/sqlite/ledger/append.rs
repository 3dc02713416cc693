//! A batch of records of one log.

use rusqlite::params;
use sparhund_shared::log::{Head, LogId};

use super::Ledger;
use crate::store::sqlite::codes::signed;
use crate::store::sqlite::entry::{Entry, Prepared, Sender};
use crate::store::sqlite::sql;
use crate::store::{Appended, Result, StoreError};

impl Ledger {
    /// Stores a batch. The inner error refuses this batch alone and leaves nothing behind; the outer one means that
    /// the transaction cannot go on.
    pub(in super::super) fn append_known(&mut self, batch: &Prepared) -> Result<Result<Appended>> {
        let log = batch.head.head.log;
        if !self.memory.logs.contains_key(&log) {
            return Ok(Err(StoreError::Conflict(format!(
                "log {log} is not known here; enrol its device first"
            ))));
        }
        if batch.sender == Sender::Teller && self.memory.silenced.contains(&log) {
            return Ok(Err(StoreError::Silenced));
        }
        if batch.entries.iter().any(|entry| entry.sealed.record().log != log) {
            return Ok(Err(StoreError::Conflict(format!(
                "a batch under a head of log {log} carries records of another log"
            ))));
        }
        self.append(batch).map(Ok)
    }

    fn append(&mut self, batch: &Prepared) -> Result<Appended> {
        let log = batch.head.head.log;
        self.memory.now = batch.received_at;
        let before = self.log(log)?.head;
        let log_no = self.log(log)?.log_no;
        let mut appended = Appended {
            head: before,
            stored: 0,
            known: 0,
        };
        let new = self.insert_records(log_no, &batch.entries)?;
        for (entry, new) in batch.entries.iter().zip(new) {
            if new {
                appended.stored += 1;
                self.link(log, entry)?;
                self.take(log, log_no, entry)?;
            } else {
                appended.known += 1;
            }
        }
        self.settle(log)?;
        self.keep_signature(log, before, batch)?;
        appended.head = self.log(log)?.head;
        Ok(appended)
    }

    /// Which of the records are new. The conflict target is named, so that another record at the same place is stored.
    fn insert_records(&self, log_no: i64, entries: &[Entry]) -> Result<Vec<bool>> {
        let mut insert = self.conn.prepare_cached(sql!("record/insert"))?;
        let mut new = Vec::with_capacity(entries.len());
        for entry in entries {
            let (seq, hash) = (signed(entry.sealed.record().seq), entry.sealed.hash().0);
            let changed =
                insert.execute(params![log_no, seq, hash, self.memory.now, entry.sealed.bytes()])?;
            new.push(changed == 1);
        }
        Ok(new)
    }

    /// Keeps the newest signature of a log; an older one only where the new one does not reach it through the chain.
    fn keep_signature(&mut self, log: LogId, before: Head, batch: &Prepared) -> Result<()> {
        let head = batch.head.head;
        let signature = batch.head.signature.0;
        let state = self.log(log)?;
        let log_no = state.log_no;
        let straight = state.head == head && state.last == head.seq && state.missing == 0 && state.forks == 0;
        let covered = state.signed.is_some_and(|kept| kept.seq >= head.seq);
        if straight && covered {
            return Ok(());
        }
        match state.signed {
            Some(kept) if straight && kept == before => {
                self.run(
                    sql!("signed_head/replace"),
                    params![
                        log_no,
                        signed(kept.seq),
                        kept.hash.0,
                        signed(head.seq),
                        head.hash.0,
                        signature
                    ],
                )?;
            }
            _ => {
                self.run(
                    sql!("signed_head/insert"),
                    params![log_no, signed(head.seq), head.hash.0, signature],
                )?;
            }
        }
        let state = self.log_mut(log)?;
        if state.signed.is_none_or(|kept| kept.seq <= head.seq) {
            state.signed = Some(head);
        }
        Ok(())
    }
}
