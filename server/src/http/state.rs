//! What every handler can reach.

use std::path::PathBuf;
use std::sync::Arc;

use super::health::Readiness;
use crate::auth::{DeviceCache, PasswordError, Passwords, Throttle, Tokens};
use crate::ingest::OwnLog;
use crate::island::Link;
use crate::store::Store;

/// Shared by all requests; cloning copies pointers.
#[derive(Clone)]
pub struct AppState {
    /// What the server remembers.
    pub store: Arc<dyn Store>,
    /// The log the server itself writes, for holds.
    pub own_log: Arc<OwnLog>,
    /// Maker and reader of tokens.
    pub tokens: Arc<Tokens>,
    /// Hashes and checks passwords.
    pub passwords: Arc<Passwords>,
    /// Counts attempts to sign in and to enrol.
    pub throttle: Arc<Throttle>,
    /// Devices as read lately.
    pub devices: Arc<DeviceCache>,
    /// Whether the store could write a moment ago.
    pub readiness: Arc<Readiness>,
    /// The link to the central server; `None` = this server is no site's.
    pub link: Option<Arc<Link>>,
    /// What the operator said about this installation.
    pub site: Arc<Site>,
}

/// The installation.
#[derive(Clone, Default, Debug)]
pub struct Site {
    /// Name of the region, to show.
    pub region: String,
    /// Directory of the scanner app's files; `None` = not served.
    pub web: Option<PathBuf>,
    /// Address people and devices reach the server at, without a slash at the end; `None` = as the request says.
    pub public_url: Option<String>,
    /// Whether browsers reach the server by HTTPS, so that cookies are marked `Secure`.
    pub secure: bool,
    /// Whether the last `X-Forwarded-For` entry, set by a trusted proxy, names the client.
    pub behind_proxy: bool,
    /// The database file, to show its size.
    pub database: Option<PathBuf>,
}

impl AppState {
    /// The state of a server over a store.
    ///
    /// # Errors
    /// When no password can be hashed, for want of memory or random numbers.
    pub fn new(
        store: Arc<dyn Store>,
        own_log: OwnLog,
        tokens: Tokens,
        site: Site,
    ) -> Result<Self, PasswordError> {
        Ok(Self {
            store,
            own_log: Arc::new(own_log),
            tokens: Arc::new(tokens),
            passwords: Arc::new(Passwords::new()?),
            throttle: Arc::default(),
            devices: Arc::default(),
            readiness: Arc::default(),
            link: None,
            site: Arc::new(site),
        })
    }
}
