//! Reads that tell about people, and who made them.

use std::fmt;

use serde::Serialize;
use sparhund_shared::log::UserId;
use utoipa::ToSchema;

/// Most characters of a text that is kept.
const MOST: usize = 200;
/// What stands in place of a personal number.
const HIDDEN: &str = "[personal number]";

/// What was read.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ReadOf {
    /// Where goods are and who handled them.
    Trace,
    /// The same as a file.
    TraceFile,
    /// The list of people.
    People,
    /// Records of a log, by a person.
    Records,
    /// The whole log, written to a file.
    LogExport,
    /// This list.
    Audit,
}

impl ReadOf {
    /// Every kind.
    pub const ALL: [Self; 6] = [
        Self::Trace,
        Self::TraceFile,
        Self::People,
        Self::Records,
        Self::LogExport,
        Self::Audit,
    ];

    /// Stable word for programs and for the store.
    pub fn word(self) -> &'static str {
        match self {
            Self::Trace => "trace",
            Self::TraceFile => "trace_file",
            Self::People => "people",
            Self::Records => "records",
            Self::LogExport => "log_export",
            Self::Audit => "audit",
        }
    }
}

/// A text that may be kept: at most 200 characters, without control characters and without anything that reads as a
/// Swedish personal or coordination number, whatever somebody wrote into a field.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct AuditText(String);

impl AuditText {
    /// What may be kept of a text.
    pub fn of(text: &str) -> Self {
        let plain: String = text
            .chars()
            .map(|c| if c.is_control() { ' ' } else { c })
            .collect();
        let kept = without_personal_numbers(plain.trim());
        Self(kept.chars().take(MOST).collect())
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for AuditText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A read, to be noted before it is answered.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NewRead {
    /// When, Unix milliseconds.
    pub at: i64,
    /// Who; `None` = whoever sits at the server's command line.
    pub user: Option<UserId>,
    /// What.
    pub what: ReadOf,
    /// Of which goods or log.
    pub asked: AuditText,
    /// What for, if they said it.
    pub purpose: AuditText,
}

/// A read as it was noted.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, ToSchema)]
pub struct AuditRow {
    /// Its number; they grow.
    pub no: u64,
    /// When, Unix milliseconds.
    pub at: i64,
    /// Who; absent = somebody at the server's command line.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user: Option<UserId>,
    /// Their name now.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user_name: Option<String>,
    /// What.
    pub what: ReadOf,
    /// Of which goods or log.
    pub asked: String,
    /// What for, if they said it.
    pub purpose: String,
}

/// Which reads, newest first.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct AuditQuery {
    /// Only those with a smaller number.
    pub before: Option<u64>,
    /// Only those of one person.
    pub user: Option<UserId>,
    /// Most rows.
    pub limit: usize,
}

fn without_personal_numbers(text: &str) -> String {
    let mut kept = String::new();
    let mut rest = text;
    let mut after_digit = false;
    while let Some(c) = rest.chars().next() {
        let number = personal_number(rest).filter(|_| !after_digit);
        if let Some(length) = number {
            kept.push_str(HIDDEN);
            rest = &rest[length..];
            after_digit = true;
        } else {
            kept.push(c);
            rest = &rest[c.len_utf8()..];
            after_digit = c.is_ascii_digit();
        }
    }
    kept
}

/// Length of a personal number at the beginning of a text: `YYMMDDNNNC` or `YYYYMMDDNNNC`, with a sign or blank before
/// the last four, or without.
fn personal_number(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    [8, 6].into_iter().find_map(|date| {
        let digits = |from: usize, count: usize| {
            let part = bytes.get(from..from + count)?;
            part.iter().all(u8::is_ascii_digit).then_some(part)
        };
        let born = digits(0, date)?;
        let last = match bytes.get(date)? {
            b'-' | b'+' | b' ' => date + 1,
            _ => date,
        };
        let number = [&born[date - 6..], digits(last, 4)?].concat();
        let end = last + 4;
        let ends = !bytes.get(end).is_some_and(u8::is_ascii_digit);
        (ends && is_date(&number) && is_checked(&number)).then_some(end)
    })
}

/// Month and day, the day with 60 more in a coordination number.
fn is_date(number: &[u8]) -> bool {
    let two = |at: usize| (number[at] - b'0') * 10 + (number[at + 1] - b'0');
    (1..=12).contains(&two(2)) && (1..=31).contains(&(two(4) % 60))
}

/// Luhn's check over the ten digits.
fn is_checked(number: &[u8]) -> bool {
    let sum: u32 = number
        .iter()
        .enumerate()
        .map(|(at, digit)| {
            let value = u32::from(digit - b'0') * if at % 2 == 0 { 2 } else { 1 };
            value / 10 + value % 10
        })
        .sum();
    sum.is_multiple_of(10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn personal_numbers_do_not_get_in() {
        // Numbers the Swedish Tax Agency gives out for tests.
        for (text, kept) in [
            ("191212121212", "[personal number]"),
            ("19121212-1212", "[personal number]"),
            ("121212+1212", "[personal number]"),
            ("för 20121212 1212 akut", "för [personal number] akut"),
            ("lot=1212121212 serial=7", "lot=[personal number] serial=7"),
            ("701063-2391", "[personal number]"),
            ("121212-1212,121212-1212", "[personal number],[personal number]"),
        ] {
            assert_eq!(AuditText::of(text).as_str(), kept, "{text}");
        }
    }

    #[test]
    fn other_numbers_stay() {
        for text in [
            "di=GS1:07350000001019 lot=LOT-A",
            "lot=1212121213",
            "lot=121312-1211",
            "9912121212121",
            "121212121212121",
            "å1212-12",
            "",
        ] {
            assert_eq!(AuditText::of(text).as_str(), text);
        }
    }

    #[test]
    fn long_and_odd_texts_are_cut() {
        assert_eq!(AuditText::of(&"ö".repeat(900)).as_str().chars().count(), MOST);
        assert_eq!(AuditText::of(" a\r\nb\u{0} ").as_str(), "a  b");
    }
}
