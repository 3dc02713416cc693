//! Exchange of records: heads, then what is missing.

use minicbor::bytes::ByteVec;
use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

use crate::log::{Hash, Head, Incarnation, LogId, PublicKey, Seen, SignedHead};

/// `POST /api/v1/sync/heads`: a device tells the ends of its logs; also its heartbeat.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Heads {
    /// Signed heads of every log the device writes.
    pub heads: Vec<SignedHead>,
    /// Device clock, Unix milliseconds, so that both ends learn the offset.
    pub now: i64,
    /// Cursor of the hold list the device has, so that the server can show who has heard.
    pub holds: u64,
    /// Heads of the server's own log that this device has seen and did not tell of yet.
    #[serde(default)]
    pub seen: Vec<Seen>,
    /// The head of the server's own log as this device last saw it: the server is to show that it stands.
    #[serde(default)]
    pub known: Option<Head>,
}

/// The server's side of the same logs.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct HeadsAnswer {
    /// Highest record without a hole that the server holds of each log asked for.
    pub heads: Vec<Head>,
    /// Server clock, Unix milliseconds.
    pub now: i64,
    /// Which life of its database speaks. After a restore it is another one: what was acknowledged beyond a hole, where
    /// no head reaches, may be gone. A server that does not tell has none.
    #[serde(default)]
    pub incarnation: Option<Incarnation>,
    /// Sequence number up to which each log is covered by a verified backup; only up to there may a device forget.
    pub covered: Vec<Covered>,
    /// The end of the server's own log, for the device to keep and to countersign.
    #[serde(default)]
    pub own: Option<OwnHead>,
    /// Hash of the record at the place of [`Heads::known`] in the server's own log; `None` when none is there.
    #[serde(default)]
    pub known: Option<Hash>,
    /// The heads above that have records, countersigned by the server with the time it first held them.
    #[serde(default)]
    pub seen: Vec<Seen>,
    /// Since when this server, a site's, has not exchanged with the central one, by its clock: its hold list is no newer. 0 = it never
    /// did; `None` = it does, or is no site's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub alone_since: Option<i64>,
}

/// The end of the log that the answering server writes itself.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OwnHead {
    /// Under which key all it signs verifies.
    pub key: PublicKey,
    /// Its last record. A log without records shows sequence number 0.
    pub head: SignedHead,
}

/// How far a log is covered by a verified backup.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Covered {
    /// The log.
    pub log: LogId,
    /// Last covered record; 0 = none.
    pub seq: u64,
}

/// `POST /api/v1/sync/records`, `application/cbor`: records of one log under one signature.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
#[cbor(array)]
pub struct Upload {
    /// Signed head at the last record of this upload.
    #[n(0)]
    pub head: SignedHead,
    /// Canonical bytes of the records, in order.
    #[n(1)]
    pub records: Vec<ByteVec>,
}

/// What became of an upload. Sent after the commit that holds it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Receipt {
    /// Highest record without a hole that the server now holds of this log.
    pub head: Head,
    /// Records stored by this upload.
    pub stored: u32,
    /// Records that were there already.
    pub known: u32,
    /// Records that were not taken, each with the reason.
    pub refused: Vec<Refusal>,
    /// Server clock, Unix milliseconds.
    pub now: i64,
}

/// One record that was not taken.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Refusal {
    /// Its position in the upload, from 0.
    pub index: u32,
    /// Its place in the log, when it could be read.
    pub seq: Option<u64>,
    /// Its hash, when it could be computed.
    pub hash: Option<Hash>,
    /// Stable word.
    pub code: RefusalCode,
    /// What, why and what to do.
    pub detail: String,
}

/// Why a record was not taken.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum RefusalCode {
    /// Its bytes are no record.
    Malformed,
    /// It belongs to another log than the head.
    OtherLog,
    /// It is not reached from the signed head: it was changed, or one after it was. Send it again under a head
    /// of its own.
    Unproven,
    /// It tells what a device has no right to tell, such as a hold set or lifted.
    NotYours,
    /// The device was revoked: the record is kept aside until a person decides about it. The device keeps it too.
    Quarantined,
    /// A reason of a later version: the record is refused all the same.
    #[serde(other)]
    Other,
}

#[cfg(test)]
mod tests {
    use super::RefusalCode;

    #[test]
    fn a_reason_of_a_later_version_is_read_as_a_refusal() {
        for (word, code) in [
            ("not_yours", RefusalCode::NotYours),
            ("unproven", RefusalCode::Unproven),
            ("of_tomorrow", RefusalCode::Other),
        ] {
            let read: RefusalCode = serde_json::from_str(&format!("\"{word}\"")).expect("a code");
            assert_eq!(read, code);
        }
    }
}
