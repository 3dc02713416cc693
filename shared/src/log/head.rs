//! The end of a log, signed: one signature covers every record before it through the chain.

use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};
use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

use super::id::{Hash, LogId, hex_array};
use super::record::{Sealed, tagged};

/// Domain tag of what is signed.
const HEAD_TAG: &str = "sparhund/head/1";

/// The last record of a log as somebody knows it.
#[derive(
    Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Encode, Decode, Serialize, Deserialize,
)]
#[cbor(array)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Head {
    /// The log.
    #[n(0)]
    pub log: LogId,
    /// Sequence number of the last record without a hole before it; 0 for an empty log.
    #[n(1)]
    pub seq: u64,
    /// Hash of that record.
    #[n(2)]
    pub hash: Hash,
}

impl Head {
    /// The head of a log that ends with `last`.
    pub fn of(last: &Sealed) -> Self {
        Self {
            log: last.record().log,
            seq: last.record().seq,
            hash: last.hash(),
        }
    }

    /// What the writer's key signs: for a key that is held elsewhere.
    pub fn signing_bytes(&self) -> Vec<u8> {
        tagged(HEAD_TAG, self)
    }

    /// Signs the head with the writer's key.
    pub fn sign(self, key: &SigningKey) -> SignedHead {
        let signature = key.sign(&self.signing_bytes()).to_bytes();
        SignedHead {
            head: self,
            signature: SignatureBytes(signature),
        }
    }
}

/// A head with its writer's Ed25519 signature (RFC 8032).
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, Serialize, Deserialize)]
#[cbor(array)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SignedHead {
    /// What is signed.
    #[n(0)]
    pub head: Head,
    /// 64 bytes; hexadecimal in JSON.
    #[n(1)]
    pub signature: SignatureBytes,
}

impl SignedHead {
    /// Checks the signature under the writer's public key.
    pub fn verify(&self, key: &PublicKey) -> Result<(), SignatureError> {
        key.verify(&self.head.signing_bytes(), &self.signature, self.head.seq)
    }
}

/// Why a head is not believed.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum SignatureError {
    /// The key is not a point on the curve.
    #[error("the writer's public key is not a valid Ed25519 key; enrol the device again")]
    BadKey,
    /// Signed by another key, or changed since.
    #[error(
        "the signature of the head at record {seq} does not fit the writer's key: the log was changed, or the device must be enrolled again"
    )]
    Mismatch {
        /// Place of the head.
        seq: u64,
    },
}

macro_rules! fixed_bytes {
    ($(#[$doc:meta])* $name:ident, $len:literal, $what:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(value_type = String))]
        pub struct $name(pub [u8; $len]);

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
            }
        }

        impl Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = String::deserialize(deserializer)?;
                hex_array(&text).map(Self).ok_or_else(|| serde::de::Error::custom($what))
            }
        }

        impl<C> Encode<C> for $name {
            fn encode<W: minicbor::encode::Write>(
                &self,
                e: &mut minicbor::Encoder<W>,
                _: &mut C,
            ) -> Result<(), minicbor::encode::Error<W::Error>> {
                e.bytes(&self.0)?.ok()
            }
        }

        impl<'b, C> Decode<'b, C> for $name {
            fn decode(
                d: &mut minicbor::Decoder<'b>,
                _: &mut C,
            ) -> Result<Self, minicbor::decode::Error> {
                let at = d.position();
                let bytes = d.bytes()?;
                bytes
                    .try_into()
                    .map(Self)
                    .map_err(|_| minicbor::decode::Error::message($what).at(at))
            }
        }
    };
}

fixed_bytes! {
    /// An Ed25519 signature.
    SignatureBytes, 64, "a signature is 64 bytes, 128 hexadecimal digits in JSON"
}
fixed_bytes! {
    /// A writer's Ed25519 public key.
    PublicKey, 32, "a public key is 32 bytes, 64 hexadecimal digits in JSON"
}

impl PublicKey {
    /// The public half of a key.
    pub fn of(key: &SigningKey) -> Self {
        Self(key.verifying_key().to_bytes())
    }

    /// Checks that this key signed these bytes; `seq` is the place that an error names. Strict: a weak key would verify
    /// signatures nobody made.
    ///
    /// # Errors
    /// When this is no key, or it did not sign this.
    pub fn verify(&self, bytes: &[u8], signature: &SignatureBytes, seq: u64) -> Result<(), SignatureError> {
        let key = VerifyingKey::from_bytes(&self.0).map_err(|_| SignatureError::BadKey)?;
        key.verify_strict(bytes, &Signature::from_bytes(&signature.0))
            .map_err(|_| SignatureError::Mismatch { seq })
    }
}
