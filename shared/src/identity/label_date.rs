//! Dates as labels print them: a day, or only a month.

use core::fmt;
use core::str::FromStr;

use jiff::civil::Date;

use super::codec::as_checked_text;

/// How much of a date the label says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Precision {
    /// Year, month and day.
    Day,
    /// Year and month; the label says day `00`, or has no day at all.
    Month,
}

/// A date on a label, with the precision the label gives (GS1 General Specifications 3.4.2–3.4.7, 7.12).
///
/// A month stands for its last day. Text: `2027-02-28` or `2027-02`. The six digits of the label follow from it
/// ([`gs1_digits`](Self::gs1_digits)), so nothing the label said is lost.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LabelDate {
    // Invariant: with `Precision::Month` this is the last day of its month; the year is 1 to 9999.
    date: Date,
    precision: Precision,
}

/// Why digits or a text are not a label date.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LabelDateError {
    /// Not six digits YYMMDD.
    #[error(
        "a label date has six digits YYMMDD, this is {0:?}: scan again, or enter the date that is printed"
    )]
    NotSixDigits(String),
    /// A month or day that no calendar has.
    #[error(
        "{0:?} is a day that does not exist: the label is wrong; enter the date that is printed beside the code"
    )]
    NoSuchDay(String),
    /// A text that is neither YYYY-MM-DD nor YYYY-MM.
    #[error("{0:?} is no date: write YYYY-MM-DD, or YYYY-MM when the label gives no day")]
    NotIso(String),
}

impl LabelDate {
    /// A date given to the day. `None` outside the years 1–9999, which the text form cannot write.
    pub fn day(date: Date) -> Option<Self> {
        (date.year() >= 1).then_some(Self {
            date,
            precision: Precision::Day,
        })
    }

    /// A month. `None` when there is no such month.
    pub fn month(year: i16, month: i8) -> Option<Self> {
        let first = Date::new(year, month, 1).ok().filter(|date| date.year() >= 1)?;
        Some(Self {
            date: first.last_of_month(),
            precision: Precision::Month,
        })
    }

    /// A day counted from the first of January, which is 1. `None` when the year has no such day.
    pub fn day_of_year(year: i16, day: i16) -> Option<Self> {
        let first = Date::new(year, 1, 1).ok()?;
        first.with().day_of_year(day).build().ok().and_then(Self::day)
    }

    /// The year that two digits mean (GS1 General Specifications 7.12): 51 or more ahead of `today` is of the last
    /// century, 50 or more behind is of the next.
    pub fn full_year(two_digits: i8, today: Date) -> i16 {
        let this_year = today.year();
        let century = this_year - this_year.rem_euclid(100);
        let year = century + i16::from(two_digits);
        match year - this_year {
            51.. => year - 100,
            ..=-50 => year + 100,
            _ => year,
        }
    }

    /// Reads the YYMMDD of AI 11–17. `today` decides the century (GS1 General Specifications 7.12): a year 51 or
    /// more ahead is of the last century, one 50 or more behind is of the next. Day `00` is the whole month.
    pub fn from_gs1(digits: &str, today: Date) -> Result<Self, LabelDateError> {
        let wrong = || LabelDateError::NotSixDigits(digits.into());
        if digits.len() != 6 || !digits.bytes().all(|b| b.is_ascii_digit()) {
            return Err(wrong());
        }
        let two = |at: usize| {
            digits
                .get(at..at + 2)
                .and_then(|d| d.parse::<i8>().ok())
                .ok_or_else(wrong)
        };
        let (year, month, day) = (Self::full_year(two(0)?, today), two(2)?, two(4)?);
        let date = match day {
            0 => Self::month(year, month),
            _ => Date::new(year, month, day).ok().and_then(Self::day),
        };
        date.ok_or_else(|| LabelDateError::NoSuchDay(digits.into()))
    }

    /// The last day the product may be used, when this is its expiry: that day itself counts.
    pub fn last_usable_day(self) -> Date {
        self.date
    }

    /// Whether a product with this expiry may no longer be used on `today`.
    pub fn is_past(self, today: Date) -> bool {
        today > self.date
    }

    /// What the label gives.
    pub fn precision(self) -> Precision {
        self.precision
    }

    /// The date as GS1 writes it: YYMMDD, day `00` for a month.
    pub fn gs1_digits(self) -> String {
        let day = match self.precision {
            Precision::Day => self.date.day(),
            Precision::Month => 0,
        };
        format!(
            "{:02}{:02}{day:02}",
            self.date.year().rem_euclid(100),
            self.date.month()
        )
    }
}

impl fmt::Display for LabelDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.date.year(), self.date.month())?;
        match self.precision {
            Precision::Day => write!(f, "-{:02}", self.date.day()),
            Precision::Month => Ok(()),
        }
    }
}

impl FromStr for LabelDate {
    type Err = LabelDateError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let wrong = || LabelDateError::NotIso(text.into());
        let shape = |byte: (usize, u8)| match byte.0 {
            4 | 7 => byte.1 == b'-',
            _ => byte.1.is_ascii_digit(),
        };
        if !matches!(text.len(), 7 | 10) || !text.bytes().enumerate().all(shape) {
            return Err(wrong());
        }
        let year = text[..4].parse().map_err(|_| wrong())?;
        let month = text[5..7].parse().map_err(|_| wrong())?;
        let date = match text.get(8..) {
            None => Self::month(year, month),
            Some(day) => {
                let day = day.parse().map_err(|_| wrong())?;
                Date::new(year, month, day).ok().and_then(Self::day)
            }
        };
        date.ok_or_else(|| LabelDateError::NoSuchDay(text.into()))
    }
}

as_checked_text!(
    LabelDate,
    "a date YYYY-MM-DD, or YYYY-MM when only the month is known"
);

#[cfg(test)]
mod tests {
    use jiff::civil::{Date, date};

    use super::{LabelDate, LabelDateError, Precision};

    const TODAY: Date = date(2026, 11, 22);

    fn read(digits: &str) -> LabelDate {
        LabelDate::from_gs1(digits, TODAY).unwrap()
    }

    #[test]
    fn day_00_is_the_last_day_of_the_month() {
        let leap = read("280200");
        assert_eq!(leap.last_usable_day(), date(2028, 2, 29));
        assert_eq!(leap.precision(), Precision::Month);
        assert_eq!(leap.to_string(), "2028-02");
        assert_eq!(leap.gs1_digits(), "280200");
        assert_ne!(leap, read("280229"), "the label said something else");
    }

    #[test]
    fn the_day_itself_is_still_good() {
        let expiry = read("261122");
        assert!(!expiry.is_past(date(2026, 11, 22)));
        assert!(expiry.is_past(date(2026, 11, 23)));
    }

    #[test]
    fn century_follows_the_reference_year() {
        // 2026: 77 is 51 ahead -> 1977; 76 is 50 ahead -> 2076.
        assert_eq!(read("770101").to_string(), "1977-01-01");
        assert_eq!(read("760101").to_string(), "2076-01-01");
        // 2060: 10 is 50 behind -> 2110; 11 is 49 behind -> 2011.
        let then = date(2060, 1, 1);
        assert_eq!(
            LabelDate::from_gs1("100101", then).unwrap().to_string(),
            "2110-01-01"
        );
        assert_eq!(
            LabelDate::from_gs1("110101", then).unwrap().to_string(),
            "2011-01-01"
        );
    }

    #[test]
    fn impossible_days_are_errors() {
        for digits in ["260230", "261301", "260001", "000000", "261132", "270229"] {
            assert_eq!(
                LabelDate::from_gs1(digits, TODAY),
                Err(LabelDateError::NoSuchDay(digits.into()))
            );
        }
        for digits in ["", "26113", "2611300", "26113A", "+61130"] {
            assert!(matches!(
                LabelDate::from_gs1(digits, TODAY),
                Err(LabelDateError::NotSixDigits(_))
            ));
        }
    }

    #[test]
    fn text_keeps_the_precision() {
        for text in ["2027-02-28", "2027-02", "1977-01-01"] {
            assert_eq!(text.parse::<LabelDate>().unwrap().to_string(), text);
        }
        for text in [
            "2027-02-30",
            "2027-13",
            "2027",
            "2027-2-28",
            "27-02-28",
            "2027-02-28T",
            "0000-01",
        ] {
            assert!(text.parse::<LabelDate>().is_err(), "{text}");
        }
    }
}
