//! Which characters a part may hold.

use super::{Finding, LinterError};
use crate::identity::{is_cset39, is_cset82};

/// The first character that is not allowed is the finding.
fn only(allowed: impl Fn(u8) -> bool, error: LinterError, part: &[u8]) -> Result<(), Finding> {
    match part.iter().position(|b| !allowed(*b)) {
        Some(at) => Err(Finding::new(error, at, 1)),
        None => Ok(()),
    }
}

/// `csetnumeric`: digits (GS1 General Specifications 7.11).
pub fn numeric(part: &[u8]) -> Result<(), Finding> {
    only(|b| b.is_ascii_digit(), LinterError::NonDigitCharacter, part)
}

/// `cset39`: the 39 characters of component part identifiers.
pub fn cset39(part: &[u8]) -> Result<(), Finding> {
    only(is_cset39, LinterError::InvalidCset39Character, part)
}

/// `cset82`: the 82 characters of lots and serials.
pub fn cset82(part: &[u8]) -> Result<(), Finding> {
    only(is_cset82, LinterError::InvalidCset82Character, part)
}

/// `zero`: one zero or more, nothing else.
pub fn zero(part: &[u8]) -> Result<(), Finding> {
    if !part.is_empty() && part.iter().all(|b| *b == b'0') {
        Ok(())
    } else {
        Err(Finding::whole(LinterError::NotZero, part))
    }
}
