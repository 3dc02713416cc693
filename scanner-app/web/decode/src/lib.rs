//! The camera decoder: a worker of its own, loaded when the camera opens.
//!
//! The page sends `{id, width, height, still, rgba}` with `rgba` the transferred `ArrayBuffer` of a frame, or of a still
//! picture, which gets all the time it takes; the worker answers `{"id", "symbols": […]}` or `{"id", "error": "…"}` as JSON text, and `{"event": {"type": "ready"}}` once at start.

mod second;

use std::cell::RefCell;
use std::time::Duration;

use js_sys::{Date, Function, Reflect, Uint8Array};
use serde_json::{Value, json};
use sparhund_decoder::{Budget, FRAME_TIME, GridDecoder, Luma, RxingDecoder, Scanner, Symbol};
use wasm_bindgen::prelude::*;
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent};

use second::ZxingWasm;

/// Bytes of a frame that are taken over at once: what fits the processor's cache is made grey there.
const PART: u32 = 1 << 16;

thread_local! {
    /// Remembers the last few frames.
    static SCANNER: RefCell<Scanner> = RefCell::default();
}

/// Takes zxing-cpp as second reader from the next frame on: a function of pixels, width, height and family. Called by
/// `decode-boot.js` when it is loaded.
#[wasm_bindgen]
pub fn take_second_reader(read: Function) {
    SCANNER.set(Scanner::new(vec![
        Box::new(RxingDecoder),
        Box::new(GridDecoder),
        Box::new(ZxingWasm(read)),
    ]));
}

/// Decodes frames until the page ends the worker. Called once by `decode-boot.js`.
#[wasm_bindgen]
pub fn boot() {
    std::panic::set_hook(Box::new(|info| {
        web_sys::console::error_1(&info.to_string().into());
    }));
    let hear = Closure::<dyn FnMut(MessageEvent)>::new(|event: MessageEvent| send(&answer(&event.data())));
    scope().set_onmessage(Some(hear.as_ref().unchecked_ref()));
    // Lives as long as the worker.
    hear.forget();
    send(&json!({ "event": { "type": "ready" } }));
}

fn answer(frame: &JsValue) -> Value {
    let id = number(frame, "id");
    match picture(frame) {
        Ok(picture) => json!({ "id": id, "symbols": read(&picture, is_still(frame)) }),
        Err(reason) => json!({ "id": id, "error": reason }),
    }
}

fn is_still(frame: &JsValue) -> bool {
    Reflect::get(frame, &"still".into()).is_ok_and(|still| still.is_truthy())
}

fn read(picture: &Luma, still: bool) -> Vec<Symbol> {
    if still {
        return SCANNER.with_borrow(|scanner| scanner.still(picture));
    }
    let start = Date::now();
    let since = || Duration::try_from_secs_f64((Date::now() - start) / 1_000.0).unwrap_or(FRAME_TIME);
    SCANNER.with_borrow_mut(|scanner| scanner.frame(picture, &Budget::new(FRAME_TIME, since)))
}

fn picture(frame: &JsValue) -> Result<Luma, String> {
    let side =
        |name: &str| number(frame, name).ok_or_else(|| format!("the frame has no whole number `{name}`"));
    let rgba = Reflect::get(frame, &"rgba".into()).map_err(|_| "the frame is no object".to_owned())?;
    let rgba = Uint8Array::new(&rgba);
    let bytes = rgba.length();
    let starts = (0..bytes).step_by(PART as usize);
    let parts = starts.map(|start| rgba.subarray(start, bytes.min(start + PART)).to_vec());
    Luma::from_rgba_in_parts(side("width")?, side("height")?, bytes as usize, parts)
        .map_err(|e| e.to_string())
}

/// A whole number that JavaScript keeps as a double.
fn number(frame: &JsValue, name: &str) -> Option<u32> {
    let value = Reflect::get(frame, &name.into()).ok()?.as_f64()?;
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "checked by the comparison"
    )]
    let whole = value as u32;
    (f64::from(whole).to_bits() == value.to_bits()).then_some(whole)
}

fn send(message: &Value) {
    if let Err(error) = scope().post_message(&JsValue::from_str(&message.to_string())) {
        web_sys::console::error_2(&"the page cannot be told".into(), &error);
    }
}

fn scope() -> DedicatedWorkerGlobalScope {
    js_sys::global().unchecked_into()
}
