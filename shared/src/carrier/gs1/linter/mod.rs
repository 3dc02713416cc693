//! The checks of a part's content that GS1 calls linters, named as in the GS1 Barcode Syntax Dictionary.

mod check;
mod dates;
mod error;
mod finding;
mod prefix;
mod sets;
mod times;

pub use error::LinterError;
pub use finding::Finding;

/// One check. What each expects and where its finding points is the practice of the GS1 Barcode Syntax Engine,
/// release 2026-01-27 of its dictionary.
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
    /// `yyyymmdd`: a day that exists, in a year of four digits.
    LongDay,
    /// `yyyymmd0`: the same, or `00` for the whole month.
    LongDayOrMonth,
    /// `hhmi`: hours and minutes.
    HourMinute,
    /// `csetnumeric`: digits.
    Digits,
    /// `cset39`: the 39 characters of component part identifiers.
    Cset39,
    /// `cset82`: the 82 characters of lots and serials.
    Cset82,
    /// `zero`: zeros only.
    Zero,
}

impl Linter {
    /// Checks a part of a value, in time linear in its length.
    pub fn check(self, part: &[u8]) -> Result<(), Finding> {
        match self {
            Self::CheckDigit => check::digit(part),
            Self::CompanyPrefixFirst => prefix::first(part),
            Self::CompanyPrefixSecond => prefix::second(part),
            Self::Day => dates::day(part),
            Self::DayOrMonth => dates::day_or_month(part),
            Self::LongDay => dates::long_day(part),
            Self::LongDayOrMonth => dates::long_day_or_month(part),
            Self::HourMinute => times::hour_minute(part),
            Self::Digits => sets::numeric(part),
            Self::Cset39 => sets::cset39(part),
            Self::Cset82 => sets::cset82(part),
            Self::Zero => sets::zero(part),
        }
    }
}
