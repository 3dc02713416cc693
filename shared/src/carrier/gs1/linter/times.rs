//! Times of day.

use core::cmp::Ordering;

use super::finding::whole_unless;
use super::{Finding, LinterError, sets};

/// `hh`: 00 to 23.
pub fn hour(part: &[u8]) -> Result<(), Finding> {
    length(part, 2, LinterError::HourTooShort, LinterError::HourTooLong)?;
    below(part, b"24", LinterError::IllegalHour)
}

/// `mi`: 00 to 59.
pub fn minute(part: &[u8]) -> Result<(), Finding> {
    length(part, 2, LinterError::MinuteTooShort, LinterError::MinuteTooLong)?;
    below(part, b"60", LinterError::IllegalMinute)
}

/// `ss`: 00 to 59.
pub fn second(part: &[u8]) -> Result<(), Finding> {
    length(part, 2, LinterError::SecondTooShort, LinterError::SecondTooLong)?;
    below(part, b"60", LinterError::IllegalSecond)
}

/// `hhmi`: hours and minutes.
pub fn hour_minute(part: &[u8]) -> Result<(), Finding> {
    let (short, long) = (
        LinterError::HourWithMinuteTooShort,
        LinterError::HourWithMinuteTooLong,
    );
    length(part, 4, short, long)?;
    let (hour, minute) = part.split_at(2);
    below(hour, b"24", LinterError::IllegalHour)?;
    below(minute, b"60", LinterError::IllegalMinute).map_err(|finding| finding.moved(2))
}

fn length(part: &[u8], digits: usize, short: LinterError, long: LinterError) -> Result<(), Finding> {
    match part.len().cmp(&digits) {
        Ordering::Less => Err(Finding::whole(short, part)),
        Ordering::Equal => sets::numeric(part),
        Ordering::Greater => Err(Finding::whole(long, part)),
    }
}

/// Two digits sort as the numbers they are.
fn below(digits: &[u8], limit: &[u8], error: LinterError) -> Result<(), Finding> {
    whole_unless(digits < limit, error, digits)
}

#[cfg(test)]
mod tests {
    use super::{Finding, LinterError, hour_minute, second};

    #[test]
    fn the_clock_ends_at_2359() {
        assert_eq!(hour_minute(b"2359"), Ok(()));
        let hour = Finding::new(LinterError::IllegalHour, 0, 2);
        assert_eq!(hour_minute(b"2400"), Err(hour));
        let minute = Finding::new(LinterError::IllegalMinute, 2, 2);
        assert_eq!(hour_minute(b"2360"), Err(minute));
    }

    #[test]
    fn there_is_no_leap_second() {
        assert_eq!(second(b"59"), Ok(()));
        assert!(second(b"60").is_err());
    }
}
