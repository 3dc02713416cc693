//! Character sets of GS1 texts (GS1 General Specifications 7.11) and the checks of texts made of them.

/// Whether a byte belongs to GS1 AI encodable character set 82, the set of lots and serials.
pub const fn is_cset82(byte: u8) -> bool {
    matches!(byte, b'!' | b'"' | b'%'..=b'?' | b'A'..=b'Z' | b'_' | b'a'..=b'z')
}

/// Whether a byte belongs to GS1 AI encodable character set 39, the set of component part identifiers.
pub const fn is_cset39(byte: u8) -> bool {
    matches!(byte, b'#' | b'-' | b'/' | b'0'..=b'9' | b'A'..=b'Z')
}

/// Why a text is not the alphanumeric value it should be. `name` is the wanted value, such as `lot`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TextError {
    /// Nothing there.
    #[error("the {name} is empty: scan the label again, or enter what is printed on it")]
    Empty {
        /// The wanted value.
        name: &'static str,
    },
    /// More than fits.
    #[error(
        "a {name} has at most {most} characters, this has {found}: two codes may have run together; scan again"
    )]
    TooLong {
        /// The wanted value.
        name: &'static str,
        /// Characters allowed.
        most: usize,
        /// Characters found.
        found: usize,
    },
    /// A character outside the set.
    #[error(
        "character {position} of the {name} ({character:?}) is not allowed in it: check the keyboard layout of the \
         scanner, or enter what is printed"
    )]
    Character {
        /// The wanted value.
        name: &'static str,
        /// Place of the character, counted from 1.
        position: usize,
        /// The character.
        character: char,
    },
    /// The value must begin with a company prefix of at least four digits.
    #[error(
        "a {name} begins with a GS1 company prefix of digits, this does not: check that the right code was scanned"
    )]
    NoCompanyPrefix {
        /// The wanted value.
        name: &'static str,
    },
}

/// Checks that `text` has 1 to `most` characters, each allowed.
pub(super) fn check_text(
    name: &'static str,
    text: &str,
    most: usize,
    allowed: impl Fn(u8) -> bool + Copy,
) -> Result<(), TextError> {
    if (1..=most).contains(&text.len()) && text.bytes().all(allowed) {
        return Ok(());
    }
    if text.is_empty() {
        return Err(TextError::Empty { name });
    }
    // Before the length: a stray control character explains a long text better than its length does.
    let stranger = text
        .chars()
        .enumerate()
        .find(|(_, c)| !u8::try_from(*c).is_ok_and(allowed));
    if let Some((at, character)) = stranger {
        return Err(TextError::Character {
            name,
            position: at + 1,
            character,
        });
    }
    if text.len() > most {
        return Err(TextError::TooLong {
            name,
            most,
            found: text.len(),
        });
    }
    Ok(())
}

/// A CSET 82 text of bounded length, case kept, compared byte for byte.
macro_rules! cset82_text {
    ($(#[$doc:meta])* $type:ident, $name:literal, $most:literal, $expecting:literal) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $type(arrayvec::ArrayString<$most>);

        impl $type {
            /// The text as printed and scanned.
            pub fn as_str(&self) -> &str {
                &self.0
            }

            /// Whether the two differ, but only in upper and lower case: most likely a scanner with Caps Lock on,
            /// never the same value by itself.
            pub fn differs_only_in_case(&self, other: &Self) -> bool {
                self != other && self.0.eq_ignore_ascii_case(&other.0)
            }
        }

        impl AsRef<str> for $type {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }

        impl core::fmt::Display for $type {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                f.pad(&self.0)
            }
        }

        impl core::str::FromStr for $type {
            type Err = $crate::identity::TextError;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                $crate::identity::cset::check_text($name, text, $most, $crate::identity::is_cset82)?;
                // The check has counted the characters, so they fit.
                arrayvec::ArrayString::from(text).map(Self).map_err(|_| $crate::identity::TextError::TooLong {
                    name: $name,
                    most: $most,
                    found: text.len(),
                })
            }
        }

        $crate::identity::codec::as_checked_text!($type, $expecting);
    };
}

pub(super) use cset82_text;

#[cfg(test)]
mod tests {
    use super::{is_cset39, is_cset82};

    #[test]
    fn the_sets_have_as_many_members_as_their_names_say() {
        assert_eq!((0..=255).filter(|b| is_cset82(*b)).count(), 82);
        assert_eq!((0..=255).filter(|b| is_cset39(*b)).count(), 39);
    }

    #[test]
    fn separators_used_by_scanners_are_outside() {
        for byte in [b'|', b'#', b'~', b'^', b' ', b'$', b'@', 0x1d] {
            assert!(!is_cset82(byte), "{}", char::from(byte));
        }
    }
}
