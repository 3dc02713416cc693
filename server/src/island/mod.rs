//! Island mode: the server of a site goes on alone when the link to the central one is cut, and both come to hold the same
//! when it is back.
//!
//! A site asks, the central server answers ([`Neighbour`]); so only one of the two must be reachable. Records are a set and their
//! exchange is set union ([`exchange`]), proven by the signatures of those who wrote them, whoever carries them. Reference data is
//! exchanged row by row with its version; where both changed one, the central server's stands and a person decides.

mod central;
mod client;
mod credential;
mod exchange;
mod invitation;
mod link;
mod logs;
mod message;
mod neighbour;
mod prove;
mod round;
mod rows;

pub use central::{CentralEnd, CentralError};
pub use client::{CallError, Central};
pub use credential::{Credential, CredentialError};
pub use exchange::{ExchangeError, Exchanged, LeftOut, begin_anew, exchange, exchange_within};
pub use invitation::{InvitationError, invite};
pub use link::{Link, LinkState, Stopped, Why, keep_exchanging, settle_central};
pub use message::{
    Greeted, Greeting, HeadsOfLog, Join, Joined, MAX_LOGS, MAX_RECORDS, MAX_ROWS, ROW_FORMAT, RowOffers,
    Summary,
};
pub use neighbour::Neighbour;
pub use prove::{RelayError, prove_relayed};

pub use crate::store::CENTRAL_SETTING;

pub(crate) use message::summary;
