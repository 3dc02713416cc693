//! Waiting records, in batches under one signature each.

use std::ops::Range;

use minicbor::bytes::ByteVec;
use sparhund_shared::log::{Head, Sealed};
use sparhund_shared::wire::{Peer, Receipt, Refusal, RefusalCode, Upload};

use super::Halt;
use super::push::{Pushed, restart};
use super::server::CallError;
use crate::api::AlertCode;
use crate::env::{Env, Vault};
use crate::keys::{KeyFault, Signer};
use crate::store::log::{self, Sent};
use crate::store::{Store, alert};

/// Most records of one batch: half of what the protocol allows, so that a slow link gets receipts now and then.
pub(super) const MOST_RECORDS: usize = 500;
/// Most bytes of the records of one batch: a quarter of what the server takes, 8 s at 1 Mbit/s.
const MOST_BYTES: usize = 1_000_000;

/// Sends what waits in the device's present log.
pub(super) struct Outbox<'a, E, P, V> {
    store: &'a Store,
    env: &'a E,
    server: &'a P,
    signer: &'a Signer<'a, V>,
    pushed: &'a mut Pushed,
    /// Records of one batch; fewer once something on the way found a batch too large.
    most: usize,
}

impl<'a, E: Env, P: Peer<Error = CallError>, V: Vault> Outbox<'a, E, P, V> {
    pub(super) fn new(
        store: &'a Store,
        env: &'a E,
        server: &'a P,
        signer: &'a Signer<'a, V>,
        pushed: &'a mut Pushed,
    ) -> Self {
        Self {
            store,
            env,
            server,
            signer,
            pushed,
            most: MOST_RECORDS,
        }
    }

    pub(super) async fn send_waiting(mut self) -> Result<(), Halt> {
        let mut after = 0;
        loop {
            let mut batch = log::waiting(self.store.read(), self.signer.log, after, self.most)?;
            let places = batch
                .iter()
                .map(|sealed| (sealed.record().seq, sealed.bytes().len()));
            let together = portion(places);
            batch.truncate(together);
            let Some(last) = batch.last() else { return Ok(()) };
            after = last.record().seq;
            self.send(&batch).await?;
        }
    }

    /// Sends a batch, in smaller parts where it must be: halves of what is too large, and what a head did not prove
    /// under a head of its own. One bad record hides all before it from the head, so those go together again.
    async fn send(&mut self, batch: &[Sealed]) -> Result<(), Halt> {
        let mut parts: Vec<_> = std::iter::once(0..batch.len()).collect();
        while let Some(range) = parts.pop() {
            let part = &batch[range.clone()];
            match self.upload(part).await {
                Err(Halt::Call(error)) if error.is_too_large() && part.len() > 1 => {
                    self.most = part.len() / 2;
                    parts.extend(halves(&range));
                }
                Err(halt) => return Err(halt),
                Ok(receipt) => {
                    let unproven = self.settle(part, &receipt)?;
                    if unproven.len() == part.len() {
                        parts.extend(halves(&range));
                    } else {
                        parts.extend(runs(range.start, &unproven));
                    }
                }
            }
        }
        Ok(())
    }

    async fn upload(&self, batch: &[Sealed]) -> Result<Receipt, Halt> {
        let Some(upload) = upload_of(batch, self.signer).await? else {
            return Err(CallError::Unreadable("an empty batch".to_owned()).into());
        };
        let receipt = self.server.upload(&upload).await?;
        let counted = receipt.stored as usize + receipt.known as usize + receipt.refused.len();
        if counted != batch.len() {
            let reason = format!("a receipt for {counted} of {} records", batch.len());
            return Err(CallError::Unreadable(reason).into());
        }
        Ok(receipt)
    }

    /// Notes what a receipt says; gives back which records are to be sent again. One that was sent alone is not.
    fn settle(&mut self, batch: &[Sealed], receipt: &Receipt) -> Result<Vec<usize>, Halt> {
        let log = self.signer.log;
        let tx = self.store.begin()?;
        let ours = log::hash_at(&tx, log, receipt.head.seq)?;
        if receipt.head.log != log || ours.is_some_and(|hash| hash != receipt.head.hash) {
            return Err(restart(tx, self.env, log, None)?);
        }
        let mut unproven = Vec::new();
        for (index, record) in batch.iter().enumerate() {
            let seq = record.record().seq;
            let refusal = receipt
                .refused
                .iter()
                .find(|refusal| refusal.index as usize == index);
            match refusal {
                None => self.pushed.sent += u64::from(log::mark(&tx, log, seq, Sent::Acknowledged)?),
                Some(refusal) if refusal.code == RefusalCode::Unproven && batch.len() > 1 => {
                    unproven.push(index);
                }
                // Kept aside there until a person decides, and here: enrolled again, the device tells it again.
                Some(refusal) if refusal.code == RefusalCode::Quarantined => {}
                Some(refusal) => {
                    self.pushed.refused += u64::from(log::mark(&tx, log, seq, Sent::Refused)?);
                    let detail = describe(record, refusal);
                    alert::raise(&tx, AlertCode::RecordRefused, &detail, self.env.now_ms())?;
                }
            }
        }
        if receipt.head.seq > log::peer(&tx, log)? {
            log::set_peer(&tx, log, receipt.head.seq)?;
        }
        tx.commit()?;
        Ok(unproven)
    }
}

/// A batch under a signed head at its last record; `None` of an empty one.
pub(super) async fn upload_of(
    batch: &[Sealed],
    signer: &Signer<'_, impl Vault>,
) -> Result<Option<Upload>, KeyFault> {
    let Some(last) = batch.last() else { return Ok(None) };
    Ok(Some(Upload {
        head: signer.head(Head::of(last)).await?,
        records: batch
            .iter()
            .map(|record| ByteVec::from(record.bytes().to_vec()))
            .collect(),
    }))
}

fn describe(record: &Sealed, refusal: &Refusal) -> String {
    format!(
        "record {} ({}), event {}: {}",
        record.record().seq,
        record.hash().short(),
        record.record().event_id,
        refusal.detail
    )
}

/// How many of these records, by place in the log and bytes, go together: those without a hole and within the limit
/// of bytes; one always.
pub(super) fn portion(records: impl Iterator<Item = (u64, usize)>) -> usize {
    let mut taken = 0;
    let mut bytes = 0;
    let mut next = None;
    for (seq, len) in records {
        bytes += len;
        if taken > 0 && (next != Some(seq) || bytes > MOST_BYTES) {
            break;
        }
        taken += 1;
        next = seq.checked_add(1);
    }
    taken
}

/// Two parts of a range, the earlier one last: the next to be taken. Nothing of a single one.
fn halves(range: &Range<usize>) -> Vec<Range<usize>> {
    if range.len() < 2 {
        return Vec::new();
    }
    let middle = range.start + range.len() / 2;
    vec![middle..range.end, range.start..middle]
}

/// Places that follow each other, as ranges from `start`; the earliest last.
fn runs(start: usize, places: &[usize]) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    for place in places {
        let at = start + place;
        match runs.last_mut() {
            Some(run) if run.end == at => run.end = at + 1,
            _ => runs.push(at..at + 1),
        }
    }
    runs.reverse();
    runs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_batch_ends_at_a_hole_and_at_a_megabyte() {
        let small = |seqs: &[u64]| portion(seqs.iter().map(|seq| (*seq, 300)));
        assert_eq!(small(&[]), 0);
        assert_eq!(small(&[4, 5, 6]), 3);
        assert_eq!(small(&[4, 5, 7, 8]), 2);
        assert_eq!(portion((1..=500).map(|seq| (seq, 4_000))), 250);
        assert_eq!(portion((1..=3).map(|seq| (seq, 2_000_000))), 1, "one always");
    }

    #[test]
    fn parts_cover_the_whole_and_the_earliest_is_taken_first() {
        assert_eq!(halves(&(3..8)), [5..8, 3..5]);
        assert_eq!(halves(&(3..4)), []);
        assert_eq!(runs(10, &[0, 1, 2, 5, 7, 8]), [17..19, 15..16, 10..13]);
        assert_eq!(runs(10, &[]), []);
    }
}
