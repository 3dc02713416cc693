//! The lines of an export.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};
use sparhund_shared::log::{Hash, LogId, PublicKey, Sealed, SignatureBytes};

/// Version of the format that is written: 2 has countersignatures.
pub(super) const VERSION: u16 = 2;

/// The first version of the format; it is read too.
pub(super) const OLDEST: u16 = 1;

/// Longest line that is read: more than any upload holds.
pub(super) const LONGEST: u64 = 16 << 20;

/// One line. The order of the fields is part of the format.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Line {
    /// First line.
    SparhundLogExport {
        version: u16,
        region: String,
        /// Unix milliseconds.
        made_at: i64,
    },
    /// A log begins.
    Log {
        id: LogId,
        key: PublicKey,
        writer: String,
    },
    /// A signed head of it.
    Head {
        seq: u64,
        hash: Hash,
        signature: SignatureBytes,
    },
    /// Another writer's word that it held a record of it at a time (Unix milliseconds).
    Seen {
        seq: u64,
        hash: Hash,
        at: i64,
        by: LogId,
        signature: SignatureBytes,
    },
    /// A record of it, by place and hash.
    Record { seq: u64, hash: Hash, bytes: String },
    /// The log ends: what the server knows to be missing, and places with more than one record.
    LogEnd {
        records: u64,
        gaps: Vec<(u64, u64)>,
        forks: Vec<u64>,
    },
    /// Last line; the hash is over every byte before it, hexadecimal.
    End { logs: u64, records: u64, sha256: String },
}

impl Line {
    /// The one spelling of the line, with its end.
    pub(super) fn spell(&self) -> serde_json::Result<Vec<u8>> {
        let mut bytes = serde_json::to_vec(self)?;
        bytes.push(b'\n');
        Ok(bytes)
    }
}

/// What stands after a mark, up to an end.
fn part<'a>(bytes: &'a [u8], mark: &[u8], end: u8) -> Option<&'a [u8]> {
    let begin = bytes.windows(mark.len()).position(|part| part == mark)? + mark.len();
    let rest = &bytes[begin..];
    rest.iter().position(|byte| *byte == end).map(|len| &rest[..len])
}

/// The place that a line tells, where it is no JSON of an export any more.
pub(super) fn place_in(bytes: &[u8]) -> Option<u64> {
    let digits = part(bytes, b"\"seq\":", b',')?;
    std::str::from_utf8(digits).ok()?.parse().ok()
}

/// The record that such a line holds.
pub(super) fn record_in(bytes: &[u8]) -> Option<Sealed> {
    let text = part(bytes, b"\"bytes\":\"", b'"')?;
    Sealed::open(STANDARD.decode(text).ok()?).ok()
}
