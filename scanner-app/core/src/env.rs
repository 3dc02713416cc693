//! What the client asks of the machine it runs on. The core takes no clock, randomness or network by itself.

use jiff::civil::Date;
use sparhund_shared::log::{LogId, PublicKey, SignatureBytes};

/// Time and randomness.
pub trait Env {
    /// The device's clock, Unix milliseconds.
    fn now_ms(&self) -> i64;

    /// Today by the device's own calendar: expiry dates are local dates.
    fn today(&self) -> Date;

    /// Fills a buffer with bytes fit for keys.
    fn random(&self, bytes: &mut [u8]) -> Result<(), RandomError>;

    /// Bytes by which the store may still grow; `None` where the machine does not say.
    fn free_bytes(&self) -> Option<u64> {
        None
    }
}

/// The machine gave no randomness.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("no secure random numbers ({0}): nothing can be signed here; restart the device")]
pub struct RandomError(pub String);

/// Holds Ed25519 keys, gives them to nobody, and signs with them. One key belongs to one log and goes by its id.
/// Single-threaded, as [`Transport`].
#[expect(
    async_fn_in_trait,
    reason = "client and browser worker run on one thread; no caller needs Send"
)]
pub trait Vault {
    /// The public half of the key of a log; the key is made when there is none, and is durable before the answer.
    async fn make(&self, log: LogId) -> Result<PublicKey, VaultError>;

    /// Signs with the key of a log.
    async fn sign(&self, log: LogId, bytes: &[u8]) -> Result<SignatureBytes, VaultError>;

    /// Logs whose keys are held.
    async fn held(&self) -> Result<Vec<LogId>, VaultError>;

    /// Forgets the key of a log; none is no error.
    async fn forget(&self, log: LogId) -> Result<(), VaultError>;
}

/// Why there is no key or no signature.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum VaultError {
    /// The log has no key here, or not any more.
    #[error("no key of log {0} is held here: it was cleared away; the device goes on in a new log")]
    Gone(LogId),
    /// The machine holds no such keys, or it did not answer. Whether it will be otherwise later nobody can say.
    #[error(
        "the machine does not hold keys ({0}): a key that is in it cannot sign now; start the machine again"
    )]
    Failed(String),
}

/// A machine without a place for keys: they lie in the store.
#[derive(Clone, Copy, Default, Debug)]
pub struct NoVault;

impl Vault for NoVault {
    async fn make(&self, _: LogId) -> Result<PublicKey, VaultError> {
        Err(VaultError::Failed("there is no place for keys".to_owned()))
    }

    async fn sign(&self, log: LogId, _: &[u8]) -> Result<SignatureBytes, VaultError> {
        Err(VaultError::Gone(log))
    }

    async fn held(&self) -> Result<Vec<LogId>, VaultError> {
        Ok(Vec::new())
    }

    async fn forget(&self, _: LogId) -> Result<(), VaultError> {
        Ok(())
    }
}

/// One HTTP request.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Request {
    /// `GET` or `POST`.
    pub method: &'static str,
    /// Absolute, or relative to the page's origin when the device was enrolled without a server address.
    pub url: String,
    /// Name and value.
    pub headers: Vec<(String, String)>,
    /// Body; empty for GET.
    pub body: Vec<u8>,
    /// Milliseconds until the whole exchange counts as failed.
    pub timeout_ms: u32,
}

/// What came back. Any status is a response.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Response {
    /// HTTP status.
    pub status: u16,
    /// Name in lower case and value.
    pub headers: Vec<(String, String)>,
    /// Body.
    pub body: Vec<u8>,
}

impl Response {
    /// The first header of this lower-case name.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(header, _)| header == name)
            .map(|(_, value)| value.as_str())
    }
}

/// Why no answer came. The request may have reached the server all the same.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum TransportError {
    /// Nothing came in time.
    #[error(
        "no answer from {url} within {timeout_ms} ms: the network is slow or the server busy; it is tried again"
    )]
    Timeout {
        /// Where to.
        url: String,
        /// The limit.
        timeout_ms: u32,
    },
    /// No network, no server, or a certificate that is not trusted.
    #[error("{url} cannot be reached ({reason}): no network, or the server is down; it is tried again")]
    Unreachable {
        /// Where to.
        url: String,
        /// The machine's word.
        reason: String,
    },
}

/// Carries HTTP requests. Single-threaded: the futures need not be `Send`.
#[expect(
    async_fn_in_trait,
    reason = "client and browser worker run on one thread; no caller needs Send"
)]
pub trait Transport {
    /// Sends and waits for the whole answer.
    async fn send(&self, request: Request) -> Result<Response, TransportError>;
}
