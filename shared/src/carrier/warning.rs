//! What is odd about a reading, though it is a reading.

use super::gs1::{Ai, MissingAssociation};
use super::hibc::HibcFlaw;

/// Something the person at the scanner, or the verdict, should know about one candidate.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CarrierWarning {
    /// The last value may have swallowed another one, because the separator between them was lost. Nothing was
    /// split: only the catalogue or a person can tell.
    #[error(
        "({ai}) ends in what looks like ({swallowed}): the scanner may have lost a separator; compare with the label"
    )]
    LostSeparator {
        /// The value that may be too long.
        ai: Ai,
        /// Where in the value the other one would begin, counted from 0.
        at: usize,
        /// The identifier it would have.
        swallowed: Ai,
        /// How much speaks for it.
        suspicion: Suspicion,
    },
    /// A separator was put where the scanner may have lost one: a person chose this reading.
    #[error(
        "read as if the scanner had lost the separator between ({ai}) and ({swallowed}): compare with the label"
    )]
    AssumedSeparator {
        /// The value that was too long.
        ai: Ai,
        /// The one behind the separator.
        swallowed: Ai,
    },
    /// The label says `000000` for a date. The date counts as absent.
    #[error("({ai}) is 000000, which is no date: look for a date printed on the label")]
    BlankDate {
        /// The date's identifier.
        ai: Ai,
    },
    /// The GTIN is for use inside one shop or region, so it is no UDI-DI.
    #[error(
        "this article number is only for use inside one company: find the product by its name or the supplier's code"
    )]
    RestrictedGtin,
    /// AI 17 and AI 7003 give different days; the earlier one is used.
    #[error("the label gives two expiry dates, and the earlier one is used: compare with the label")]
    ExpiryDatesDiffer,
    /// A 12-digit UPC came under the identifier of EAN-13, which always has 13.
    #[error("the scanner sent 12 digits where EAN-13 has 13, read as UPC-A: check the set-up of the scanner")]
    TwelveDigitEan,
    /// The digits of the add-on symbol beside an EAN, which tell issues and prices, were left out.
    #[error("the {digits} digits of the small symbol beside the EAN were left out")]
    AddOn {
        /// How many, 2 or 5.
        digits: usize,
    },
    /// The symbol says that it holds GS1 data, and they are of another agency.
    #[error(
        "the symbol says GS1, but its data are of another agency: the label is wrong; compare with the print"
    )]
    SymbolSaysGs1,
    /// A value needs another beside it that is in no symbol scanned so far.
    #[error("{0}")]
    MissingAssociation(MissingAssociation),
    /// Every value is sound, but none of them names what can be traced. Of [explanations](super::Explanation) alone: a scan
    /// in use is refused.
    #[error(
        "names no product, package, place or asset that can be traced: scan the other code on the label too"
    )]
    NamesNothing,
    /// Elements of a web address stand in another place or order than GS1 Digital Link wants.
    #[error(
        "values stand in the wrong place of the web address, and were read all the same: compare with the label"
    )]
    MisplacedInAddress,
    /// A fault of an HIBC label that was read all the same: a lenient reading, which a record says for ever.
    #[error(transparent)]
    Hibc(HibcFlaw),
}

impl CarrierWarning {
    /// A stable name for logs, tests and translation.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::LostSeparator { .. } => "LOST_SEPARATOR",
            Self::AssumedSeparator { .. } => "ASSUMED_SEPARATOR",
            Self::BlankDate { .. } => "BLANK_DATE",
            Self::RestrictedGtin => "RESTRICTED_GTIN",
            Self::ExpiryDatesDiffer => "EXPIRY_DATES_DIFFER",
            Self::TwelveDigitEan => "TWELVE_DIGIT_EAN",
            Self::AddOn { .. } => "ADD_ON",
            Self::SymbolSaysGs1 => "SYMBOL_SAYS_GS1",
            Self::MissingAssociation(_) => "MISSING_ASSOCIATION",
            Self::NamesNothing => "NAMES_NOTHING",
            Self::MisplacedInAddress => "MISPLACED_IN_ADDRESS",
            Self::Hibc(HibcFlaw::CheckCharacter { .. }) => "HIBC_CHECK_CHARACTER",
            Self::Hibc(HibcFlaw::PlusInside) => "HIBC_PLUS_INSIDE",
        }
    }

    /// Whether a strict reader refuses the code.
    pub const fn is_lenient(&self) -> bool {
        matches!(
            self,
            Self::Hibc(_) | Self::AssumedSeparator { .. } | Self::MisplacedInAddress
        )
    }
}

/// How much speaks for a lost separator.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Suspicion {
    /// Two digits that could be an identifier; about one in thirty ordinary lots has them. Worth a look only when
    /// the catalogue expects that value.
    Weak,
    /// An identifier followed by a date that fits.
    Strong,
}
