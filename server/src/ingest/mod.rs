//! Records on their way in: what the signed head proves is stored, the rest is named.

mod device_end;
mod outbox_file;
mod own_log;
mod prove;
mod receive;

pub use device_end::DeviceEnd;
pub use outbox_file::{ImportError, TakenIn, take_in};
pub use own_log::{OwnLog, OwnLogError, Told};
pub use prove::{Proven, prove};
pub use receive::{IngestError, receive};
