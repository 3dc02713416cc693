//! The first screen.

use leptos::prelude::*;
use leptos::task::spawn_local;
use serde_json::{Value, json};

use crate::storage::{Storage, ask_to_persist};
use crate::worker_client::WorkerClient;

/// What the worker last said.
#[derive(Clone)]
enum State {
    Starting,
    InUse,
    Failed(String),
    Ready(Storage),
}

/// The page.
#[component]
pub fn App() -> impl IntoView {
    let state = RwSignal::new(State::Starting);
    start(state);
    view! {
        <main>
            <h1>"Spårhund"</h1>
            {move || match state.get() {
                State::Starting => view! { <p data-state="starting">"Startar …"</p> }.into_any(),
                State::InUse => {
                    view! { <p data-state="in_use" role="alert">"Appen är öppen i en annan flik. Stäng den."</p> }
                        .into_any()
                }
                State::Failed(reason) => {
                    view! { <p data-state="failed" role="alert">{reason}</p> }.into_any()
                }
                State::Ready(storage) => {
                    view! {
                        <p data-state="ready">"redo"</p>
                        <p>{kept(&storage)}</p>
                    }
                        .into_any()
                }
            }}
        </main>
    }
}

fn start(state: RwSignal<State>) {
    let worker = WorkerClient::start("./worker-boot.js", move |event: Value| {
        match event["type"].as_str() {
            Some("in_use") => state.set(State::InUse),
            Some("failed") => state.set(State::Failed(
                event["message"].as_str().unwrap_or_default().to_owned(),
            )),
            _ => {}
        }
    });
    spawn_local(async move {
        let answer = async {
            let worker = worker?;
            ask_to_persist().await;
            worker.ask::<_, Storage>(&json!({ "type": "storage" })).await
        };
        match answer.await {
            Ok(storage) => state.set(State::Ready(storage)),
            Err(error) => state.set(State::Failed(error.to_string())),
        }
    });
}

fn kept(storage: &Storage) -> String {
    let safe = if storage.durable {
        "överlever strömavbrott"
    } else {
        "kan gå förlorat vid strömavbrott"
    };
    let persisted = if storage.persisted {
        "skyddat mot rensning"
    } else {
        "inte skyddat mot rensning"
    };
    format!(
        "SQLite {}, {}: det som skannas {safe}, {persisted}.",
        storage.sqlite, storage.journal_mode
    )
}
