//! Why a scan names nothing.

use super::gs1::{Ai, Gs1Error, Gs1ErrorKind};
use super::hibc::HibcError;
use super::ifa::IfaError;
use super::isbt128::Isbt128Error;
use crate::identity::NumericKeyError;

/// A scan that cannot be read: what is wrong, why, and what to do, in one sentence.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ScanError {
    /// No data.
    #[error("the scan is empty: scan again")]
    Empty,
    /// More than any symbol holds.
    #[error("the scan has {bytes} bytes, more than any label: scan one symbol at a time")]
    TooLong {
        /// Bytes received.
        bytes: usize,
    },
    /// Bytes that are no text.
    #[error("byte {position} is no text, so this is not a product code: scan the other code on the label")]
    NotText {
        /// Byte of the data, counted from 1.
        position: usize,
    },
    /// The scanner types for another keyboard layout than the host reads.
    #[error(
        "the scanner and this device use different keyboard layouts, so signs in lots would change unseen: choose \
         the keyboard of the scanner in the settings and scan again"
    )]
    KeyboardLayout,
    /// An element string breaks a rule.
    #[error(transparent)]
    Gs1(Gs1Error),
    /// An HIBC code breaks a rule.
    #[error(transparent)]
    Hibc(#[from] HibcError),
    /// ISBT 128 data break a rule.
    #[error(transparent)]
    Isbt128(#[from] Isbt128Error),
    /// An IFA code breaks a rule.
    #[error(transparent)]
    Ifa(#[from] IfaError),
    /// A value has the right form but cannot be.
    #[error("({ai}): {reason}")]
    Value {
        /// Whose value.
        ai: Ai,
        /// What is wrong with it.
        reason: String,
    },
    /// A value of another agency's code cannot be kept as what it is.
    #[error("{reason}")]
    Code {
        /// What is wrong with it.
        reason: String,
    },
    /// A plain article or package number is wrong.
    #[error(transparent)]
    Number(#[from] NumericKeyError),
    /// Read without fault, but it names no product, package, place or asset.
    #[error("this code names no product, package, place or asset: scan the other code on the label")]
    NamesNothing,
    /// A web address.
    #[error(
        "this code is a web address, which is not read here: scan the other code, or enter what is printed"
    )]
    WebAddress,
    /// HIBC data about patients, staff or places (PAS), which begins `+/`.
    #[error("this code is about a patient, a person or a place, not a device: scan the code of the device")]
    NotADevice,
    /// No form that is known here.
    #[error("this code has no form known here: scan the other code on the label, or enter what is printed")]
    Unknown,
}

impl ScanError {
    /// A stable name for logs, tests and translation. For element strings the name of the GS1 Barcode Syntax Engine;
    /// for wrong contents the name of its linter error.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Empty => "SCAN_EMPTY",
            Self::TooLong { .. } => "SCAN_TOO_LONG",
            Self::NotText { .. } => "SCAN_NOT_TEXT",
            Self::KeyboardLayout => "SCAN_KEYBOARD_LAYOUT",
            Self::Gs1(Gs1Error {
                kind: Gs1ErrorKind::AiLinterError(error),
                ..
            }) => error.code(),
            Self::Gs1(error) => error.kind.code(),
            Self::Hibc(error) => error.code(),
            Self::Isbt128(error) => error.code(),
            Self::Ifa(error) => error.code(),
            Self::Value { .. } | Self::Code { .. } => "SCAN_IMPOSSIBLE_VALUE",
            Self::Number(NumericKeyError::CheckDigit { .. }) => "INCORRECT_CHECK_DIGIT",
            Self::Number(_) => "SCAN_WRONG_NUMBER",
            Self::NamesNothing => "SCAN_NAMES_NOTHING",
            Self::WebAddress => "SCAN_WEB_ADDRESS",
            Self::NotADevice => "SCAN_NOT_A_DEVICE",
            Self::Unknown => "SCAN_UNKNOWN_FORM",
        }
    }
}
