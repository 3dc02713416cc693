//! Synchronising: holds first, then heads, what is missing, and the other reference data.
//!
//! Every step is idempotent and durable by itself, so that it may be interrupted anywhere and simply runs again.

mod due;
mod export;
mod labels;
mod outbox;
mod pull;
mod push;
mod reach;
mod rotate;
mod run;
mod series;
mod server;
mod witness;

pub(crate) use due::Due;
pub(crate) use pull::{Pulled, glance, pull};
pub(crate) use push::{hand_over, push};
pub(crate) use reach::Reach;
pub use server::CallError;
pub(crate) use server::{DEVICE_REVOKED, Server};

use crate::api::Problem;
use crate::fault::Fault;
use crate::keys::KeyFault;
use crate::problems;

/// Why a sync stopped.
#[derive(Debug)]
pub(crate) enum Halt {
    /// Something inside.
    Fault(Fault),
    /// The network or the server.
    Call(CallError),
    /// Nothing could be signed.
    Key(KeyFault),
    /// The server knows another life of this device; a new log was begun.
    Restarted,
}

impl From<Fault> for Halt {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

impl From<rusqlite::Error> for Halt {
    fn from(error: rusqlite::Error) -> Self {
        Self::Fault(error.into())
    }
}

impl From<CallError> for Halt {
    fn from(error: CallError) -> Self {
        Self::Call(error)
    }
}

impl From<KeyFault> for Halt {
    fn from(fault: KeyFault) -> Self {
        Self::Key(fault)
    }
}

impl From<Halt> for Problem {
    fn from(halt: Halt) -> Self {
        match halt {
            Halt::Fault(fault) => fault.into(),
            Halt::Call(error) => error.into(),
            Halt::Key(fault) => fault.into(),
            Halt::Restarted => problems::log_restarted(),
        }
    }
}
