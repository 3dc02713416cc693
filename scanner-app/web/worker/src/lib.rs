//! The browser worker: store and sync on OPFS, away from the thread that draws.
//!
//! The page and the worker speak JSON text over `postMessage`:
//!
//! | from | message | means |
//! | --- | --- | --- |
//! | page | `{"id": 7, "command": {…}}` | do this |
//! | worker | `{"id": 7, "reply": {…}}` | done, or `{"error": {"code", "message"}}` inside `reply` |
//! | worker | `{"event": {"type": "ready"}}` | the store is open, commands are heard from now on |
//! | worker | `{"event": {"type": "in_use"}}` | another tab holds the store; the worker waits for it |
//! | worker | `{"event": {"type": "failed", "message": "…"}}` | the store cannot be opened; nothing will be answered |
//! | worker | `{"event": {"type": "status", "status": {…}, "news": true}}` | the device's state changed; with `news` after a sync |
//!
//! Commands are answered as they finish, so a slow sync does not hold up a scan.

mod app;
mod browser_env;
mod browser_vault;
mod fetch;
mod keep_in_sync;
mod key_db;
mod lock;
mod messages;
mod opfs;
mod room;
mod time;

use wasm_bindgen::prelude::*;

/// Opens the store and answers the page until the tab closes. Called once by `worker-boot.js`.
#[wasm_bindgen]
pub async fn boot() {
    std::panic::set_hook(Box::new(|info| {
        web_sys::console::error_1(&info.to_string().into());
        messages::failed(&info.to_string());
    }));
    if let Err(message) = start().await {
        messages::failed(&message);
    }
}

async fn start() -> Result<(), String> {
    lock::hold_store_lock(messages::in_use)
        .await
        .map_err(|e| e.to_string())?;
    // Nothing waits for it: a browser that is slow to say how much room there is must not keep the store closed.
    room::keep_measuring();
    let store = opfs::open().await.map_err(|e| e.to_string())?;
    let app = app::App::open(store).map_err(|e| e.to_string())?;
    if let Err(problem) = app.look_after_keys().await {
        // A store that is full opens all the same; the next signature finds out what this could not.
        web_sys::console::error_1(&problem.message.into());
    }
    keep_in_sync::start(&app);
    messages::listen(app);
    messages::ready();
    Ok(())
}
