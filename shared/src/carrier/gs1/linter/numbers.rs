//! Numbers that must be zero, may not be, or stand for something.

use super::finding::whole_unless;
use super::{Finding, LinterError, sets};

/// `zero`: one zero or more, nothing else.
pub fn zero(part: &[u8]) -> Result<(), Finding> {
    let holds = !part.is_empty() && is_zero(part);
    whole_unless(holds, LinterError::NotZero, part)
}

/// `nonzero`: a number from 1.
pub fn non_zero(part: &[u8]) -> Result<(), Finding> {
    sets::numeric(part)?;
    whole_unless(!is_zero(part), LinterError::IllegalZeroValue, part)
}

/// `nozeroprefix`: a number that does not begin with 0.
pub fn no_leading_zero(part: &[u8]) -> Result<(), Finding> {
    sets::numeric(part)?;
    match part {
        [b'0', ..] => Err(Finding::new(LinterError::IllegalZeroPrefix, 0, 1)),
        _ => Ok(()),
    }
}

/// `yesno`: 0 for no, 1 for yes.
pub fn yes_or_no(part: &[u8]) -> Result<(), Finding> {
    whole_unless(matches!(part, b"0" | b"1"), LinterError::NotZeroOrOne, part)
}

/// `winding`: 0 face out, 1 face in, 9 undefined (AI 8001).
pub fn winding(part: &[u8]) -> Result<(), Finding> {
    let holds = matches!(part, b"0" | b"1" | b"9");
    whole_unless(holds, LinterError::InvalidWindingDirection, part)
}

/// `mediatype`: 01 to 10 are named by ICCBBA for wristbands and labels, 80 to 99 are for use within a house (AI 7241).
pub fn media_type(part: &[u8]) -> Result<(), Finding> {
    let holds = matches!(part, [b'0', b'1'..=b'9'] | b"10" | [b'8' | b'9', b'0'..=b'9']);
    whole_unless(holds, LinterError::InvalidMediaType, part)
}

/// All digits are 0, also when there are none.
pub(super) fn is_zero(digits: &[u8]) -> bool {
    digits.iter().all(|b| *b == b'0')
}

#[cfg(test)]
mod tests {
    use super::{Finding, LinterError, media_type, no_leading_zero, non_zero, zero};

    #[test]
    fn nothing_is_neither_zero_nor_a_number_from_one() {
        assert_eq!(zero(b""), Err(Finding::new(LinterError::NotZero, 0, 0)));
        let none = Finding::new(LinterError::IllegalZeroValue, 0, 0);
        assert_eq!(non_zero(b""), Err(none));
        assert_eq!(no_leading_zero(b""), Ok(()));
    }

    #[test]
    fn media_types_have_two_ranges() {
        assert!(media_type(b"00").is_err());
        assert_eq!(media_type(b"10"), Ok(()));
        assert!(media_type(b"11").is_err());
        assert_eq!(media_type(b"80"), Ok(()));
    }
}
