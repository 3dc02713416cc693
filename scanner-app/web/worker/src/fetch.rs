//! HTTP by the browser's `fetch`, with a time-out that covers the body too.

use js_sys::{Array, Uint8Array};
use thiserror::Error;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortSignal, Headers, Request, RequestInit, Response};

use crate::lock::describe;
use crate::messages::scope;

/// What to send.
#[derive(Debug, Clone)]
pub struct HttpRequest {
    /// `GET`, `POST`, …
    pub method: String,
    /// Absolute, or relative to the page's origin.
    pub url: String,
    /// Name and value.
    pub headers: Vec<(String, String)>,
    /// The bytes of the body, none for GET.
    pub body: Option<Vec<u8>>,
    /// Milliseconds until the whole exchange counts as failed.
    pub timeout_ms: u32,
}

/// What came back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HttpResponse {
    /// The HTTP status.
    pub status: u16,
    /// Name in lower case and value.
    pub headers: Vec<(String, String)>,
    /// The bytes of the body.
    pub body: Vec<u8>,
}

/// Why no answer came. The request may have reached the server all the same.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum FetchError {
    /// Nothing came in time.
    #[error(
        "no answer from {url} within {timeout_ms} ms: the network is slow or the server busy; it is tried again"
    )]
    Timeout {
        /// Where to.
        url: String,
        /// The limit in milliseconds.
        timeout_ms: u32,
    },
    /// There is no network, the server is down, or the address is wrong.
    #[error("{url} cannot be reached ({reason}): no network, or the server is down; it is tried again")]
    Unreachable {
        /// Where to.
        url: String,
        /// The browser's word.
        reason: String,
    },
}

/// Sends and waits for the whole answer. Any status is an answer.
pub async fn send(request: HttpRequest) -> Result<HttpResponse, FetchError> {
    exchange(&request).await.map_err(|error| {
        let url = request.url.clone();
        let reason = describe(&error);
        if reason.starts_with("TimeoutError") || reason.starts_with("AbortError") {
            FetchError::Timeout {
                url,
                timeout_ms: request.timeout_ms,
            }
        } else {
            FetchError::Unreachable { url, reason }
        }
    })
}

async fn exchange(request: &HttpRequest) -> Result<HttpResponse, JsValue> {
    let headers = Headers::new()?;
    for (name, value) in &request.headers {
        headers.append(name, value)?;
    }
    let options = RequestInit::new();
    options.set_method(&request.method);
    options.set_headers(&headers);
    options.set_signal(Some(&AbortSignal::timeout_with_u32(request.timeout_ms)));
    if let Some(body) = &request.body {
        options.set_body(&Uint8Array::from(body.as_slice()));
    }
    let outgoing = Request::new_with_str_and_init(&request.url, &options)?;
    let response: Response = JsFuture::from(scope().fetch_with_request(&outgoing))
        .await?
        .dyn_into()?;
    let body = JsFuture::from(response.array_buffer()?).await?;
    Ok(HttpResponse {
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
