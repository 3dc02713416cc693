//! Records go up: heads tell what is missing, batches carry it under one signature each.

use minicbor::bytes::ByteVec;
use sparhund_shared::fold::CLOCK_SKEW_LIMIT_MS;
use sparhund_shared::log::{Head, LogId, Operation, Sealed, diff};
use sparhund_shared::wire::{Heads, Receipt, Refusal, RefusalCode, Topic, Upload};

use super::Halt;
use super::server::{CallError, Server};
use crate::api::AlertCode;
use crate::env::{Env, Transport};
use crate::fault::Fault;
use crate::journal;
use crate::store::device::{self, Device};
use crate::store::log::{self, Sent};
use crate::store::{Store, alert, feed};

/// Most records of one batch: half of what the protocol allows, so that a slow link gets receipts now and then.
const BATCH: usize = 500;
/// Covered records are kept this long for whoever looks at the device, milliseconds.
const KEEP_MS: i64 = 7 * 24 * 3_600_000;

/// What was sent.
#[derive(Clone, Copy, Default, Debug)]
pub(crate) struct Pushed {
    /// Records newly acknowledged.
    pub(crate) sent: u64,
    /// Records the server would not take.
    pub(crate) refused: u64,
}

/// Sends what the server lacks of this device's log.
pub(crate) async fn push<T: Transport>(
    store: &Store,
    env: &impl Env,
    server: &Server<'_, T>,
) -> Result<Pushed, Halt> {
    let device = device::must_get(store.read())?;
    let mut pushed = exchange_heads(store, env, server, &device).await?;
    let mut after = 0;
    loop {
        let mut batch = log::waiting(store.read(), device.log, after, BATCH)?;
        let together = run_length(&batch);
        batch.truncate(together);
        let Some(last) = batch.last() else { break };
        after = last.record().seq;
        send(store, env, server, &device, &batch, &mut pushed).await?;
    }
    Ok(pushed)
}

/// Tells our head, measures the clock, and finds out what the server has.
async fn exchange_heads<T: Transport>(
    store: &Store,
    env: &impl Env,
    server: &Server<'_, T>,
    device: &Device,
) -> Result<Pushed, Halt> {
    let ours = log::tail(store.read(), device.log)?.head;
    let before = env.now_ms();
    let answer = server
        .heads(&Heads {
            heads: vec![ours.sign(&device.key)],
            now: before,
            holds: feed::state(store.read(), Topic::Holds)?.cursor,
        })
        .await?;
    let after = env.now_ms();
    let skew = before.midpoint(after).saturating_sub(answer.now);
    let mut pushed = Pushed::default();
    let theirs: Vec<Head> = answer
        .heads
        .into_iter()
        .filter(|head| head.log == device.log)
        .collect();
    // Looked up beforehand: the comparison itself is pure.
    let at_theirs = match theirs.first() {
        Some(head) => log::hash_at(store.read(), device.log, head.seq)?.or(
            // Forgotten after a verified backup covered it: it was the same when it was sent.
            (head.seq < ours.seq && head.seq <= log::peer(store.read(), device.log)?).then_some(head.hash),
        ),
        None => None,
    };
    let operation = diff(&[ours], &theirs, |_, _| at_theirs).into_iter().next();
    let tx = store.begin()?;
    device::set_skew(&tx, skew)?;
    if skew.abs() > CLOCK_SKEW_LIMIT_MS {
        let detail = format!("{} s", skew / 1_000);
        alert::clear(&tx, AlertCode::ClockSkew)?;
        alert::raise(&tx, AlertCode::ClockSkew, &detail, after)?;
    } else {
        alert::clear(&tx, AlertCode::ClockSkew)?;
    }
    match operation {
        Some(Operation::Noop { log }) => {
            pushed.sent += log::mark_through(&tx, log, ours.seq)?;
            log::set_peer(&tx, log, ours.seq)?;
        }
        Some(Operation::Upload { log, from, .. }) => {
            let theirs = from - 1;
            if theirs < log::peer(&tx, log)? {
                // Restored from a backup: what came after it is gone there.
                log::send_again(&tx, log, theirs)?;
            }
            pushed.sent += log::mark_through(&tx, log, theirs)?;
            log::set_peer(&tx, log, theirs)?;
        }
        Some(Operation::Download { .. } | Operation::Forked { .. }) => {
            return Err(restart(tx, env, device.log)?);
        }
        None => {}
    }
    for covered in answer.covered.iter().filter(|covered| covered.log == device.log) {
        log::set_covered(&tx, covered.log, covered.seq)?;
    }
    log::forget(&tx, device.log, after.saturating_sub(KEEP_MS))?;
    tx.commit()?;
    Ok(pushed)
}

/// Another life of this device wrote into its log: begin a new one.
fn restart(tx: rusqlite::Transaction<'_>, env: &impl Env, old: LogId) -> Result<Halt, Fault> {
    journal::begin_again(&tx, env)?;
    alert::raise(&tx, AlertCode::LogRestarted, &old.to_string(), env.now_ms())?;
    tx.commit()?;
    Ok(Halt::Restarted)
}

/// How many records follow each other without a hole.
fn run_length(batch: &[Sealed]) -> usize {
    let breaks = batch
        .windows(2)
        .position(|pair| pair[1].record().seq != pair[0].record().seq + 1);
    breaks.map_or(batch.len(), |at| at + 1)
}

/// Sends a batch, and what was not proven by its head once more under a head of its own.
async fn send<T: Transport>(
    store: &Store,
    env: &impl Env,
    server: &Server<'_, T>,
    device: &Device,
    batch: &[Sealed],
    pushed: &mut Pushed,
) -> Result<(), Halt> {
    let receipt = upload(server, device, batch).await?;
    let unproven = settle(store, env, device, batch, &receipt, false, pushed)?;
    for index in unproven {
        let alone = &batch[index..=index];
        let receipt = upload(server, device, alone).await?;
        settle(store, env, device, alone, &receipt, true, pushed)?;
    }
    Ok(())
}

async fn upload<T: Transport>(
    server: &Server<'_, T>,
    device: &Device,
    batch: &[Sealed],
) -> Result<Receipt, Halt> {
    let Some(last) = batch.last() else {
        return Err(CallError::Unreadable("an empty batch".to_owned()).into());
    };
    let upload = Upload {
        head: Head::of(last).sign(&device.key),
        records: batch
            .iter()
            .map(|record| ByteVec::from(record.bytes().to_vec()))
            .collect(),
    };
    let receipt = server.upload(&upload).await?;
    let counted = receipt.stored as usize + receipt.known as usize + receipt.refused.len();
    if counted != batch.len() {
        let reason = format!("a receipt for {counted} of {} records", batch.len());
        return Err(CallError::Unreadable(reason).into());
    }
    Ok(receipt)
}

/// Notes what a receipt says; gives back which records are to be sent alone.
fn settle(
    store: &Store,
    env: &impl Env,
    device: &Device,
    batch: &[Sealed],
    receipt: &Receipt,
    alone: bool,
    pushed: &mut Pushed,
) -> Result<Vec<usize>, Halt> {
    let tx = store.begin()?;
    let ours = log::hash_at(&tx, device.log, receipt.head.seq)?;
    if receipt.head.log != device.log || ours.is_some_and(|hash| hash != receipt.head.hash) {
        return Err(restart(tx, env, device.log)?);
    }
    let mut unproven = Vec::new();
    for (index, record) in batch.iter().enumerate() {
        let seq = record.record().seq;
        let refusal = receipt
            .refused
            .iter()
            .find(|refusal| refusal.index as usize == index);
        match refusal {
            None => pushed.sent += u64::from(log::mark(&tx, device.log, seq, Sent::Acknowledged)?),
            Some(refusal) if refusal.code == RefusalCode::Unproven && !alone => unproven.push(index),
            Some(refusal) => {
                pushed.refused += u64::from(log::mark(&tx, device.log, seq, Sent::Refused)?);
                let detail = describe(seq, record, refusal);
                alert::raise(&tx, AlertCode::RecordRefused, &detail, env.now_ms())?;
            }
        }
    }
    if receipt.head.seq > log::peer(&tx, device.log)? {
        log::set_peer(&tx, device.log, receipt.head.seq)?;
    }
    tx.commit()?;
    Ok(unproven)
}

fn describe(seq: u64, record: &Sealed, refusal: &Refusal) -> String {
    format!(
        "record {seq} ({}), event {}: {}",
        record.hash().short(),
        record.record().event_id,
        refusal.detail
    )
}
