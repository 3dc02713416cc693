//! GIAI: one asset with a number of its own.

use core::fmt;
use core::str::FromStr;

use super::codec::as_checked_text;
use super::cset::{TextError, check_text, is_cset82};

/// Global Individual Asset Identifier, AI 8004 (GS1 General Specifications 2.3.2): 1 to 30 characters of CSET 82
/// that begin with a GS1 company prefix, so with four digits at least.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Giai(Box<str>);

impl Giai {
    /// The text as printed and scanned.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Giai {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl FromStr for Giai {
    type Err = TextError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        check_text("GIAI", text, 30, is_cset82)?;
        if text.bytes().take_while(u8::is_ascii_digit).count() < 4 {
            return Err(TextError::NoCompanyPrefix { name: "GIAI" });
        }
        Ok(Self(text.into()))
    }
}

as_checked_text!(
    Giai,
    "a GIAI: 1 to 30 characters of GS1 character set 82, company prefix first"
);

#[cfg(test)]
mod tests {
    use super::Giai;

    #[test]
    fn begins_with_a_company_prefix() {
        assert_eq!(
            "7350000-PUMP-17".parse::<Giai>().unwrap().to_string(),
            "7350000-PUMP-17"
        );
        assert!("735X".parse::<Giai>().is_err());
        assert!("PUMP".parse::<Giai>().is_err());
    }
}
