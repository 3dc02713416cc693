//! Which characters a part may hold (GS1 General Specifications 7.11).

use super::finding::whole_unless;
use super::{Finding, LinterError};
use crate::identity::{is_cset39, is_cset82};

/// The first character that is not allowed is the finding.
fn only(allowed: impl Fn(u8) -> bool, error: LinterError, part: &[u8]) -> Result<(), Finding> {
    match part.iter().position(|b| !allowed(*b)) {
        Some(at) => Err(Finding::new(error, at, 1)),
        None => Ok(()),
    }
}

/// `csetnumeric`: digits.
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

/// `cset64`: file-safe base 64; one or two `=` may stand at the end if they fill the length up to a multiple of three.
pub fn cset64(part: &[u8]) -> Result<(), Finding> {
    let body = part.iter().rposition(|b| *b != b'=').map_or(0, |last| last + 1);
    let padding = part.len() - body;
    if padding > 2 || (padding > 0 && !part.len().is_multiple_of(3)) {
        return Err(Finding::new(LinterError::InvalidCset64Padding, body, padding));
    }
    only(is_cset64, LinterError::InvalidCset64Character, &part[..body])
}

/// `importeridx`: one character of set 64.
pub fn importer_index(part: &[u8]) -> Result<(), Finding> {
    match part {
        [one] => whole_unless(is_cset64(*one), LinterError::InvalidImportIdxCharacter, part),
        _ => Err(Finding::whole(LinterError::ImporterIdxMustBeOneCharacter, part)),
    }
}

/// `hasnondigit`: not digits alone.
pub fn has_non_digit(part: &[u8]) -> Result<(), Finding> {
    let holds = part.iter().any(|b| !b.is_ascii_digit());
    whole_unless(holds, LinterError::RequiresNonDigitCharacter, part)
}

/// `hyphen`: minus signs and nothing else.
pub fn hyphen(part: &[u8]) -> Result<(), Finding> {
    let holds = !part.is_empty() && part.iter().all(|b| *b == b'-');
    whole_unless(holds, LinterError::NotHyphen, part)
}

const fn is_cset64(byte: u8) -> bool {
    matches!(byte, b'-' | b'0'..=b'9' | b'A'..=b'Z' | b'_' | b'a'..=b'z')
}

#[cfg(test)]
mod tests {
    use super::{Finding, LinterError, cset64, has_non_digit};

    #[test]
    fn padding_fills_a_group_of_three() {
        for text in ["", "12", "123", "12=", "1==", "1234=="] {
            assert_eq!(cset64(text.as_bytes()), Ok(()), "{text}");
        }
        let padding = |at, len| Err(Finding::new(LinterError::InvalidCset64Padding, at, len));
        assert_eq!(cset64(b"12=="), padding(2, 2));
        assert_eq!(cset64(b"==="), padding(0, 3));
        let inside = Finding::new(LinterError::InvalidCset64Character, 1, 1);
        assert_eq!(cset64(b"1=34"), Err(inside));
    }

    #[test]
    fn digits_alone_are_not_enough() {
        assert_eq!(has_non_digit(b"1A1"), Ok(()));
        assert!(has_non_digit(b"11").is_err());
    }
}
