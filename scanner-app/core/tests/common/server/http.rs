//! Requests come in, one answer goes out, and faults happen on the way.

use std::io::Read as _;
use std::pin::Pin;
use std::task::{Context, Poll};

use serde_json::json;
use sparhund_scanner_core::env::{Request, Response, Transport, TransportError};

use super::account::sign_in;
use super::{Fault, Server, State};

/// Lets others have so many turns: they may overtake, and a sync can be given up in the middle.
struct Turns(u8);

impl Future for Turns {
    type Output = ();
    fn poll(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<()> {
        if self.0 == 0 {
            return Poll::Ready(());
        }
        self.0 -= 1;
        Poll::Pending
    }
}

impl Transport for Server {
    async fn send(&self, request: Request) -> Result<Response, TransportError> {
        Turns(1).await;
        let fault = {
            let mut state = self.0.borrow_mut();
            state.waits.push(request.timeout_ms);
            if let Some(happens) = &state.on_request {
                happens();
            }
            let fault = if state.faults.is_empty() {
                None
            } else {
                state.faults.remove(0)
            };
            if state.offline { Some(Fault::Lost) } else { fault }
        };
        let lost = |url: String| TransportError::Timeout { url, timeout_ms: 1 };
        if fault == Some(Fault::Lost) {
            return Err(lost(request.url));
        }
        let refusal = match fault {
            Some(Fault::Busy) => Some((503, "busy", "1")),
            Some(Fault::Throttled) => Some((429, "throttled", "241")),
            _ => None,
        };
        if let Some((status, code, seconds)) = refusal {
            let mut refused = problem(status, code);
            refused
                .headers
                .push(("retry-after".to_owned(), seconds.to_owned()));
            return Ok(refused);
        }
        let response = self.0.borrow_mut().answer(&request);
        Turns(if fault == Some(Fault::Slow) { 50 } else { 1 }).await;
        if fault == Some(Fault::Unanswered) {
            return Err(lost(request.url));
        }
        Ok(response)
    }
}

pub(super) fn ok(body: &impl serde::Serialize) -> Response {
    Response {
        status: 200,
        headers: Vec::new(),
        body: serde_json::to_vec(body).unwrap(),
    }
}

pub(super) fn problem(status: u16, code: &str) -> Response {
    Response {
        status,
        headers: Vec::new(),
        body: json!({ "code": code, "detail": code }).to_string().into_bytes(),
    }
}

/// Values that cannot be taken, each named.
pub(super) fn invalid(pointers: &[&str]) -> Response {
    let errors: Vec<_> = pointers
        .iter()
        .map(|pointer| json!({ "pointer": pointer, "detail": "by script" }))
        .collect();
    let body = json!({ "code": "invalid-value", "detail": "by script", "errors": errors });
    Response {
        status: 422,
        headers: Vec::new(),
        body: body.to_string().into_bytes(),
    }
}

fn is_packed(request: &Request) -> bool {
    let coding = ("content-encoding".to_owned(), "gzip".to_owned());
    request.headers.contains(&coding)
}

impl State {
    fn answer(&mut self, request: &Request) -> Response {
        let path = request
            .url
            .strip_prefix("https://server/api/v1")
            .unwrap()
            .to_owned();
        self.heard.push(path.split('?').next().unwrap().to_owned());
        match path.as_str() {
            "/devices/enrol" => return self.enrol(&request.body),
            "/auth/sign-in" => return sign_in(&request.body),
            "/auth/sign-out" => return ok(&json!({})),
            _ => {}
        }
        let token = request
            .headers
            .iter()
            .find_map(|(_, value)| value.strip_prefix("Bearer "));
        let log = token.and_then(|token| self.tokens.get(token).copied());
        let Some(log) = log.filter(|_| !self.unauthorized) else {
            return problem(401, "unauthenticated");
        };
        if path == "/devices/rotate" && !self.earlier_version && !self.revoked {
            return self.rotate(log, &request.body);
        }
        if self.revoked && path == "/sync/records" {
            return self.put_aside(log, &request.body);
        }
        if self.revoked {
            return problem(403, "device-revoked");
        }
        if let Some((status, code)) = self.forbid {
            return problem(status, code);
        }
        if let Some(rest) = path.strip_prefix("/sync/feed/") {
            return self.feed(rest);
        }
        match path.as_str() {
            "/sync/heads" => {
                let mut answer = self.heads(log, &request.body);
                if !self.earlier_version {
                    answer
                        .headers
                        .push(("accept-encoding".to_owned(), "gzip".to_owned()));
                }
                answer
            }
            "/sync/records" if is_packed(request) && !self.earlier_version => {
                self.packed += 1;
                let mut body = Vec::new();
                flate2::read::GzDecoder::new(request.body.as_slice())
                    .read_to_end(&mut body)
                    .unwrap();
                self.records(log, &body)
            }
            "/sync/labels" => self.print(&request.body),
            "/sync/series" => self.next_series(log, &request.body),
            // One of an earlier version takes what it cannot unpack for the message itself.
            "/sync/records" => self.records(log, &request.body),
            _ => problem(404, "not-found"),
        }
    }
}
