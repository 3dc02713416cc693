//! Days as people here count them: in Swedish time, on the server as on every device.

use std::sync::LazyLock;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

/// Swedish civil time by rule (POSIX.1-2017 section 8.3), so that no time zone database is needed: CET, summer time by
/// the rule of Directive 2000/84/EC.
const SWEDISH_TIME: &str = "CET-1CEST,M3.5.0,M10.5.0/3";

static ZONE: LazyLock<TimeZone> = LazyLock::new(|| TimeZone::posix(SWEDISH_TIME).unwrap_or(TimeZone::UTC));

/// Swedish time.
pub fn swedish_time() -> TimeZone {
    ZONE.clone()
}

/// The Swedish day at a moment, Unix milliseconds; `None` for a moment that no calendar has.
pub fn swedish_day(ms: i64) -> Option<Date> {
    let time = Timestamp::from_millisecond(ms).ok()?;
    Some(time.to_zoned(swedish_time()).date())
}

#[cfg(test)]
mod tests {
    use super::swedish_day;

    #[test]
    fn a_day_begins_at_swedish_midnight_in_winter_and_summer() {
        for (at, day) in [
            ("2026-11-22T22:59:59Z", "2026-11-22"),
            ("2026-11-22T23:00:00Z", "2026-11-23"),
            ("2026-06-30T21:59:59Z", "2026-06-30"),
            ("2026-06-30T22:00:00Z", "2026-07-01"),
            // Summer time ends on the last Sunday of October at 01:00 UTC.
            ("2026-10-24T22:00:00Z", "2026-10-25"),
            ("2026-10-25T22:59:59Z", "2026-10-25"),
            ("2026-10-25T23:00:00Z", "2026-10-26"),
        ] {
            let at: jiff::Timestamp = at.parse().expect("a moment");
            let found = swedish_day(at.as_millisecond()).expect("a day");
            assert_eq!(found.to_string(), day, "{at}");
        }
        assert_eq!(swedish_day(i64::MAX), None);
    }
}
