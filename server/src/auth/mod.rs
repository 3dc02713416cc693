//! Who may do what: passwords, tokens, one-time codes, and the table that gives each route its readers.

mod tokens;

pub use tokens::{Bearer, TokenError, Tokens};

/// Seconds an access token lasts.
pub const ACCESS_SECONDS: u64 = 900;
