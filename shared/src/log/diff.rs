//! What two ends must exchange, computed from their heads alone. Pure, so that it can be tested without a network.

use super::head::Head;
use super::id::{Hash, LogId};

/// One step of a sync, seen from the end that calls [`diff`].
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Operation {
    /// The other end lacks records `from..=to`.
    Upload {
        /// The log.
        log: LogId,
        /// First record to send.
        from: u64,
        /// Last record to send.
        to: u64,
    },
    /// This end lacks records `from..=to`.
    Download {
        /// The log.
        log: LogId,
        /// First record to ask for.
        from: u64,
        /// Last record to ask for.
        to: u64,
    },
    /// Both ends hold the same.
    Noop {
        /// The log.
        log: LogId,
    },
    /// The two ends hold different records at the same place. Both are kept; send everything, as a set union
    /// absorbs what is already there.
    Forked {
        /// The log.
        log: LogId,
        /// Place where both ends know a record and disagree.
        at: u64,
    },
}

/// Compares heads log by log.
///
/// `ours` and `theirs` are heads of the same or different logs in any order; an absent log counts as empty.
/// `our_hash_at` answers which hash this end holds at a place of a log it has.
pub fn diff(
    ours: &[Head],
    theirs: &[Head],
    our_hash_at: impl Fn(LogId, u64) -> Option<Hash>,
) -> Vec<Operation> {
    let mut logs: Vec<LogId> = ours.iter().chain(theirs).map(|head| head.log).collect();
    logs.sort_unstable();
    logs.dedup();
    let find = |heads: &[Head], log| {
        heads
            .iter()
            .copied()
            .find(|head| head.log == log)
            .unwrap_or(Head {
                log,
                seq: 0,
                hash: Hash::ZERO,
            })
    };
    logs.into_iter()
        .map(|log| {
            let (our, their) = (find(ours, log), find(theirs, log));
            if our == their {
                Operation::Noop { log }
            } else if their.seq > our.seq {
                Operation::Download {
                    log,
                    from: our.seq + 1,
                    to: their.seq,
                }
            } else if their.seq == 0 || our_hash_at(log, their.seq) == Some(their.hash) {
                Operation::Upload {
                    log,
                    from: their.seq + 1,
                    to: our.seq,
                }
            } else {
                Operation::Forked { log, at: their.seq }
            }
        })
        .collect()
}
