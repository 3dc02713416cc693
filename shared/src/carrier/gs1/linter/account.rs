//! Bank accounts.

use super::finding::whole_unless;
use super::{Finding, LinterError, iso};

/// Fewest characters; no country has such short ones, but the engine draws the line here.
const SHORTEST: usize = 11;
/// Most characters (ISO 13616-1).
const LONGEST: usize = 34;

/// `iban`: country, two check digits, account (ISO 13616-1; AI 8007).
pub fn iban(part: &[u8]) -> Result<(), Finding> {
    whole_unless(part.len() >= SHORTEST, LinterError::IbanTooShort, part)?;
    whole_unless(part.len() <= LONGEST, LinterError::IbanTooLong, part)?;
    let (country, rest) = part.split_at(2);
    whole_unless(
        iso::is_country(country),
        LinterError::IllegalIbanCountryCode,
        country,
    )?;
    if let Some(at) = rest.iter().position(|b| value(*b).is_none()) {
        return Err(Finding::new(LinterError::InvalidIbanCharacter, at + 2, 1));
    }
    let (head, account) = part.split_at(4);
    let remainder = account.iter().chain(head).fold(0, |sum, byte| {
        let value = value(*byte).unwrap_or(0);
        (sum * if value < 10 { 10 } else { 100 } + value) % 97
    });
    if remainder == 1 {
        Ok(())
    } else {
        Err(Finding::new(LinterError::IncorrectIbanChecksum, 2, 2))
    }
}

/// Digits stand for themselves, A for 10 and so on (ISO 7064, MOD 97-10).
const fn value(byte: u8) -> Option<u32> {
    match byte {
        b'0'..=b'9' => Some((byte - b'0') as u32),
        b'A'..=b'Z' => Some((byte - b'A') as u32 + 10),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{Finding, LinterError, iban};

    #[test]
    fn the_check_digits_are_the_finding() {
        assert_eq!(iban(b"SE4550000000058398257466"), Ok(()));
        let sum = Finding::new(LinterError::IncorrectIbanChecksum, 2, 2);
        assert_eq!(iban(b"SE4550000000058398257467"), Err(sum));
        let nowhere = Finding::new(LinterError::IllegalIbanCountryCode, 0, 2);
        assert_eq!(iban(b"XX4550000000058398257466"), Err(nowhere));
    }
}
