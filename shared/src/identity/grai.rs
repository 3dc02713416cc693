//! GRAI: a returnable asset such as a crate, with or without a serial.

use core::fmt;
use core::str::FromStr;

use super::codec::as_checked_text;
use super::cset::{TextError, check_text, is_cset82};
use super::numeric::{NumericKeyError, checked_value};

/// Global Returnable Asset Identifier, AI 8003 (GS1 General Specifications 2.3.1).
///
/// Text: the value of the AI, that is `0`, 13 digits of asset type with check digit, and 0 to 16 characters of
/// serial. Leading zeros of type and serial are part of them.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Grai(Box<str>);

/// Why a text is not a GRAI.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum GraiError {
    /// It does not begin with the filler 0.
    #[error("a GRAI begins with 0, this does not: check that the right code was scanned")]
    NoLeadingZero,
    /// The 13 digits are wrong.
    #[error(transparent)]
    AssetType(#[from] NumericKeyError),
    /// The serial is wrong.
    #[error(transparent)]
    Serial(#[from] TextError),
}

impl Grai {
    /// The whole value of AI 8003.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The kind of asset: 13 digits with check digit.
    pub fn asset_type(&self) -> &str {
        &self.0[1..14]
    }

    /// The one asset of its kind, when it has a serial.
    pub fn serial(&self) -> Option<&str> {
        Some(&self.0[14..]).filter(|serial| !serial.is_empty())
    }
}

impl fmt::Display for Grai {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl FromStr for Grai {
    type Err = GraiError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let rest = text.strip_prefix('0').ok_or(GraiError::NoLeadingZero)?;
        let Some((asset_type, serial)) = rest.split_at_checked(13) else {
            let found = text.chars().count();
            return Err(NumericKeyError::Length {
                key: "GRAI",
                expected: "at least 14",
                found,
            }
            .into());
        };
        checked_value("GRAI", asset_type)?;
        if !serial.is_empty() {
            check_text("GRAI serial", serial, 16, is_cset82)?;
        }
        Ok(Self(text.into()))
    }
}

as_checked_text!(
    Grai,
    "a GRAI: 0, 13 digits with a check digit, up to 16 characters of serial"
);

#[cfg(test)]
mod tests {
    use super::{Grai, GraiError};

    #[test]
    fn leading_zeros_stay() {
        // Type 0614141000128: prefix 0614141, type 00012, check digit 8.
        let grai: Grai = "006141410001280007".parse().unwrap();
        assert_eq!(grai.asset_type(), "0614141000128");
        assert_eq!(grai.serial(), Some("0007"));
        assert_eq!(grai.to_string(), "006141410001280007");
        assert_eq!("00614141000128".parse::<Grai>().unwrap().serial(), None);
    }

    #[test]
    fn says_what_is_wrong() {
        assert_eq!("10614141000128".parse::<Grai>(), Err(GraiError::NoLeadingZero));
        assert!(matches!(
            "00614141000129".parse::<Grai>(),
            Err(GraiError::AssetType(_))
        ));
        assert!(matches!(
            "00614141000128ABC D".parse::<Grai>(),
            Err(GraiError::Serial(_))
        ));
        assert!("0061414100012".parse::<Grai>().is_err());
        assert!("00614141000å8".parse::<Grai>().is_err());
    }
}
