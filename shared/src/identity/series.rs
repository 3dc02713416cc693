//! Numbers for logistic units that a device makes without asking anybody: SSCCs of a series that is its own.
//!
//! An SSCC has an extension digit, 16 digits of company prefix and serial reference, and a check digit. The serial
//! reference is divided between the number of the series, which the server hands out once, and a counter.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::{Sscc, check_digit};

/// Extension digit of every number that a device makes. The others are left to printed labels and other systems.
const EXTENSION: u8 = 9;

/// Digits that company prefix and serial reference have together.
const DIGITS: usize = 16;

/// A GS1 company prefix: 6 to 11 digits.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(value_type = String))]
pub struct CompanyPrefix(String);

/// A text that is no company prefix.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("a GS1 company prefix has 6 to 11 digits: see the certificate from GS1")]
pub struct CompanyPrefixError;

impl CompanyPrefix {
    /// The digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Digits of the serial reference: those of the series, and those of the counter.
    fn split(&self) -> (u32, u32) {
        let serial = u32::try_from(DIGITS - self.0.len()).unwrap_or(0);
        (serial - serial / 2, serial / 2)
    }

    /// How many series there are; they are numbered from 0.
    pub fn series(&self) -> u32 {
        10u32.pow(self.split().0)
    }

    /// How many numbers a series has.
    pub fn numbers(&self) -> u32 {
        10u32.pow(self.split().1)
    }
}

impl fmt::Display for CompanyPrefix {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for CompanyPrefix {
    type Err = CompanyPrefixError;
    fn from_str(text: &str) -> Result<Self, CompanyPrefixError> {
        let is_prefix = (6..=11).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
        is_prefix.then(|| Self(text.to_owned())).ok_or(CompanyPrefixError)
    }
}

impl TryFrom<String> for CompanyPrefix {
    type Error = CompanyPrefixError;
    fn try_from(text: String) -> Result<Self, CompanyPrefixError> {
        text.parse()
    }
}

impl From<CompanyPrefix> for String {
    fn from(prefix: CompanyPrefix) -> Self {
        prefix.0
    }
}

/// The number that a count has in a series; `None` beyond its end, or when there is no such series.
pub fn sscc_of(prefix: &CompanyPrefix, series: u32, count: u32) -> Option<Sscc> {
    if series >= prefix.series() || count >= prefix.numbers() {
        return None;
    }
    let (of_series, of_count) = prefix.split();
    let body = format!(
        "{EXTENSION}{prefix}{series:0a$}{count:0b$}",
        a = of_series as usize,
        b = of_count as usize
    );
    let check = check_digit(body.as_bytes())?;
    format!("{body}{check}").parse().ok()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{CompanyPrefix, sscc_of};

    fn prefix(digits: usize) -> CompanyPrefix {
        "73500000000"[..digits].parse().unwrap()
    }

    #[test]
    fn seventeen_digits_and_a_check_digit_for_every_length_of_prefix() {
        for (digits, series, numbers) in [
            (6, 100_000, 100_000),
            (7, 100_000, 10_000),
            (8, 10_000, 10_000),
            (9, 10_000, 1_000),
            (10, 1_000, 1_000),
            (11, 1_000, 100),
        ] {
            let prefix = prefix(digits);
            assert_eq!((prefix.series(), prefix.numbers()), (series, numbers), "{digits}");
            let last = sscc_of(&prefix, series - 1, numbers - 1).unwrap();
            assert_eq!(last.extension_digit(), 9);
            assert!(last.to_string()[1..].starts_with(prefix.as_str()));
            assert_eq!(sscc_of(&prefix, series, 0), None);
            assert_eq!(sscc_of(&prefix, 0, numbers), None);
        }
        // Body 97350000012300042: odd places from the right weigh 3.
        let prefix: CompanyPrefix = "7350000".parse().unwrap();
        assert_eq!(
            sscc_of(&prefix, 123, 42).unwrap().to_string()[..17],
            *"97350000001230042"
        );
    }

    #[test]
    fn no_two_series_share_a_number() {
        let prefix = prefix(11);
        let mut seen = BTreeSet::new();
        for series in 0..20 {
            for count in 0..prefix.numbers() {
                assert!(seen.insert(sscc_of(&prefix, series, count).unwrap()));
            }
        }
    }

    #[test]
    fn other_texts_are_no_prefix() {
        for text in ["", "73500", "735000000000", "73500O0", "７３５００００"] {
            assert!(text.parse::<CompanyPrefix>().is_err(), "{text}");
        }
    }
}
