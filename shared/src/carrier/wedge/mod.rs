//! What is known about the keyboard wedge of a scanner: how it types, and how that was found out.
//!
//! A scanner believes to write on one keyboard, most often a US one, and the host reads with another. `A-1` becomes
//! `A+1`, which is as good a lot as any: parsing cannot see it. So a device scans one known symbol, and what arrives
//! says how each character of GS1's set 82 will. `$` of HIBC, `}` of ISBT 128 and `[` of IFA's envelope are not in that set, nor
//! may an element string hold them: they are turned back where the layout is one that is known by name.

mod calibration;
mod composed;
mod host_layout;
mod profile;
#[cfg(test)]
mod tests;

pub use calibration::{CALIBRATION, CalibrationError, calibrate, is_calibration};
pub use host_layout::{HostLayout, LearnedLayout};
pub use profile::{AimIdentifier, AmbiguousSeparator, Keys, WedgeProfile};
