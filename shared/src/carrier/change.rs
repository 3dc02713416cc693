//! What was done to a scan between scanner and parser.

/// One thing that was changed, or seen and left alone, between scanner and parser.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// Characters were turned back from the keyboard layout of the host, as the calibration of the scanner showed.
    Layout,
    /// Blanks, tabs or line ends before the data.
    LeadingBlanks {
        /// Bytes taken off.
        bytes: usize,
    },
    /// Blanks, tabs or line ends after the data.
    TrailingBlanks {
        /// Bytes taken off.
        bytes: usize,
    },
    /// The symbology identifier came with upper and lower case swapped: Caps Lock. The data after it was left
    /// alone, and its letters are likely swapped too.
    CaseOfIdentifier {
        /// What came.
        found: [u8; 3],
    },
    /// A character or text that stands for the separator was replaced by GS.
    SeparatorReplaced {
        /// What stood there.
        stand_in: String,
        /// How often.
        times: usize,
    },
    /// A separator before the first value: the FNC1 of the first position, which is not data.
    LeadingSeparator,
    /// Two or more separators in a row became one.
    RepeatedSeparator,
    /// A separator after the last value.
    TrailingSeparator,
    /// Blanks between bracketed values were taken out.
    BlanksBetweenBrackets,
    /// ISBT 128: blanks between data structures, as in print, were taken out.
    BlanksBetweenStructures,
    /// `_1` where a value begins: the printer was told to print FNC1 and printed its code. Left alone.
    MisprintedFnc1,
}

impl Change {
    /// A stable name for logs, tests and translation.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Layout => "KEYBOARD_LAYOUT",
            Self::LeadingBlanks { .. } => "LEADING_BLANKS",
            Self::TrailingBlanks { .. } => "TRAILING_BLANKS",
            Self::CaseOfIdentifier { .. } => "CASE_OF_IDENTIFIER",
            Self::SeparatorReplaced { .. } => "SEPARATOR_REPLACED",
            Self::LeadingSeparator => "LEADING_SEPARATOR",
            Self::RepeatedSeparator => "REPEATED_SEPARATOR",
            Self::TrailingSeparator => "TRAILING_SEPARATOR",
            Self::BlanksBetweenBrackets => "BLANKS_BETWEEN_BRACKETS",
            Self::BlanksBetweenStructures => "BLANKS_BETWEEN_STRUCTURES",
            Self::MisprintedFnc1 => "MISPRINTED_FNC1",
        }
    }

    /// Whether the label or the scanner set-up needs looking after, rather than just being what scanners do.
    pub fn needs_attention(&self) -> bool {
        matches!(self, Self::CaseOfIdentifier { .. } | Self::MisprintedFnc1)
    }
}

impl core::fmt::Display for Change {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            Self::Layout => f.write_str("the characters were turned back from the keyboard of the computer"),
            Self::LeadingBlanks { bytes } => write!(f, "{bytes} blanks or line ends before the code were left out"),
            Self::TrailingBlanks { bytes } => write!(f, "{bytes} blanks or line ends after the code were left out"),
            Self::CaseOfIdentifier { .. } => f.write_str(
                "capital and small letters are swapped: switch off Caps Lock and scan again, the lot may be wrong",
            ),
            Self::SeparatorReplaced { stand_in, times } => {
                write!(f, "{stand_in:?} was taken for the separator, {times} times")
            }
            Self::LeadingSeparator => f.write_str("a separator before the first value was left out"),
            Self::RepeatedSeparator => f.write_str("separators in a row were taken for one"),
            Self::TrailingSeparator => f.write_str("a separator after the last value was left out"),
            Self::BlanksBetweenBrackets | Self::BlanksBetweenStructures => {
                f.write_str("blanks between the values were left out")
            }
            Self::MisprintedFnc1 => f.write_str(
                "the label has _1 where its printer should have made a separator: compare the values with the label",
            ),
        }
    }
}
