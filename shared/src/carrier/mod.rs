//! From the bytes of a scan to what they name.
//!
//! ```text
//! raw bytes ─► normalise ─► recognise ─► parse (strict) ─► interpret ─► candidates
//!              reports       agency       rules of GS1,     types of     with warnings
//!              each change                HIBC, ISBT, IFA   identity
//! ```
//!
//! The raw bytes are kept by the caller for ever, with [`PARSER_VERSION`]: what is read from them here can be read
//! again by a later version. Recognition returns candidates, and the first hit never wins by itself.

mod agencies;
mod change;
#[cfg(feature = "epc")]
pub mod epc;
mod explain;
pub mod gs1;
pub mod hibc;
mod identify;
pub mod ifa;
mod interpret;
pub mod isbt128;
mod lost_separator;
mod normalise;
mod reading;
mod recognise;
mod scan_error;
mod symbology;
mod visible;
mod warning;
mod wedge;

pub use change::Change;
pub use explain::{
    AskedForm, Examined, Explanation, Fault, Field, Marked, Remark, Strictness, examine, explain,
};
pub use identify::{Candidate, Candidates, Identified, identify};
pub use lost_separator::with_separator;
pub use normalise::{Normalised, normalise};
pub use reading::{AssetCode, DonationCode, ItemCode, LogisticCode, Production, ProductionCode, Reading};
pub use scan_error::ScanError;
pub use symbology::Symbology;
pub use visible::{from_visible, visible};
pub use warning::{CarrierWarning, Suspicion};
pub use wedge::{
    AimIdentifier, AmbiguousSeparator, CALIBRATION, CalibrationError, HostLayout, Keys, LearnedLayout,
    WedgeProfile, calibrate, is_calibration,
};

/// Goes up whenever the same bytes may be read in another way. Stored with each record.
pub const PARSER_VERSION: u16 = 4;
