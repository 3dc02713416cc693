//! Why a code cannot be read.

use serde::Serialize;

use super::Marked;
use crate::carrier::ScanError;
use crate::carrier::gs1::{Gs1Error, Gs1ErrorKind};
use crate::identity::NumericKeyError;

/// Why a code cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Fault {
    /// Stable name; for GS1 that of the reference engine.
    pub code: String,
    /// The check that found a wrong content, named by its error.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub linter: Option<String>,
    /// Whose value.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ai: Option<String>,
    /// Byte of the data, counted from 1; for HIBC, ISBT 128 and IFA the character.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at: Option<usize>,
    /// What is wrong and what to do.
    pub message: String,
    /// The data with the wrong place in it, where there is one. For people; not written.
    #[serde(skip)]
    pub marked: Option<Box<Marked>>,
}

impl Fault {
    /// The name of what is wrong: that of the wrong content, where it is one.
    pub fn word(&self) -> &str {
        self.linter.as_deref().unwrap_or(&self.code)
    }
}

impl From<&ScanError> for Fault {
    fn from(error: &ScanError) -> Self {
        let at = match error {
            ScanError::Gs1(error) => return error.into(),
            ScanError::Hibc(error) => Some(error.position),
            ScanError::Isbt128(error) => Some(error.position),
            ScanError::Ifa(error) => Some(error.position),
            ScanError::NotText { position }
            | ScanError::Number(NumericKeyError::NotDigit { position, .. }) => Some(*position),
            _ => None,
        };
        Self {
            code: error.code().to_owned(),
            linter: None,
            ai: match error {
                ScanError::Value { ai, .. } => Some(ai.to_string()),
                _ => None,
            },
            at,
            message: error.to_string(),
            marked: None,
        }
    }
}

impl From<&Gs1Error> for Fault {
    fn from(error: &Gs1Error) -> Self {
        Self {
            code: error.kind.code().to_owned(),
            linter: match error.kind {
                Gs1ErrorKind::AiLinterError(linter) => Some(linter.code().to_owned()),
                _ => None,
            },
            ai: error.ai.map(|ai| ai.to_string()),
            at: Some(error.position),
            message: error.to_string(),
            marked: None,
        }
    }
}
