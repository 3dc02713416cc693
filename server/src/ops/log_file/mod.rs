//! The log as a file that anyone can check without this server: JSON lines, streamed both ways.
//!
//! A header; then for each log its key, its signed heads, what others signed to have seen of it, its records in order
//! and what is known to be missing; at the end the SHA-256 of every byte before. Each line has exactly one spelling, so that no byte can change unseen.

mod chain;
mod fault;
mod line;
mod verified;
mod verify;
mod write;

pub use fault::{Fault, FaultKind};
pub use verified::{Verified, Writer};
pub use verify::{verify, verify_after};
pub use write::{ExportError, Exported, write};
