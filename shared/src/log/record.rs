//! An event in its envelope, and the frozen bytes it is hashed, signed, sent and stored in.

use minicbor::bytes::ByteVec;
use minicbor::{Decode, Encode};

use super::id::{EventId, Hash, LogId, UserId};
use crate::event::{Event, EventError};

/// Domain tag of a record's hash. Changing it would make every existing log unverifiable.
const RECORD_TAG: &str = "sparhund/record/1";

/// Newest version of the payload that this code reads; each event is written in the oldest one that can tell it
/// ([`Event::schema`]).
pub const SCHEMA: u16 = 2;

/// Highest sequence number: what a JSON number carries exactly (RFC 8259 section 6).
pub const MAX_SEQ: u64 = (1 << 53) - 1;

/// One entry of one log.
///
/// Do not reorder, renumber or retype the fields: their canonical CBOR (RFC 8949 section 4.2, definite lengths,
/// shortest integers) is what devices have signed. `tests/log_golden.rs` holds the bytes.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
#[cbor(array)]
pub struct Record {
    /// The log it belongs to.
    #[n(0)]
    pub log: LogId,
    /// Place in the log, from 1, without holes.
    #[n(1)]
    pub seq: u64,
    /// Hash of the record before it, [`Hash::ZERO`] for the first.
    #[n(2)]
    pub prev: Hash,
    /// What happened, once, however often it is logged.
    #[n(3)]
    pub event_id: EventId,
    /// The device's own clock, Unix milliseconds. Never corrected afterwards.
    #[n(4)]
    pub at: i64,
    /// Device clock minus server clock in milliseconds as last measured; `None` before the first contact.
    #[n(5)]
    pub offset: Option<i64>,
    /// Logical time in milliseconds: `at - offset`, but always later than the record before it in this log.
    /// What orders events of different logs.
    #[n(6)]
    pub tick: i64,
    /// Who acted.
    #[n(7)]
    pub user: UserId,
    /// Version of `payload`.
    #[n(8)]
    pub schema: u16,
    /// The event in CBOR, kept as bytes so that a record of a later version still verifies here.
    #[n(9)]
    pub payload: ByteVec,
}

impl Record {
    /// The event inside.
    pub fn event(&self) -> Result<Event, EventError> {
        if !(1..=SCHEMA).contains(&self.schema) {
            return Err(EventError::Schema {
                found: self.schema,
                known: SCHEMA,
            });
        }
        let event = Event::from_payload(&self.payload)?;
        // A program of the version it names would read something else.
        if event.schema() != self.schema {
            return Err(EventError::Schema {
                found: self.schema,
                known: event.schema(),
            });
        }
        Ok(event)
    }

    /// Whether another record, of whatever log, tells that the same person did the same at the same time. The clock's offset
    /// may have been measured better since.
    pub fn tells_the_same(&self, other: &Self) -> bool {
        let told = |record: &Self| (record.event_id, record.user, record.at, record.schema);
        told(self) == told(other) && self.payload == other.payload
    }
}

/// A record together with its canonical bytes and hash; can only be made of bytes that are canonical.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Sealed {
    record: Record,
    bytes: Vec<u8>,
    hash: Hash,
}

/// Why bytes are not a record.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum RecordError {
    /// Not CBOR, or not of this shape.
    #[error("not a record: {0}; the bytes were damaged on the way or come from another program")]
    Malformed(String),
    /// Same content, other bytes: its hash could not be recomputed by anyone else.
    #[error("record {seq} is not in canonical form; the writer must encode with definite, shortest lengths")]
    NotCanonical {
        /// Its place in its log.
        seq: u64,
    },
    /// `seq` starts at 1.
    #[error("a record has sequence number 0; logs start at 1")]
    SeqZero,
    /// No writer comes this far; JSON could not carry the number.
    #[error("a record has sequence number {seq}, more than {most}", most = MAX_SEQ)]
    SeqTooLarge {
        /// The number.
        seq: u64,
    },
    /// Exactly the first record has no predecessor.
    #[error("record {seq} names a predecessor when it is the first, or none when it is not")]
    Start {
        /// Its place in its log.
        seq: u64,
    },
}

impl Sealed {
    /// Encodes and hashes a record.
    pub fn new(record: Record) -> Self {
        let bytes = encode(&record);
        let hash = Hash::of(RECORD_TAG, &bytes);
        Self { record, bytes, hash }
    }

    /// Reads a record from bytes that came from elsewhere.
    pub fn open(bytes: Vec<u8>) -> Result<Self, RecordError> {
        let record: Record =
            minicbor::decode(&bytes).map_err(|error| RecordError::Malformed(error.to_string()))?;
        if record.seq == 0 {
            return Err(RecordError::SeqZero);
        }
        if record.seq > MAX_SEQ {
            return Err(RecordError::SeqTooLarge { seq: record.seq });
        }
        if (record.seq == 1) != (record.prev == Hash::ZERO) {
            return Err(RecordError::Start { seq: record.seq });
        }
        if encode(&record) != bytes {
            return Err(RecordError::NotCanonical { seq: record.seq });
        }
        let hash = Hash::of(RECORD_TAG, &bytes);
        Ok(Self { record, bytes, hash })
    }

    /// The record.
    pub fn record(&self) -> &Record {
        &self.record
    }

    /// Its canonical bytes.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Its identity.
    pub fn hash(&self) -> Hash {
        self.hash
    }
}

/// Encoding to a `Vec` cannot fail: the writer is memory and every field has an encoding.
pub(crate) fn encode<T: Encode<()>>(value: &T) -> Vec<u8> {
    let mut bytes = Vec::new();
    let result = minicbor::encode(value, &mut bytes);
    debug_assert!(result.is_ok(), "encoding to memory failed");
    bytes
}

/// What is signed of a statement: its canonical bytes behind a domain tag, so that one of a kind never passes for another.
pub(crate) fn tagged<T: Encode<()>>(tag: &str, statement: &T) -> Vec<u8> {
    let mut bytes = tag.as_bytes().to_vec();
    bytes.push(0);
    bytes.extend_from_slice(&encode(statement));
    bytes
}
