//! What every handler can reach.

use std::path::PathBuf;
use std::sync::Arc;

use crate::auth::Tokens;
use crate::store::Store;

/// Shared by all requests; cloning copies pointers.
#[derive(Clone)]
pub struct AppState {
    /// What the server remembers.
    pub store: Arc<dyn Store>,
    /// Maker and reader of tokens.
    pub tokens: Arc<Tokens>,
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
