//! The log: records in hash chains, heads signed by their writers, and what two ends must exchange.
//!
//! Invariants I1–I7 of the design stand in docs/ARCHITECTURE.md. A record is identified by its hash; a store of
//! records is a set; sync is set union.

mod chain;
mod diff;
mod head;
mod id;
mod record;
mod seen;
mod succession;

pub use chain::{ChainError, Moment, Tail, follows};
pub use diff::{Operation, diff};
pub use head::{Head, PublicKey, SignatureBytes, SignatureError, SignedHead};
pub use id::{DeviceId, EventId, Hash, HashError, HoldId, Incarnation, LogId, UserId, uuid_v7};
pub use record::{MAX_SEQ, Record, RecordError, SCHEMA, Sealed};
pub use seen::Seen;
pub use succession::Succession;

pub(crate) use id::hex_array;
pub(crate) use record::encode;
