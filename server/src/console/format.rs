//! Numbers, times and addresses as people here write them.

use std::fmt::Write as _;

use jiff::Timestamp;
use jiff::civil::Date;
use sparhund_shared::carrier::visible;
use sparhund_shared::civil::{swedish_day, swedish_time};
use sparhund_shared::text::Lang;

/// `2026-11-22 03:05`, Swedish time.
pub(super) fn moment(ms: i64) -> String {
    Timestamp::from_millisecond(ms).map_or_else(
        |_| "–".to_owned(),
        |time| {
            time.to_zoned(swedish_time())
                .strftime("%Y-%m-%d %H:%M")
                .to_string()
        },
    )
}

/// `2026-11-22 03:05:09+01:00`, Swedish time with its distance from UTC (RFC 3339): for files, which are read elsewhere
/// and later, also across the hour that comes twice in October.
pub(super) fn instant(ms: i64) -> String {
    Timestamp::from_millisecond(ms).map_or_else(
        |_| "–".to_owned(),
        |time| {
            let time = time.to_zoned(swedish_time());
            time.strftime("%Y-%m-%d %H:%M:%S%:z").to_string()
        },
    )
}

/// The day at a moment, Swedish time.
pub(super) fn day(ms: i64) -> Date {
    swedish_day(ms).unwrap_or(Date::ZERO)
}

/// Thousands apart: a thin space in Swedish, a comma in English.
pub(super) fn number(lang: Lang, value: i64) -> String {
    let digits = value.unsigned_abs().to_string();
    let separator = match lang {
        Lang::Sv => '\u{202f}',
        Lang::En => ',',
    };
    let mut text = String::new();
    if value < 0 {
        text.push('\u{2212}');
    }
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(separator);
        }
        text.push(digit);
    }
    text
}

/// Path with a query string; empty values are left out.
pub(super) fn link(path: &str, pairs: &[(&str, &str)]) -> String {
    let mut link = path.to_owned();
    for (name, value) in pairs.iter().filter(|(_, value)| !value.is_empty()) {
        link.push(if link.contains('?') { '&' } else { '?' });
        link.push_str(name);
        link.push('=');
        for byte in value.bytes() {
            if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
                link.push(char::from(byte));
            } else {
                // Writing to a String cannot fail.
                let _ = write!(link, "%{byte:02X}");
            }
        }
    }
    link
}

/// A scan as text that can be shown, and pasted into a field that takes scans. Of a longer one than any label holds, the
/// first 120 characters.
pub(super) fn printable(scan: &[u8]) -> String {
    const MOST: usize = 120;
    let text = String::from_utf8_lossy(scan);
    let mut shown: String = text.chars().take(MOST).collect();
    shown = visible(&shown);
    if text.chars().nth(MOST).is_some() {
        shown.push('…');
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_swedish_in_winter_and_summer() {
        // 2026-01-15T12:00:00Z and 2026-07-15T12:00:00Z
        assert_eq!(moment(1_768_478_400_000), "2026-01-15 13:00");
        assert_eq!(moment(1_784_116_800_000), "2026-07-15 14:00");
        assert_eq!(moment(i64::MAX), "–");
    }

    #[test]
    fn files_tell_the_hour_that_comes_twice_apart() {
        // 2026-10-25T00:30:05Z and an hour later
        assert_eq!(instant(1_792_888_205_000), "2026-10-25 02:30:05+02:00");
        assert_eq!(instant(1_792_891_805_000), "2026-10-25 02:30:05+01:00");
    }

    #[test]
    fn thousands_stand_apart() {
        assert_eq!(number(Lang::Sv, 1_234_567), "1\u{202f}234\u{202f}567");
        assert_eq!(number(Lang::En, -1000), "\u{2212}1,000");
        assert_eq!(number(Lang::Sv, 999), "999");
    }

    #[test]
    fn links_escape_what_would_break_them() {
        assert_eq!(
            link(
                "/console/trace",
                &[("lot", "A&B=\"å\""), ("serial", ""), ("q", "1")]
            ),
            "/console/trace?lot=A%26B%3D%22%C3%A5%22&q=1"
        );
    }
}
