//! How safely this browser keeps the scans.

use serde::Deserialize;
use wasm_bindgen_futures::JsFuture;

/// The worker's answer to `{"type": "storage"}`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Storage {
    /// SQLite's version.
    pub sqlite: String,
    /// `wal` where all is well.
    pub journal_mode: String,
    /// Whether a scan that was answered survives power loss.
    pub durable: bool,
    /// Whether the browser has promised not to clear the scans when space runs out.
    pub persisted: bool,
}

/// Asks the browser not to clear the scans when space runs out; only a page may ask, a worker may not.
/// The browser keeps its answer, and the worker reads it back.
pub async fn ask_to_persist() -> bool {
    let Some(window) = web_sys::window() else {
        return false;
    };
    let Ok(promise) = window.navigator().storage().persist() else {
        return false;
    };
    JsFuture::from(promise)
        .await
        .is_ok_and(|answer| answer.is_truthy())
}
