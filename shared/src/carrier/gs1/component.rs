//! Parts of a value: which characters, how many, and which checks.

use super::element::BlankDates;
use super::linter::{Finding, Linter};

/// The characters a part may hold (GS1 General Specifications 7.11).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CharacterSet {
    /// Digits.
    Numeric,
    /// The 82 characters of lots and serials.
    Cset82,
    /// The 39 characters of component part identifiers.
    Cset39,
    /// File-safe base 64 (RFC 4648 section 5).
    Cset64,
}

/// One part of a value, such as the `N6,yymmdd` of AI 7003.
#[derive(Debug, Clone, Copy)]
pub struct Component {
    /// Allowed characters.
    pub set: CharacterSet,
    /// Fewest characters.
    pub min: usize,
    /// Most characters; equal to `min` for all but the last part.
    pub max: usize,
    /// May be left out.
    pub optional: bool,
    /// Further checks, in order.
    pub linters: &'static [Linter],
}

impl Component {
    pub(super) fn check(&self, part: &[u8], blank: BlankDates) -> Result<(), Finding> {
        match self.set {
            CharacterSet::Numeric => Linter::Digits,
            CharacterSet::Cset82 => Linter::Cset82,
            CharacterSet::Cset39 => Linter::Cset39,
            CharacterSet::Cset64 => Linter::Cset64,
        }
        .check(part)?;
        let is_blank_date = blank == BlankDates::Allowed && part == b"000000";
        self.linters
            .iter()
            .filter(|linter| !(is_blank_date && matches!(linter, Linter::Day | Linter::DayOrMonth)))
            .try_for_each(|linter| linter.check(part))
    }
}

#[cfg(test)]
mod tests {
    use super::{BlankDates, CharacterSet, Component, Linter};

    #[test]
    fn a_blank_date_passes_only_when_allowed() {
        let date = Component {
            set: CharacterSet::Numeric,
            min: 6,
            max: 6,
            optional: false,
            linters: &[Linter::DayOrMonth],
        };
        assert!(date.check(b"000000", BlankDates::Refused).is_err());
        assert_eq!(date.check(b"000000", BlankDates::Allowed), Ok(()));
        assert!(date.check(b"260000", BlankDates::Allowed).is_err());
    }
}
