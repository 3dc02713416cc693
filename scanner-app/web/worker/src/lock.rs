//! One tab at a time holds the store.
//!
//! OPFS itself refuses a second owner, but only with an error. A Web Lock lets the second tab say so and take over
//! when the first one closes.

use js_sys::{Function, Object, Promise, Reflect};
use thiserror::Error;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

use crate::time::sleep;

const NAME: &str = "sparhund-store";
/// A page that reloads takes a moment to let go of its old worker's lock.
const ATTEMPTS: u32 = 10;
const PAUSE_MS: i32 = 100;

/// The lock cannot be asked for.
#[derive(Debug, Error)]
#[error(
    "this browser cannot lock the store ({0}): open the page over https or on localhost, in a current browser"
)]
pub struct LockError(String);

#[wasm_bindgen]
extern "C" {
    // web-sys keeps the Web Locks API behind an unstable flag; the standard is W3C Web Locks.
    #[wasm_bindgen(catch, js_namespace = ["navigator", "locks"], js_name = request)]
    fn request_lock(name: &str, options: &Object, granted: &Function) -> Result<Promise, JsValue>;
}

/// Holds the lock until the worker ends. Calls `busy` once when another tab has it, then waits for that tab to close.
pub async fn hold_store_lock(busy: fn()) -> Result<(), LockError> {
    for _ in 0..ATTEMPTS {
        if ask(true).await? {
            return Ok(());
        }
        sleep(PAUSE_MS).await;
    }
    busy();
    ask(false).await.map(|_| ())
}

/// Asks for the lock; true when it was granted. With `only_if_free` it does not wait.
async fn ask(only_if_free: bool) -> Result<bool, LockError> {
    let options = Object::new();
    let error = |e: JsValue| LockError(describe(&e));
    Reflect::set(&options, &"ifAvailable".into(), &only_if_free.into()).map_err(error)?;
    let mut outcome: Result<(), JsValue> = Ok(());
    let granted = Promise::new(&mut |resolve, reject| {
        let callback = Closure::once_into_js(move |lock: JsValue| {
            let held = lock.is_truthy();
            // The tell-tale promise cannot fail to be resolved: it is resolved nowhere else.
            let _ = resolve.call1(&JsValue::UNDEFINED, &held.into());
            // A promise that never ends keeps the lock for the worker's whole life.
            if held {
                Promise::new(&mut |_, _| {})
            } else {
                Promise::resolve(&JsValue::UNDEFINED)
            }
        });
        match request_lock(NAME, &options, callback.unchecked_ref()) {
            Ok(promise) => drop(promise.catch(&rejecting(reject))),
            Err(error) => outcome = Err(error),
        }
    });
    outcome.map_err(error)?;
    Ok(JsFuture::from(granted).await.map_err(error)?.is_truthy())
}

/// Hands a rejection on to the promise that is waited for.
fn rejecting(reject: Function) -> Closure<dyn FnMut(JsValue)> {
    Closure::once(move |reason: JsValue| {
        let _ = reject.call1(&JsValue::UNDEFINED, &reason);
    })
}

/// A JavaScript error in words.
pub fn describe(error: &JsValue) -> String {
    error.dyn_ref::<js_sys::Error>().map_or_else(
        || format!("{error:?}"),
        |e| format!("{}: {}", String::from(e.name()), String::from(e.message())),
    )
}
