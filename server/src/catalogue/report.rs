//! What a reading found: usable items, refused lines, notes.

use std::collections::BTreeMap;
use std::fmt;

/// An item with the line it came from.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Sourced<T> {
    /// Line in the file, from 1.
    pub line: u64,
    /// What it says.
    pub item: T,
}

/// Something to say about a line.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Remark {
    /// Line in the file, from 1.
    pub line: u64,
    /// What the line is about: a number or code, as far as it could be read.
    pub subject: String,
    /// What, why and what to do.
    pub text: String,
}

impl fmt::Display for Remark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.subject.is_empty() {
            write!(f, "line {}: {}", self.line, self.text)
        } else {
            write!(f, "line {} ({}): {}", self.line, self.subject, self.text)
        }
    }
}

/// What was read from a file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Reading<T> {
    /// Usable items.
    pub items: Vec<Sourced<T>>,
    /// Lines that cannot be used.
    pub refused: Vec<Remark>,
    /// Lines that are about the same item as another and went in with it.
    pub joined: Vec<Remark>,
    /// Lines that are used with a change or a doubt.
    pub notes: Vec<Remark>,
    /// Lines with content, the header not counted.
    pub lines: u64,
}

impl<T> Default for Reading<T> {
    fn default() -> Self {
        Self {
            items: Vec::new(),
            refused: Vec::new(),
            joined: Vec::new(),
            notes: Vec::new(),
            lines: 0,
        }
    }
}

impl<T> Reading<T> {
    /// Notes by text with their number, for a summary.
    pub fn note_counts(&self) -> BTreeMap<&str, usize> {
        let mut counts = BTreeMap::new();
        for note in &self.notes {
            *counts.entry(note.text.as_str()).or_default() += 1;
        }
        counts
    }
}

/// Why nothing of a file can be used.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum FileError {
    /// No header, no rows.
    #[error("the file is empty: it needs a header line with the column names {0}")]
    Empty(String),
    /// A column that must be there is not.
    #[error("line 1, column {column:?}: missing; the header found is {found}; the columns are {known}")]
    MissingColumn {
        /// The column.
        column: &'static str,
        /// Header of the file.
        found: String,
        /// Every column name.
        known: String,
    },
    /// A column nobody knows: a misspelt one would silently lose its data.
    #[error("line 1, column {column:?}: not a known column; the columns are {known}")]
    UnknownColumn {
        /// The column.
        column: String,
        /// Every column name.
        known: String,
    },
    /// The same column twice.
    #[error("line 1, column {0:?}: stands twice in the header; take one out")]
    DoubledColumn(String),
    /// The header is not text.
    #[error("line 1 is not UTF-8; save the file as UTF-8")]
    NotText,
}
