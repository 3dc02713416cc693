//! What a linter can find, in the words of the GS1 Barcode Syntax Engine.

use core::fmt;

/// A wrong content of a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LinterError {
    /// Something else than 0–9.
    NonDigitCharacter,
    /// A character outside set 82.
    InvalidCset82Character,
    /// A character outside set 39.
    InvalidCset39Character,
    /// The check digit does not agree.
    IncorrectCheckDigit,
    /// Nothing that could hold a check digit.
    TooShortForCheckDigit,
    /// Fewer than the four digits of a company prefix.
    TooShortForGcp,
    /// A company prefix that is not all digits.
    InvalidGcpPrefix,
    /// A month other than 01–12.
    IllegalMonth,
    /// Fewer digits than the date has.
    DateTooShort,
    /// More digits than the date has.
    DateTooLong,
    /// A day the month does not have.
    IllegalDay,
    /// An hour other than 00–23.
    IllegalHour,
    /// Fewer than the four digits of a time.
    HourWithMinuteTooShort,
    /// More than the four digits of a time.
    HourWithMinuteTooLong,
    /// A minute other than 00–59.
    IllegalMinute,
    /// Something else than 0 where 0 is prescribed.
    NotZero,
}

impl LinterError {
    /// The name the GS1 Barcode Syntax Engine gives the error; stable, for logs and tests.
    pub const fn code(self) -> &'static str {
        match self {
            Self::NonDigitCharacter => "NON_DIGIT_CHARACTER",
            Self::InvalidCset82Character => "INVALID_CSET82_CHARACTER",
            Self::InvalidCset39Character => "INVALID_CSET39_CHARACTER",
            Self::IncorrectCheckDigit => "INCORRECT_CHECK_DIGIT",
            Self::TooShortForCheckDigit => "TOO_SHORT_FOR_CHECK_DIGIT",
            Self::TooShortForGcp => "TOO_SHORT_FOR_GCP",
            Self::InvalidGcpPrefix => "INVALID_GCP_PREFIX",
            Self::IllegalMonth => "ILLEGAL_MONTH",
            Self::DateTooShort => "DATE_TOO_SHORT",
            Self::DateTooLong => "DATE_TOO_LONG",
            Self::IllegalDay => "ILLEGAL_DAY",
            Self::IllegalHour => "ILLEGAL_HOUR",
            Self::HourWithMinuteTooShort => "HOUR_WITH_MINUTE_TOO_SHORT",
            Self::HourWithMinuteTooLong => "HOUR_WITH_MINUTE_TOO_LONG",
            Self::IllegalMinute => "ILLEGAL_MINUTE",
            Self::NotZero => "NOT_ZERO",
        }
    }

    /// What is wrong and what to do, in one sentence.
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::NonDigitCharacter => "only digits may stand here: scan again, or enter what is printed",
            Self::InvalidCset82Character | Self::InvalidCset39Character => {
                "a character that GS1 does not allow here: check how the scanner sends its separator, then scan again"
            }
            Self::IncorrectCheckDigit => {
                "the check digit is wrong, so the code is damaged or mistyped: scan it again"
            }
            Self::TooShortForGcp | Self::InvalidGcpPrefix => {
                "a company prefix of digits must stand here: scan again, or enter what is printed"
            }
            Self::IllegalMonth | Self::IllegalDay => {
                "the calendar has no such date: enter the date that is printed beside the code"
            }
            Self::IllegalHour | Self::IllegalMinute => {
                "the clock has no such time: enter the time that is printed beside the code"
            }
            Self::TooShortForCheckDigit | Self::DateTooShort | Self::HourWithMinuteTooShort => {
                "the value is too short, part of the code is missing: scan again"
            }
            Self::DateTooLong | Self::HourWithMinuteTooLong => {
                "the value is too long: scan again, or enter what is printed"
            }
            Self::NotZero => "a zero must stand here: scan again, or enter what is printed",
        }
    }
}

impl fmt::Display for LinterError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.sentence())
    }
}

impl core::error::Error for LinterError {}
