//! Waiting in a worker.

use js_sys::Promise;
use wasm_bindgen_futures::JsFuture;

use crate::messages::scope;

/// Waits `ms` milliseconds without holding up other commands.
pub async fn sleep(ms: i32) {
    let timer = Promise::new(&mut |resolve, _| {
        let set = scope().set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, ms);
        if set.is_err() {
            // Without a timer the wait is over at once: later, never is worse.
            let _ = resolve.call0(&wasm_bindgen::JsValue::UNDEFINED);
        }
    });
    let _ = JsFuture::from(timer).await;
}
