//! Data structures that are part of no UDI. Where they follow it (ICCBBA ST-017, 4.1) only their lengths matter, which
//! tell where the next one begins.

use core::fmt;

use super::error::Isbt128Fault;
use super::structure::Wrong;

/// A data structure that says nothing of a device, as scanned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OtherStructure<'a> {
    identifier: &'static str,
    value: &'a str,
}

/// How many characters follow the identifier.
#[derive(Clone, Copy)]
enum Length {
    /// Always so many.
    Fixed(usize),
    /// After `skip` characters stand `digits` that count the groups of `each` characters that follow.
    Counted { skip: usize, digits: usize, each: usize },
}

use Length::{Counted, Fixed};

/// Identifiers and lengths (ISBT 128 Standard Technical Specification, table 2).
const OTHERS: [(&str, Length); 25] = [
    ("=*", Fixed(6)),
    ("&*", Fixed(10)),
    ("&+", Fixed(11)),
    ("&,2", Fixed(18)),
    ("&,3", Fixed(19)),
    ("=-", Fixed(10)),
    ("&-", Fixed(10)),
    ("=;", Fixed(21)),
    ("='", Fixed(11)),
    ("&:", Fixed(19)),
    ("&/", Fixed(15)),
    ("=$", Fixed(16)),
    ("=(", Fixed(16)),
    ("&(", Fixed(5)),
    ("=#", Fixed(10)),
    ("=\"", Fixed(18)),
    ("&\"", Fixed(18)),
    ("=\\", Fixed(18)),
    ("&\\", Fixed(18)),
    ("={", Fixed(18)),
    ("&{", Fixed(18)),
    ("=[", Fixed(18)),
    (
        "&$",
        Counted {
            skip: 0,
            digits: 2,
            each: 14,
        },
    ),
    (
        "&%",
        Counted {
            skip: 0,
            digits: 3,
            each: 10,
        },
    ),
    (
        "&#",
        Counted {
            skip: 2,
            digits: 2,
            each: 1,
        },
    ),
];

impl<'a> OtherStructure<'a> {
    /// Takes one off the head of `text`, which is ASCII. `None` where another kind of structure begins.
    pub(super) fn take(text: &'a str) -> Option<Result<(Self, &'a str), Wrong>> {
        let (identifier, length) = OTHERS
            .iter()
            .find(|(identifier, _)| text.starts_with(*identifier))?;
        let after = &text[identifier.len()..];
        let taken = length
            .of(after)
            .and_then(|length| whole(after, length))
            .map_err(|(at, fault)| (identifier.len() + at, fault))
            .map(|(value, rest)| (Self { identifier, value }, rest));
        Some(taken)
    }

    /// What it begins with, two or three characters.
    pub fn identifier(&self) -> &'static str {
        self.identifier
    }

    /// What follows the identifier.
    pub fn value(&self) -> &'a str {
        self.value
    }
}

impl Length {
    fn of(self, text: &str) -> Result<usize, Wrong> {
        match self {
            Fixed(length) => Ok(length),
            Counted { skip, digits, each } => {
                let (head, _) = whole(text, skip + digits)?;
                let count = &head[skip..];
                if let Some(at) = count.bytes().position(|b| !b.is_ascii_digit()) {
                    let stranger = char::from(count.as_bytes()[at]);
                    return Err((skip + at, Isbt128Fault::Character(stranger)));
                }
                // Three digits at most.
                let count: usize = count.parse().unwrap_or_default();
                Ok(head.len() + count * each)
            }
        }
    }
}

/// So many characters and the rest. What begins another value shows that the end of this one is missing.
fn whole(text: &str, length: usize) -> Result<(&str, &str), Wrong> {
    let end = text.find(['=', '&']).unwrap_or(text.len());
    if end < length {
        return Err((end, Isbt128Fault::CutOff));
    }
    Ok(text.split_at(length))
}

impl fmt::Display for OtherStructure<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.identifier)?;
        f.write_str(self.value)
    }
}
