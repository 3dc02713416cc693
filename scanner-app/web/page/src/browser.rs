//! What the page asks of the browser: clock, address, a little memory, and a last resort for showing a failure.

use wasm_bindgen::JsValue;

/// The clock of event time stamps, milliseconds since the page began; nobody sets it.
pub fn event_now() -> f64 {
    web_sys::window()
        .and_then(|window| window.performance())
        .map_or(0.0, |performance| performance.now())
}

/// Now, Unix milliseconds.
#[expect(
    clippy::cast_possible_truncation,
    reason = "milliseconds since 1970 fit for 285 000 years"
)]
pub fn now_ms() -> i64 {
    js_sys::Date::now() as i64
}

/// `HH:MM` of an instant by the device's clock and zone, with the date in front unless it is today.
pub fn clock(at_ms: i64) -> String {
    #[expect(clippy::cast_precision_loss, reason = "exact up to 2^53 milliseconds")]
    let date = |ms: i64| js_sys::Date::new(&JsValue::from_f64(ms as f64));
    let (at, now) = (date(at_ms), date(now_ms()));
    let day = |d: &js_sys::Date| (d.get_full_year(), d.get_month() + 1, d.get_date());
    let time = format!("{:02}:{:02}", at.get_hours(), at.get_minutes());
    if day(&at) == day(&now) {
        return time;
    }
    let (year, month, date) = day(&at);
    format!("{year}-{month:02}-{date:02} {time}")
}

/// The enrolment code in the address (`#enrol=CODE`), as a console's QR code carries it.
pub fn enrolment_code_in(address: &str) -> Option<String> {
    let code = address.split_once("#enrol=")?.1.split('&').next()?.trim();
    (!code.is_empty()).then(|| code.to_owned())
}

/// The part of the page's address after `#`, with it.
pub fn address_fragment() -> String {
    web_sys::window()
        .and_then(|window| window.location().hash().ok())
        .unwrap_or_default()
}

/// Takes a used enrolment code out of the address, so that nobody shares it by accident.
pub fn forget_address_fragment() {
    let Some(window) = web_sys::window() else { return };
    if let Ok(history) = window.history() {
        // The code is used up; if the browser refuses, an old code stays in the address bar.
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some("./"));
    }
}

/// After a scan the answer is what matters, wherever the list below was scrolled to.
pub fn show_top_of_work() {
    let work = web_sys::window()
        .and_then(|window| window.document())
        .and_then(|document| document.query_selector(".work").ok().flatten());
    if let Some(work) = work {
        work.set_scroll_top(0);
    }
}

/// Scrolls as little as must be for all of an element to be seen.
pub fn show_whole(element: &web_sys::Element) {
    let options = web_sys::ScrollIntoViewOptions::new();
    options.set_block(web_sys::ScrollLogicalPosition::Nearest);
    element.scroll_into_view_with_scroll_into_view_options(&options);
}

/// Tells assistive technology and hyphenation which language the page speaks.
pub fn set_document_language(tag: &str) {
    let root = web_sys::window()
        .and_then(|window| window.document())
        .and_then(|document| document.document_element());
    if let Some(root) = root {
        // Setting an attribute of the root element fails for invalid names only.
        let _ = root.set_attribute("lang", tag);
    }
}

/// Shows a failure that leaves nothing else working. The store is not touched by it.
pub fn show_fatal(message: &str) {
    web_sys::console::error_1(&message.into());
    let Some(document) = web_sys::window().and_then(|window| window.document()) else {
        return;
    };
    let (Some(body), Ok(note)) = (document.body(), document.create_element("p")) else {
        return;
    };
    note.set_text_content(Some(&format!(
        "Spårhund stannade. Ladda om sidan; det som är bokfört finns kvar. / Spårhund stopped. Load the page \
         again; what is booked is safe. ({message})"
    )));
    let marks = [("data-test", "fatal"), ("class", "fatal"), ("role", "alert")];
    for (name, value) in marks {
        // Only invalid attribute names are refused.
        let _ = note.set_attribute(name, value);
    }
    if let Err(error) = body.prepend_with_node_1(&note) {
        web_sys::console::error_1(&error);
    }
}
