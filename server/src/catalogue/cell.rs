//! One cell of a table and what is wrong with it.

use std::fmt::Display;
use std::str::FromStr;

/// A cell that cannot be used.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("column {column:?}: {reason}")]
pub(super) struct CellError {
    /// Column name.
    pub column: &'static str,
    /// What, why and what to do.
    pub reason: String,
}

impl CellError {
    pub(super) fn new(column: &'static str, reason: impl Display) -> Self {
        Self {
            column,
            reason: reason.to_string(),
        }
    }
}

/// A row by column name; cells are trimmed, empty cells are absent.
#[derive(Debug)]
pub(super) struct Row<'a> {
    /// Line in the file, from 1.
    pub line: u64,
    /// Column names beside their cells.
    pub cells: Vec<(&'static str, &'a str)>,
}

impl Row<'_> {
    /// The cell's text.
    pub(super) fn text(&self, column: &str) -> Option<&str> {
        let (_, cell) = self.cells.iter().find(|(name, _)| *name == column)?;
        (!cell.is_empty()).then_some(*cell)
    }

    /// The cell's text, which must be there.
    pub(super) fn need(&self, column: &'static str) -> Result<&str, CellError> {
        self.text(column)
            .ok_or_else(|| CellError::new(column, "is empty; every line needs it"))
    }

    /// The cell's value, which must be there.
    pub(super) fn parse<T>(&self, column: &'static str) -> Result<T, CellError>
    where
        T: FromStr<Err: Display>,
    {
        self.need(column)?
            .parse()
            .map_err(|error| CellError::new(column, error))
    }

    /// The cell's value, if there is one.
    pub(super) fn parse_optional<T>(&self, column: &'static str) -> Result<Option<T>, CellError>
    where
        T: FromStr<Err: Display>,
    {
        self.text(column)
            .map(|text| text.parse().map_err(|error| CellError::new(column, error)))
            .transpose()
    }

    /// A whole number of 0 or more, if there is one.
    pub(super) fn whole(&self, column: &'static str) -> Result<Option<u32>, CellError> {
        let number = |text: &str| {
            let digits = text.bytes().all(|byte| byte.is_ascii_digit());
            text.parse()
                .ok()
                .filter(|_| digits)
                .ok_or_else(|| CellError::new(column, format!("{text:?} is no whole number of 0 or more")))
        };
        self.text(column).map(number).transpose()
    }

    /// Yes or no; empty is no.
    pub(super) fn yes(&self, column: &'static str) -> Result<bool, CellError> {
        match self.text(column).map(str::to_lowercase).as_deref() {
            None | Some("no" | "nej" | "false" | "0") => Ok(false),
            Some("yes" | "ja" | "true" | "1") => Ok(true),
            Some(word) => Err(CellError::new(
                column,
                format!("{word:?} is not known; use yes or no"),
            )),
        }
    }
}
