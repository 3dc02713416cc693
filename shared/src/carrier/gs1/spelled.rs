//! An element string put together from a form that says where each value ends.

use core::fmt::Write as _;

use super::ai::{Ai, AiRow};
use super::component::CharacterSet;
use super::element::{Elements, GS, MAX_ELEMENTS, Rules};
use super::error::{Gs1Error, Gs1ErrorKind};
use super::linter::LinterError;

/// The element string of a bracketed text or a web address, with the places of its identifiers.
///
/// The places are kept because the string alone does not always tell them: GS1 has not given out any identifier yet
/// that begins 89, so nobody knows how long one would be, but in `(89)A` everybody can see it. What is wrong with a value
/// is told where it stands in the text that was given, which is the only one that anybody can see.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ElementString {
    text: String,
    places: Vec<Place>,
    escapes: Vec<Escaped>,
    separator_due: bool,
    rules: Rules,
}

/// Where an element stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Place {
    ai: Ai,
    /// Byte of the element string where the identifier begins.
    at: usize,
    /// Byte of the text as given where the value begins.
    given: usize,
    /// Zeros before the value that the text as given does not have.
    padding: usize,
}

/// A character of the element string that takes more bytes in the text as given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Escaped {
    /// Byte of the element string.
    at: usize,
    /// How many more.
    more: usize,
}

/// A value as it stands in a text.
#[derive(Clone, Copy)]
pub(super) struct Given<'a> {
    /// Byte of the text where it begins.
    pub(super) at: usize,
    /// With its escapes.
    pub(super) raw: &'a str,
    /// How a form writes characters that mean something else in it.
    pub(super) escape: Escape,
}

/// The ways to write a character that means something else.
#[derive(Clone, Copy)]
pub(super) enum Escape {
    /// `\(`.
    Backslash,
    /// `%hh`.
    Percent,
}

impl Escape {
    /// Bytes that the character at the head of a text takes.
    fn len(self, text: &[u8]) -> usize {
        match (self, text) {
            (Self::Backslash, [b'\\', b'(', ..]) => 2,
            (Self::Percent, [b'%', a, b, ..]) if a.is_ascii_hexdigit() && b.is_ascii_hexdigit() => 3,
            _ => 1,
        }
    }
}

impl ElementString {
    pub(super) fn new(rules: Rules, room: usize) -> Self {
        Self {
            text: String::with_capacity(room),
            places: Vec::new(),
            escapes: Vec::new(),
            separator_due: false,
            rules,
        }
    }

    pub(super) fn push(
        &mut self,
        ai: Ai,
        row: &AiRow,
        value: &str,
        given: Given<'_>,
    ) -> Result<(), Gs1ErrorKind> {
        if self.places.len() == MAX_ELEMENTS {
            return Err(Gs1ErrorKind::TooManyAis);
        }
        if self.separator_due {
            self.text.push(char::from(GS));
        }
        let place = Place {
            ai,
            at: self.text.len(),
            given: given.at,
            padding: value.len().saturating_sub(given.raw.len()),
        };
        let value_at = place.at + ai.digits();
        if given.raw.len() > value.len() {
            self.note_escapes(value_at, given);
        }
        self.places.push(place);
        // Writing to a String cannot fail.
        let _ = write!(self.text, "{ai}{value}");
        self.separator_due = !row.predefined;
        Ok(())
    }

    fn note_escapes(&mut self, value_at: usize, given: Given<'_>) {
        let mut rest = given.raw.as_bytes();
        let mut at = value_at;
        while !rest.is_empty() {
            let taken = given.escape.len(rest);
            if taken > 1 {
                self.escapes.push(Escaped { at, more: taken - 1 });
            }
            rest = rest.get(taken..).unwrap_or_default();
            at += 1;
        }
    }

    /// Where a byte of the element string stands in the text as given, both counted from 0.
    fn given(&self, place: &Place, at: usize) -> usize {
        let value_at = place.at + place.ai.digits();
        let escapes = self.escapes.iter();
        let more = escapes
            .filter(|escaped| (value_at..at).contains(&escaped.at))
            .map(|escaped| escaped.more);
        place.given + at.saturating_sub(value_at + place.padding) + more.sum::<usize>()
    }

    /// The string as a scanner would send it, without symbology identifier.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The elements, each value checked. Positions count bytes of the text as given, from 1.
    pub fn elements(&self) -> Result<Elements<'_>, Gs1Error> {
        let mut elements = Elements::none();
        for place in &self.places {
            let pushed = elements.push(&self.text, place.at, place.ai, self.rules);
            pushed.map_err(|error| Gs1Error {
                position: self.given(place, error.position - 1) + 1,
                ..error
            })?;
            elements.place_last(place.given + 1);
        }
        Ok(elements)
    }
}

impl From<ElementString> for String {
    fn from(string: ElementString) -> Self {
        string.text
    }
}

/// Checks what only a form with visible ends can tell of a value; its content is checked with the elements.
pub(super) fn check_length(row: &AiRow, value: &str) -> Result<(), Gs1ErrorKind> {
    if value.len() < row.min_len().max(1) {
        Err(Gs1ErrorKind::AiValueIsTooShort)
    } else if value.len() > row.max_len() {
        Err(Gs1ErrorKind::AiValueIsTooLong)
    } else {
        Ok(())
    }
}

/// A caret or a separator inside a value would change the meaning of the whole string.
pub(super) fn check_content(row: &AiRow, value: &str) -> Result<(), Gs1ErrorKind> {
    if value.contains('^') {
        return Err(Gs1ErrorKind::AiContainsIllegalCaratCharacter);
    }
    if value.as_bytes().contains(&GS) {
        let numeric = row
            .components
            .last()
            .is_some_and(|component| component.set == CharacterSet::Numeric);
        return Err(Gs1ErrorKind::AiLinterError(if numeric {
            LinterError::NonDigitCharacter
        } else {
            LinterError::InvalidCset82Character
        }));
    }
    Ok(())
}
