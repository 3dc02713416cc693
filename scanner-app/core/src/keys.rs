//! The key that signs for this device's log, in the store or held by the machine.
//!
//! A key is made when something is to be signed, not when a log begins: a log begins in the middle of a transaction, and a
//! machine that holds keys takes its time.

use ed25519_dalek::{Signer as _, SigningKey};
use sparhund_shared::log::{Head, LogId, SignatureBytes, SignedHead};

use crate::api::{AlertCode, Problem};
use crate::app::App;
use crate::env::{Env, Transport, Vault, VaultError};
use crate::fault::Fault;
use crate::journal;
use crate::problems;
use crate::store::alert;
use crate::store::device::{self, Device, Key};

/// Signed with each new key, to see that what the machine signs verifies. Nothing that is signed elsewhere begins so.
const PROBE: &[u8] = b"sparhund/probe/1\0";

/// Why nothing was signed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum KeyFault {
    /// The key of this log is not held any more: nothing can ever be signed for the log again.
    Lost(LogId),
    /// The machine did not sign now.
    Failed(String),
}

impl From<KeyFault> for Problem {
    fn from(fault: KeyFault) -> Self {
        match fault {
            KeyFault::Lost(_) => problems::key_lost(),
            KeyFault::Failed(reason) => problems::key_failed(&reason),
        }
    }
}

/// Signs for one log.
pub(crate) struct Signer<'a, V> {
    vault: &'a V,
    pub(crate) log: LogId,
    key: Key,
}

impl<'a, V: Vault> Signer<'a, V> {
    pub(crate) fn new(vault: &'a V, log: LogId, key: Key) -> Self {
        Self { vault, log, key }
    }

    /// Hold no transaction meanwhile.
    pub(crate) async fn sign(&self, bytes: &[u8]) -> Result<SignatureBytes, KeyFault> {
        let public = match &self.key {
            Key::Seed(key) => return Ok(SignatureBytes(key.sign(bytes).to_bytes())),
            Key::Held(public) => public,
        };
        match self.vault.sign(self.log, bytes).await {
            // Another key in its place is as good as none: the server would take nothing that it signs.
            Ok(signature) if public.verify(bytes, &signature, 0).is_ok() => Ok(signature),
            Ok(_) | Err(VaultError::Gone(_)) => Err(KeyFault::Lost(self.log)),
            Err(VaultError::Failed(reason)) => Err(KeyFault::Failed(reason)),
        }
    }

    pub(crate) async fn head(&self, head: Head) -> Result<SignedHead, KeyFault> {
        let signature = self.sign(&head.signing_bytes()).await?;
        Ok(SignedHead { head, signature })
    }
}

/// A key that the machine holds and signs with; `None` where it does not.
pub(crate) async fn held_key(vault: &impl Vault, log: LogId) -> Option<Key> {
    let public = vault.make(log).await.ok()?;
    let signs = match vault.sign(log, PROBE).await {
        Ok(signature) => public.verify(PROBE, &signature, 0).is_ok(),
        Err(_) => false,
    };
    if !signs {
        // Whatever it cannot forget now is forgotten at the next start.
        drop(vault.forget(log).await);
        return None;
    }
    Some(Key::Held(public))
}

/// A key whose seed lies in the store.
pub(crate) fn stored_key(env: &impl Env) -> Result<Key, Fault> {
    let mut seed = [0; 32];
    env.random(&mut seed)?;
    Ok(Key::Seed(SigningKey::from_bytes(&seed)))
}

impl<E: Env, T: Transport, V: Vault> App<E, T, V> {
    /// Looks after the keys that the machine holds: forgets those of earlier lives, and begins a new life when the present key
    /// is gone. Call it once after opening and wait for it before anything else, or a key that is just being made might be forgotten.
    ///
    /// # Errors
    /// When the store fails. A machine that does not tell which keys it holds is no error: signing finds out.
    pub async fn look_after_keys(&self) -> Result<(), Problem> {
        let Ok(held) = self.vault.held().await else {
            return Ok(());
        };
        let (device, next) = self.lives()?;
        let is_in_store = |key: Option<&Key>| matches!(key, Some(Key::Seed(_)));
        let mut needed = Vec::new();
        // A key that was made and not noted yet is needed too: it has the name of the log.
        needed.extend((!is_in_store(device.key.as_ref())).then_some(device.log));
        needed.extend(
            next.filter(|next| !is_in_store(Some(&next.key)))
                .map(|next| next.log),
        );
        for log in held.iter().filter(|log| !needed.contains(log)) {
            // One that stays is worth nothing: no log is written with it.
            drop(self.vault.forget(*log).await);
        }
        if matches!(device.key, Some(Key::Held(_))) && !held.contains(&device.log) {
            self.lose_key(device.log)?;
        }
        Ok(())
    }

    fn lives(&self) -> Result<(Device, Option<device::Life>), Fault> {
        let db = self.store.read();
        Ok((device::must_get(db)?, device::next_life(db)?))
    }

    /// The device, with a key: held by the machine where it does, else in the store.
    pub(crate) async fn device_with_key(&self) -> Result<(Device, Key), Fault> {
        let device = device::must_get(self.store.read())?;
        if let Some(key) = device.key.clone() {
            return Ok((device, key));
        }
        let key = match held_key(&self.vault, device.log).await {
            Some(key) => key,
            None => stored_key(&self.env)?,
        };
        let tx = self.store.begin()?;
        device::set_key(&tx, device.log, &key)?;
        tx.commit()?;
        // Whoever made one meanwhile was first.
        let device = device::must_get(self.store.read())?;
        let key = device.key.clone();
        let key = key.ok_or_else(|| problems::key_failed("another log was begun meanwhile"))?;
        Ok((device, key))
    }

    /// The key of a log is gone. When it was the present one, the device goes on in a new log and must be enrolled again, as
    /// nothing else shows the server who it is; what is kept here is told again there.
    pub(crate) fn lose_key(&self, log: LogId) -> Result<(), Fault> {
        let tx = self.store.begin()?;
        if device::must_get(&tx)?.log == log {
            journal::begin_again(&tx, &self.env, None)?;
            alert::raise(&tx, AlertCode::KeyLost, &log.to_string(), self.env.now_ms())?;
        } else if device::next_life(&tx)?.is_some_and(|next| next.log == log) {
            // The present key goes on. If the server has heard of the next one, it says so.
            device::set_next_life(&tx, None)?;
        }
        tx.commit()?;
        Ok(())
    }

    /// Does about a fault what can be done here, and tells of it.
    pub(crate) fn note_key_fault(&self, fault: &KeyFault) -> Result<(), Fault> {
        match fault {
            KeyFault::Lost(log) => self.lose_key(*log),
            KeyFault::Failed(reason) => {
                let tx = self.store.begin()?;
                alert::clear(&tx, AlertCode::KeyFailed)?;
                alert::raise(&tx, AlertCode::KeyFailed, reason, self.env.now_ms())?;
                tx.commit()?;
                Ok(())
            }
        }
    }
}
