//! The decoder's worker: started when the camera opens, ended when it closes.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;

use js_sys::{Array, Function, Object, Promise, Reflect};
use serde::Deserialize;
use serde_json::Value;
use sparhund_scanner_core::api::RawScan;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{MessageEvent, Worker, WorkerOptions, WorkerType};

use super::frame::Frame;

/// One symbol as the decoder tells it.
#[derive(Deserialize)]
struct Symbol {
    symbology: String,
    text: String,
}

/// What the decoder answers.
#[derive(Deserialize)]
struct Answer {
    #[serde(default)]
    symbols: Vec<Symbol>,
    error: Option<String>,
}

/// A running decoder.
#[derive(Clone)]
pub struct Decoder {
    inner: Rc<Inner>,
}

struct Inner {
    worker: Worker,
    next_id: Cell<u32>,
    waiting: RefCell<HashMap<u32, Function>>,
    /// Resolved when the module is loaded, rejected when it cannot be.
    ready: RefCell<Option<Promise>>,
}

impl Drop for Inner {
    fn drop(&mut self) {
        self.worker.terminate();
    }
}

impl Decoder {
    /// Starts loading the decoder.
    pub fn start() -> Result<Self, String> {
        let options = WorkerOptions::new();
        options.set_type(WorkerType::Module);
        let worker = Worker::new_with_options("./decode-boot.js", &options).map_err(|e| format!("{e:?}"))?;
        let inner = Rc::new(Inner {
            worker,
            next_id: Cell::new(1),
            waiting: RefCell::default(),
            ready: RefCell::default(),
        });
        let weak = Rc::downgrade(&inner);
        let ready = Promise::new(&mut |resolve, reject| {
            let weak = weak.clone();
            let hear = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
                let text = event.data().as_string().unwrap_or_default();
                let Ok(message) = serde_json::from_str::<Value>(&text) else {
                    return;
                };
                let event = &message["event"];
                let settled = match event["type"].as_str() {
                    Some("ready") => resolve.call0(&JsValue::UNDEFINED),
                    Some("failed") => reject.call1(
                        &JsValue::UNDEFINED,
                        &event["message"].as_str().unwrap_or_default().into(),
                    ),
                    _ => weak
                        .upgrade()
                        .and_then(|inner| inner.take_waiting(&message))
                        .map_or(Ok(JsValue::UNDEFINED), |answer| {
                            answer.call1(&JsValue::UNDEFINED, &text.into())
                        }),
                };
                if let Err(error) = settled {
                    web_sys::console::error_1(&error);
                }
            });
            inner.worker.set_onmessage(Some(hear.as_ref().unchecked_ref()));
            hear.forget();
        });
        *inner.ready.borrow_mut() = Some(ready);
        Ok(Self { inner })
    }

    /// Symbols in a frame, each once, as a scanner would send them.
    pub async fn decode(&self, frame: Frame) -> Result<Vec<RawScan>, String> {
        let words = |error: JsValue| error.as_string().unwrap_or_else(|| format!("{error:?}"));
        let ready = self.inner.ready.borrow().clone();
        if let Some(ready) = ready {
            JsFuture::from(ready).await.map_err(words)?;
        }
        let id = self
            .inner
            .next_id
            .replace(self.inner.next_id.get().wrapping_add(1));
        let message = Object::new();
        for (name, value) in [("id", id), ("width", frame.width), ("height", frame.height)] {
            Reflect::set(&message, &name.into(), &value.into()).map_err(words)?;
        }
        Reflect::set(&message, &"still".into(), &frame.still.into()).map_err(words)?;
        Reflect::set(&message, &"rgba".into(), &frame.rgba).map_err(words)?;
        let answer = Promise::new(&mut |resolve, _| {
            self.inner.waiting.borrow_mut().insert(id, resolve);
        });
        self.inner
            .worker
            .post_message_with_transfer(&message, &Array::of1(&frame.rgba))
            .map_err(words)?;
        let text = JsFuture::from(answer).await.map_err(words)?;
        let answer: Answer =
            serde_json::from_str(&text.as_string().unwrap_or_default()).map_err(|e| e.to_string())?;
        if let Some(error) = answer.error {
            return Err(error);
        }
        let mut scans: Vec<RawScan> = Vec::new();
        for symbol in answer.symbols {
            let scan = RawScan(format!("{}{}", symbol.symbology, symbol.text).into_bytes());
            if !scans.contains(&scan) {
                scans.push(scan);
            }
        }
        Ok(scans)
    }
}

impl Inner {
    fn take_waiting(&self, message: &Value) -> Option<Function> {
        let id = u32::try_from(message["id"].as_u64()?).ok()?;
        self.waiting.borrow_mut().remove(&id)
    }
}
