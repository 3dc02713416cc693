//! A place for keys by script: it gives no key away, takes its time, and fails when it is told to.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll};

use ed25519_dalek::{Signer as _, SigningKey};
use sparhund_scanner_core::env::{Vault, VaultError};
use sparhund_shared::log::{LogId, PublicKey, SignatureBytes};

#[derive(Default)]
pub struct State {
    /// Whether there is a place for keys; else none is made.
    pub present: bool,
    pub keys: BTreeMap<LogId, SigningKey>,
    /// Every secret that was ever here.
    pub secrets: Vec<[u8; 32]>,
    /// Nothing is answered.
    pub silent: bool,
    /// What it signs does not verify.
    pub signs_wrong: bool,
}

/// By default a machine without one.
#[derive(Clone, Default)]
pub struct TestVault(pub Rc<RefCell<State>>);

impl TestVault {
    pub fn present() -> Self {
        let vault = Self::default();
        vault.0.borrow_mut().present = true;
        vault
    }

    /// Somebody clears the browser's data.
    pub fn clear(&self) {
        self.0.borrow_mut().keys.clear();
    }

    /// Logs whose keys are here.
    pub fn logs(&self) -> Vec<LogId> {
        self.0.borrow().keys.keys().copied().collect()
    }

    async fn answers(&self) -> Result<(), VaultError> {
        Turn(false).await;
        if self.0.borrow().silent {
            return Err(VaultError::Failed("by script".to_owned()));
        }
        Ok(())
    }
}

/// Lets others have a turn, so that the client can be stopped here.
struct Turn(bool);

impl Future for Turn {
    type Output = ();
    fn poll(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<()> {
        if std::mem::replace(&mut self.0, true) {
            Poll::Ready(())
        } else {
            Poll::Pending
        }
    }
}

impl Vault for TestVault {
    async fn make(&self, log: LogId) -> Result<PublicKey, VaultError> {
        self.answers().await?;
        if !self.0.borrow().present {
            return Err(VaultError::Failed("no place for keys".to_owned()));
        }
        let public = {
            let mut state = self.0.borrow_mut();
            let number = u8::try_from(state.secrets.len() + 1).unwrap();
            let secret = std::array::from_fn(|at| number.wrapping_mul(37) ^ u8::try_from(at).unwrap());
            if !state.keys.contains_key(&log) {
                state.secrets.push(secret);
                state.keys.insert(log, SigningKey::from_bytes(&secret));
            }
            PublicKey::of(&state.keys[&log])
        };
        // It is kept, and the answer has not come yet.
        Turn(false).await;
        Ok(public)
    }

    async fn sign(&self, log: LogId, bytes: &[u8]) -> Result<SignatureBytes, VaultError> {
        self.answers().await?;
        let state = self.0.borrow();
        let key = state.keys.get(&log).ok_or(VaultError::Gone(log))?;
        let mut signature = key.sign(bytes).to_bytes();
        signature[0] ^= u8::from(state.signs_wrong);
        Ok(SignatureBytes(signature))
    }

    async fn held(&self) -> Result<Vec<LogId>, VaultError> {
        self.answers().await?;
        Ok(self.logs())
    }

    async fn forget(&self, log: LogId) -> Result<(), VaultError> {
        self.answers().await?;
        self.0.borrow_mut().keys.remove(&log);
        Ok(())
    }
}
