//! Coded reasons (orsakskoder): why something was done that is not the rule, or what differs.

use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

/// Why. The numbers are frozen.
#[derive(
    Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Encode, Decode, Serialize, Deserialize,
)]
#[cbor(index_only)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum ReasonCode {
    /// Skadad.
    #[n(1)]
    Damaged,
    /// Utgånget datum.
    #[n(2)]
    Expired,
    /// Återkallad.
    #[n(3)]
    Recalled,
    /// Kontaminerad.
    #[n(4)]
    Contaminated,
    /// Fel artikel.
    #[n(5)]
    WrongItem,
    /// Saknas.
    #[n(6)]
    Missing,
    /// För många.
    #[n(7)]
    Surplus,
    /// Temperature or transport conditions were not kept (MDR Article 14(3)).
    #[n(8)]
    Conditions,
    /// Bruten förpackning.
    #[n(9)]
    Opened,
    /// Behövs inte.
    #[n(10)]
    NotNeeded,
    /// Suspected not to conform (MDR Article 14(2)).
    #[n(11)]
    NonConforming,
    /// Serious risk (MDR Article 14(2), last sentence).
    #[n(12)]
    SeriousRisk,
    /// Falsified (MDR Article 14(2), last sentence).
    #[n(13)]
    Falsified,
    /// Less life left than agreed.
    #[n(14)]
    ShortLife,
    /// The lot that should go first cannot be reached or is damaged.
    #[n(15)]
    FirstLotUnusable,
    /// The lot that should go first is not where the book has it.
    #[n(16)]
    FirstLotNotFound,
    /// Care needs it: goes below a floor or past a rule.
    #[n(17)]
    CareNeeds,
    /// A decision in a crisis.
    #[n(18)]
    Crisis,
    /// The shelf is empty.
    #[n(19)]
    OutOfStock,
    /// Counted otherwise than booked.
    #[n(20)]
    Counted,
    /// Lost by its holder.
    #[n(21)]
    Lost,
    /// Worn out.
    #[n(22)]
    WornOut,
    /// Märkning saknas eller går inte att läsa.
    #[n(23)]
    Label,
    /// Under a hold.
    #[n(24)]
    Held,
    /// Annat.
    #[n(25)]
    Other,
}

impl ReasonCode {
    /// Every reason, in the order of the numbers.
    pub const ALL: [Self; 25] = [
        Self::Damaged,
        Self::Expired,
        Self::Recalled,
        Self::Contaminated,
        Self::WrongItem,
        Self::Missing,
        Self::Surplus,
        Self::Conditions,
        Self::Opened,
        Self::NotNeeded,
        Self::NonConforming,
        Self::SeriousRisk,
        Self::Falsified,
        Self::ShortLife,
        Self::FirstLotUnusable,
        Self::FirstLotNotFound,
        Self::CareNeeds,
        Self::Crisis,
        Self::OutOfStock,
        Self::Counted,
        Self::Lost,
        Self::WornOut,
        Self::Label,
        Self::Held,
        Self::Other,
    ];

    /// Stable word, also the key of its translation.
    pub fn word(self) -> &'static str {
        match self {
            Self::Damaged => "damaged",
            Self::Expired => "expired",
            Self::Recalled => "recalled",
            Self::Contaminated => "contaminated",
            Self::WrongItem => "wrong_item",
            Self::Missing => "missing",
            Self::Surplus => "surplus",
            Self::Conditions => "conditions",
            Self::Opened => "opened",
            Self::NotNeeded => "not_needed",
            Self::NonConforming => "non_conforming",
            Self::SeriousRisk => "serious_risk",
            Self::Falsified => "falsified",
            Self::ShortLife => "short_life",
            Self::FirstLotUnusable => "first_lot_unusable",
            Self::FirstLotNotFound => "first_lot_not_found",
            Self::CareNeeds => "care_needs",
            Self::Crisis => "crisis",
            Self::OutOfStock => "out_of_stock",
            Self::Counted => "counted",
            Self::Lost => "lost",
            Self::WornOut => "worn_out",
            Self::Label => "label",
            Self::Held => "held",
            Self::Other => "other",
        }
    }

    /// The reason of a word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.word() == word)
    }
}
