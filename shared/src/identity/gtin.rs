//! GTIN: the number of a trade item at one packaging level.

use core::fmt;
use core::str::FromStr;

use super::codec::as_checked_text;
use super::numeric::{NumericKeyError, checked_value};

/// Global Trade Item Number (GS1 General Specifications 2.1, 7.9.1), and so the GS1 form of a UDI-DI.
///
/// Read from 8, 12, 13 or 14 digits; written as 14, because all four are one number space and must compare equal.
/// A longer digit string is refused, never cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Gtin(u64);

impl Gtin {
    /// The first of the 14 digits: 0 base form, 1–8 a packaging level of its own, 9 variable measure.
    pub fn indicator(self) -> u8 {
        u8::try_from(self.0 / 10_000_000_000_000).unwrap_or(0)
    }

    /// The 14 digits as they are written.
    pub(super) fn digits(self) -> [u8; 14] {
        let mut rest = self.0;
        let mut digits = [b'0'; 14];
        for digit in digits.iter_mut().rev() {
            *digit += (rest % 10) as u8;
            rest /= 10;
        }
        digits
    }

    /// Whether the number is for use inside a shop, a company or a region only, and so means different things in
    /// different places: prefix 02, 04 and 20–29, for GTIN-8 prefix 0 and 2 (GS1 General Specifications 1.4).
    ///
    /// Such a number is never a UDI-DI.
    pub fn is_restricted(self) -> bool {
        let thirteen = self.0 % 10_000_000_000_000;
        if self.indicator() == 0 && thirteen < 100_000_000 {
            return matches!(thirteen / 10_000_000, 0 | 2);
        }
        matches!(thirteen / 100_000_000_000, 2 | 4 | 20..=29)
    }

    /// The shortest of the four written forms (8, 12, 13 or 14 digits), as people read it on the pack.
    pub fn short(self) -> String {
        let digits = self.0.checked_ilog10().map_or(1, |log| log + 1);
        let width = match digits {
            ..=8 => 8,
            9..=12 => 12,
            13 => 13,
            _ => 14,
        };
        format!("{:0width$}", self.0)
    }
}

impl fmt::Display for Gtin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:014}", self.0)
    }
}

impl FromStr for Gtin {
    type Err = NumericKeyError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text.len() {
            8 | 12 | 13 | 14 => checked_value("GTIN", text).map(Self),
            _ => Err(NumericKeyError::Length {
                key: "GTIN",
                expected: "8, 12, 13 or 14",
                found: text.chars().count(),
            }),
        }
    }
}

as_checked_text!(Gtin, "a GTIN: 8, 12, 13 or 14 digits with a check digit");

#[cfg(test)]
mod tests {
    use super::{Gtin, NumericKeyError};

    fn gtin(text: &str) -> Gtin {
        text.parse().unwrap()
    }

    #[test]
    fn all_four_lengths_are_one_number() {
        assert_eq!(gtin("96385074").to_string(), "00000096385074");
        assert_eq!(gtin("614141123452"), gtin("00614141123452"));
        assert_eq!(gtin("0614141123452").short(), "614141123452");
        assert_eq!(gtin("00000096385074").short(), "96385074");
        assert_eq!(gtin("07032069804988").short(), "7032069804988");
    }

    #[test]
    fn a_mistyped_digit_is_named() {
        assert_eq!(
            "07032069804987".parse::<Gtin>(),
            Err(NumericKeyError::CheckDigit {
                key: "GTIN",
                expected: 8,
                found: 7
            })
        );
        assert!(
            "000070320698049880".parse::<Gtin>().is_err(),
            "too long is refused, not cut"
        );
        assert!("0703206980498A".parse::<Gtin>().is_err());
        assert!(
            "００００".parse::<Gtin>().is_err(),
            "other digits than ASCII are none"
        );
    }

    #[test]
    fn knows_numbers_that_only_mean_something_in_one_shop() {
        // Bodies 2000000000001-?, 0200000000001-? with the check digits worked out by hand.
        assert!(gtin("2000000000008").is_restricted());
        assert!(gtin("0200000000004").is_restricted());
        assert!(gtin("20000004").is_restricted());
        assert!(!gtin("96385074").is_restricted());
        assert!(!gtin("07032069804988").is_restricted());
    }

    #[test]
    fn indicator_is_the_packaging_level() {
        assert_eq!(gtin("17359830036339").indicator(), 1);
        assert_eq!(gtin("96385074").indicator(), 0);
    }
}
