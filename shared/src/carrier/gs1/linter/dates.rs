//! Calendar dates.

use super::{Finding, LinterError, sets};

/// `yymmdd`: a day that exists.
pub fn day(part: &[u8]) -> Result<(), Finding> {
    date(part, 2, 1)
}

/// `yymmd0`: a day that exists, or day `00` for the whole month (GS1 General Specifications 3.4).
pub fn day_or_month(part: &[u8]) -> Result<(), Finding> {
    date(part, 2, 0)
}

/// `yyyymmdd`: a day that exists.
pub fn long_day(part: &[u8]) -> Result<(), Finding> {
    date(part, 4, 1)
}

/// `yyyymmd0`: a day that exists, or day `00` for the whole month.
pub fn long_day_or_month(part: &[u8]) -> Result<(), Finding> {
    date(part, 4, 0)
}

fn date(part: &[u8], year_digits: usize, first_day: u32) -> Result<(), Finding> {
    match part.len() {
        len if len < year_digits + 4 => return Err(Finding::whole(LinterError::DateTooShort, part)),
        len if len > year_digits + 4 => return Err(Finding::whole(LinterError::DateTooLong, part)),
        _ => sets::numeric(part)?,
    }
    let (year, month_day) = part.split_at(year_digits);
    let (month, day) = month_day.split_at(2);
    let Some(days) = days_in(value(year), year_digits == 2, value(month)) else {
        return Err(Finding::new(LinterError::IllegalMonth, year_digits, 2));
    };
    if (first_day..=days).contains(&value(day)) {
        Ok(())
    } else {
        Err(Finding::new(LinterError::IllegalDay, year_digits + 2, 2))
    }
}

/// Of a two-digit year every fourth is a leap year: 00 is 2000, because 1900 and 2100 are out of its window.
const fn days_in(year: u32, short: bool, month: u32) -> Option<u32> {
    match month {
        2 if year.is_multiple_of(4) && (short || !year.is_multiple_of(100) || year.is_multiple_of(400)) => {
            Some(29)
        }
        2 => Some(28),
        4 | 6 | 9 | 11 => Some(30),
        1..=12 => Some(31),
        _ => None,
    }
}

/// Two or four digits as a number.
fn value(digits: &[u8]) -> u32 {
    digits.iter().fold(0, |sum, b| sum * 10 + u32::from(b - b'0'))
}

#[cfg(test)]
mod tests {
    use super::{Finding, LinterError, day, day_or_month, long_day};

    #[test]
    fn day_00_is_a_month_only_where_that_is_allowed() {
        assert_eq!(day_or_month(b"260200"), Ok(()));
        let no_day = Finding::new(LinterError::IllegalDay, 4, 2);
        assert_eq!(day(b"260200"), Err(no_day));
    }

    #[test]
    fn leap_years() {
        assert_eq!(day(b"240229"), Ok(()));
        assert!(day(b"250229").is_err());
        assert_eq!(long_day(b"20000229"), Ok(()));
        assert!(long_day(b"21000229").is_err());
    }

    #[test]
    fn a_blank_date_has_no_month() {
        let no_month = Finding::new(LinterError::IllegalMonth, 2, 2);
        assert_eq!(day_or_month(b"000000"), Err(no_month));
        assert_eq!(day_or_month(b"251420"), Err(no_month));
    }
}
