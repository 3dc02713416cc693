//! The browser knows first when the network goes.

use sparhund_scanner_core::api::Command;
use wasm_bindgen::prelude::*;
use web_sys::Event;

use crate::state::Ctx;

/// Tells the core each time, so that the status line is right at once and not with the next call that fails.
pub fn listen(ctx: Ctx) {
    let Some(window) = web_sys::window() else { return };
    for (name, online) in [("online", true), ("offline", false)] {
        let hear = Closure::<dyn FnMut(Event)>::new(move |_: Event| ctx.run(Command::NoteNetwork { online }));
        if let Err(error) = window.add_event_listener_with_callback(name, hear.as_ref().unchecked_ref()) {
            web_sys::console::error_1(&error);
        }
        // Lives as long as the page.
        hear.forget();
    }
}
