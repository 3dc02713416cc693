//! Why a text is no IFA code.

/// An IFA code that breaks a rule: where and which.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("IFA, character {position}: {fault}")]
pub struct IfaError {
    /// Character counted from 1, after the symbology identifier.
    pub position: usize,
    /// The rule.
    pub fault: IfaFault,
}

/// The broken rule, with what to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum IfaFault {
    /// Neither envelope nor `.` nor bracket.
    #[error("an IFA code begins with [)>, a point or a bracket: scan again, or enter what is printed")]
    NotIfa,
    /// More than any label holds.
    #[error("the code is longer than any IFA code: scan one symbol at a time")]
    TooLong,
    /// Head or end of the envelope is not there.
    #[error(
        "the head or the end of the code was lost on the way: check the set-up of the scanner, or enter what is printed"
    )]
    Envelope,
    /// Lower case in a device identifier, or in a mark.
    #[error("lower-case letters are never part of an IFA device code: switch Caps Lock off and scan again")]
    LowerCase,
    /// A character that does not belong there.
    #[error("{0:?} may not stand here: check how the scanner sends its separator, then scan again")]
    Character(char),
    /// No value known here.
    #[error("no value known here begins so: scan again, or enter what is printed")]
    UnknownIdentifier,
    /// Too few or too many characters.
    #[error(
        "the value is empty, cut off or too long: a separator may be lost; check the scanner and scan again"
    )]
    Length,
    /// No PPN, HPC or Master UDI-DI.
    #[error("the device code is of no known kind (PPN 11…, HPC 13…): scan again, or enter what is printed")]
    Code,
    /// Code and check digits do not agree.
    #[error("the check digits should be {expected:02}, so the code is damaged: scan again")]
    CheckDigits {
        /// Computed.
        expected: u8,
    },
    /// The GTIN or NTIN after `8P` is wrong.
    #[error("the article number is wrong, its check digit does not agree: scan again")]
    ArticleNumber,
    /// A date that does not exist.
    #[error("the date does not exist: enter the date that is printed beside the code")]
    Date,
    /// A quantity that is no number.
    #[error("the quantity is no number: enter what is printed beside the code")]
    Quantity,
    /// The same mark twice.
    #[error("the same kind of value stands there twice: the label is wrong; enter what is printed")]
    Repeated,
    /// Both an IFA code and a GTIN.
    #[error("the label names two products, one of IFA and one of GS1: enter what is printed")]
    TwoProducts,
}

impl IfaError {
    pub(super) fn at(position: usize, fault: IfaFault) -> Self {
        Self { position, fault }
    }

    /// A stable name for logs, tests and translation.
    pub const fn code(&self) -> &'static str {
        match self.fault {
            IfaFault::NotIfa => "IFA_NOT_IFA",
            IfaFault::TooLong => "IFA_TOO_LONG",
            IfaFault::Envelope => "IFA_ENVELOPE",
            IfaFault::LowerCase => "IFA_LOWER_CASE",
            IfaFault::Character(_) => "IFA_CHARACTER",
            IfaFault::UnknownIdentifier => "IFA_UNKNOWN_IDENTIFIER",
            IfaFault::Length => "IFA_LENGTH",
            IfaFault::Code => "IFA_CODE",
            IfaFault::CheckDigits { .. } => "IFA_CHECK_DIGITS",
            IfaFault::ArticleNumber => "IFA_ARTICLE_NUMBER",
            IfaFault::Date => "IFA_DATE",
            IfaFault::Quantity => "IFA_QUANTITY",
            IfaFault::Repeated => "IFA_REPEATED",
            IfaFault::TwoProducts => "IFA_TWO_PRODUCTS",
        }
    }
}
