//! The scanner page.

mod app;
mod storage;
mod worker_client;

use wasm_bindgen::prelude::*;

/// Draws the page. Called once by `boot.js`.
#[wasm_bindgen]
pub fn boot() {
    std::panic::set_hook(Box::new(|info| {
        web_sys::console::error_1(&info.to_string().into());
    }));
    leptos::mount::mount_to_body(app::App);
}
