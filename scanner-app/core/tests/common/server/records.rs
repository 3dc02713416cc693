//! Heads are compared and records kept.

use sparhund_scanner_core::env::Response;
use sparhund_shared::log::{Hash, Head, Incarnation, LogId, Sealed};
use sparhund_shared::wire::{Covered, Heads, HeadsAnswer, Receipt, Refusal, RefusalCode, Upload};

use super::State;
use super::http::{ok, problem};

impl State {
    /// Highest record without a hole.
    pub fn head(&self, log: LogId) -> Head {
        let mut head = Head {
            log,
            seq: 0,
            hash: Hash::ZERO,
        };
        while let Some(next) = self.records.get(&(log, head.seq + 1)) {
            head = Head::of(&next[0]);
        }
        head
    }

    pub(super) fn heads(&mut self, own: LogId, body: &[u8]) -> Response {
        let heads: Heads = serde_json::from_slice(body).unwrap();
        self.witnessed.extend(heads.seen.iter().cloned());
        if heads.heads.iter().any(|signed| signed.head.log != own) {
            return problem(403, "forbidden");
        }
        for signed in &heads.heads {
            signed.verify(&self.keys[&signed.head.log]).unwrap();
        }
        ok(&HeadsAnswer {
            heads: heads
                .heads
                .iter()
                .map(|signed| self.head(signed.head.log))
                .collect(),
            now: self.now,
            incarnation: Some(Incarnation(uuid::Uuid::from_u128(self.incarnation))),
            covered: heads
                .heads
                .iter()
                .map(|signed| Covered {
                    log: signed.head.log,
                    seq: self.covered.get(&signed.head.log).copied().unwrap_or(0),
                })
                .collect(),
            own: self.own.clone(),
            known: heads.known.and_then(|known| self.own_then.or(Some(known.hash))),
            seen: self.seen.clone(),
            alone_since: self.alone_since,
        })
    }

    /// As the server does with what a revoked device sends.
    pub(super) fn put_aside(&mut self, log: LogId, body: &[u8]) -> Response {
        let upload: Upload = minicbor::decode(body).unwrap();
        let refused = (0..).zip(&upload.records).map(|(index, bytes)| {
            self.aside
                .push(Sealed::open(bytes.to_vec()).unwrap().record().event_id);
            Refusal {
                index,
                seq: None,
                hash: None,
                code: RefusalCode::Quarantined,
                detail: "by script".to_owned(),
            }
        });
        let refused = refused.collect();
        ok(&Receipt {
            head: self.head(log),
            stored: 0,
            known: 0,
            refused,
            now: self.now,
        })
    }

    pub(super) fn records(&mut self, own: LogId, body: &[u8]) -> Response {
        let upload: Upload = minicbor::decode(body).unwrap();
        let log = upload.head.head.log;
        if log != own {
            return problem(403, "forbidden");
        }
        upload.head.verify(&self.keys[&log]).unwrap();
        if self.body_limit.is_some_and(|limit| body.len() > limit) {
            return problem(413, "too-large");
        }
        self.largest_batch = self.largest_batch.max(upload.records.len());
        let alone = upload.records.len() == 1;
        let (mut stored, mut known, mut refused) = (0, 0, Vec::new());
        let batch: Vec<Sealed> = upload
            .records
            .iter()
            .map(|bytes| Sealed::open(bytes.to_vec()).unwrap())
            .collect();
        let reached = reach(&batch, upload.head.head.hash);
        for (index, sealed) in batch.into_iter().enumerate() {
            let seq = sealed.record().seq;
            let told = self.refuse.get(&seq).copied();
            let told = told.filter(|_| !(self.refuse_in_company && alone));
            let unproven = (!reached.contains(&sealed.hash())).then_some(RefusalCode::Unproven);
            if let Some(code) = told.or(unproven) {
                refused.push(Refusal {
                    index: u32::try_from(index).unwrap(),
                    seq: Some(seq),
                    hash: Some(sealed.hash()),
                    code,
                    detail: "by script".to_owned(),
                });
                continue;
            }
            let there = self.records.entry((log, seq)).or_default();
            if there.iter().any(|other| other.hash() == sealed.hash()) {
                known += 1;
            } else {
                there.push(sealed);
                stored += 1;
            }
        }
        if self.keeps_order && stored > 0 {
            self.refresh_order();
            self.publish_stock();
        }
        ok(&Receipt {
            head: self.head(log),
            stored,
            known,
            refused,
            now: self.now,
        })
    }
}

/// Records that the chain leads to from the head downwards.
fn reach(batch: &[Sealed], head: Hash) -> Vec<Hash> {
    let mut reached = Vec::new();
    let mut next = head;
    for sealed in batch.iter().rev() {
        if sealed.hash() != next {
            break;
        }
        reached.push(next);
        next = sealed.record().prev;
    }
    reached
}
