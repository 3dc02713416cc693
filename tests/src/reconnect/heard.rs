//! The network of a device, with what was asked and how that ended.

use std::cell::RefCell;
use std::rc::Rc;
use std::time::{Duration, Instant};

use sparhund_scanner_core::env::{Request, Response, Transport, TransportError};

use crate::torture::handheld::http::Http;

/// How a call ended.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Outcome {
    /// It was done.
    Done,
    /// The server said no, with this status.
    Refused(u16),
    /// Nothing came in time.
    TimedOut,
    /// There was no connection, or it broke.
    Broken,
}

/// One call.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Call {
    /// Method and path below `/api/v1`.
    pub route: String,
    /// How it ended.
    pub outcome: Outcome,
    /// How long the device waited.
    pub took: Duration,
    /// When it ended.
    pub ended: Instant,
}

/// All calls of a device, in order.
pub type Calls = Rc<RefCell<Vec<Call>>>;

/// Carries the calls, with the client's own patience.
pub struct Heard {
    http: Http,
    calls: Calls,
}

impl Heard {
    /// A network without connections yet.
    pub fn new(calls: &Calls) -> Self {
        Self {
            http: Http::with_patience(Duration::MAX),
            calls: Rc::clone(calls),
        }
    }
}

impl Transport for Heard {
    async fn send(&self, request: Request) -> Result<Response, TransportError> {
        let path = request.url.split_once("/api/v1").map_or("", |(_, path)| path);
        let path = path.split('?').next().unwrap_or_default();
        let route = format!("{} {path}", request.method);
        let begun = Instant::now();
        let result = self.http.send(request).await;
        let ended = Instant::now();
        let outcome = match &result {
            Ok(response) if (200..300).contains(&response.status) => Outcome::Done,
            Ok(response) => Outcome::Refused(response.status),
            Err(TransportError::Timeout { .. }) => Outcome::TimedOut,
            Err(TransportError::Unreachable { .. }) => Outcome::Broken,
        };
        self.calls.borrow_mut().push(Call {
            route,
            outcome,
            took: ended - begun,
            ended,
        });
        result
    }
}
