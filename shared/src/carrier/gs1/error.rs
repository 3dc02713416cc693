//! What can be wrong with an element string, in the words of the GS1 Barcode Syntax Engine where it has them.

use core::fmt;

use super::ai::Ai;
use super::linter::LinterError;

/// An element string that breaks a rule: where, at which identifier, and which rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Gs1Error {
    /// The identifier whose value is wrong, when one was recognised.
    pub ai: Option<Ai>,
    /// Byte counted from 1: of the element string after the symbology identifier, of a bracketed text or a web address
    /// itself.
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
    /// What the identifier needs beside it is not there.
    RequiredAisNotSatisfied,
    /// A digital signature beside a key that names no single piece.
    SerialNotPresent,
    /// Scan: no symbology identifier in front.
    MissingSymbologyIdentifier,
    /// Scan: a symbol that is none of GS1.
    UnsupportedSymbologyIdentifier,
    /// EAN and UPC: too few digits.
    PrimaryScanDataIsTooShort,
    /// EAN and UPC: too many digits.
    PrimaryMessageIsTooLong,
    /// EAN and UPC: something else than a digit.
    PrimaryMessageMayOnlyContainDigits,
    /// EAN and UPC: the check digit does not agree.
    PrimaryMessageCheckDigitIsIncorrect,
    /// Writing EAN, UPC and DataBar: not the number of digits the symbol has.
    PrimaryDataMustBeNDigits,
    /// The same, where the check digit is added.
    PrimaryDataMustBeNDigitsWithoutCheckDigit,
    /// The same: something else than a digit.
    PrimaryDataMustBeAllDigits,
    /// The same: the check digit does not agree.
    PrimaryDataCheckDigitIsIncorrect,
    /// GS1 DataBar Limited holds no number above 19999999999999.
    PrimaryDataIsTooLarge,
    /// Digital Link: a character that no web address has.
    UriContainsIllegalCharacters,
    /// Digital Link: neither http nor https.
    UriContainsIllegalScheme,
    /// Digital Link: no server or no path.
    UriMissingDomainAndPathInfo,
    /// Digital Link: a character that no server has in its name.
    DomainContainsIllegalCharacters,
    /// Digital Link: an ordinary web address.
    NoGs1DlKeysFoundInPathInfo,
    /// Digital Link: an identifier in the path without a value.
    AiValuePathElementIsEmpty,
    /// Digital Link: an identifier in the query without a value.
    AiValueQueryElementInEmpty,
    /// Digital Link: a byte of zero in the path.
    DecodedAiFromDlPathInfoContainsIllegalNull,
    /// Digital Link: a byte of zero in the query.
    DecodedAiValueFromQueryParamsContainsIllegalNull,
    /// Digital Link: digits in the query that are no identifier known here.
    UnknownAiInQueryParams,
    /// Digital Link: the path goes on with what does not belong to the key, or not in this order.
    InvalidKeyQualifierSequence,
    /// Digital Link: an identifier that may not stand in the query.
    AiIsNotValidDataAttribute,
    /// Digital Link: an identifier in the query that belongs into the path.
    AiShouldBeInPathInfo,
    /// Digital Link: the same identifier twice.
    DuplicateAi,
    /// Digital Link, writing: more characters than an address may have.
    DlUriTooLong,
    /// Digital Link, writing: nothing that can be the key.
    CannotCreateDlUriWithoutPrimaryKeyAi,
    /// The notation of GS1 begins with ^, and this does not.
    MissingFnc1InFirstPosition,
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
            Self::RequiredAisNotSatisfied => "REQUIRED_AIS_NOT_SATISFIED",
            Self::SerialNotPresent => "SERIAL_NOT_PRESENT",
            Self::MissingSymbologyIdentifier => "MISSING_SYMBOLOGY_IDENTIFIER",
            Self::UnsupportedSymbologyIdentifier => "UNSUPPORTED_SYMBOLOGY_IDENTIFIER",
            Self::PrimaryScanDataIsTooShort => "PRIMARY_SCAN_DATA_IS_TOO_SHORT",
            Self::PrimaryMessageIsTooLong => "PRIMARY_MESSAGE_IS_TOO_LONG",
            Self::PrimaryMessageMayOnlyContainDigits => "PRIMARY_MESSAGE_MAY_ONLY_CONTAIN_DIGITS",
            Self::PrimaryMessageCheckDigitIsIncorrect => "PRIMARY_MESSAGE_CHECK_DIGIT_IS_INCORRECT",
            Self::PrimaryDataMustBeNDigits => "PRIMARY_DATA_MUST_BE_N_DIGITS",
            Self::PrimaryDataMustBeNDigitsWithoutCheckDigit => {
                "PRIMARY_DATA_MUST_BE_N_DIGITS_WITHOUT_CHECK_DIGIT"
            }
            Self::PrimaryDataMustBeAllDigits => "PRIMARY_DATA_MUST_BE_ALL_DIGITS",
            Self::PrimaryDataCheckDigitIsIncorrect => "PRIMARY_DATA_CHECK_DIGIT_IS_INCORRECT",
            Self::PrimaryDataIsTooLarge => "PRIMARY_DATA_IS_TOO_LARGE",
            Self::UriContainsIllegalCharacters => "URI_CONTAINS_ILLEGAL_CHARACTERS",
            Self::UriContainsIllegalScheme => "URI_CONTAINS_ILLEGAL_SCHEME",
            Self::UriMissingDomainAndPathInfo => "URI_MISSING_DOMAIN_AND_PATH_INFO",
            Self::DomainContainsIllegalCharacters => "DOMAIN_CONTAINS_ILLEGAL_CHARACTERS",
            Self::NoGs1DlKeysFoundInPathInfo => "NO_GS1_DL_KEYS_FOUND_IN_PATH_INFO",
            Self::AiValuePathElementIsEmpty => "AI_VALUE_PATH_ELEMENT_IS_EMPTY",
            Self::AiValueQueryElementInEmpty => "AI_VALUE_QUERY_ELEMENT_IN_EMPTY",
            Self::DecodedAiFromDlPathInfoContainsIllegalNull => {
                "DECODED_AI_FROM_DL_PATH_INFO_CONTAINS_ILLEGAL_NULL"
            }
            Self::DecodedAiValueFromQueryParamsContainsIllegalNull => {
                "DECODED_AI_VALUE_FROM_QUERY_PARAMS_CONTAINS_ILLEGAL_NULL"
            }
            Self::UnknownAiInQueryParams => "UNKNOWN_AI_IN_QUERY_PARAMS",
            Self::InvalidKeyQualifierSequence => "INVALID_KEY_QUALIFIER_SEQUENCE",
            Self::AiIsNotValidDataAttribute => "AI_IS_NOT_VALID_DATA_ATTRIBUTE",
            Self::AiShouldBeInPathInfo => "AI_SHOULD_BE_IN_PATH_INFO",
            Self::DuplicateAi => "DUPLICATE_AI",
            Self::DlUriTooLong => "DL_URI_TOO_LONG",
            Self::CannotCreateDlUriWithoutPrimaryKeyAi => "CANNOT_CREATE_DL_URI_WITHOUT_PRIMARY_KEY_AI",
            Self::MissingFnc1InFirstPosition => "MISSING_FNC1_IN_FIRST_POSITION",
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
            Gs1ErrorKind::RequiredAisNotSatisfied | Gs1ErrorKind::SerialNotPresent => {
                "what must stand beside it is missing: scan the other code on the label too"
            }
            Gs1ErrorKind::MissingSymbologyIdentifier => {
                "the kind of symbol is not told: switch on the AIM identifier in the scanner"
            }
            Gs1ErrorKind::UnsupportedSymbologyIdentifier => {
                "a kind of symbol that GS1 does not use: scan the other code on the label"
            }
            Gs1ErrorKind::PrimaryScanDataIsTooShort
            | Gs1ErrorKind::PrimaryMessageIsTooLong
            | Gs1ErrorKind::PrimaryMessageMayOnlyContainDigits
            | Gs1ErrorKind::PrimaryDataMustBeNDigits
            | Gs1ErrorKind::PrimaryDataMustBeNDigitsWithoutCheckDigit
            | Gs1ErrorKind::PrimaryDataMustBeAllDigits
            | Gs1ErrorKind::PrimaryDataIsTooLarge => {
                "not the digits that this kind of symbol holds: scan again, or enter what is printed"
            }
            Gs1ErrorKind::PrimaryMessageCheckDigitIsIncorrect
            | Gs1ErrorKind::PrimaryDataCheckDigitIsIncorrect => LinterError::IncorrectCheckDigit.sentence(),
            Gs1ErrorKind::NoGs1DlKeysFoundInPathInfo
            | Gs1ErrorKind::UriContainsIllegalScheme
            | Gs1ErrorKind::UriMissingDomainAndPathInfo => {
                "an ordinary web address, which names no product: scan the other code, or enter what is printed"
            }
            Gs1ErrorKind::UriContainsIllegalCharacters
            | Gs1ErrorKind::DomainContainsIllegalCharacters
            | Gs1ErrorKind::AiValuePathElementIsEmpty
            | Gs1ErrorKind::AiValueQueryElementInEmpty
            | Gs1ErrorKind::DecodedAiFromDlPathInfoContainsIllegalNull
            | Gs1ErrorKind::DecodedAiValueFromQueryParamsContainsIllegalNull
            | Gs1ErrorKind::UnknownAiInQueryParams
            | Gs1ErrorKind::AiIsNotValidDataAttribute => {
                "the web address breaks the rules of GS1 Digital Link: scan the other code, or enter what is printed"
            }
            Gs1ErrorKind::InvalidKeyQualifierSequence | Gs1ErrorKind::AiShouldBeInPathInfo => {
                "stands in the wrong place of the web address: scan the other code, or enter what is printed"
            }
            Gs1ErrorKind::DuplicateAi => {
                "stands twice in the web address: scan the other code, or enter what is printed"
            }
            Gs1ErrorKind::DlUriTooLong => "the web address would be too long: leave out what is not needed",
            Gs1ErrorKind::CannotCreateDlUriWithoutPrimaryKeyAi => {
                "nothing here can be the key of a web address: add the GTIN or another key"
            }
            Gs1ErrorKind::MissingFnc1InFirstPosition => "the notation begins with ^: add it",
        })
    }
}

impl core::error::Error for Gs1Error {}
