//! The patient-link service: the one place that knows which patient a token stands for.
//!
//! It is a process of its own, with a data directory of its own, and shares no database with the server. It fetches
//! sealed identities ([`round`]), opens them ([`keys`]), keeps token and identity apart from each other under a key of each
//! patient ([`store`]), and answers people who say what for ([`http`]), after it wrote that down ([`access`]).
//! `docs/decisions/0027-patient-link.md` says why.

pub mod access;
mod db;
mod error;
pub mod http;
mod keys;
mod people;
mod round;
mod sessions;
mod store;

pub use access::{Access, Asked, Deed, Purpose};
pub use error::LinkError;
pub use keys::{Epoch, LinkDir};
pub use people::{LinkAccount, Right};
pub use round::{Done, keep_fetching, round};
pub use store::{Counts, Erased, LinkStore};

use crate::auth::{Passwords, Throttle};

/// Everything that the service's handlers and its rounds share.
pub struct LinkService {
    /// Store with its keys.
    pub store: LinkStore,
    passwords: Passwords,
    throttle: Throttle,
    sessions: sessions::Sessions,
}

impl LinkService {
    /// Over a data directory that `init` made.
    ///
    /// # Errors
    /// When a file of it is missing or cannot be used.
    pub fn open(dir: &LinkDir) -> Result<Self, LinkError> {
        Ok(Self {
            store: LinkStore::open(dir)?,
            passwords: Passwords::new()?,
            throttle: Throttle::default(),
            sessions: sessions::Sessions::default(),
        })
    }
}
