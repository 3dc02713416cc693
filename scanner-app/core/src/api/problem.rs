//! Something that could not be done.

use std::collections::BTreeMap;
use std::fmt::Display;

use serde::{Deserialize, Serialize};

/// An error with a stable code, an English sentence, and what a translation needs.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, thiserror::Error)]
#[error("{message}")]
pub struct Problem {
    /// Stable word; the sentence in each language stands under `problem-<code>`, see [`super::texts`].
    pub code: String,
    /// What, why and what to do, in English.
    pub message: String,
    /// Values for the translated sentence.
    #[serde(default)]
    pub args: BTreeMap<String, String>,
}

impl Problem {
    /// A problem without values.
    pub fn new(code: &str, message: impl Into<String>) -> Self {
        Self {
            code: code.to_owned(),
            message: message.into(),
            args: BTreeMap::new(),
        }
    }

    /// Adds a value for the translated sentence.
    #[must_use]
    pub fn with(mut self, name: &str, value: &dyn Display) -> Self {
        self.args.insert(name.to_owned(), value.to_string());
        self
    }
}
