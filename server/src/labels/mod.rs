//! Labels to print: GS1 DataMatrix, GS1-128 and QR, drawn as SVG without any style or script inside.
//!
//! [`ElementString`] says what a label carries, [`Modules`] how it looks in dark and light squares; drawing is the
//! same for all three.

mod code128;
mod element_string;
mod modules;

pub use element_string::{ElementString, calibration_label, place_label, sscc_label, unit_label};
pub use modules::Modules;

/// Why a label cannot be drawn.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum LabelError {
    /// More than the symbol can hold.
    #[error("{0} holds no {1} characters; shorten the value or print two labels")]
    TooLong(&'static str, usize),
    /// A character the symbol has no code for.
    #[error("{0} cannot show a character of {1:?}; labels carry GS1 character set 82 only")]
    Character(&'static str, String),
}
