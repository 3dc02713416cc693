//! Asks the worker and hears from it. The messages are listed in the worker crate.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;

use js_sys::{Function, Promise};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use serde_json::{Value, json};
use sparhund_shared::text::Texts;
use thiserror::Error;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{MessageEvent, Worker, WorkerOptions, WorkerType};

/// Why a command has no reply.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum AskError {
    /// The worker said no.
    #[error("{message}")]
    Refused {
        /// Stable, for choosing words.
        code: String,
        /// What, why and what to do.
        message: String,
    },
    /// Page and worker do not understand each other.
    #[error("the worker's answer cannot be read ({0}): load the page again to update it")]
    Unreadable(String),
    /// The worker cannot be started or told.
    #[error("the worker cannot be reached ({0}): load the page again")]
    Gone(String),
}

impl AskError {
    /// The sentence in the language of `texts`.
    pub fn say(&self, texts: &Texts) -> String {
        match self {
            Self::Refused { message, .. } => message.clone(),
            Self::Unreadable(reason) => texts.with("ask-unreadable", &[("reason", reason)]),
            Self::Gone(reason) => texts.with("ask-gone", &[("reason", reason)]),
        }
    }
}

/// The one worker that holds the store.
#[derive(Clone)]
pub struct WorkerClient {
    inner: Rc<Inner>,
}

struct Inner {
    worker: Worker,
    next_id: Cell<u64>,
    waiting: RefCell<HashMap<u64, Function>>,
    /// Commands asked before the worker was ready, in order.
    held: RefCell<Option<Vec<String>>>,
}

impl WorkerClient {
    /// Starts the worker at `url`. Events such as `{"type": "ready"}` go to `on_event`.
    pub fn start(url: &str, on_event: impl Fn(Value) + 'static) -> Result<Self, AskError> {
        let gone = |e: JsValue| AskError::Gone(format!("{e:?}"));
        let options = WorkerOptions::new();
        options.set_type(WorkerType::Module);
        let worker = Worker::new_with_options(url, &options).map_err(gone)?;
        let inner = Rc::new(Inner {
            worker,
            next_id: Cell::new(1),
            waiting: RefCell::default(),
            held: RefCell::new(Some(Vec::new())),
        });
        let client = Self { inner };
        client.listen(on_event);
        Ok(client)
    }

    /// Sends a command and waits for its reply.
    pub async fn ask<C: Serialize, R: DeserializeOwned>(&self, command: &C) -> Result<R, AskError> {
        let id = self.inner.next_id.replace(self.inner.next_id.get() + 1);
        let text = json!({ "id": id, "command": command }).to_string();
        let reply = Promise::new(&mut |resolve, _| {
            self.inner.waiting.borrow_mut().insert(id, resolve);
        });
        self.inner.post_or_hold(text)?;
        let reply = JsFuture::from(reply)
            .await
            .map_err(|e| AskError::Gone(format!("{e:?}")))?;
        read_reply(&reply.as_string().unwrap_or_default())
    }

    fn listen(&self, on_event: impl Fn(Value) + 'static) {
        let inner = Rc::clone(&self.inner);
        let hear = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            let text = event.data().as_string().unwrap_or_default();
            if let Some(event) = inner.take_in(&text) {
                on_event(event);
            }
        });
        self.inner
            .worker
            .set_onmessage(Some(hear.as_ref().unchecked_ref()));
        // Lives as long as the page.
        hear.forget();
    }
}

/// What the worker says. A reply is read once, by whoever waits for it: a task is long.
#[derive(Deserialize)]
struct Message<'a> {
    id: Option<u64>,
    #[serde(borrow)]
    reply: Option<&'a RawValue>,
    event: Option<Value>,
}

/// The worker refused, and not the core: its refusals have a type and are replies like any other.
#[derive(Deserialize)]
struct Refusal {
    error: Refused,
}

#[derive(Deserialize)]
struct Refused {
    #[serde(default)]
    code: String,
    #[serde(default)]
    message: String,
}

impl Inner {
    fn post_or_hold(&self, text: String) -> Result<(), AskError> {
        if let Some(held) = self.held.borrow_mut().as_mut() {
            held.push(text);
            return Ok(());
        }
        self.worker
            .post_message(&JsValue::from_str(&text))
            .map_err(|e| AskError::Gone(format!("{e:?}")))
    }

    /// Settles the reply's promise; gives back what is an event.
    fn take_in(&self, text: &str) -> Option<Value> {
        let message: Message = serde_json::from_str(text).ok()?;
        if let (Some(id), Some(reply)) = (message.id, message.reply) {
            let waiting = self.waiting.borrow_mut().remove(&id)?;
            // The promise is resolved nowhere else, so this cannot fail.
            let _ = waiting.call1(&JsValue::UNDEFINED, &JsValue::from_str(reply.get()));
            return None;
        }
        let event = message.event?;
        if event["type"] == "ready" {
            let held = self.held.borrow_mut().take().unwrap_or_default();
            for text in held {
                if let Err(error) = self.post_or_hold(text) {
                    web_sys::console::error_1(&error.to_string().into());
                }
            }
        }
        Some(event)
    }
}

fn read_reply<R: DeserializeOwned>(text: &str) -> Result<R, AskError> {
    serde_json::from_str(text).map_err(|unreadable| match serde_json::from_str(text) {
        Ok(Refusal { error }) => AskError::Refused {
            code: error.code,
            message: error.message,
        },
        Err(_) => AskError::Unreadable(unreadable.to_string()),
    })
}
