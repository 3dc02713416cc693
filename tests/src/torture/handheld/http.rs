//! HTTP as the terminal client does it: ureq, blocking.

use std::time::Duration;

use sparhund_scanner_core::env::{Request, Response, Transport, TransportError};
use ureq::{Agent, http};

/// The suite's patience: a lost answer must not stop a device for half a minute of a run that lasts a few.
const LONGEST: Duration = Duration::from_secs(8);

/// The network.
pub struct Http {
    agent: Agent,
    patience: Duration,
}

impl Default for Http {
    fn default() -> Self {
        Self::with_patience(LONGEST)
    }
}

impl Http {
    /// Waits as long as the client asks for, but no longer than this.
    pub fn with_patience(patience: Duration) -> Self {
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .build();
        Self {
            agent: config.into(),
            patience,
        }
    }

    fn exchange(&self, request: Request) -> Result<Response, ureq::Error> {
        let mut outgoing = http::Request::builder().method(request.method).uri(&request.url);
        for (name, value) in &request.headers {
            outgoing = outgoing.header(name, value);
        }
        let limit = Duration::from_millis(request.timeout_ms.into()).min(self.patience);
        let mut response = if request.method == "GET" {
            let outgoing = self.agent.configure_request(outgoing.body(())?);
            self.agent.run(outgoing.timeout_global(Some(limit)).build())?
        } else {
            let outgoing = self.agent.configure_request(outgoing.body(request.body)?);
            self.agent.run(outgoing.timeout_global(Some(limit)).build())?
        };
        let headers = response
            .headers()
            .iter()
            .filter_map(|(name, value)| Some((name.as_str().to_owned(), value.to_str().ok()?.to_owned())))
            .collect();
        Ok(Response {
            status: response.status().as_u16(),
            headers,
            body: response.body_mut().with_config().limit(64 << 20).read_to_vec()?,
        })
    }
}

impl Transport for Http {
    async fn send(&self, request: Request) -> Result<Response, TransportError> {
        let (url, timeout_ms) = (request.url.clone(), request.timeout_ms);
        self.exchange(request).map_err(|error| match error {
            ureq::Error::Timeout(_) => TransportError::Timeout { url, timeout_ms },
            other => TransportError::Unreachable {
                url,
                reason: other.to_string(),
            },
        })
    }
}
