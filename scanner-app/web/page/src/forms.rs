//! What is missing in a form, said by the page: the browser would say it in its own language and in a bubble of its own.

use std::cell::Cell;
use std::rc::Rc;
use std::time::Duration;

use leptos::prelude::*;
use wasm_bindgen::prelude::*;
use web_sys::{Event, HtmlInputElement};

use crate::state::{Ctx, Notice};

/// Begins to listen.
pub fn listen(ctx: Ctx) {
    let Some(document) = web_sys::window().and_then(|window| window.document()) else {
        return;
    };
    let told = Rc::new(Cell::new(false));
    let hear = Closure::<dyn FnMut(Event)>::new(move |event: Event| {
        event.prevent_default();
        // A form tells of each of its fields at once; the first one is to be filled in first.
        let Some(field) = event
            .target()
            .and_then(|target| target.dyn_into::<HtmlInputElement>().ok())
            .filter(|_| !told.replace(true))
        else {
            return;
        };
        ctx.notice.set(Some(Notice::Problem(words(ctx, &field))));
        // A field that cannot take the focus can still be tapped.
        let _ = field.focus();
        let told = Rc::clone(&told);
        set_timeout(move || told.set(false), Duration::ZERO);
    });
    // An event of one field does not rise; it is met on its way down.
    let heard =
        document.add_event_listener_with_callback_and_bool("invalid", hear.as_ref().unchecked_ref(), true);
    if let Err(error) = heard {
        web_sys::console::error_1(&error);
    }
    // Lives as long as the page.
    hear.forget();
}

fn words(ctx: Ctx, field: &HtmlInputElement) -> String {
    let label = field.closest("label").ok().flatten();
    let name = label.and_then(|label| label.query_selector("span").ok().flatten());
    let name = name.and_then(|name| name.text_content()).unwrap_or_default();
    let validity = field.validity();
    let key = if validity.value_missing() {
        "field-missing"
    } else if validity.too_short() {
        "field-short"
    } else {
        "field-wrong"
    };
    let fewest = field.min_length().to_string();
    ctx.with_texts(|texts| texts.with(key, &[("field", name.as_str()), ("fewest", fewest.as_str())]))
}
