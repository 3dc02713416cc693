//! Where in a code something is wrong.

use crate::carrier::gs1::Gs1Error;
use crate::carrier::{ScanError, Symbology};
use crate::identity::NumericKeyError;

/// Data with a place in them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Marked {
    /// The data as they were read: without symbology identifier, separators as GS.
    pub text: String,
    /// Byte of the text where the place is, at the beginning of a character; its length when something is missing at
    /// the end.
    pub at: usize,
}

impl Marked {
    /// What is wrong with data that were read leniently.
    pub(super) fn of(error: &ScanError, symbology: Option<Symbology>, data: &str) -> Option<Self> {
        let retail = matches!(symbology, Some(Symbology::Ean13 | Symbology::Ean8));
        let digits = data.find(COMPOSITE).filter(|_| retail);
        match (error, digits) {
            (ScanError::Gs1(error), Some(digits)) => {
                let at = in_composite(error.position - 1, digits);
                Some(Self::byte(data.to_owned(), at))
            }
            (ScanError::Number(NumericKeyError::CheckDigit { .. }), Some(digits)) => {
                Some(Self::byte(data.to_owned(), digits.saturating_sub(1)))
            }
            _ => Self::of_one_symbol(error, data),
        }
    }

    fn of_one_symbol(error: &ScanError, data: &str) -> Option<Self> {
        match error {
            ScanError::Gs1(Gs1Error { position, .. }) => Some(Self::byte(data.to_owned(), position - 1)),
            ScanError::Hibc(error) => Some(Self::character(data.trim_matches('*'), error.position - 1)),
            ScanError::Isbt128(error) => Some(Self::character(data, error.position - 1)),
            ScanError::Ifa(error) => Some(Self::character(data, error.position - 1)),
            ScanError::NotText { position }
            | ScanError::Number(NumericKeyError::NotDigit { position, .. }) => {
                Some(Self::byte(data.to_owned(), position - 1))
            }
            // The check digit is the last.
            ScanError::Number(NumericKeyError::CheckDigit { .. }) => {
                Some(Self::byte(data.to_owned(), data.len().saturating_sub(1)))
            }
            _ => None,
        }
    }

    fn byte(text: String, at: usize) -> Self {
        let at = text.floor_char_boundary(at);
        Self { text, at }
    }

    fn character(text: &str, number: usize) -> Self {
        let at = text.char_indices().nth(number).map_or(text.len(), |(at, _)| at);
        Self {
            text: text.to_owned(),
            at,
        }
    }

    /// The text before the place, the character there, and what follows.
    pub fn parts(&self) -> (&str, &str, &str) {
        let (before, rest) = self.text.split_at_checked(self.at).unwrap_or((&self.text, ""));
        let end = rest.chars().next().map_or(0, char::len_utf8);
        let (there, after) = rest.split_at(end);
        (before, there, after)
    }
}

/// Begins the second part of a composite behind the digits of EAN and UPC.
const COMPOSITE: &str = "|]e0";
/// AI 01 and a GTIN: what those digits are read as.
const NUMBER: usize = 16;

/// Where a place of the element string, which begins with the number in fourteen digits, stands in the transmission.
fn in_composite(at: usize, digits: usize) -> usize {
    match at.checked_sub(NUMBER) {
        Some(behind) => digits + COMPOSITE.len() + behind,
        None => (at + digits).saturating_sub(NUMBER),
    }
}
