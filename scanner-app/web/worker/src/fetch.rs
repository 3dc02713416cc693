//! HTTP by the browser's `fetch`, with a time-out that covers the body too.

use js_sys::{Array, Uint8Array};
use sparhund_scanner_core::env::{Request, Response, Transport, TransportError};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortSignal, Headers, RequestInit};

use crate::lock::describe;
use crate::messages::scope;

/// The browser's network.
pub struct Fetch;

impl Transport for Fetch {
    async fn send(&self, request: Request) -> Result<Response, TransportError> {
        exchange(&request).await.map_err(|error| {
            let url = request.url.clone();
            let reason = describe(&error);
            if reason.starts_with("TimeoutError") || reason.starts_with("AbortError") {
                TransportError::Timeout {
                    url,
                    timeout_ms: request.timeout_ms,
                }
            } else {
                TransportError::Unreachable { url, reason }
            }
        })
    }
}

async fn exchange(request: &Request) -> Result<Response, JsValue> {
    let headers = Headers::new()?;
    for (name, value) in &request.headers {
        headers.append(name, value)?;
    }
    let options = RequestInit::new();
    options.set_method(request.method);
    options.set_headers(&headers);
    options.set_signal(Some(&AbortSignal::timeout_with_u32(request.timeout_ms)));
    if !request.body.is_empty() {
        options.set_body(&Uint8Array::from(request.body.as_slice()));
    }
    let outgoing = web_sys::Request::new_with_str_and_init(&request.url, &options)?;
    let response: web_sys::Response = JsFuture::from(scope().fetch_with_request(&outgoing))
        .await?
        .dyn_into()?;
    let body = JsFuture::from(response.array_buffer()?).await?;
    Ok(Response {
        status: response.status(),
        headers: pairs(&response.headers()),
        body: Uint8Array::new(&body).to_vec(),
    })
}

fn pairs(headers: &Headers) -> Vec<(String, String)> {
    headers
        .entries()
        .into_iter()
        .flatten()
        .filter_map(|pair| {
            let pair: Array = pair.dyn_into().ok()?;
            Some((pair.get(0).as_string()?, pair.get(1).as_string()?))
        })
        .collect()
}
