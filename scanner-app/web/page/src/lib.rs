//! The scanner page: screens over the scanner core, which works in a worker.
//!
//! A scan comes in through [`scan`] (keyboard wedge or camera) or the typed field, goes to the worker as a command,
//! and comes back as a verdict that [`parts::verdict`] shows, sounds and shakes. What a person sees lives in
//! [`state`]; the work itself lives in the core, so that a reload loses nothing.

#![allow(
    clippy::large_types_passed_by_value,
    reason = "the context is a handful of signal handles; Leptos closures take it by copy"
)]

mod app;
mod browser;
mod forms;
mod looks;
mod network;
mod parts;
mod scan;
mod screens;
mod state;
mod storage;
mod text;
mod worker_client;

use wasm_bindgen::prelude::*;

/// Draws the page. Called once by `boot.js`.
#[wasm_bindgen]
pub fn boot() {
    std::panic::set_hook(Box::new(|info| browser::show_fatal(&info.to_string())));
    looks::put_on();
    leptos::mount::mount_to_body(app::App);
}
