//! Records on their way in: what the signed head proves is stored, the rest is named.

mod own_log;
mod prove;
mod receive;

pub use own_log::{OwnLog, OwnLogError, Told};
pub use prove::{Proven, prove};
pub use receive::{IngestError, receive};
