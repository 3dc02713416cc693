//! HIBC LIC: device identifiers of the Health Industry Business Communications Council
//! (ANSI/HIBC 2; IMDRF UDI WG/N48 Appendix A).
//!
//! ```text
//! +LIC PCN U C                          primary symbol: labeler, product, packaging level, check character
//! +LIC PCN U / secondary / supplement C concatenated, one check character for all
//! +secondary / supplement L C           secondary symbol; L is the check character of its primary
//!
//! secondary: a lot, a serial, or a lot / a serial
//! ```
//!
//! Strict throughout. [`parse_lenient`] reads what real labels get wrong and marks the result as such in its type.

mod check;
mod code;
mod date;
mod error;
mod field;
mod lenient;
mod source;
mod split;

pub use check::{check_character, link_of};
pub use code::{HibcCode, HibcPrimary};
pub use date::{HibcDate, HibcDateForm};
pub use error::{HibcError, HibcFault};
pub use field::HibcField;
pub use lenient::{HibcFlaw, HibcReading, LenientHibc, parse_lenient};

use jiff::civil::Date;

use self::source::Source;

/// Longest text that is read, in bytes; the fullest concatenated code has under 150.
pub const MOST_BYTES: usize = 400;

/// Reads one scan: a primary symbol, a secondary symbol, a concatenated code, or the linear symbols of one label one
/// after the other. A symbology identifier in front (`]C0`) and the asterisks of printed text are taken off.
///
/// `today` decides the century of two-digit years, as for GS1 (General Specifications 7.12).
pub fn parse(text: &str, today: Date) -> Result<HibcCode<'_>, HibcError> {
    let mut found = candidates(text, today)?;
    Ok(found.swap_remove(0))
}

/// Every way to read the scan, at least one. A serial or quantity that stands in a symbol of its own (`+S…`, `+Q…`)
/// can look like a primary symbol, and then is both.
pub fn candidates(text: &str, today: Date) -> Result<Vec<HibcCode<'_>>, HibcError> {
    split::read(Source::of(text)?, today)
}
