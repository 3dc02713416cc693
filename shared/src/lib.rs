//! The domain of Spårhund: what a label says, what happened to a product, and what that proves.
//!
//! Pure functions and types. No I/O, no clock and no randomness are taken from inside, so server, handheld and
//! auditor mean the same thing because they call the same code. The path of a scan, room by room:
//!
//! [`carrier`] → [`identity`] → [`verdict`] → [`event`] → [`log`] → [`fold`]; [`wire`] holds what travels between
//! the ends, [`civil`] when a day begins,
//! [`privacy`] what must not be kept, [`label`] what is printed.

pub mod carrier;
pub mod civil;
pub mod event;
pub mod fold;
pub mod identity;
pub mod label;
pub mod log;
pub mod privacy;
pub mod reference;
pub mod text;
pub mod verdict;
pub mod wire;
