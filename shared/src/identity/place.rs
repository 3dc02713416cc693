//! Place: a location and, inside it, a bin.

use core::fmt;
use core::str::FromStr;

use super::codec::as_checked_text;
use super::cset::cset82_text;
use super::{Gln, NumericKeyError, TextError};

cset82_text! {
    /// GLN extension component, AI 254 (GS1 General Specifications 3.5.10): the bin, shelf or bed inside a
    /// location. 1 to 20 characters of CSET 82.
    Extension, "GLN extension", 20, "a GLN extension: 1 to 20 characters of GS1 character set 82"
}

/// A place goods can be at: a GLN (AI 414), with or without an extension (AI 254).
///
/// Text: `7350000000016` or `7350000000016/A-01-02`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PlaceCode {
    gln: Gln,
    extension: Option<Extension>,
}

/// Why a text is not a place.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PlaceCodeError {
    /// The part before the slash.
    #[error(transparent)]
    Gln(#[from] NumericKeyError),
    /// The part after the slash.
    #[error(transparent)]
    Extension(#[from] TextError),
}

impl PlaceCode {
    /// The place with this GLN, or the part of it with this extension.
    pub fn new(gln: Gln, extension: Option<Extension>) -> Self {
        Self { gln, extension }
    }

    /// The location.
    pub fn gln(&self) -> Gln {
        self.gln
    }

    /// The part of it, when the code says one.
    pub fn extension(&self) -> Option<&Extension> {
        self.extension.as_ref()
    }
}

impl From<Gln> for PlaceCode {
    fn from(gln: Gln) -> Self {
        Self::new(gln, None)
    }
}

impl fmt::Display for PlaceCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.extension {
            Some(extension) => write!(f, "{}/{extension}", self.gln),
            None => write!(f, "{}", self.gln),
        }
    }
}

impl FromStr for PlaceCode {
    type Err = PlaceCodeError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        // The first slash divides: a GLN has none, an extension may.
        Ok(match text.split_once('/') {
            Some((gln, extension)) => Self::new(gln.parse()?, Some(extension.parse()?)),
            None => Self::new(text.parse()?, None),
        })
    }
}

as_checked_text!(PlaceCode, "a place: a GLN, or GLN, slash, extension");

#[cfg(test)]
mod tests {
    use super::PlaceCode;

    #[test]
    fn reads_what_it_writes() {
        for text in ["1234567890128", "1234567890128/A-01-02", "1234567890128/A/B"] {
            let place: PlaceCode = text.parse().unwrap();
            assert_eq!(place.to_string(), text);
        }
        let place: PlaceCode = "1234567890128/A/B".parse().unwrap();
        assert_eq!(place.extension().unwrap().as_str(), "A/B");
        assert!("1234567890128/".parse::<PlaceCode>().is_err());
    }
}
