//! Hears every tap before the page does, and keeps from it those that were not meant for what they fell on.

use std::cell::RefCell;
use std::rc::Rc;

use leptos::prelude::request_animation_frame;
use sparhund_scanner_core::taps::{Tap, Taps};
use wasm_bindgen::prelude::*;
use web_sys::{AddEventListenerOptions, Element, MouseEvent};

use crate::browser::event_now;

/// What can be tapped.
const CONTROLS: &str = "button, a, summary, input, select";

/// Begins to hear. Called once.
pub fn listen() {
    let Some(document) = web_sys::window().and_then(|window| window.document()) else {
        return;
    };
    let taps = Rc::new(RefCell::new(Taps::default()));
    let hear = Closure::<dyn FnMut(MouseEvent)>::new(move |event: MouseEvent| {
        // A click by the keyboard has no place.
        if event.detail() == 0 {
            return;
        }
        let Some(control) = control(&event) else { return };
        let tap = Tap {
            // When the finger fell, not when a busy page came to hear of it.
            at: event.time_stamp(),
            x: f64::from(event.client_x()),
            y: f64::from(event.client_y()),
            control,
        };
        if !taps.borrow_mut().is_meant(tap) {
            event.prevent_default();
            event.stop_immediate_propagation();
        }
        // What the page makes of it is drawn with the next frame at the earliest.
        let taps = Rc::clone(&taps);
        request_animation_frame(move || taps.borrow_mut().drawn(event_now()));
    });
    let first = AddEventListenerOptions::new();
    first.set_capture(true);
    let heard = document.add_event_listener_with_callback_and_add_event_listener_options(
        "click",
        hear.as_ref().unchecked_ref(),
        &first,
    );
    if let Err(error) = heard {
        web_sys::console::error_1(&error);
    }
    // Lives as long as the page.
    hear.forget();
}

/// The name of what was tapped: its mark, or else its words.
fn control(event: &MouseEvent) -> Option<String> {
    let target: Element = event.target()?.dyn_into().ok()?;
    // A label and the field in it are one.
    let control = ["label", CONTROLS]
        .iter()
        .find_map(|what| target.closest(what).ok().flatten())?;
    control
        .get_attribute("data-test")
        .or_else(|| control.text_content())
}
