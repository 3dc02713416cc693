//! Which records of an upload the signed head proves.

use std::collections::{HashMap, HashSet};

use sparhund_shared::event::Event;
use sparhund_shared::log::{Hash, PublicKey, RecordError, Sealed, SignatureError, SignedHead};
use sparhund_shared::wire::{MAX_RECORD_BYTES, Refusal, RefusalCode, Upload};

use crate::store::Batch;

/// An upload after proof.
#[derive(Clone, Debug)]
pub struct Proven {
    /// The head whose signature verified.
    pub head: SignedHead,
    /// Records reached from the head through the chain, in order of sequence number.
    pub records: Vec<Sealed>,
    /// All others, each with the reason.
    pub refused: Vec<Refusal>,
}

impl Proven {
    /// What a store takes, arrived at `now` (Unix milliseconds); `None` when nothing is proven.
    pub fn batch(self, now: i64) -> Option<Batch> {
        (!self.records.is_empty()).then_some(Batch {
            head: self.head,
            records: self.records,
            received_at: now,
        })
    }
}

/// Checks the signature once and walks the chain back from the head.
///
/// A record that only links to what the server holds already is not proven: nothing signed reaches it. A record
/// below a bad one is not proven either; the writer sends it again under a head of its own. A record that sets or
/// lifts a hold is refused: only the server's own log may tell that.
///
/// # Errors
/// When the head's signature does not fit the key; then nothing of the upload is believed.
pub fn prove(upload: Upload, key: &PublicKey) -> Result<Proven, SignatureError> {
    let signed = upload.head;
    signed.verify(key)?;
    let head = signed.head;
    let mut refused = Vec::new();
    let mut read: Vec<(u32, Sealed)> = Vec::with_capacity(upload.records.len());
    for (index, bytes) in (0..).zip(upload.records) {
        if bytes.len() > MAX_RECORD_BYTES {
            refused.push(Refusal {
                index,
                seq: None,
                hash: None,
                code: RefusalCode::Malformed,
                detail: format!(
                    "it has {} bytes, and a record has {MAX_RECORD_BYTES} at most: no device of this program writes one; report it",
                    bytes.len()
                ),
            });
            continue;
        }
        match Sealed::open(bytes.into()) {
            Err(error) => refused.push(Refusal {
                index,
                seq: place_of(&error),
                hash: None,
                code: RefusalCode::Malformed,
                detail: error.to_string(),
            }),
            Ok(sealed) if sealed.record().log != head.log => refused.push(refusal(
                index,
                &sealed,
                RefusalCode::OtherLog,
                format!(
                    "it belongs to log {}, the head to log {}; send it under a head of its own log",
                    sealed.record().log,
                    head.log
                ),
            )),
            // The chain is not followed past it, as past any record that is not taken: what lies below needs a
            // signed head of its own, or an auditor could not tell it from what was put in.
            Ok(sealed) if Event::governs_hold(&sealed.record().payload) => refused.push(refusal(
                index,
                &sealed,
                RefusalCode::NotYours,
                "holds are set and lifted at the server by a quality officer; a device only hears of them"
                    .to_owned(),
            )),
            Ok(sealed) => read.push((index, sealed)),
        }
    }
    let reached = reach(&read, head.seq, head.hash);
    let mut records = Vec::with_capacity(read.len());
    for (index, sealed) in read {
        if reached.contains(&sealed.hash()) {
            records.push(sealed);
        } else {
            let detail = format!(
                "the signed head at record {} does not reach it: it or a record after it was changed or is missing; \
                 send it again under a head of its own",
                head.seq
            );
            refused.push(refusal(index, &sealed, RefusalCode::Unproven, detail));
        }
    }
    records.sort_by_key(|sealed| sealed.record().seq);
    refused.sort_by_key(|refusal| refusal.index);
    Ok(Proven {
        head: signed,
        records,
        refused,
    })
}

/// Hashes of the records from the head downwards without a hole.
fn reach(read: &[(u32, Sealed)], head_seq: u64, head_hash: Hash) -> HashSet<Hash> {
    let by_hash: HashMap<Hash, &Sealed> = read.iter().map(|(_, sealed)| (sealed.hash(), sealed)).collect();
    let mut reached = HashSet::with_capacity(by_hash.len());
    let (mut seq, mut hash) = (head_seq, head_hash);
    while let Some(sealed) = by_hash.get(&hash)
        && sealed.record().seq == seq
    {
        reached.insert(hash);
        hash = sealed.record().prev;
        seq -= 1;
    }
    reached
}

fn refusal(index: u32, sealed: &Sealed, code: RefusalCode, detail: String) -> Refusal {
    Refusal {
        index,
        seq: Some(sealed.record().seq),
        hash: Some(sealed.hash()),
        code,
        detail,
    }
}

fn place_of(error: &RecordError) -> Option<u64> {
    match error {
        RecordError::NotCanonical { seq } | RecordError::SeqTooLarge { seq } | RecordError::Start { seq } => {
            Some(*seq)
        }
        RecordError::SeqZero => Some(0),
        RecordError::Malformed(_) => None,
    }
}
