//! IFA Coding System for medical devices and pharmacy products (IFA UDI specification 2.5).
//!
//! ```text
//! [)>RS06GS9N…GS1T…GSD…RSEOT     envelope, format 06 of ISO/IEC 15434
//! .9N…^1T…^D…                    DIN 16598, safe for keyboards
//! (9N)…(1T)…(D)…                 as printed
//! ```

mod check;
mod code;
mod envelope;
mod error;
mod field;
mod lenient;

pub use check::{CodeKind, check_code};
pub use code::IfaCode;
pub use envelope::IfaForm;
pub use error::{IfaError, IfaFault};
pub use field::IfaField;
pub use lenient::{IfaFlaw, LenientIfa};

use jiff::civil::Date;

use super::Symbology;

/// Longest text that is read, in bytes. The addresses after `33L` are what makes a code long.
pub const MOST_BYTES: usize = 2000;

/// Reads one scan in any of the three forms. A symbology identifier in front is taken off.
///
/// `today` decides the century of two-digit years, as for GS1 (General Specifications 7.12).
pub fn parse(text: &str, today: Date) -> Result<IfaCode<'_>, IfaError> {
    Ok(IfaCode::read(data(text)?, today, Strictness::Strict)?.code)
}

/// The same, but a blank date loses only the date, and a separator behind the last field is let through.
pub fn parse_lenient(text: &str, today: Date) -> Result<LenientIfa<'_>, IfaError> {
    IfaCode::read(data(text)?, today, Strictness::Lenient)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Strictness {
    Strict,
    Lenient,
}

/// The text without a symbology identifier.
fn data(text: &str) -> Result<&str, IfaError> {
    if text.len() > MOST_BYTES {
        return Err(IfaError::at(MOST_BYTES + 1, IfaFault::TooLong));
    }
    let (_, rest) = Symbology::split(text.as_bytes());
    Ok(text.get(text.len() - rest.len()..).unwrap_or(text))
}
