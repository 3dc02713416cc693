//! The device as a witness: it keeps what the server signed and says when the server tells otherwise later.

use rusqlite::Transaction;
use serde::{Deserialize, Serialize};
use sparhund_shared::log::{Head, Seen};
use sparhund_shared::wire::{HeadsAnswer, OwnHead};

use super::Halt;
use crate::api::AlertCode;
use crate::env::{Env, Vault};
use crate::fault::Fault;
use crate::keys::Signer;
use crate::store::device::Device;
use crate::store::{Store, alert, log, setting};

/// Most lives of the server whose signatures are kept.
const EARLIER_MOST: usize = 32;

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
    let shown = Shown {
        own: setting::get(tx, setting::SERVER_HEAD)?,
        seen: setting::get(tx, setting::SEEN)?,
    };
    let doubt = match &answer.own {
        Some(own) => own.head.verify(&own.key).err().map(|error| error.to_string()),
        // One of an earlier version signs nothing, but none goes back to that.
        None => (shown.own.is_some() && !restored)
            .then(|| "the server signed for its log before and signs nothing now".to_owned()),
    };
    let signed = answer.own.as_ref().filter(|_| doubt.is_none());
    let is_another = shown
        .own
        .as_ref()
        .zip(signed)
        .is_some_and(|(kept, own)| own.key != kept.key || own.head.head.log != kept.head.head.log);
    if restored || is_another {
        keep_for_later(tx, &shown)?;
    }
    let doubt = match (&shown.own, signed) {
        _ if restored => doubt,
        (Some(kept), Some(own)) => doubt_of_its_log(kept, own, told, answer),
        _ => doubt,
    };
    let doubt = match doubt {
        None if !restored => doubt_of_ours(tx, device, shown.seen.as_ref(), answer)?,
        doubt => doubt,
    };
    if let Some(doubt) = doubt {
        // What it had signed is the proof; the first one stays.
        if setting::get::<Shown>(tx, setting::SERVER_DISPUTED)?.is_none() {
            setting::put(tx, setting::SERVER_DISPUTED, Some(&shown))?;
        }
        alert::raise(tx, AlertCode::ServerRewrote, &doubt, env.now_ms())?;
    }
    if restored {
        // It may lack what it signed for in its other life, and says so: that is no doubt, now or at the next sync.
        setting::put::<Seen>(tx, setting::SEEN, None)?;
    }
    let Some(own) = signed else { return Ok(()) };
    setting::put(tx, setting::SERVER_HEAD, Some(own))?;
    let ours = answer.seen.iter().find(|seen| seen.head.log == device.log);
    if let Some(seen) = ours.filter(|seen| seen.by == own.head.head.log && seen.verify(&own.key).is_ok()) {
        setting::put(tx, setting::SEEN, Some(seen))?;
    }
    Ok(())
}

/// What the server had signed at a time.
#[derive(Clone, Serialize, Deserialize)]
struct Shown {
    /// The end of its own log.
    own: Option<OwnHead>,
    /// What it held of this device's log.
    seen: Option<Seen>,
}

/// What a server signed before it began another life, log or key is compared with nothing any more. It is kept as a proof: the
/// first ones and the last ones, so that no server can flood them away.
fn keep_for_later(tx: &Transaction<'_>, shown: &Shown) -> Result<(), Fault> {
    if shown.own.is_none() && shown.seen.is_none() {
        return Ok(());
    }
    let mut earlier: Vec<Shown> = setting::get(tx, setting::SERVER_EARLIER)?.unwrap_or_default();
    earlier.push(shown.clone());
    if earlier.len() > EARLIER_MOST {
        earlier.remove(EARLIER_MOST / 2);
    }
    setting::put(tx, setting::SERVER_EARLIER, Some(&earlier))
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
    seen: Option<&Seen>,
    answer: &HeadsAnswer,
) -> Result<Option<String>, Fault> {
    let Some(seen) = seen.filter(|seen| seen.head.log == device.log) else {
        return Ok(None);
    };
    // A head that is not told is one of nothing.
    let told = answer.heads.iter().find(|head| head.log == device.log);
    let holds = told.map_or(0, |head| head.seq);
    let is_ours = log::hash_at(tx, device.log, seen.head.seq)?.is_none_or(|hash| hash == seen.head.hash);
    Ok((is_ours && holds < seen.head.seq).then(|| {
        format!(
            "the server signed for {} records of this device and holds {holds} now",
            seen.head.seq
        )
    }))
}
