//! Records go up: heads tell what is missing, the [`Outbox`] sends it.

use sparhund_shared::fold::CLOCK_SKEW_LIMIT_MS;
use sparhund_shared::log::{Head, Incarnation, LogId, Operation, diff};
use sparhund_shared::wire::{Heads, Peer, Topic};

use super::outbox::Outbox;
use super::{CallError, Halt, witness};
use crate::api::AlertCode;
use crate::env::{Env, Vault};
use crate::fault::Fault;
use crate::journal::{self, DAY_MS};
use crate::keys::Signer;
use crate::store::device::{self, Device};
use crate::store::{Store, alert, feed, log, setting};

/// No call to the server lasts longer.
const LONGEST_CALL_MS: i64 = 60_000;
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
pub(crate) async fn push(
    store: &Store,
    env: &impl Env,
    server: &impl Peer<Error = CallError>,
    device: &Device,
    signer: &Signer<'_, impl Vault>,
) -> Result<Pushed, Halt> {
    let mut pushed = exchange_heads(store, env, server, device, signer).await?;
    Outbox::new(store, env, server, signer, &mut pushed)
        .send_waiting()
        .await?;
    Ok(pushed)
}

/// Hands what waits to a server that no longer accepts this device: it keeps that aside until a person decides.
pub(crate) async fn hand_over(
    store: &Store,
    env: &impl Env,
    server: &impl Peer<Error = CallError>,
    signer: &Signer<'_, impl Vault>,
) -> Result<(), Halt> {
    Outbox::new(store, env, server, signer, &mut Pushed::default())
        .send_waiting()
        .await
}

/// Tells our head, measures the clock, and finds out what the server has.
async fn exchange_heads(
    store: &Store,
    env: &impl Env,
    server: &impl Peer<Error = CallError>,
    device: &Device,
    signer: &Signer<'_, impl Vault>,
) -> Result<Pushed, Halt> {
    let tail = log::tail(store.read(), device.log)?;
    let ours = tail.head;
    let told = witness::tell(store, env, signer).await?;
    let head = signer.head(ours).await?;
    let before = env.now_ms();
    let answer = server
        .heads(&Heads {
            heads: vec![head],
            now: before,
            holds: feed::state(store.read(), Topic::Holds)?.cursor,
            seen: told.seen.clone(),
            known: told.known,
        })
        .await?;
    let after = env.now_ms();
    // Whoever slept through the call, or had the clock set meanwhile, has measured nothing.
    let measured = (0..=LONGEST_CALL_MS).contains(&after.saturating_sub(before));
    let skew = match device.skew {
        Some(known) if !measured => known,
        _ => before.midpoint(after).saturating_sub(answer.now),
    };
    let mut pushed = Pushed::default();
    let theirs: Vec<Head> = answer
        .heads
        .iter()
        .copied()
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
    let alone = answer.alone_since;
    let alone = alone.map(|since| if since > 0 { since.saturating_add(skew) } else { 0 });
    if setting::get(&tx, setting::SERVER_ALONE)? != alone {
        setting::put(&tx, setting::SERVER_ALONE, alone.as_ref())?;
    }
    let restored = is_another_life(&tx, answer.incarnation)?;
    witness::weigh(&tx, env, device, &told, &answer, restored)?;
    let mut reached = 0;
    match operation {
        Some(Operation::Noop { log }) => {
            reached = ours.seq;
            pushed.sent += log::mark_through(&tx, log, ours.seq)?;
            log::set_peer(&tx, log, ours.seq)?;
        }
        Some(Operation::Upload { log, from, .. }) => {
            let theirs = from - 1;
            if restored || theirs < log::peer(&tx, log)? {
                // Restored from a backup: what came after it is gone there. Beyond a hole its head tells nothing.
                log::send_again(&tx, log, theirs)?;
            }
            reached = theirs;
            pushed.sent += log::mark_through(&tx, log, theirs)?;
            log::set_peer(&tx, log, theirs)?;
        }
        Some(Operation::Download { .. } | Operation::Forked { .. }) => {
            return Err(restart(tx, env, device.log, None)?);
        }
        None => {}
    }
    // Both clocks agree, and the log is in the future: everything added to it would be. A wrong clock at the server
    // alone sends no device away.
    let clocks_agree = measured && skew.abs() <= DAY_MS;
    if clocks_agree && tail.tick > answer.now.saturating_add(DAY_MS) {
        return Err(restart(tx, env, device.log, Some(answer.now))?);
    }
    for covered in answer.covered.iter().filter(|covered| covered.log == device.log) {
        // As the server says now, not as it once said: one restored from an older backup takes its word back, and what
        // it does not hold no backup of it covers.
        log::set_covered(&tx, covered.log, covered.seq.min(reached))?;
    }
    log::forget(&tx, device.log, after.saturating_sub(KEEP_MS))?;
    tx.commit()?;
    Ok(pushed)
}

/// Whether the server speaks from another life than when it was last heard; keeps which one speaks now.
fn is_another_life(tx: &rusqlite::Transaction<'_>, speaks: Option<Incarnation>) -> Result<bool, Fault> {
    let heard: Option<Incarnation> = setting::get(tx, setting::INCARNATION)?;
    if speaks == heard {
        return Ok(false);
    }
    setting::put(tx, setting::INCARNATION, speaks.as_ref())?;
    Ok(true)
}

/// Another life of this device wrote into its log, or it is in the future: begin a new one.
pub(super) fn restart(
    tx: rusqlite::Transaction<'_>,
    env: &impl Env,
    old: LogId,
    latest: Option<i64>,
) -> Result<Halt, Fault> {
    journal::begin_again(&tx, env, latest)?;
    alert::raise(&tx, AlertCode::LogRestarted, &old.to_string(), env.now_ms())?;
    tx.commit()?;
    Ok(Halt::Restarted)
}
