//! What the all-digit keys have in common: length, digits, check digit.

use super::check_digit;

/// Why a text is not the numeric key it should be. `key` is the name of the wanted key, such as `GTIN`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NumericKeyError {
    /// Wrong number of digits.
    #[error(
        "a number of type {key} has {expected} digits, this has {found} characters: check that the right code was scanned"
    )]
    Length {
        /// The wanted key.
        key: &'static str,
        /// The lengths it may have, in words.
        expected: &'static str,
        /// Characters found.
        found: usize,
    },
    /// Something that is not 0–9.
    #[error(
        "a number of type {key} has digits only, character {position} is not one: check that the right code was scanned"
    )]
    NotDigit {
        /// The wanted key.
        key: &'static str,
        /// Place of the first wrong byte, counted from 1.
        position: usize,
    },
    /// The last digit is not the one the others ask for.
    #[error(
        "the check digit is {found}, computed {expected}: the code is damaged or mistyped; scan it again"
    )]
    CheckDigit {
        /// The wanted key.
        key: &'static str,
        /// The digit computed from the others.
        expected: u8,
        /// The digit found.
        found: u8,
    },
    /// Zeros only: the sum is right, but no company was ever given that number.
    #[error("a {key} of zeros names nothing: the label was printed without its number; enter it by hand")]
    AllZero {
        /// The wanted key.
        key: &'static str,
    },
}

/// The value of digits with a check digit; the caller has looked at the length, which is at most 18.
pub(super) fn checked_value(key: &'static str, text: &str) -> Result<u64, NumericKeyError> {
    let mut value = 0u64;
    for (at, byte) in text.bytes().enumerate() {
        if !byte.is_ascii_digit() {
            return Err(NumericKeyError::NotDigit {
                key,
                position: at + 1,
            });
        }
        value = value.wrapping_mul(10).wrapping_add(u64::from(byte - b'0'));
    }
    let (found, body) = text
        .as_bytes()
        .split_last()
        .map_or((0, &[][..]), |(last, body)| (last - b'0', body));
    match check_digit(body) {
        Some(expected) if expected != found => Err(NumericKeyError::CheckDigit { key, expected, found }),
        _ if value == 0 => Err(NumericKeyError::AllZero { key }),
        _ => Ok(value),
    }
}

/// A key of one fixed length: a `Copy` number inside, all its digits as text.
macro_rules! numeric_key {
    ($(#[$doc:meta])* $type:ident, $key:literal, $digits:literal, $digits_text:literal, $expecting:literal) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $type(u64);

        impl core::fmt::Display for $type {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                write!(f, concat!("{:0", $digits_text, "}"), self.0)
            }
        }

        impl core::str::FromStr for $type {
            type Err = $crate::identity::NumericKeyError;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                if text.len() != $digits {
                    return Err($crate::identity::NumericKeyError::Length {
                        key: $key,
                        expected: $digits_text,
                        found: text.chars().count(),
                    });
                }
                $crate::identity::numeric::checked_value($key, text).map(Self)
            }
        }

        $crate::identity::codec::as_checked_text!($type, $expecting);
    };
}

pub(super) use numeric_key;
