//! Keys that the browser holds: WebCrypto makes them so that no script can read them, and signs with them (Ed25519,
//! W3C Web Cryptography Level 2).

use js_sys::{Array, Object, Promise, Reflect, Uint8Array};
use sparhund_scanner_core::env::{Vault, VaultError};
use sparhund_shared::log::{LogId, PublicKey, SignatureBytes};
use wasm_bindgen::prelude::*;
use web_sys::{CryptoKey, SubtleCrypto};

use crate::key_db::{self, within};
use crate::lock::describe;
use crate::messages::scope;

const ALGORITHM: &str = "Ed25519";

/// The browser's place for keys.
pub struct BrowserVault;

impl Vault for BrowserVault {
    async fn make(&self, log: LogId) -> Result<PublicKey, VaultError> {
        made(&log.to_string()).await.map(PublicKey).map_err(failed)
    }

    async fn sign(&self, log: LogId, bytes: &[u8]) -> Result<SignatureBytes, VaultError> {
        let pair = key_db::get(&log.to_string()).await.map_err(failed)?;
        let pair = pair.ok_or(VaultError::Gone(log))?;
        signed(&pair, bytes).await.map(SignatureBytes).map_err(failed)
    }

    async fn held(&self) -> Result<Vec<LogId>, VaultError> {
        let names = key_db::names().await.map_err(failed)?;
        Ok(names.iter().filter_map(|name| name.parse().ok()).collect())
    }

    async fn forget(&self, log: LogId) -> Result<(), VaultError> {
        key_db::delete(&log.to_string()).await.map_err(failed)
    }
}

/// The public half of the pair under a name, made if there is none.
async fn made(name: &str) -> Result<[u8; 32], JsValue> {
    if let Some(pair) = key_db::get(name).await? {
        return public(&pair).await;
    }
    let algorithm = Object::new();
    Reflect::set(&algorithm, &"name".into(), &ALGORITHM.into())?;
    let usages = Array::of2(&"sign".into(), &"verify".into());
    let pair = within(subtle()?.generate_key_with_object(&algorithm, false, &usages)?).await?;
    if let Err(error) = key_db::add(name, &pair).await {
        // Another step may have been first; its pair is the one that counts.
        return match key_db::get(name).await? {
            Some(pair) => public(&pair).await,
            None => Err(error),
        };
    }
    public(&pair).await
}

async fn public(pair: &JsValue) -> Result<[u8; 32], JsValue> {
    // Reading a public key is always allowed.
    let promise = subtle()?.export_key("raw", &half(pair, "publicKey")?)?;
    bytes(promise).await
}

async fn signed(pair: &JsValue, message: &[u8]) -> Result<[u8; 64], JsValue> {
    let message = Uint8Array::from(message);
    let key = half(pair, "privateKey")?;
    bytes(subtle()?.sign_with_str_and_js_u8_array(ALGORITHM, &key, &message)?).await
}

fn half(pair: &JsValue, name: &str) -> Result<CryptoKey, JsValue> {
    Reflect::get(pair, &name.into())?.dyn_into()
}

async fn bytes<const N: usize>(promise: Promise) -> Result<[u8; N], JsValue> {
    let answer = Uint8Array::new(&within(promise).await?).to_vec();
    let found = answer.len();
    answer
        .try_into()
        .map_err(|_| js_sys::Error::new(&format!("{found} bytes instead of {N}")).into())
}

fn subtle() -> Result<SubtleCrypto, JsValue> {
    Ok(scope().crypto()?.subtle())
}

#[expect(clippy::needless_pass_by_value, reason = "what map_err hands on")]
fn failed(error: JsValue) -> VaultError {
    VaultError::Failed(describe(&error))
}
