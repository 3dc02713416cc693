//! Identities sealed so that one key opens them, which no device and no store of records has.
//!
//! HPKE (RFC 9180) in base mode: DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, ChaCha20Poly1305. What is sealed is bound to
//! this use by a tag, and to the key that the seal names. It is not bound to its event, whose id is not known when the
//! wristband is scanned: the signed record around it says where it belongs.

use std::fmt;
use std::str::FromStr;

use chacha20::ChaCha20Rng;
use hpke::aead::ChaCha20Poly1305;
use hpke::kdf::HkdfSha256;
use hpke::kem::X25519HkdfSha256;
use hpke::rand_core::SeedableRng as _;
use hpke::{
    Deserializable as _, Kem, OpModeR, OpModeS, Serializable as _, single_shot_open,
    single_shot_seal_with_rng,
};
use sha2::{Digest as _, Sha256};
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use super::identity::Identity;
use crate::event::PatientSeal;
use crate::log::{Hash, hex_array};

type Private = <X25519HkdfSha256 as Kem>::PrivateKey;
type Public = <X25519HkdfSha256 as Kem>::PublicKey;
type Encapped = <X25519HkdfSha256 as Kem>::EncappedKey;

/// What else HPKE is used for some day cannot pass for this.
const TAG: &[u8] = b"sparhund/patient-seal/1";
/// Bytes of the key that each seal carries in front.
const ENCAPPED: usize = 32;

/// Public key of the patient-link service in one of its epochs.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SealKey([u8; 32]);

/// No public key.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error(
    "the key of the patient-link service is no X25519 public key of 64 hexadecimal digits; set the rule as `patient-link keys` prints it"
)]
pub struct SealKeyError;

impl SealKey {
    /// What a seal names it by.
    pub fn id(&self) -> Hash {
        Hash(Sha256::digest(self.0).into())
    }

    /// Its bytes.
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl FromStr for SealKey {
    type Err = SealKeyError;

    fn from_str(text: &str) -> Result<Self, SealKeyError> {
        let bytes = hex_array::<32>(text).ok_or(SealKeyError)?;
        Public::from_bytes(&bytes).map_err(|_| SealKeyError)?;
        // A point of low order has the same secret with everybody: what is sealed to it is open.
        seal_bytes(&[], &Self(bytes), [0; 32])?;
        Ok(Self(bytes))
    }
}

impl fmt::Display for SealKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Hash(self.0).fmt(f)
    }
}

/// Private key of one epoch, which only the service has.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub struct SecretKey([u8; 32]);

impl fmt::Debug for SecretKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SecretKey(…)")
    }
}

impl SecretKey {
    /// From 32 random bytes.
    pub fn new(random: [u8; 32]) -> Self {
        Self(random)
    }

    /// Its public half.
    pub fn public(&self) -> Option<SealKey> {
        let private = Private::from_bytes(&self.0).ok()?;
        let public = X25519HkdfSha256::sk_to_pk(&private).to_bytes();
        Some(SealKey(public.into()))
    }
}

/// Seals who a patient is; `random` must be new bytes of the system each time.
///
/// # Errors
/// When the key is none.
pub fn seal(identity: &Identity, key: &SealKey, random: [u8; 32]) -> Result<PatientSeal, SealKeyError> {
    seal_bytes(&identity.packed()[..], key, random)
}

fn seal_bytes(plain: &[u8], key: &SealKey, random: [u8; 32]) -> Result<PatientSeal, SealKeyError> {
    let id = key.id();
    let public = Public::from_bytes(&key.0).map_err(|_| SealKeyError)?;
    let mut rng = ChaCha20Rng::from_seed(random);
    let (encapped, sealed) = single_shot_seal_with_rng::<ChaCha20Poly1305, HkdfSha256, X25519HkdfSha256>(
        &OpModeS::Base,
        &public,
        TAG,
        plain,
        &id.0,
        &mut rng,
    )
    .map_err(|_| SealKeyError)?;
    let mut bytes = encapped.to_bytes().to_vec();
    bytes.extend_from_slice(&sealed);
    Ok(PatientSeal {
        key: id,
        sealed: bytes.into(),
    })
}

/// Why a seal did not open. It says nothing of what is in it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum OpenError {
    /// Another key, or changed bytes.
    #[error("the seal does not open: it was made for another key, or its bytes were changed")]
    Sealed,
    /// It opened, and holds no identity.
    #[error("the seal opens, but no identity is in it: another program made it")]
    NoIdentity,
}

/// Opens a seal with the private key it was made for.
///
/// # Errors
/// When it does not open, or nobody is named in it.
pub fn open(seal: &PatientSeal, key: &SecretKey) -> Result<Identity, OpenError> {
    let (encapped, sealed) = seal.sealed.split_at_checked(ENCAPPED).ok_or(OpenError::Sealed)?;
    let private = Private::from_bytes(&key.0).map_err(|_| OpenError::Sealed)?;
    let encapped = Encapped::from_bytes(encapped).map_err(|_| OpenError::Sealed)?;
    let plain = single_shot_open::<ChaCha20Poly1305, HkdfSha256, X25519HkdfSha256>(
        &OpModeR::Base,
        &private,
        &encapped,
        TAG,
        sealed,
        &seal.key.0,
    )
    .map_err(|_| OpenError::Sealed)?;
    Identity::unpacked(&Zeroizing::new(plain)[..]).ok_or(OpenError::NoIdentity)
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use super::*;
    use crate::event::MAX_SEAL;
    use jiff::civil::{Date, date};

    const TODAY: Date = date(2026, 11, 23);

    fn somebody(text: &str) -> Identity {
        Identity::scanned(text, TODAY).unwrap()
    }

    fn epoch(number: u8) -> (SecretKey, SealKey) {
        let secret = SecretKey::new([number; 32]);
        let public = secret.public().unwrap();
        (secret, public)
    }

    /// Seals lie in the log for ever: the same bytes must come out, and open, in every later program. Another
    /// implementation of RFC 9180 opened these.
    #[test]
    fn a_seal_has_the_bytes_it_always_had() {
        let (secret, public) = epoch(7);
        assert_eq!(
            public.to_string(),
            "13be4feaeaf204c7fd3358fc9c00721881d174278128227ec674f37f7fe97b6d"
        );
        let seal = seal(&somebody("191212121212"), &public, [9; 32]).unwrap();
        let mut hex = String::new();
        for byte in seal.sealed.iter() {
            write!(hex, "{byte:02x}").unwrap();
        }
        assert_eq!(
            hex,
            concat!(
                "0e2e6b71a023c1d67c9df32f0459ff6e93d1805d20951728d3e5cd540eac945a890850f92940477e",
                "a276d83295552ae8f493aa95885521a418c150ed35cb9e34d2f5d6598ca0aea1dc7d290653abf116"
            )
        );
        assert_eq!(
            seal.key.to_string(),
            "0f6d2553ff0c0f447ae202edd84383e1a68f5537e2cb903a621743f6f660b4ef"
        );
        assert_eq!(open(&seal, &secret), Ok(somebody("191212121212")));
    }

    #[test]
    fn its_length_tells_nothing_and_two_seals_of_one_are_not_alike() {
        let (_, public) = epoch(7);
        let of = |text: &str, random| seal(&somebody(text), &public, [random; 32]).unwrap();
        let longest = "X".repeat(super::super::MAX_RESERVE);
        for text in ["191212121212", "7", &longest] {
            let length = of(text, 1).sealed.len();
            assert_eq!(length, 80, "{text}");
            assert!(length <= MAX_SEAL);
        }
        assert_ne!(of("191212121212", 1), of("191212121212", 2));
    }

    #[test]
    fn no_other_key_opens_it_and_no_changed_byte_goes_unseen() {
        let (secret, public) = epoch(7);
        let sealed = seal(&somebody("191212121212"), &public, [9; 32]).unwrap();
        assert_eq!(open(&sealed, &epoch(8).0), Err(OpenError::Sealed));
        for at in 0..sealed.sealed.len() {
            let mut changed = sealed.clone();
            let mut bytes = sealed.sealed.to_vec();
            bytes[at] ^= 1;
            changed.sealed = bytes.into();
            assert_eq!(open(&changed, &secret), Err(OpenError::Sealed), "byte {at}");
        }
        for length in [0, 1, 31, 32, 47, 79] {
            let mut cut = sealed.clone();
            cut.sealed = sealed.sealed[..length].to_vec().into();
            assert_eq!(open(&cut, &secret), Err(OpenError::Sealed), "{length} bytes");
        }
        let renamed = PatientSeal {
            key: epoch(8).1.id(),
            ..sealed
        };
        assert_eq!(open(&renamed, &secret), Err(OpenError::Sealed));
    }

    #[test]
    fn a_seal_of_nobody_is_told_from_one_that_does_not_open() {
        let (secret, public) = epoch(7);
        let seal = seal_bytes(&[0; 32], &public, [9; 32]).unwrap();
        assert_eq!(open(&seal, &secret), Err(OpenError::NoIdentity));
    }

    #[test]
    fn what_is_no_key_is_refused_before_anything_is_sealed_to_it() {
        let (_, public) = epoch(7);
        assert_eq!(public.to_string().parse(), Ok(public));
        let (zero, one) = ("0".repeat(64), format!("01{}", "0".repeat(62)));
        for text in ["", "12", &"x".repeat(64), &zero, &one] {
            assert_eq!(text.parse::<SealKey>(), Err(SealKeyError), "{text}");
        }
    }

    #[test]
    fn secrets_show_themselves_to_nobody() {
        let (secret, public) = epoch(7);
        assert_eq!(format!("{secret:?}"), "SecretKey(…)");
        let shown = format!("{:?}", seal(&somebody("191212121212"), &public, [9; 32]));
        assert!(!shown.contains("191212121212"));
    }
}
