//! Check digits.

use super::{Finding, LinterError, sets};
use crate::identity::check_digit;

/// `csum`: the last digit is the modulo-10 check digit of the others (GS1 General Specifications 7.9.1).
pub fn digit(part: &[u8]) -> Result<(), Finding> {
    let Some((last, body)) = part.split_last() else {
        return Err(Finding::whole(LinterError::TooShortForCheckDigit, part));
    };
    if check_digit(body).is_some_and(|digit| digit + b'0' == *last) {
        return Ok(());
    }
    // Only now, so that the right ones are read once.
    sets::numeric(part)?;
    Err(Finding::new(LinterError::IncorrectCheckDigit, body.len(), 1))
}

#[cfg(test)]
mod tests {
    use super::{Finding, LinterError, digit};

    #[test]
    fn the_finding_is_the_check_digit() {
        assert_eq!(digit(b"12312312312333"), Ok(()));
        let wrong = Finding::new(LinterError::IncorrectCheckDigit, 13, 1);
        assert_eq!(digit(b"12312312312334"), Err(wrong));
    }

    #[test]
    fn letters_are_named_before_the_sum() {
        let letter = Finding::new(LinterError::NonDigitCharacter, 0, 1);
        assert_eq!(digit(b"A "), Err(letter));
    }
}
