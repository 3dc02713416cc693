//! Why a text is no HIBC code.

/// An HIBC code that breaks a rule: where and which.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("HIBC, character {position}: {fault}")]
pub struct HibcError {
    /// Character counted from 1, after the symbology identifier and the asterisk of printed text.
    pub position: usize,
    /// The rule.
    pub fault: HibcFault,
}

/// The broken rule, with what to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum HibcFault {
    /// It does not begin with `+` and data.
    #[error("an HIBC code begins with + and goes on: scan again, or enter what is printed")]
    NotHibc,
    /// More than any label holds.
    #[error("the code is longer than any HIBC code: scan one symbol at a time")]
    TooLong,
    /// HIBC knows no lower case.
    #[error("lower-case letters are never part of an HIBC code: switch Caps Lock off and scan again")]
    LowerCase,
    /// A character outside the set, or one that does not belong there.
    #[error("{0:?} may not stand here: check the keyboard layout of the scanner, or enter what is printed")]
    Character(char),
    /// PAS data about patients, staff or places, which begin `+/`.
    #[error("the code is about a patient, a person or a place: scan the code of the device")]
    PatientData,
    /// Labeler (four), product code (1 to 18) and packaging level (a digit) are not there.
    #[error(
        "a labeler of one letter and three characters, a product code of 1 to 18 and a digit must stand here: scan \
         again, or enter what is printed"
    )]
    Primary,
    /// No field of secondary data.
    #[error("no lot, serial, date or quantity can be read here: scan again, or enter what is printed")]
    Field,
    /// A date that does not exist, or is cut off.
    #[error("the date does not exist or is cut off: enter the date that is printed beside the code")]
    Date,
    /// A quantity that is no number.
    #[error("the quantity is no number or is cut off: enter what is printed beside the code")]
    Quantity,
    /// A lot or serial of more than 18 characters.
    #[error("a lot or serial has at most 18 characters: two codes may have run together, scan again")]
    ValueTooLong,
    /// One kind of value twice, and the two differ.
    #[error(
        "the same kind of value stands there twice and the two differ: the label is wrong; enter what is printed"
    )]
    Repeated,
    /// Code and check character do not agree.
    #[error(
        "the check character is {found:?} and should be {expected:?}, so the code is damaged: scan again"
    )]
    CheckCharacter {
        /// Computed.
        expected: char,
        /// Read.
        found: char,
    },
    /// The second symbol belongs to another first one.
    #[error(
        "the link character is {found:?} and should be {expected:?}, so these two symbols are of different labels: \
         scan both of one label"
    )]
    LinkCharacter {
        /// Check character of the primary.
        expected: char,
        /// Read.
        found: char,
    },
    /// Several symbols that run together and can be cut apart in more than one way.
    #[error("the symbols ran together and can be cut in several ways: scan them one at a time")]
    Ambiguous,
}

impl HibcError {
    pub(super) fn at(position: usize, fault: HibcFault) -> Self {
        Self { position, fault }
    }

    /// The same error in data that begins `offset` characters later.
    pub(super) fn after(self, offset: usize) -> Self {
        Self::at(self.position + offset, self.fault)
    }

    /// A stable name for logs, tests and translation.
    pub const fn code(&self) -> &'static str {
        match self.fault {
            HibcFault::NotHibc => "HIBC_NOT_HIBC",
            HibcFault::TooLong => "HIBC_TOO_LONG",
            HibcFault::LowerCase => "HIBC_LOWER_CASE",
            HibcFault::Character(_) => "HIBC_CHARACTER",
            HibcFault::PatientData => "HIBC_PATIENT_DATA",
            HibcFault::Primary => "HIBC_PRIMARY",
            HibcFault::Field => "HIBC_FIELD",
            HibcFault::Date => "HIBC_DATE",
            HibcFault::Quantity => "HIBC_QUANTITY",
            HibcFault::ValueTooLong => "HIBC_VALUE_TOO_LONG",
            HibcFault::Repeated => "HIBC_REPEATED",
            HibcFault::CheckCharacter { .. } => "HIBC_CHECK_CHARACTER",
            HibcFault::LinkCharacter { .. } => "HIBC_LINK_CHARACTER",
            HibcFault::Ambiguous => "HIBC_AMBIGUOUS",
        }
    }
}
