//! Saves what waits to be sent to a file: when the server is gone, or would not take the device any more.

use js_sys::{Array, Uint8Array};
use leptos::prelude::*;
use sparhund_scanner_core::api::{Command, OutboxView};
use wasm_bindgen::prelude::*;
use web_sys::{Blob, BlobPropertyBag, HtmlAnchorElement, Url};

use crate::state::{Ctx, Notice, ctx};

/// So long the browser may take to begin with the file, milliseconds; then its bytes are let go.
const KEPT_MS: u64 = 60_000;

/// The button; not there when nothing waits. Nobody need be signed in.
#[component]
pub fn SaveOutbox() -> impl IntoView {
    let ctx = ctx();
    let waits = move || ctx.status.with(|status| status.unsent > 0);
    let save = move |_| ctx.run(Command::ExportOutbox);
    view! {
        <Show when=waits>
            <p>{move || ctx.t("outbox-help")}</p>
            <button type="button" data-test="outbox-save" on:click=save>{move || ctx.t("outbox-save")}</button>
        </Show>
    }
}

/// Hands the file to the browser, and says so.
pub fn hand_over(ctx: Ctx, view: &OutboxView) {
    ctx.notice.set(Some(match download(view) {
        Ok(()) => {
            let count = i64::try_from(view.records).unwrap_or(i64::MAX);
            Notice::Done(ctx.with_texts(|texts| texts.count("outbox-saved", count)))
        }
        Err(_) => Notice::Problem(ctx.t("outbox-not-saved")),
    }));
}

/// Hands the file to the browser, which keeps it where it keeps downloads.
fn download(view: &OutboxView) -> Result<(), JsValue> {
    let window = web_sys::window().ok_or(JsValue::NULL)?;
    let document = window.document().ok_or(JsValue::NULL)?;
    let options = BlobPropertyBag::new();
    options.set_type("application/octet-stream");
    let bytes = Uint8Array::from(view.file.0.as_slice());
    let blob = Blob::new_with_u8_array_sequence_and_options(&Array::of1(&bytes), &options)?;
    let url = Url::create_object_url_with_blob(&blob)?;
    let link: HtmlAnchorElement = document.create_element("a")?.unchecked_into();
    link.set_href(&url);
    link.set_download(&view.name);
    link.click();
    set_timeout(
        move || {
            // An address that is gone already keeps nothing.
            let _ = Url::revoke_object_url(&url);
        },
        std::time::Duration::from_millis(KEPT_MS),
    );
    Ok(())
}
