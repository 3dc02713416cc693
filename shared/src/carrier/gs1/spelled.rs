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
/// that begins 89, so nobody knows how long one would be, but in `(89)A` everybody can see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ElementString {
    text: String,
    ais: Vec<(usize, Ai)>,
    separator_due: bool,
    rules: Rules,
}

impl ElementString {
    pub(super) fn new(rules: Rules, room: usize) -> Self {
        Self {
            text: String::with_capacity(room),
            ais: Vec::new(),
            separator_due: false,
            rules,
        }
    }

    pub(super) fn push(&mut self, ai: Ai, row: &AiRow, value: &str) -> Result<(), Gs1ErrorKind> {
        if self.ais.len() == MAX_ELEMENTS {
            return Err(Gs1ErrorKind::TooManyAis);
        }
        if self.separator_due {
            self.text.push(char::from(GS));
        }
        self.ais.push((self.text.len(), ai));
        // Writing to a String cannot fail.
        let _ = write!(self.text, "{ai}{value}");
        self.separator_due = !row.predefined;
        Ok(())
    }

    /// Identifiers in order.
    pub(super) fn ais(&self) -> impl Iterator<Item = Ai> {
        self.ais.iter().map(|(_, ai)| *ai)
    }

    /// The string as a scanner would send it, without symbology identifier.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The elements, each value checked. Positions count bytes of [`Self::as_str`].
    pub fn elements(&self) -> Result<Elements<'_>, Gs1Error> {
        let mut elements = Elements::none();
        for (at, ai) in &self.ais {
            elements.push(&self.text, *at, *ai, self.rules)?;
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
