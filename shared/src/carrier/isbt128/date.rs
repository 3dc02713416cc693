//! Dates of ISBT 128: three digits of the year, day of the year, with or without a time; or a month.

use jiff::civil::{Date, Time};

use crate::identity::{LabelDate, Precision};

/// A date as the label has it; the raw digits are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct IsbtDate<'a> {
    digits: &'a str,
    date: LabelDate,
    time: Option<Time>,
}

impl<'a> IsbtDate<'a> {
    /// Reads YYYJJJ or YYYJJJHHMM.
    pub(super) fn read(digits: &'a str, today: Date) -> Option<Self> {
        if !digits.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        let part = |from: usize, to: usize| digits.get(from..to)?.parse::<i16>().ok();
        let date = LabelDate::day_of_year(full_year(part(0, 3)?, today), part(3, 6)?)?;
        let time = match digits.len() {
            6 => None,
            10 => Some(Time::new(small(part(6, 8)?)?, small(part(8, 10)?)?, 0, 0).ok()?),
            _ => return None,
        };
        Some(Self { digits, date, time })
    }

    /// Reads YYYYMM.
    pub(super) fn read_month(digits: &'a str) -> Option<Self> {
        let (year, month) = digits.split_at_checked(4)?;
        let date = LabelDate::month(year.parse().ok()?, month.parse().ok()?)?;
        Some(Self {
            digits,
            date,
            time: None,
        })
    }

    /// Six or ten digits.
    pub fn digits(&self) -> &'a str {
        self.digits
    }

    /// The day, or the month.
    pub fn date(&self) -> LabelDate {
        self.date
    }

    pub(super) fn is_month(&self) -> bool {
        self.date.precision() == Precision::Month
    }

    /// The time of day, where the label has one.
    pub fn time(&self) -> Option<Time> {
        self.time
    }
}

fn small(number: i16) -> Option<i8> {
    i8::try_from(number).ok()
}

/// The year nearest to today that ends in these three digits.
fn full_year(three_digits: i16, today: Date) -> i16 {
    let this_year = today.year();
    let year = this_year - this_year.rem_euclid(1000) + three_digits;
    match year - this_year {
        501.. => year - 1000,
        ..=-500 => year + 1000,
        _ => year,
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::IsbtDate;

    fn read(digits: &str) -> Option<String> {
        let read = IsbtDate::read(digits, date(2026, 11, 22))?;
        let time = read
            .time()
            .map(|time| format!("T{:02}:{:02}", time.hour(), time.minute()));
        Some(read.date().to_string() + &time.unwrap_or_default())
    }

    #[test]
    fn days_of_the_year() {
        assert_eq!(read("014032").as_deref(), Some("2014-02-01"));
        assert_eq!(read("0183652359").as_deref(), Some("2018-12-31T23:59"));
        assert_eq!(read("998001").as_deref(), Some("1998-01-01"));
        for wrong in ["019366", "019000", "0190312460", "01903", "01903A", "019031236"] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
    }
}
