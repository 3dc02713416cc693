//! The one place the server asks for the time.

use std::time::{SystemTime, UNIX_EPOCH};

use jiff::Timestamp;
use jiff::civil::Date;
use sparhund_shared::civil::swedish_time;

/// Unix milliseconds.
pub fn now_ms() -> i64 {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |since| i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
}

/// The day in Sweden now.
pub fn today() -> Date {
    Timestamp::now().to_zoned(swedish_time()).date()
}
