//! A writer's next life: another key and another log, vouched for by the key before.

use ed25519_dalek::{Signer, SigningKey};
use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

use super::head::{PublicKey, SignatureBytes, SignatureError};
use super::id::LogId;
use super::record::tagged;

/// Domain tag of what is signed.
const SUCCESSION_TAG: &str = "sparhund/succession/1";

/// "Log `log` under `key` goes on where log `old` ends", signed with both keys: the old one shows who says so, the new
/// one that they have it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Succession {
    /// The log that ends.
    pub old: LogId,
    /// The log that begins.
    pub log: LogId,
    /// Its key.
    pub key: PublicKey,
    /// By the key of the log that ends.
    pub by_old: SignatureBytes,
    /// By the key of the log that begins.
    pub by_new: SignatureBytes,
}

/// What is signed, in canonical CBOR behind the domain tag.
#[derive(Encode, Decode)]
#[cbor(array)]
struct Statement {
    #[n(0)]
    old: LogId,
    #[n(1)]
    log: LogId,
    #[n(2)]
    key: PublicKey,
}

impl Succession {
    /// What both keys sign to let `log` under `key` follow `old`: for keys that are held elsewhere.
    pub fn signing_bytes(old: LogId, log: LogId, key: PublicKey) -> Vec<u8> {
        tagged(SUCCESSION_TAG, &Statement { old, log, key })
    }

    /// Lets `log` under `new` follow `old`, which is written under `key`.
    pub fn sign(old: LogId, key: &SigningKey, log: LogId, new: &SigningKey) -> Self {
        let public = PublicKey::of(new);
        let bytes = Self::signing_bytes(old, log, public);
        Self {
            old,
            log,
            key: public,
            by_old: SignatureBytes(key.sign(&bytes).to_bytes()),
            by_new: SignatureBytes(new.sign(&bytes).to_bytes()),
        }
    }

    /// Checks both signatures; `old` is the key of the log that ends.
    ///
    /// # Errors
    /// When a key is none or weak, or did not sign this.
    pub fn verify(&self, old: &PublicKey) -> Result<(), SignatureError> {
        let bytes = Self::signing_bytes(self.old, self.log, self.key);
        old.verify(&bytes, &self.by_old, 0)?;
        self.key.verify(&bytes, &self.by_new, 0)
    }
}
