//! The element string: identifiers and values one after another, as a scanner transmits them.

use core::fmt::Write as _;

use smallvec::SmallVec;

use super::ai::{Ai, AiRow, ai_at};
use super::component::Component;
use super::error::{Gs1Error, Gs1ErrorKind};
use super::table::unknown;

/// The separator as transmitted: FNC1 becomes the control character GS (GS1 General Specifications 7.8.6).
pub const GS: u8 = 0x1d;

/// Most identifiers in one string, as in the GS1 Barcode Syntax Engine.
pub const MAX_ELEMENTS: usize = 64;

/// Whether `000000` passes as a date. It is against the rules, but printed for "no date" on real labels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum BlankDates {
    /// The rule of GS1: there is no month 00.
    #[default]
    Refused,
    /// Let through; the caller must treat such a date as absent and say so.
    Allowed,
}

/// Whether identifiers pass that GS1 has not given out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum UnknownAis {
    /// What it means is not known, so the string is not understood.
    #[default]
    Refused,
    /// Let through, where it can be told how long they are.
    Allowed,
}

/// How strictly element strings are read. The default is the rule of GS1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Rules {
    /// Dates of zeros.
    pub blank_dates: BlankDates,
    /// Identifiers without a row in the table.
    pub unknown_ais: UnknownAis,
}

impl From<BlankDates> for Rules {
    fn from(blank_dates: BlankDates) -> Self {
        Self {
            blank_dates,
            ..Self::default()
        }
    }
}

impl Rules {
    /// The row that holds for an identifier.
    pub(super) fn row(self, ai: Ai) -> Option<&'static AiRow> {
        match (ai.row(), self.unknown_ais) {
            (None, UnknownAis::Allowed) => Some(unknown(ai.first_two())),
            (row, _) => row,
        }
    }
}

/// One identifier with its value, borrowed from the scanned string.
#[derive(Debug, Clone, Copy)]
pub struct Element<'a> {
    ai: Ai,
    pub(super) row: &'static AiRow,
    value: &'a str,
    position: usize,
    terminated: bool,
}

impl<'a> Element<'a> {
    /// The identifier.
    pub fn ai(&self) -> Ai {
        self.ai
    }

    /// The value, checked against the rules of the identifier.
    pub fn value(&self) -> &'a str {
        self.value
    }

    /// Byte where the value begins, counted from 1: of the element string, or of the text that it was
    /// [put together](super::ElementString) from.
    pub fn position(&self) -> usize {
        self.position
    }

    /// Whether a separator followed.
    pub fn is_terminated(&self) -> bool {
        self.terminated
    }

    /// Whether the value may vary in length and so needs a separator unless it is last.
    pub fn is_variable(&self) -> bool {
        !self.row.predefined
    }
}

/// The elements of one string, in order. At least one after a successful [`parse`].
#[derive(Debug, Clone)]
pub struct Elements<'a> {
    items: SmallVec<[Element<'a>; IN_PLACE]>,
}

/// Elements that are kept off the heap, more than any label bears: a scan must not wait for the allocator. Room for
/// the most that are allowed would have to be moved with each result.
const IN_PLACE: usize = 8;

impl<'a> Elements<'a> {
    /// Room without anything in it.
    pub(super) fn none() -> Self {
        Self {
            items: SmallVec::new(),
        }
    }

    /// All of them.
    pub fn as_slice(&self) -> &[Element<'a>] {
        &self.items
    }

    /// The value of an identifier; of several equal ones the first.
    pub fn get(&self, ai: Ai) -> Option<&'a str> {
        self.as_slice().iter().find(|e| e.ai == ai).map(|e| e.value)
    }

    /// Says where the value of the last element begins, where that is not its place in the element string.
    pub(super) fn place_last(&mut self, position: usize) {
        if let Some(last) = self.items.last_mut() {
            last.position = position;
        }
    }

    /// Reads the value of `ai`, whose digits stand at byte `at` of `data`; gives back where the next one begins.
    pub(super) fn push(&mut self, data: &'a str, at: usize, ai: Ai, rules: Rules) -> Result<usize, Gs1Error> {
        let bytes = data.as_bytes();
        let row = rules.row(ai).ok_or_else(|| no_ai(bytes, at))?;
        let start = at + ai.digits();
        let fail = |position: usize, kind| Gs1Error {
            ai: Some(ai),
            position: position + 1,
            kind,
        };
        let end = value_end(row, bytes, start, rules.blank_dates)
            .map_err(|(position, kind)| fail(position, kind))?;
        // The checks let ASCII through only, so the ends are character boundaries.
        let value = data.get(start..end).unwrap_or_default();
        let terminated = bytes.get(end) == Some(&GS);
        if self.items.len() == MAX_ELEMENTS {
            return Err(fail(at, Gs1ErrorKind::TooManyAis));
        }
        self.items.push(Element {
            ai,
            row,
            value,
            position: start + 1,
            terminated,
        });
        Ok(end + usize::from(terminated))
    }
}

/// Reads an element string strictly: no symbology identifier, no leading or doubled separator, nothing after the end.
///
/// Checks each value by itself; rules between identifiers are [`Elements::check_together`] and
/// [`Elements::missing_association`], because they hold over all symbols on an item.
pub fn parse(data: &str, rules: impl Into<Rules>) -> Result<Elements<'_>, Gs1Error> {
    let mut elements = Elements::none();
    match fill(&mut elements, data, rules.into()) {
        Ok(()) => Ok(elements),
        // A ^ explains any other error better than itself.
        Err(error) => Err(match data.bytes().position(|b| b == b'^') {
            Some(at) => Gs1Error {
                position: at + 1,
                kind: Gs1ErrorKind::ScanDataContainsIllegalCarat,
                ..error
            },
            None => error,
        }),
    }
}

fn fill<'a>(elements: &mut Elements<'a>, data: &'a str, rules: Rules) -> Result<(), Gs1Error> {
    let bytes = data.as_bytes();
    if bytes.is_empty() {
        return Err(Gs1Error {
            ai: None,
            position: 1,
            kind: Gs1ErrorKind::AiDataEmpty,
        });
    }
    let mut at = 0;
    while at < bytes.len() {
        let ai = ai_at(&bytes[at..]).ok_or_else(|| no_ai(bytes, at))?;
        at = elements.push(data, at, ai, rules)?;
    }
    Ok(())
}

/// Where the value that begins at `start` ends, after checking it part by part.
fn value_end(
    row: &AiRow,
    bytes: &[u8],
    start: usize,
    blank: BlankDates,
) -> Result<usize, (usize, Gs1ErrorKind)> {
    let rest = &bytes[start..];
    let until_separator = || rest.iter().position(|b| *b == GS).unwrap_or(rest.len());
    let available = if row.predefined {
        // Nothing but the length ends it; a separator inside means that part of it is missing.
        let part = &rest[..rest.len().min(row.max_len())];
        part.iter().position(|b| *b == GS).unwrap_or(part.len())
    } else {
        until_separator()
    };
    if available == 0 {
        return Err((start, Gs1ErrorKind::AiDataIsEmpty));
    }
    let mut used = 0;
    for component in row.components {
        let left = available - used;
        if left == 0 && component.optional {
            break;
        }
        if left < component.min {
            return Err((start + available, Gs1ErrorKind::AiDataHasIncorrectLength));
        }
        let part = &rest[used..used + left.min(component.max)];
        check_part(component, part, blank).map_err(|(at, kind)| (start + used + at, kind))?;
        used += part.len();
    }
    if used < available {
        return Err((start + used, Gs1ErrorKind::AiDataIsTooLong));
    }
    Ok(start + used)
}

fn check_part(component: &Component, part: &[u8], blank: BlankDates) -> Result<(), (usize, Gs1ErrorKind)> {
    component
        .check(part, blank)
        .map_err(|finding| (finding.at, Gs1ErrorKind::AiLinterError(finding.error)))
}

fn no_ai(bytes: &[u8], at: usize) -> Gs1Error {
    let mut prefix = [0; 4];
    for (shown, byte) in prefix.iter_mut().zip(&bytes[at..]) {
        *shown = if byte.is_ascii_graphic() || *byte == b' ' {
            *byte
        } else {
            b'?'
        };
    }
    Gs1Error {
        ai: None,
        position: at + 1,
        kind: Gs1ErrorKind::NoAiForPrefix { prefix },
    }
}

/// Writes elements as a scanner sends them: a separator after each value of variable length but the last.
pub fn render<'a>(elements: impl IntoIterator<Item = (Ai, &'a str)>) -> String {
    let mut out = String::new();
    let mut separator_due = false;
    for (ai, value) in elements {
        if separator_due {
            out.push(char::from(GS));
        }
        // Writing to a String cannot fail.
        let _ = write!(out, "{ai}{value}");
        separator_due = ai.row().is_none_or(|row| !row.predefined);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::linter::LinterError;
    use super::*;

    fn read(data: &str) -> Result<Vec<(String, String)>, Gs1Error> {
        let elements = parse(data, BlankDates::Refused)?;
        Ok(elements
            .as_slice()
            .iter()
            .map(|e| (e.ai().to_string(), e.value().into()))
            .collect())
    }

    fn kind(data: &str) -> (usize, Gs1ErrorKind) {
        let error = read(data).unwrap_err();
        (error.position, error.kind)
    }

    #[test]
    fn the_common_label() {
        let read = read("01000000245915151724031210XZWWHP\u{1d}21ABC").unwrap();
        let texts: Vec<_> = read.iter().map(|(ai, value)| format!("({ai}){value}")).collect();
        assert_eq!(
            texts,
            ["(01)00000024591515", "(17)240312", "(10)XZWWHP", "(21)ABC"]
        );
    }

    #[test]
    fn positions_point_at_the_wrong_character() {
        // 2 of AI + 14 digits: the check digit is character 16.
        let wrong_sum = Gs1ErrorKind::AiLinterError(LinterError::IncorrectCheckDigit);
        assert_eq!(kind("0112312312312334"), (16, wrong_sum));
        assert_eq!(
            kind("10AB~C"),
            (
                5,
                Gs1ErrorKind::AiLinterError(LinterError::InvalidCset82Character)
            )
        );
        assert_eq!(
            kind("10ABÅ"),
            (
                5,
                Gs1ErrorKind::AiLinterError(LinterError::InvalidCset82Character)
            )
        );
        assert_eq!(
            kind("011231231231233318GT7E"),
            (17, Gs1ErrorKind::NoAiForPrefix { prefix: *b"18GT" })
        );
        assert_eq!(
            kind("1012345678901234567890X"),
            (23, Gs1ErrorKind::AiDataIsTooLong)
        );
    }

    #[test]
    fn separators_only_where_they_belong() {
        assert!(
            read("0112312312312333\u{1d}10A").is_ok(),
            "after a predefined length it is allowed"
        );
        assert!(read("10A\u{1d}").is_ok(), "at the end too");
        assert_eq!(
            kind("\u{1d}10A"),
            (1, Gs1ErrorKind::NoAiForPrefix { prefix: *b"?10A" })
        );
        assert_eq!(kind("10A\u{1d}\u{1d}21B").0, 5);
        assert_eq!(
            kind("01123123\u{1d}10A").1,
            Gs1ErrorKind::AiDataHasIncorrectLength
        );
        assert_eq!(kind("10\u{1d}21A").1, Gs1ErrorKind::AiDataIsEmpty);
    }

    #[test]
    fn more_than_the_fixed_room_is_an_error() {
        let many = vec!["99XY"; MAX_ELEMENTS].join("\u{1d}");
        assert_eq!(read(&many).unwrap().len(), MAX_ELEMENTS);
        assert_eq!(kind(&format!("{many}\u{1d}99XY")).1, Gs1ErrorKind::TooManyAis);
    }

    #[test]
    fn blank_dates_pass_only_when_allowed() {
        assert!(parse("17000000", BlankDates::Refused).is_err());
        let elements = parse("17000000", BlankDates::Allowed).unwrap();
        assert_eq!(elements.get(Ai::EXPIRY), Some("000000"));
    }
}
