//! A head that another writer has seen, signed by that writer with the time: neither of the two can rewrite the log up
//! to it unnoticed from then on.

use ed25519_dalek::{Signer, SigningKey};
use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

use super::head::{Head, PublicKey, SignatureBytes, SignatureError};
use super::id::LogId;
use super::record::tagged;

/// Domain tag of what is signed.
const SEEN_TAG: &str = "sparhund/seen/1";

/// A countersignature: the writer of the log `by` held the record of `head`, and all before it, at `at`.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Seen {
    /// What was seen.
    pub head: Head,
    /// When, by the clock of who saw it, Unix milliseconds.
    pub at: i64,
    /// Log of who saw it; the signature verifies under its key.
    pub by: LogId,
    /// Ed25519 (RFC 8032), 64 bytes; hexadecimal in JSON.
    pub signature: SignatureBytes,
}

/// What is signed, in canonical CBOR behind the domain tag. Frozen: `tests/log_golden.rs` holds the bytes.
#[derive(Encode, Decode)]
#[cbor(array)]
struct Statement {
    #[n(0)]
    head: Head,
    #[n(1)]
    at: i64,
    #[n(2)]
    by: LogId,
}

impl Seen {
    /// What the key of log `by` signs to say that `head` was there at `at`: for a key that is held elsewhere.
    pub fn signing_bytes(head: Head, at: i64, by: LogId) -> Vec<u8> {
        tagged(SEEN_TAG, &Statement { head, at, by })
    }

    /// Says with the key of log `by` that `head` was there at `at`.
    pub fn sign(head: Head, at: i64, by: LogId, key: &SigningKey) -> Self {
        let signature = SignatureBytes(key.sign(&Self::signing_bytes(head, at, by)).to_bytes());
        Self {
            head,
            at,
            by,
            signature,
        }
    }

    /// Checks the signature under the key of the log `by`.
    ///
    /// # Errors
    /// When the key is none, or it did not sign this.
    pub fn verify(&self, key: &PublicKey) -> Result<(), SignatureError> {
        let bytes = Self::signing_bytes(self.head, self.at, self.by);
        key.verify(&bytes, &self.signature, self.head.seq)
    }
}
