//! The three forms in which fields are put together.

use super::error::{IfaError, IfaFault};

/// How the fields are put together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IfaForm {
    /// ISO/IEC 15434 format 06.
    Format06,
    /// DIN 16598.
    Din16598,
    /// As printed, each mark in brackets.
    Printed,
}

const HEAD: &str = "[)>\u{1e}06\u{1d}";
const END: &str = "\u{1e}\u{4}";

impl IfaForm {
    /// The form, the data between head and end, and how many bytes stand before them.
    pub(super) fn open(data: &str) -> Result<(Self, &str, usize), IfaError> {
        if data.starts_with("[)>") {
            let inside = data
                .strip_prefix(HEAD)
                .ok_or(IfaError::at(4, IfaFault::Envelope))?
                .strip_suffix(END)
                .ok_or(IfaError::at(data.chars().count(), IfaFault::Envelope))?;
            return Ok((Self::Format06, inside, HEAD.len()));
        }
        if let Some(inside) = data.strip_prefix('.') {
            return Ok((Self::Din16598, inside, 1));
        }
        match data.strip_prefix('(') {
            Some(inside) => Ok((Self::Printed, inside, 1)),
            None => Err(IfaError::at(1, IfaFault::NotIfa)),
        }
    }

    /// What stands before the first field, between two, and after the last.
    pub(super) fn around(self) -> (&'static str, char, &'static str) {
        match self {
            Self::Format06 => (HEAD, '\u{1d}', END),
            Self::Din16598 => (".", '^', ""),
            Self::Printed => ("(", '(', ""),
        }
    }

    /// Mark and value of one field, divided by a bracket in printed text.
    pub(super) fn mark_end(self) -> &'static str {
        if self == Self::Printed { ")" } else { "" }
    }
}
