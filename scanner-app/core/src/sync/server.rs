//! Calls to the server.

use std::cell::Cell;
use std::io::Write as _;

use flate2::Compression;
use flate2::write::GzEncoder;
use minicbor::bytes::ByteVec;
use serde::Serialize;
use serde::de::DeserializeOwned;
use sparhund_shared::identity::CompanyPrefix;
use sparhund_shared::label::UnitLabel;
use sparhund_shared::log::{LogId, Succession};
use sparhund_shared::wire::{
    AskSeries, Enrol, Enrolled, FeedPage, Heads, HeadsAnswer, MAX_FEED_PAGE, Peer, PrintLabel, Receipt,
    Refresh, Series, SignIn, Tokens, Topic, Upload,
};

use crate::api::Problem;
use crate::env::{Request, Transport, TransportError};
use crate::problems;

/// For an exchange of a few lines.
const SHORT_MS: u32 = 10_000;
/// For a batch or a page: 300 kB at 1 Mbit/s and some.
pub(crate) const LONG_MS: u32 = 30_000;

/// What is sent in an instant is not made smaller: a server that many send to takes it in at once, and reads what is packed in turns.
const SMALL: usize = 16 << 10;

/// The server's word for a device that was revoked; it answers so with 403.
pub(crate) const DEVICE_REVOKED: &str = "device-revoked";

/// Why a call did not do what it should.
#[derive(Debug)]
pub enum CallError {
    /// No answer; the server may have heard all the same.
    Transport(TransportError),
    /// The server said no.
    Refused {
        /// HTTP status.
        status: u16,
        /// Stable word of the problem, or the status when the answer was none.
        code: String,
        /// What, why and what to do, in English.
        detail: String,
        /// Fields the server finds wrong, as JSON pointers into the request (RFC 6901).
        fields: Vec<String>,
        /// Milliseconds the server asks to wait.
        wait_ms: i64,
    },
    /// The answer makes no sense.
    Unreadable(String),
}

impl CallError {
    /// The server does not accept this device: it does not know the token, or the device was revoked.
    pub(crate) fn shuts_out(&self) -> bool {
        match self {
            Self::Refused { status, code, .. } => *status == 401 || code == DEVICE_REVOKED,
            Self::Transport(_) | Self::Unreadable(_) => false,
        }
    }

    /// The body is larger than the server, or something before it, takes.
    pub(crate) fn is_too_large(&self) -> bool {
        matches!(self, Self::Refused { status: 413, .. })
    }

    /// A refusal that stays the same however often it is tried: status and reason for whoever can mend it.
    pub(crate) fn for_good(&self) -> Option<String> {
        match self {
            Self::Refused {
                status: status @ 400..=499,
                code,
                detail,
                ..
            } if !matches!(status, 408 | 429) && !self.shuts_out() => {
                Some(format!("{status} {code}: {detail}"))
            }
            _ => None,
        }
    }

    /// Whether the server was reached.
    pub(crate) fn was_answered(&self) -> bool {
        !matches!(self, Self::Transport(_))
    }

    /// How long the server wants to hear no more attempts from here, milliseconds, when it says that.
    pub(crate) fn throttled_ms(&self) -> Option<i64> {
        match self {
            Self::Refused {
                status: 429,
                wait_ms: wait @ 1..,
                ..
            } => Some(*wait),
            _ => None,
        }
    }

    pub(crate) fn wait_ms(&self) -> i64 {
        match self {
            Self::Refused { wait_ms, .. } => *wait_ms,
            Self::Transport(_) | Self::Unreadable(_) => 0,
        }
    }
}

impl From<CallError> for Problem {
    fn from(error: CallError) -> Self {
        match error {
            CallError::Transport(error) => problems::transport(&error),
            CallError::Refused {
                status, code, detail, ..
            } => problems::refused(status, &code, &detail),
            CallError::Unreadable(reason) => problems::unreadable(&reason),
        }
    }
}

/// The server as seen from here.
pub(crate) struct Server<'a, T> {
    transport: &'a T,
    base: String,
    token: Option<String>,
    /// It said that it unpacks what is sent (RFC 7694); one of an earlier version does not.
    unpacks: Cell<bool>,
}

impl<'a, T: Transport> Server<'a, T> {
    /// `address`: scheme and host; empty = the page's own origin. `token`: the device's.
    pub(crate) fn new(transport: &'a T, address: &str, token: Option<String>) -> Self {
        Self {
            transport,
            base: format!("{}/api/v1", address.trim_end_matches('/')),
            token,
            unpacks: Cell::new(false),
        }
    }

    pub(crate) async fn enrol(&self, enrol: &Enrol) -> Result<Enrolled, CallError> {
        self.post_json("/devices/enrol", enrol).await
    }

    pub(crate) async fn rotate(&self, succession: &Succession) -> Result<Enrolled, CallError> {
        self.post_json("/devices/rotate", succession).await
    }

    /// Numbers for logistic units, of a later series than one.
    pub(crate) async fn series(
        &self,
        prefix: &CompanyPrefix,
        after: Option<u32>,
    ) -> Result<Series, CallError> {
        let asked = AskSeries {
            prefix: prefix.clone(),
            after,
        };
        self.post_json("/sync/series", &asked).await
    }

    /// Has a label printed; there is nothing to read in the answer.
    pub(crate) async fn print(&self, printer: &str, label: &UnitLabel) -> Result<(), CallError> {
        let body = json(&PrintLabel {
            printer: printer.to_owned(),
            label: label.clone(),
        })?;
        self.call("POST", "/sync/labels", Some("application/json"), body, SHORT_MS)
            .await
            .map(drop)
    }

    pub(crate) async fn sign_in(&self, sign_in: &SignIn) -> Result<Tokens, CallError> {
        self.post_json("/auth/sign-in", sign_in).await
    }

    /// The refresh token stops working; there is nothing to read in the answer.
    pub(crate) async fn sign_out(&self, refresh: &Refresh) -> Result<(), CallError> {
        let body = json(refresh)?;
        self.call("POST", "/auth/sign-out", Some("application/json"), body, SHORT_MS)
            .await
            .map(drop)
    }

    async fn post_json<A: DeserializeOwned>(
        &self,
        path: &str,
        body: &impl Serialize,
    ) -> Result<A, CallError> {
        let body = json(body)?;
        let answer = self
            .call("POST", path, Some("application/json"), body, SHORT_MS)
            .await?;
        read(&answer)
    }

    async fn call(
        &self,
        method: &'static str,
        path: &str,
        content: Option<&str>,
        body: Vec<u8>,
        timeout_ms: u32,
    ) -> Result<Vec<u8>, CallError> {
        let mut headers = vec![("accept".to_owned(), "application/json".to_owned())];
        if let Some(content) = content {
            headers.push(("content-type".to_owned(), content.to_owned()));
        }
        let body = match content {
            Some("application/cbor") if self.unpacks.get() && body.len() > SMALL => {
                headers.push(("content-encoding".to_owned(), "gzip".to_owned()));
                packed(&body).map_err(|error| CallError::Unreadable(error.to_string()))?
            }
            _ => body,
        };
        if let Some(token) = &self.token {
            headers.push(("authorization".to_owned(), format!("Bearer {token}")));
        }
        let request = Request {
            method,
            url: format!("{}{path}", self.base),
            headers,
            body,
            timeout_ms,
        };
        let response = self.transport.send(request).await.map_err(CallError::Transport)?;
        if (200..300).contains(&response.status) {
            let unpacks = response.header("accept-encoding");
            if unpacks.is_some_and(|coding| coding.contains("gzip")) {
                self.unpacks.set(true);
            }
            return Ok(response.body);
        }
        let seconds: i64 = response
            .header("retry-after")
            .and_then(|seconds| seconds.parse().ok())
            .unwrap_or(0);
        let problem: serde_json::Value = serde_json::from_slice(&response.body).unwrap_or_default();
        let word = |name: &str| problem[name].as_str().map(str::to_owned);
        Err(CallError::Refused {
            status: response.status,
            code: word("code").unwrap_or_else(|| response.status.to_string()),
            detail: word("detail")
                .or_else(|| word("title"))
                .unwrap_or_else(|| "no reason given".to_owned()),
            fields: problem["errors"]
                .as_array()
                .into_iter()
                .flatten()
                .filter_map(|error| error["pointer"].as_str().map(str::to_owned))
                .collect(),
            wait_ms: seconds.saturating_mul(1_000),
        })
    }
}

impl<T: Transport> Peer for Server<'_, T> {
    type Error = CallError;

    async fn heads(&self, told: &Heads) -> Result<HeadsAnswer, CallError> {
        self.post_json("/sync/heads", told).await
    }

    async fn upload(&self, upload: &Upload) -> Result<Receipt, CallError> {
        let body = minicbor::to_vec(upload).map_err(|error| CallError::Unreadable(error.to_string()))?;
        let answer = self
            .call("POST", "/sync/records", Some("application/cbor"), body, LONG_MS)
            .await?;
        read(&answer)
    }

    async fn records(&self, log: LogId, from: u64, most: usize) -> Result<Vec<ByteVec>, CallError> {
        let path = format!("/sync/records?log={log}&from={from}&limit={most}");
        let answer = self.call("GET", &path, None, Vec::new(), LONG_MS).await?;
        minicbor::decode(&answer).map_err(|error| CallError::Unreadable(error.to_string()))
    }

    async fn feed(&self, topic: Topic, after: u64, patience_ms: u32) -> Result<FeedPage, CallError> {
        let path = format!("/sync/feed/{}?after={after}&limit={MAX_FEED_PAGE}", topic.word());
        let answer = self.call("GET", &path, None, Vec::new(), patience_ms).await?;
        read(&answer)
    }
}

/// Compressed for a slow link.
fn packed(body: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut packer = GzEncoder::new(Vec::with_capacity(body.len() / 2), Compression::default());
    packer.write_all(body)?;
    packer.finish()
}

fn json(body: &impl Serialize) -> Result<Vec<u8>, CallError> {
    serde_json::to_vec(body).map_err(|error| CallError::Unreadable(error.to_string()))
}

fn read<A: DeserializeOwned>(body: &[u8]) -> Result<A, CallError> {
    serde_json::from_slice(body).map_err(|error| CallError::Unreadable(error.to_string()))
}
