//! Keeps the device in step with the server without anybody asking, and the page informed.

use std::rc::Rc;

use serde_json::json;
use sparhund_scanner_core::api::{Command, Reply, StatusView};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;

use crate::app::App;
use crate::messages::{event, scope};
use crate::time::sleep;

/// How often the core is asked whether it is time; when to is its decision.
const PAUSE_MS: i32 = 1_000;

/// Runs until the worker ends.
pub fn start(app: &Rc<App>) {
    listen_to_network(app);
    let app = Rc::clone(app);
    spawn_local(async move {
        let mut told = StatusView::default();
        loop {
            match app.command(Command::SyncIfDue).await {
                Reply::Synced(synced) => tell(&mut told, synced.status, true),
                Reply::Status(status) => tell(&mut told, status, false),
                // The network is away or the server busy: the core tries again, the status says since when.
                _ => {
                    if let Reply::Status(status) = app.command(Command::Status).await {
                        tell(&mut told, status, false);
                    }
                }
            }
            sleep(PAUSE_MS).await;
        }
    });
}

/// Tells the page when something changed. `news`: there may be other tasks than before.
fn tell(told: &mut StatusView, status: StatusView, news: bool) {
    let unchanged = StatusView {
        now: status.now,
        ..told.clone()
    } == status;
    if news || !unchanged {
        event(&json!({ "type": "status", "news": news, "status": status }));
        *told = status;
    }
}

fn listen_to_network(app: &Rc<App>) {
    let hear = |online: bool| {
        let app = Rc::clone(app);
        Closure::<dyn FnMut()>::new(move || {
            let app = Rc::clone(&app);
            spawn_local(async move {
                if let Reply::Status(status) = app.command(Command::NoteNetwork { online }).await {
                    event(&json!({ "type": "status", "news": false, "status": status }));
                }
            });
        })
    };
    let (came, went) = (hear(true), hear(false));
    scope().set_ononline(Some(came.as_ref().unchecked_ref()));
    scope().set_onoffline(Some(went.as_ref().unchecked_ref()));
    // They live as long as the worker.
    came.forget();
    went.forget();
}
