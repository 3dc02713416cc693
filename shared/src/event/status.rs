//! In what state goods stand at a place.

use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

/// State of goods at a place (close to CBV 2.0 dispositions). Goods never leave the books: what was used, destroyed or
/// handed over stands there as that, so that the sum over all places and states is what came. The numbers are frozen.
#[derive(
    Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Encode, Decode, Serialize, Deserialize,
)]
#[cbor(index_only)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum StockStatus {
    /// On the shelf; may be picked or used unless a hold or the expiry date says no.
    #[n(1)]
    Available,
    /// Taken out for an order, standing at the dispatch place.
    #[n(2)]
    Picked,
    /// On its way to the place.
    #[n(3)]
    InTransit,
    /// Karantän: here, and nobody may use it before a person decides.
    #[n(4)]
    Quarantined,
    /// Förbrukat: used or implanted at the place.
    #[n(5)]
    Used,
    /// Kasserat: destroyed.
    #[n(6)]
    Destroyed,
    /// Came back and waits for a decision.
    #[n(7)]
    Returned,
    /// Went back to the supplier.
    #[n(8)]
    SentBack,
    /// Delivered to another legal person, whose books go on from there (MDR Article 25).
    #[n(9)]
    TransferredOut,
    /// Should be here and was not found; below zero: found without ever having come.
    #[n(10)]
    Missing,
    /// An aid set aside for somebody.
    #[n(11)]
    Reserved,
    /// An aid in use at somebody's home.
    #[n(12)]
    Lent,
    /// A lent aid that is to be picked up.
    #[n(13)]
    ToCollect,
    /// An aid that is being cleaned.
    #[n(14)]
    Cleaning,
    /// An aid that waits for its inspection.
    #[n(15)]
    Inspection,
    /// An aid at the workshop.
    #[n(16)]
    Repair,
}

impl StockStatus {
    /// Every status, in the order of the numbers.
    pub const ALL: [Self; 16] = [
        Self::Available,
        Self::Picked,
        Self::InTransit,
        Self::Quarantined,
        Self::Used,
        Self::Destroyed,
        Self::Returned,
        Self::SentBack,
        Self::TransferredOut,
        Self::Missing,
        Self::Reserved,
        Self::Lent,
        Self::ToCollect,
        Self::Cleaning,
        Self::Inspection,
        Self::Repair,
    ];

    /// Stable word, also the key of its translation.
    pub fn word(self) -> &'static str {
        match self {
            Self::Available => "available",
            Self::Picked => "picked",
            Self::InTransit => "in_transit",
            Self::Quarantined => "quarantined",
            Self::Used => "used",
            Self::Destroyed => "destroyed",
            Self::Returned => "returned",
            Self::SentBack => "sent_back",
            Self::TransferredOut => "transferred_out",
            Self::Missing => "missing",
            Self::Reserved => "reserved",
            Self::Lent => "lent",
            Self::ToCollect => "to_collect",
            Self::Cleaning => "cleaning",
            Self::Inspection => "inspection",
            Self::Repair => "repair",
        }
    }

    /// The status of a word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.word() == word)
    }

    /// Whether the goods are out of reach: used, destroyed, handed over or not to be found.
    pub fn is_gone(self) -> bool {
        match self {
            Self::Used | Self::Destroyed | Self::SentBack | Self::TransferredOut | Self::Missing => true,
            Self::Available
            | Self::Picked
            | Self::InTransit
            | Self::Quarantined
            | Self::Returned
            | Self::Reserved
            | Self::Lent
            | Self::ToCollect
            | Self::Cleaning
            | Self::Inspection
            | Self::Repair => false,
        }
    }
}
