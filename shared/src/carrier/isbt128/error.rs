//! Why a text is no ISBT 128 data.

/// ISBT 128 data that break a rule: where and which.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("ISBT 128, character {position}: {fault}")]
pub struct Isbt128Error {
    /// Character counted from 1, after the symbology identifier.
    pub position: usize,
    /// The rule.
    pub fault: Isbt128Fault,
}

/// The broken rule, with what to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Isbt128Fault {
    /// It does not begin with `=` or `&`.
    #[error("ISBT 128 data begin with = or &: scan again, or enter what is printed")]
    NotIsbt128,
    /// More than any label holds.
    #[error("the code is longer than any ISBT 128 code: scan one symbol at a time")]
    TooLong,
    /// ISBT 128 for devices knows no lower case.
    #[error("lower-case letters are never part of this value: switch Caps Lock off and scan again")]
    LowerCase,
    /// A character that does not belong there.
    #[error("{0:?} may not stand here: check the keyboard layout of the scanner, or enter what is printed")]
    Character(char),
    /// No data structure known here.
    #[error("no ISBT 128 value known here begins so: scan the code of the device, or enter what is printed")]
    UnknownIdentifier,
    /// The text ends within a data structure.
    #[error("the end of the code is missing: scan again")]
    CutOff,
    /// A day or time that does not exist.
    #[error("the date or time does not exist: enter what is printed beside the code")]
    Date,
    /// A compound message with another number of structures than it says.
    #[error("the message says it has {declared} parts and has {found}: part of it was lost, scan again")]
    Count {
        /// What it says.
        declared: u8,
        /// What follows.
        found: usize,
    },
    /// A compound message inside, or the same kind of value twice.
    #[error("the same kind of value stands there twice: scan one label at a time")]
    Repeated,
}

impl Isbt128Error {
    pub(super) fn at(position: usize, fault: Isbt128Fault) -> Self {
        Self { position, fault }
    }

    /// A stable name for logs, tests and translation.
    pub const fn code(&self) -> &'static str {
        match self.fault {
            Isbt128Fault::NotIsbt128 => "ISBT128_NOT_ISBT128",
            Isbt128Fault::TooLong => "ISBT128_TOO_LONG",
            Isbt128Fault::LowerCase => "ISBT128_LOWER_CASE",
            Isbt128Fault::Character(_) => "ISBT128_CHARACTER",
            Isbt128Fault::UnknownIdentifier => "ISBT128_UNKNOWN_IDENTIFIER",
            Isbt128Fault::CutOff => "ISBT128_CUT_OFF",
            Isbt128Fault::Date => "ISBT128_DATE",
            Isbt128Fault::Count { .. } => "ISBT128_COUNT",
            Isbt128Fault::Repeated => "ISBT128_REPEATED",
        }
    }
}
