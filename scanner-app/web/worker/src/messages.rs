//! The messages between page and worker.

use std::rc::Rc;

use serde::Deserialize;
use serde_json::value::RawValue;
use serde_json::{Value, json};
use wasm_bindgen::prelude::*;
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent};

use crate::app::App;

/// What the page asks.
#[derive(Deserialize)]
struct Request {
    /// Chosen by the page, given back with the reply.
    id: u64,
    /// Read once, as what it is.
    command: Box<RawValue>,
}

/// Answers every command from now on.
pub fn listen(app: Rc<App>) {
    let hear = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        let app = Rc::clone(&app);
        wasm_bindgen_futures::spawn_local(async move { answer(&app, &event).await });
    });
    scope().set_onmessage(Some(hear.as_ref().unchecked_ref()));
    // Lives as long as the worker.
    hear.forget();
}

async fn answer(app: &App, event: &MessageEvent) {
    let text = event.data().as_string().unwrap_or_default();
    match serde_json::from_str::<Request>(&text) {
        Ok(request) => {
            let reply = app.handle(request.command.get()).await;
            // A task is long: its text is written once and goes out as it is.
            send(&format!(r#"{{"id":{},"reply":{reply}}}"#, request.id));
        }
        // Without an id nobody waits for an answer; the console is all there is. The text may hold a password or a PIN.
        Err(error) => web_sys::console::error_1(&format!("not a command ({error})").into()),
    }
}

/// Says that commands are heard.
pub fn ready() {
    event(&json!({ "type": "ready" }));
}

/// Says that another tab holds the store.
pub fn in_use() {
    event(&json!({ "type": "in_use" }));
}

/// Says that the worker gives up, and why.
pub fn failed(message: &str) {
    event(&json!({ "type": "failed", "message": message }));
}

/// Tells the page something that it did not ask for.
pub fn event(event: &Value) {
    send(&json!({ "event": event }).to_string());
}

fn send(message: &str) {
    if let Err(error) = scope().post_message(&JsValue::from_str(message)) {
        web_sys::console::error_2(&"the page cannot be told".into(), &error);
    }
}

/// The worker's global object.
pub fn scope() -> DedicatedWorkerGlobalScope {
    js_sys::global().unchecked_into()
}
