//! How much the browser still lets this page keep.

use std::cell::Cell;

use js_sys::Reflect;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};

use crate::messages::scope;
use crate::time::sleep;

/// Between two questions, milliseconds: far too short to use up what is kept free.
const PAUSE_MS: i32 = 5_000;

thread_local! {
    /// As last asked: the core asks at every scan and cannot wait for the browser.
    static FREE: Cell<Option<u64>> = const { Cell::new(None) };
}

/// Bytes that may still be kept, as the browser last said; `None` when it does not say.
pub fn free_bytes() -> Option<u64> {
    FREE.get()
}

/// Asks the browser anew every few seconds, until the worker ends.
pub fn keep_measuring() {
    spawn_local(async {
        loop {
            FREE.set(ask().await);
            sleep(PAUSE_MS).await;
        }
    });
}

async fn ask() -> Option<u64> {
    let promise = scope().navigator().storage().estimate().ok()?;
    let estimate = JsFuture::from(promise).await.ok()?;
    let number = |name: &str| Reflect::get(&estimate, &JsValue::from_str(name)).ok()?.as_f64();
    let free = number("quota")? - number("usage")?;
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a number of bytes, at least 0; a fraction of a byte is none"
    )]
    let free = free.max(0.0) as u64;
    Some(free)
}
