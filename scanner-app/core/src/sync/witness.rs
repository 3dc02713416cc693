//! The device as a witness: it keeps what the server signed and says when the server tells otherwise later.

use rusqlite::Transaction;
use sparhund_shared::log::{Head, Seen};
use sparhund_shared::wire::{HeadsAnswer, OwnHead};

use super::Halt;
use crate::api::AlertCode;
use crate::env::{Env, Vault};
use crate::fault::Fault;
use crate::keys::Signer;
use crate::store::device::Device;
use crate::store::{Store, alert, log, setting};

/// What the device tells the server of the server's own log.
#[derive(Default)]
pub(super) struct Told {
    /// Its head as last seen here.
    pub(super) known: Option<Head>,
    /// The same, signed for by this device, when the server was not told yet.
    pub(super) seen: Vec<Seen>,
}

/// What is to be told this time.
pub(super) async fn tell(
    store: &Store,
    env: &impl Env,
    signer: &Signer<'_, impl Vault>,
) -> Result<Told, Halt> {
    let kept: Option<OwnHead> = setting::get(store.read(), setting::SERVER_HEAD)?;
    let Some(kept) = kept else {
        return Ok(Told::default());
    };
    let head = kept.head.head;
    let told: Option<Head> = setting::get(store.read(), setting::SERVER_HEAD_TOLD)?;
    let is_news = head.seq > 0 && told != Some(head);
    let mut seen = Vec::new();
    if is_news {
        let (at, by) = (env.now_ms(), signer.log);
        let signature = signer.sign(&Seen::signing_bytes(head, at, by)).await?;
        seen.push(Seen {
            head,
            at,
            by,
            signature,
        });
    }
    Ok(Told {
        known: (head.seq > 0).then_some(head),
        seen,
    })
}

/// Compares what the server says with what it signed before, and keeps what it signs now. `restored`: it said that a
/// backup was restored, so that it may know less than before.
pub(super) fn weigh(
    tx: &Transaction<'_>,
    env: &impl Env,
    device: &Device,
    told: &Told,
    answer: &HeadsAnswer,
    restored: bool,
) -> Result<(), Fault> {
    if told.known.is_some() {
        setting::put(tx, setting::SERVER_HEAD_TOLD, told.known.as_ref())?;
    }
    // One of an earlier version signs nothing.
    let Some(own) = &answer.own else { return Ok(()) };
    let kept: Option<OwnHead> = setting::get(tx, setting::SERVER_HEAD)?;
    let doubt = match own.head.verify(&own.key) {
        Err(error) => Some(error.to_string()),
        Ok(()) if restored => None,
        Ok(()) => match &kept {
            Some(kept) => doubt_of_its_log(kept, own, told, answer),
            None => None,
        }
        .or(doubt_of_ours(tx, device, answer)?),
    };
    if let Some(doubt) = doubt {
        // What it had signed is the proof; the first one stays.
        if setting::get::<OwnHead>(tx, setting::SERVER_HEAD_DISPUTED)?.is_none() {
            setting::put(tx, setting::SERVER_HEAD_DISPUTED, kept.as_ref())?;
        }
        alert::raise(tx, AlertCode::ServerRewrote, &doubt, env.now_ms())?;
    }
    setting::put(tx, setting::SERVER_HEAD, Some(own))?;
    let ours = answer.seen.iter().find(|seen| seen.head.log == device.log);
    if let Some(seen) = ours.filter(|seen| seen.by == own.head.head.log && seen.verify(&own.key).is_ok()) {
        setting::put(tx, setting::SEEN, Some(seen))?;
    }
    Ok(())
}

/// What its own log shows now against what it showed before.
fn doubt_of_its_log(kept: &OwnHead, own: &OwnHead, told: &Told, answer: &HeadsAnswer) -> Option<String> {
    let (before, now) = (kept.head.head, own.head.head);
    if before.log != now.log {
        // Another key begins another log; the old one cannot grow any more.
        return None;
    }
    if kept.key != own.key {
        return Some(format!("the log of the server {} has another key now", now.log));
    }
    if now.seq < before.seq {
        return Some(format!(
            "the log of the server ended with record {} and ends with {} now",
            before.seq, now.seq
        ));
    }
    let asked = told.known.filter(|known| known.log == now.log && known.seq > 0)?;
    (answer.known != Some(asked.hash)).then(|| {
        let found = answer.known.map_or("none".to_owned(), |hash| hash.short());
        format!(
            "record {} of the server's log was {} and is {found} now",
            asked.seq,
            asked.hash.short()
        )
    })
}

/// What it holds of this device's log now against what it signed to hold.
fn doubt_of_ours(
    tx: &Transaction<'_>,
    device: &Device,
    answer: &HeadsAnswer,
) -> Result<Option<String>, Fault> {
    let seen: Option<Seen> = setting::get(tx, setting::SEEN)?;
    let (Some(seen), Some(now)) = (
        seen.filter(|seen| seen.head.log == device.log),
        answer.heads.iter().find(|head| head.log == device.log),
    ) else {
        return Ok(None);
    };
    let is_ours = log::hash_at(tx, device.log, seen.head.seq)?.is_none_or(|hash| hash == seen.head.hash);
    Ok((is_ours && now.seq < seen.head.seq).then(|| {
        format!(
            "the server signed for {} records of this device and holds {} now",
            seen.head.seq, now.seq
        )
    }))
}
