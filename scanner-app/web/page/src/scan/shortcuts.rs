//! Keys for hands that cannot reach the screen: arrows move the focus, function keys press what is pressed most.
//!
//! A scanner that types presses none of them in a scan but F8 (a separator), so the keyboard wedge and these do not meet.

use std::cell::Cell;

use wasm_bindgen::prelude::*;
use web_sys::{Document, Element, HtmlElement, HtmlInputElement, KeyboardEvent};

use crate::browser::event_now;

/// Function keys and what each presses: the first that matches and hears. Their names stand on the buttons, by the style sheet.
const KEYS: [(&str, &str); 4] = [
    ("F1", "button.primary, .thumb > button.strong"),
    ("F2", "[data-test=typed-open]"),
    ("F3", "[data-test=camera-open]"),
    ("F4", "[data-test=camera-close], [data-test=back]"),
];

/// What lies over everything else, the uppermost first: keys reach nothing under it.
const LAYERS: [&str; 2] = [".halt", ".camera"];

/// What can have the focus.
const STOPS: &str =
    "button:not(:disabled), input:not([tabindex=\"-1\"]), select, summary, a[href], [tabindex=\"0\"]";

/// So long after a shortcut the next one is that of a bouncing key, milliseconds.
const BOUNCE_MS: f64 = 500.0;

/// Says on the page that keys are used: their names appear on the buttons.
const IN_USE: &str = "with-keys";

/// Begins to listen; behind the keyboard wedge, which takes what belongs to a scan.
pub fn listen() {
    let Some(document) = web_sys::window().and_then(|window| window.document()) else {
        return;
    };
    let last = Cell::new(f64::MIN);
    let page = document.clone();
    let hear = Closure::<dyn FnMut(KeyboardEvent)>::new(move |key: KeyboardEvent| {
        if !key.default_prevented() && !key.ctrl_key() && !key.alt_key() && !key.meta_key() {
            press(&page, &key, &last);
        }
    });
    if let Err(error) = document.add_event_listener_with_callback("keydown", hear.as_ref().unchecked_ref()) {
        web_sys::console::error_1(&error);
    }
    // Lives as long as the page.
    hear.forget();
}

fn press(document: &Document, key: &KeyboardEvent, last: &Cell<f64>) {
    let name = key.key();
    if let Some((_, what)) = KEYS.iter().find(|(shortcut, _)| *shortcut == name) {
        // The browser's own meaning of it, help or search, leads away from the work.
        key.prevent_default();
        in_use(document);
        let now = event_now();
        if !key.repeat() && now - last.replace(now) >= BOUNCE_MS {
            tap(document, what);
        }
        return;
    }
    let forward = match name.as_str() {
        "ArrowDown" => true,
        "ArrowUp" => false,
        // Within a field they move between its letters.
        "ArrowRight" if !types(document) => true,
        "ArrowLeft" if !types(document) => false,
        "Tab" => return in_use(document),
        _ => return,
    };
    let active = document.active_element();
    if active.is_some_and(|active| active.tag_name() == "SELECT" || scrolls_on(&active, forward)) {
        return;
    }
    key.prevent_default();
    in_use(document);
    move_focus(document, forward);
}

/// Whether letters go into a field.
fn types(document: &Document) -> bool {
    let field = document
        .active_element()
        .and_then(|element| element.dyn_into::<HtmlInputElement>().ok());
    field.is_some_and(|field| field.tab_index() >= 0)
}

fn in_use(document: &Document) {
    if let Some(root) = document.document_element() {
        // Refused for names with a space only.
        let _ = root.class_list().add_1(IN_USE);
    }
}

/// All that match in the uppermost layer, as far as they are drawn.
fn reachable(document: &Document, what: &str) -> Vec<HtmlElement> {
    let layer = LAYERS
        .iter()
        .find_map(|layer| document.query_selector(layer).ok().flatten());
    let layer: Option<Element> = layer.or_else(|| document.body().map(Into::into));
    let Some(found) = layer.and_then(|layer| layer.query_selector_all(what).ok()) else {
        return Vec::new();
    };
    (0..found.length())
        .filter_map(|at| found.get(at)?.dyn_into::<HtmlElement>().ok())
        .filter(|element| element.offset_width() > 1 && element.offset_height() > 1)
        .filter(|element| !only_scrolls(element) || needs_arrows(element))
        .collect()
}

/// Whether it can have the focus for the sake of its scrolling alone.
fn only_scrolls(element: &Element) -> bool {
    element.has_attribute("tabindex") && element.tag_name() == "DIV"
}

/// Whether its rest comes to sight by no other stop.
fn needs_arrows(element: &HtmlElement) -> bool {
    let holds_stops = matches!(element.query_selector(STOPS), Ok(Some(_)));
    element.scroll_height() > element.client_height() && !holds_stops
}

/// Whether the arrow still scrolls what has the focus, before it leaves it.
fn scrolls_on(element: &Element, forward: bool) -> bool {
    let left = element.scroll_height() - element.client_height() - element.scroll_top();
    only_scrolls(element)
        && if forward {
            left > 1
        } else {
            element.scroll_top() > 0
        }
}

fn tap(document: &Document, what: &str) {
    let hears = |element: &HtmlElement| !element.matches(":disabled").unwrap_or(false);
    if let Some(button) = reachable(document, what).into_iter().find(hears) {
        button.click();
    }
}

/// To the next or the last; from nowhere to the first of the work, or to the last of all.
fn move_focus(document: &Document, forward: bool) {
    let all = reachable(document, STOPS);
    let active = document.active_element();
    let now = all
        .iter()
        .position(|element| active.as_ref() == Some(element.as_ref()));
    let first_of_work = || {
        all.iter()
            .position(|element| matches!(element.closest("main"), Ok(Some(_))))
    };
    let next = match (now, forward) {
        (Some(now), true) => (now + 1) % all.len(),
        (Some(0) | None, false) => all.len().saturating_sub(1),
        (Some(now), false) => now - 1,
        (None, true) => first_of_work().unwrap_or(0),
    };
    if let Some(next) = all.get(next) {
        // What cannot take the focus is skipped with the next key.
        let _ = next.focus();
    }
}
