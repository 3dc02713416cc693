//! Keys of the service: files of its data directory that only its owner may read, and that never leave it.
//!
//! | file | for |
//! | --- | --- |
//! | `token.key` | a patient's token: HMAC-SHA-256 of the identity |
//! | `erasure.key` | what is kept of somebody who was erased, so that they are known when they come again |
//! | `wrap.key` | goes into the key of each patient: the database alone opens nothing |
//! | `epoch-N.key` | opens what devices sealed in epoch N; destroyed when its time is over |

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use chacha20poly1305::aead::{Aead as _, KeyInit as _, Payload};
use chacha20poly1305::{ChaCha20Poly1305, Key, Nonce};
use hmac::{Hmac, Mac as _};
use sha2::Sha256;
use sparhund_shared::log::Hash;
use sparhund_shared::privacy::{Identity, SealKey, SecretKey};
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use super::LinkError;
use crate::ops::{DataDir, NoRandomness, random_bytes, secret_file};

/// The data directory of the service.
#[derive(Clone, Debug)]
pub struct LinkDir(PathBuf);

impl LinkDir {
    /// Names a directory; nothing is created yet.
    pub fn new(path: impl Into<PathBuf>) -> Self {
        Self(path.into())
    }

    /// Makes it with its keys, for its owner only; what is there stays.
    ///
    /// # Errors
    /// When a file cannot be made.
    pub fn create(&self) -> Result<(), LinkError> {
        DataDir::new(&self.0).create().map_err(LinkError::file(&self.0))?;
        for name in ["token", "erasure", "wrap"] {
            let path = self.key(name);
            secret_file(&path).map_err(LinkError::file(&path))?;
        }
        Ok(())
    }

    /// The database.
    pub fn database(&self) -> PathBuf {
        self.0.join("patient-link.db")
    }

    /// Address and token of the server that has the records.
    pub fn server(&self) -> PathBuf {
        self.0.join("server.json")
    }

    fn key(&self, name: &str) -> PathBuf {
        self.0.join(format!("{name}.key"))
    }

    /// Private key of an epoch.
    pub fn epoch(&self, no: u32) -> PathBuf {
        self.key(&format!("epoch-{no}"))
    }

    /// Reads the keys that every epoch uses.
    pub(super) fn keys(&self) -> Result<Keys, LinkError> {
        Ok(Keys {
            token: read(&self.key("token"))?,
            erasure: read(&self.key("erasure"))?,
            wrap: read(&self.key("wrap"))?,
        })
    }

    /// Makes the key of an epoch, or reads the one that an interrupted call made.
    pub(super) fn make_epoch(&self, no: u32) -> Result<SealKey, LinkError> {
        let path = self.epoch(no);
        let secret = SecretKey::new(secret_file(&path).map_err(LinkError::file(&path))?);
        secret
            .public()
            .ok_or_else(|| LinkError::Damaged(format!("{} is no key", path.display())))
    }

    pub(super) fn read_epoch(&self, no: u32) -> Result<SecretKey, LinkError> {
        read(&self.epoch(no)).map(SecretKey::new)
    }

    /// Overwrites and removes the key of an epoch; again after an interruption does the rest.
    pub(super) fn destroy_epoch(&self, no: u32) -> Result<(), LinkError> {
        let path = self.epoch(no);
        let destroy = || -> std::io::Result<()> {
            let mut file = fs::OpenOptions::new().write(true).open(&path)?;
            file.write_all(&[0; 32])?;
            file.sync_all()?;
            fs::remove_file(&path)?;
            fs::File::open(&self.0)?.sync_all()
        };
        match destroy() {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(()),
            other => other.map_err(LinkError::file(&path)),
        }
    }
}

/// Never makes a key: one that is gone must not come back as another.
fn read(path: &Path) -> Result<[u8; 32], LinkError> {
    let bytes = Zeroizing::new(fs::read(path).map_err(LinkError::file(path))?);
    bytes
        .as_slice()
        .try_into()
        .map_err(|_| LinkError::Damaged(format!("{} holds other than 32 bytes", path.display())))
}

/// One key that devices seal to, and when.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Epoch {
    /// Its number, from 1.
    pub no: u32,
    /// Public key.
    pub public: SealKey,
    /// When it began, Unix milliseconds.
    pub made_at: i64,
    /// When the next one began.
    pub closed_at: Option<i64>,
    /// When its private key was destroyed.
    pub destroyed_at: Option<i64>,
}

/// Keys that every epoch uses.
#[derive(Zeroize, ZeroizeOnDrop)]
pub(super) struct Keys {
    token: [u8; 32],
    erasure: [u8; 32],
    wrap: [u8; 32],
}

fn hmac(key: &[u8; 32], bytes: &[u8]) -> [u8; 32] {
    // HMAC takes keys of any length.
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(key) else {
        return [0; 32];
    };
    mac.update(bytes);
    mac.finalize().into_bytes().into()
}

impl Keys {
    /// The same for one patient everywhere.
    pub(super) fn token(&self, identity: &Identity) -> Hash {
        Hash(hmac(&self.token, &identity.packed()[..]))
    }

    /// What is kept of somebody who was erased. Another key than of tokens: it does not tell which token was theirs.
    pub(super) fn tombstone(&self, identity: &Identity) -> Hash {
        Hash(hmac(&self.erasure, &identity.packed()[..]))
    }

    /// The identity under a new key of this patient, and that key.
    pub(super) fn lock(&self, token: Hash, identity: &Identity) -> Result<([u8; 32], Vec<u8>), NoRandomness> {
        let own: [u8; 32] = random_bytes()?;
        let payload = Payload {
            msg: &identity.packed()[..],
            aad: &token.0,
        };
        // Each key locks one thing once, so the nonce need not differ.
        let locked = self.cipher(&own).encrypt(&Nonce::default(), payload);
        Ok((own, locked.map_err(|_| NoRandomness)?))
    }

    /// Who it is.
    pub(super) fn unlock(&self, token: Hash, own: &[u8; 32], locked: &[u8]) -> Option<Identity> {
        let payload = Payload {
            msg: locked,
            aad: &token.0,
        };
        let plain = self.cipher(own).decrypt(&Nonce::default(), payload).ok()?;
        Identity::unpacked(&Zeroizing::new(plain)[..])
    }

    fn cipher(&self, own: &[u8; 32]) -> ChaCha20Poly1305 {
        let key = Zeroizing::new(hmac(&self.wrap, own));
        ChaCha20Poly1305::new(&Key::from(*key))
    }
}
