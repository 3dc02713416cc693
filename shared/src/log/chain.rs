//! Writing and checking the chain: each record names the hash of the one before it.

use super::head::Head;
use super::id::{EventId, Hash, LogId, UserId};
use super::record::{Record, Sealed};
use crate::event::Event;

/// The clock readings of one moment on the writer, taken outside.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Moment {
    /// The writer's clock, Unix milliseconds.
    pub at: i64,
    /// Writer clock minus server clock, milliseconds, when known.
    pub offset: Option<i64>,
}

/// The end of a log that is being written: all that is needed to append to it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Tail {
    /// The last record; `seq` 0 and [`Hash::ZERO`] when the log is empty.
    pub head: Head,
    /// Logical time of the last record, 0 when empty.
    pub tick: i64,
}

impl Tail {
    /// The end of an empty log.
    pub fn empty(log: LogId) -> Self {
        Self {
            head: Head {
                log,
                seq: 0,
                hash: Hash::ZERO,
            },
            tick: 0,
        }
    }

    /// The end of a log whose last record is `last`.
    pub fn after(last: &Sealed) -> Self {
        Self {
            head: Head::of(last),
            tick: last.record().tick,
        }
    }

    /// The next record. The tail moves on only with [`Tail::after`], when the record is stored.
    pub fn next(&self, event_id: EventId, moment: Moment, user: UserId, event: &Event) -> Sealed {
        self.seal(Record {
            log: self.head.log,
            seq: 0,
            prev: Hash::ZERO,
            event_id,
            at: moment.at,
            offset: moment.offset,
            tick: 0,
            user,
            schema: event.schema(),
            payload: event.to_payload().into(),
        })
    }

    /// A record of an earlier life told again at the end of this log: the same event under the same id, with the
    /// clock readings of its own time, byte for byte also when this program cannot read it.
    pub fn again(&self, told: &Record) -> Sealed {
        self.seal(told.clone())
    }

    /// Gives a record its place at the end of this log.
    fn seal(&self, record: Record) -> Sealed {
        let wall = record.at.saturating_sub(record.offset.unwrap_or(0));
        Sealed::new(Record {
            log: self.head.log,
            seq: self.head.seq.saturating_add(1),
            prev: self.head.hash,
            tick: wall.max(self.tick.saturating_add(1)),
            ..record
        })
    }
}

/// Why two records do not follow each other.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum ChainError {
    /// Another log's record.
    #[error("record {seq} belongs to log {found}, not {expected}")]
    OtherLog {
        /// Place of the record.
        seq: u64,
        /// Log it names.
        found: LogId,
        /// Log that was expected.
        expected: LogId,
    },
    /// A hole.
    #[error("record {expected} is missing: the next one present is {found}")]
    Missing {
        /// Sequence number that should come.
        expected: u64,
        /// Sequence number that came.
        found: u64,
    },
    /// `prev` is not the hash of the record before it.
    #[error(
        "record {seq} names {named} as its predecessor, but the record before it is {actual}: one of the two was changed"
    )]
    Broken {
        /// Place of the record that does not fit.
        seq: u64,
        /// Hash it names.
        named: Hash,
        /// Hash of the record before it.
        actual: Hash,
    },
    /// Logical time went backwards.
    #[error("record {seq} is not later than the one before it: its writer's logical clock was tampered with")]
    TickBack {
        /// Place of the record.
        seq: u64,
    },
}

/// Checks that `next` follows `tail`.
pub fn follows(tail: &Tail, next: &Sealed) -> Result<(), ChainError> {
    let record = next.record();
    if record.log != tail.head.log {
        return Err(ChainError::OtherLog {
            seq: record.seq,
            found: record.log,
            expected: tail.head.log,
        });
    }
    let expected = tail.head.seq.saturating_add(1);
    if record.seq != expected {
        return Err(ChainError::Missing {
            expected,
            found: record.seq,
        });
    }
    if record.prev != tail.head.hash {
        return Err(ChainError::Broken {
            seq: record.seq,
            named: record.prev,
            actual: tail.head.hash,
        });
    }
    if record.tick <= tail.tick && record.seq > 1 {
        return Err(ChainError::TickBack { seq: record.seq });
    }
    Ok(())
}
