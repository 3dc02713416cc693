//! Follows the chains of one log record by record, in order of place, with little memory.

use std::collections::HashSet;

use sparhund_shared::log::{EventId, Hash, Head, LogId, Sealed};

/// What was seen of a log so far.
pub(super) struct Chain {
    log: LogId,
    /// Place of the last record, its hashes and logical times.
    at: u64,
    here: Vec<(Hash, i64)>,
    /// Highest place below that holds a record, its hashes and times, and which of them a record above names.
    below_at: u64,
    below: Vec<(Hash, i64)>,
    named: HashSet<Hash>,
    pub(super) records: u64,
    pub(super) gaps: Vec<(u64, u64)>,
    pub(super) forks: Vec<u64>,
    /// Records that are not later than the one before them.
    pub(super) back: Vec<(u64, EventId)>,
    /// Records that no other names: each must be signed.
    pub(super) tips: Vec<Head>,
}

impl Chain {
    pub(super) fn of(log: LogId) -> Self {
        Self {
            log,
            at: 0,
            here: Vec::new(),
            below_at: 0,
            below: Vec::new(),
            named: HashSet::new(),
            records: 0,
            gaps: Vec::new(),
            forks: Vec::new(),
            back: Vec::new(),
            tips: Vec::new(),
        }
    }

    /// Whether a record at this place with this hash comes after all before it.
    pub(super) fn comes_next(&self, seq: u64, hash: Hash) -> bool {
        seq > self.at || (seq == self.at && self.here.last().is_some_and(|(last, _)| *last < hash))
    }

    /// Place that the next record will most likely have, to name a line nobody can read.
    pub(super) fn expected(&self) -> u64 {
        self.at.saturating_add(1)
    }

    /// Adds the next record.
    pub(super) fn add(&mut self, sealed: &Sealed) {
        let record = sealed.record();
        if record.seq == self.at {
            if self.here.len() == 1 {
                self.forks.push(record.seq);
            }
        } else {
            self.step(record.seq);
        }
        if record.seq > 1 {
            let next = self.below_at.saturating_add(1) == record.seq;
            let before = self.below.iter().find(|(hash, _)| *hash == record.prev);
            if next && let Some((_, tick)) = before {
                if record.tick <= *tick {
                    self.back.push((record.seq, record.event_id));
                }
                self.named.insert(record.prev);
            } else {
                // What lies right below may be held, but it is another record than the one that is named.
                let from = if next && !self.below.is_empty() {
                    self.below_at
                } else {
                    self.below_at.saturating_add(1)
                };
                let gap = (from, record.seq - 1);
                if self.gaps.last() != Some(&gap) {
                    self.gaps.push(gap);
                }
            }
        }
        self.here.push((sealed.hash(), record.tick));
        self.records += 1;
    }

    /// Goes on to another place: what nobody named by now is a tip.
    fn step(&mut self, seq: u64) {
        self.close_below();
        self.below = std::mem::take(&mut self.here);
        self.below_at = self.at;
        self.at = seq;
    }

    fn close_below(&mut self) {
        for (hash, _) in self.below.drain(..) {
            if !self.named.contains(&hash) {
                self.tips.push(Head {
                    log: self.log,
                    seq: self.below_at,
                    hash,
                });
            }
        }
        self.named.clear();
    }

    /// The log is over: its last records are tips.
    pub(super) fn finish(&mut self) {
        self.step(self.at);
        self.close_below();
    }
}
