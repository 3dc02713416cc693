//! What can be wrong with an element string, in the words of the GS1 Barcode Syntax Engine where it has them.

use core::fmt;

use super::ai::Ai;
use super::linter::LinterError;

/// An element string that breaks a rule: where, at which identifier, and which rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Gs1Error {
    /// The identifier whose value is wrong, when one was recognised.
    pub ai: Option<Ai>,
    /// Byte of the element string, counted from 1 after the symbology identifier.
    pub position: usize,
    /// The rule.
    pub kind: Gs1ErrorKind,
}

/// The broken rule. [`Gs1ErrorKind::code`] gives the engine's own name for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gs1ErrorKind {
    /// There is nothing at all.
    AiDataEmpty,
    /// What stands where an identifier should begin is none that is known here.
    NoAiForPrefix {
        /// The characters there; bytes that cannot be shown are `?`, unused ones 0.
        prefix: [u8; 4],
    },
    /// An identifier without a value.
    AiDataIsEmpty,
    /// Too few characters for a value of fixed length.
    AiDataHasIncorrectLength,
    /// More characters than the value may have before the next separator.
    AiDataIsTooLong,
    /// The content of the value is wrong.
    AiLinterError(LinterError),
    /// More than [`MAX_ELEMENTS`](super::MAX_ELEMENTS).
    TooManyAis,
    /// `^` stands for the separator in GS1's own notation and is never scanned.
    ScanDataContainsIllegalCarat,
    /// The same identifier twice with two values.
    InstancesOfAiHaveDifferentValues,
    /// Two identifiers that exclude each other.
    InvalidAiPairs {
        /// The other one.
        with: Ai,
    },
    /// Bracketed: not `(identifier)value` throughout.
    AiParseFailed,
    /// Bracketed: no such identifier known here.
    AiUnrecognised,
    /// Bracketed: too few characters.
    AiValueIsTooShort,
    /// Bracketed: too many characters.
    AiValueIsTooLong,
    /// Bracketed: `^` in a value.
    AiContainsIllegalCaratCharacter,
}

impl Gs1ErrorKind {
    /// The name the GS1 Barcode Syntax Engine gives the error; stable, for logs and tests.
    pub const fn code(self) -> &'static str {
        match self {
            Self::AiDataEmpty => "AI_DATA_EMPTY",
            Self::NoAiForPrefix { .. } => "NO_AI_FOR_PREFIX",
            Self::AiDataIsEmpty => "AI_DATA_IS_EMPTY",
            Self::AiDataHasIncorrectLength => "AI_DATA_HAS_INCORRECT_LENGTH",
            Self::AiDataIsTooLong => "AI_DATA_IS_TOO_LONG",
            Self::AiLinterError(_) => "AI_LINTER_ERROR",
            Self::TooManyAis => "TOO_MANY_AIS",
            Self::ScanDataContainsIllegalCarat => "SCAN_DATA_CONTAINS_ILLEGAL_CARAT",
            Self::InstancesOfAiHaveDifferentValues => "INSTANCES_OF_AI_HAVE_DIFFERENT_VALUES",
            Self::InvalidAiPairs { .. } => "INVALID_AI_PAIRS",
            Self::AiParseFailed => "AI_PARSE_FAILED",
            Self::AiUnrecognised => "AI_UNRECOGNISED",
            Self::AiValueIsTooShort => "AI_VALUE_IS_TOO_SHORT",
            Self::AiValueIsTooLong => "AI_VALUE_IS_TOO_LONG",
            Self::AiContainsIllegalCaratCharacter => "AI_CONTAINS_ILLEGAL_CARAT_CHARACTER",
        }
    }

    /// The content error, when it is one.
    pub const fn linter_error(self) -> Option<LinterError> {
        match self {
            Self::AiLinterError(error) => Some(error),
            _ => None,
        }
    }
}

impl fmt::Display for Gs1Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(ai) = self.ai {
            write!(f, "({ai}) ")?;
        }
        write!(f, "character {}: ", self.position)?;
        f.write_str(match self.kind {
            Gs1ErrorKind::AiDataEmpty => "the symbol is empty: scan the other code on the label",
            Gs1ErrorKind::NoAiForPrefix { prefix } => {
                let shown = prefix.iter().take_while(|b| **b != 0).map(|b| char::from(*b)).collect::<String>();
                return write!(
                    f,
                    "no application identifier known here begins with \"{shown}\", so the rest cannot be read: scan \
                     again, or enter what is printed"
                );
            }
            Gs1ErrorKind::AiDataIsEmpty => "the value is missing: scan again, or enter what is printed",
            Gs1ErrorKind::AiDataHasIncorrectLength | Gs1ErrorKind::AiValueIsTooShort => {
                "the value is too short, part of the code is missing: scan again"
            }
            Gs1ErrorKind::AiDataIsTooLong | Gs1ErrorKind::AiValueIsTooLong => {
                "the value is too long, a separator was lost on the way: check the set-up of the scanner, then scan again"
            }
            Gs1ErrorKind::AiLinterError(error) => error.sentence(),
            Gs1ErrorKind::TooManyAis => "there are more than 64 values: scan one label at a time",
            Gs1ErrorKind::ScanDataContainsIllegalCarat | Gs1ErrorKind::AiContainsIllegalCaratCharacter => {
                "a ^ is never part of a GS1 code: check how the scanner sends its separator, then scan again"
            }
            Gs1ErrorKind::InstancesOfAiHaveDifferentValues => {
                "the same identifier stands there twice with two values: the label is wrong; enter what is printed"
            }
            Gs1ErrorKind::InvalidAiPairs { with } => {
                return write!(f, "may not stand together with ({with}): the label is wrong; enter what is printed");
            }
            Gs1ErrorKind::AiParseFailed => "not in the form (identifier)value: check brackets and blanks",
            Gs1ErrorKind::AiUnrecognised => {
                "the brackets hold no application identifier known here: check what was entered"
            }
        })
    }
}

impl core::error::Error for Gs1Error {}
