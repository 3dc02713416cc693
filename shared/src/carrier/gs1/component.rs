//! Parts of a value: which characters, how many, and the checks GS1 calls linters.

use super::element::BlankDates;
use super::error::LinterError;
use crate::identity::{check_digit, is_cset39, is_cset82};

/// The characters a part may hold (GS1 General Specifications 7.11).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CharacterSet {
    /// Digits.
    Numeric,
    /// The 82 characters of lots and serials.
    Cset82,
    /// The 39 characters of component part identifiers.
    Cset39,
}

/// Checks of a part's content, named as in the GS1 Barcode Syntax Dictionary.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Linter {
    /// `csum`: the last digit is the modulo-10 check digit.
    CheckDigit,
    /// `gcppos1`: begins with a company prefix, at least four digits.
    CompanyPrefixFirst,
    /// `gcppos2`: the same from the second character on.
    CompanyPrefixSecond,
    /// `yymmdd`: a day that exists.
    Day,
    /// `yymmd0`: a day that exists, or `00` for the whole month.
    DayOrMonth,
    /// `hhmi`: hours and minutes.
    HourMinute,
    /// `zero`: zeros only.
    Zero,
}

/// One part of a value, such as the `N6,yymmdd` of AI 7003.
#[derive(Debug, Clone, Copy)]
pub struct Component {
    /// Allowed characters.
    pub set: CharacterSet,
    /// Fewest characters.
    pub min: usize,
    /// Most characters; equal to `min` for all but the last part.
    pub max: usize,
    /// May be left out.
    pub optional: bool,
    /// Further checks, in order.
    pub linters: &'static [Linter],
}

/// What is wrong, and at which byte of the part, counted from 0.
pub(super) type Finding = (LinterError, usize);

impl Component {
    pub(super) fn check(&self, part: &[u8], blank: BlankDates) -> Result<(), Finding> {
        let (allowed, wrong): (fn(u8) -> bool, _) = match self.set {
            CharacterSet::Numeric => (|b| b.is_ascii_digit(), LinterError::NonDigitCharacter),
            CharacterSet::Cset82 => (is_cset82, LinterError::InvalidCset82Character),
            CharacterSet::Cset39 => (is_cset39, LinterError::InvalidCset39Character),
        };
        if let Some(at) = part.iter().position(|b| !allowed(*b)) {
            return Err((wrong, at));
        }
        self.linters
            .iter()
            .try_for_each(|linter| linter.check(part, blank))
    }
}

impl Linter {
    fn check(self, part: &[u8], blank: BlankDates) -> Result<(), Finding> {
        match self {
            Self::CheckDigit => check_sum(part),
            Self::CompanyPrefixFirst => company_prefix(part, 0),
            Self::CompanyPrefixSecond => company_prefix(part, 1),
            Self::DayOrMonth | Self::Day if blank == BlankDates::Allowed && part == b"000000" => Ok(()),
            Self::DayOrMonth => day(part, 0),
            Self::Day => day(part, 1),
            Self::HourMinute => match (two(part, 0), two(part, 2)) {
                (24.., _) => Err((LinterError::IllegalHour, 0)),
                (_, 60..) => Err((LinterError::IllegalMinute, 2)),
                _ => Ok(()),
            },
            Self::Zero => match part.iter().position(|b| *b != b'0') {
                Some(at) => Err((LinterError::NotZero, at)),
                None => Ok(()),
            },
        }
    }
}

fn check_sum(part: &[u8]) -> Result<(), Finding> {
    match part.split_last() {
        Some((last, body)) if check_digit(body) == last.checked_sub(b'0') => Ok(()),
        _ => Err((LinterError::IncorrectCheckDigit, part.len().saturating_sub(1))),
    }
}

/// GS1's own look-up of prefixes is not public: what can be checked is that there are four digits.
fn company_prefix(part: &[u8], from: usize) -> Result<(), Finding> {
    let Some(prefix) = part.get(from..from + 4) else {
        return Err((LinterError::TooShortForGcp, 0));
    };
    match prefix.iter().position(|b| !b.is_ascii_digit()) {
        Some(at) => Err((LinterError::InvalidGcpPrefix, from + at)),
        None => Ok(()),
    }
}

fn day(part: &[u8], first: u8) -> Result<(), Finding> {
    let (year, month, day) = (two(part, 0), two(part, 2), two(part, 4));
    let days = match month {
        // Every fourth two-digit year of the hundred around now is a leap year, 00 being 2000.
        2 if year % 4 == 0 => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return Err((LinterError::IllegalMonth, 2)),
    };
    if (first..=days).contains(&day) {
        Ok(())
    } else {
        Err((LinterError::IllegalDay, 4))
    }
}

/// Two digits as a number; the character set was checked before.
fn two(part: &[u8], at: usize) -> u8 {
    let digit = |at: usize| part.get(at).map_or(0, |b| b.wrapping_sub(b'0'));
    digit(at).wrapping_mul(10).wrapping_add(digit(at + 1))
}

#[cfg(test)]
mod tests {
    use super::{BlankDates, Linter, LinterError};

    fn lint(linter: Linter, text: &str) -> Result<(), (LinterError, usize)> {
        linter.check(text.as_bytes(), BlankDates::Refused)
    }

    #[test]
    fn dates() {
        assert_eq!(lint(Linter::DayOrMonth, "260200"), Ok(()));
        assert_eq!(lint(Linter::Day, "260200"), Err((LinterError::IllegalDay, 4)));
        assert_eq!(lint(Linter::DayOrMonth, "240229"), Ok(()));
        assert_eq!(
            lint(Linter::DayOrMonth, "250229"),
            Err((LinterError::IllegalDay, 4))
        );
        assert_eq!(
            lint(Linter::DayOrMonth, "251420"),
            Err((LinterError::IllegalMonth, 2))
        );
        assert_eq!(
            lint(Linter::DayOrMonth, "000000"),
            Err((LinterError::IllegalMonth, 2))
        );
        assert_eq!(Linter::DayOrMonth.check(b"000000", BlankDates::Allowed), Ok(()));
    }

    #[test]
    fn times() {
        assert_eq!(lint(Linter::HourMinute, "2359"), Ok(()));
        assert_eq!(
            lint(Linter::HourMinute, "2400"),
            Err((LinterError::IllegalHour, 0))
        );
        assert_eq!(
            lint(Linter::HourMinute, "2360"),
            Err((LinterError::IllegalMinute, 2))
        );
    }

    #[test]
    fn prefixes_and_sums() {
        assert_eq!(lint(Linter::CompanyPrefixFirst, "7351"), Ok(()));
        assert_eq!(
            lint(Linter::CompanyPrefixFirst, "735"),
            Err((LinterError::TooShortForGcp, 0))
        );
        assert_eq!(
            lint(Linter::CompanyPrefixSecond, "A73B1"),
            Err((LinterError::InvalidGcpPrefix, 3))
        );
        assert_eq!(lint(Linter::CheckDigit, "12312312312333"), Ok(()));
        assert_eq!(
            lint(Linter::CheckDigit, "12312312312334"),
            Err((LinterError::IncorrectCheckDigit, 13))
        );
        assert_eq!(lint(Linter::Zero, "1"), Err((LinterError::NotZero, 0)));
    }
}
