//! Times of day.

use super::{Finding, LinterError, sets};

/// `hhmi`: hours and minutes.
pub fn hour_minute(part: &[u8]) -> Result<(), Finding> {
    match part.len() {
        0..4 => return Err(Finding::whole(LinterError::HourWithMinuteTooShort, part)),
        4 => sets::numeric(part)?,
        _ => return Err(Finding::whole(LinterError::HourWithMinuteTooLong, part)),
    }
    let (hour, minute) = part.split_at(2);
    // Two digits sort as the numbers they are.
    if hour >= b"24".as_slice() {
        Err(Finding::new(LinterError::IllegalHour, 0, 2))
    } else if minute >= b"60".as_slice() {
        Err(Finding::new(LinterError::IllegalMinute, 2, 2))
    } else {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::{Finding, LinterError, hour_minute};

    #[test]
    fn the_clock_ends_at_2359() {
        assert_eq!(hour_minute(b"2359"), Ok(()));
        let hour = Finding::new(LinterError::IllegalHour, 0, 2);
        assert_eq!(hour_minute(b"2400"), Err(hour));
        let minute = Finding::new(LinterError::IllegalMinute, 2, 2);
        assert_eq!(hour_minute(b"2360"), Err(minute));
    }
}
