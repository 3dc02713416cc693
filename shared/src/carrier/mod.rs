//! From the bytes of a scan to what they name.
//!
//! The bytes are kept by the caller for ever; what is read from them here can be read again by a later version.

pub mod gs1;
mod normalise;
mod profile;
mod symbology;

pub use normalise::{Change, Normalised, normalise};
pub use profile::{AmbiguousSeparator, WedgeProfile};
pub use symbology::Symbology;
