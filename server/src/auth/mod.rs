//! Who may do what: passwords, tokens, one-time codes, and the table that gives each route its readers.
//!
//! A request passes the [`gate`], which looks its route up in [`access`] and leaves a [`Signed`] person or a
//! [`SignedDevice`] behind for the handler.

pub mod access;
mod code;
mod device_cache;
mod gate;
mod password;
mod session;
mod signed;
mod throttle;
mod tokens;

pub use code::{Code, CodeError, crockford};
pub use device_cache::DeviceCache;
pub use gate::{device_revoked, gate, person};
pub use password::{
    MIN_PASSWORD, PasswordError, Passwords, check_password, generate_password, hash_password,
};
pub use session::{ACCESS_SECONDS, end, issue, refresh, sign_in, sign_out};
pub use signed::{Signed, SignedDevice, SignedSite};
pub use throttle::{Subject, Throttle, Wait};
pub use tokens::{Bearer, Session, TokenError, Tokens};
