//! Business steps and dispositions in the words of GS1 CBV 2.0.

use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

/// What was done (CBV 2.0 section 7.1). The numbers are frozen.
#[derive(
    Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Encode, Decode, Serialize, Deserialize,
)]
#[cbor(index_only)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum BizStep {
    /// Godsmottagning: goods from a supplier become ours.
    #[n(1)]
    Receiving,
    /// Inlagring: from one place of a store to another.
    #[n(2)]
    Storing,
    /// Plock: taken from a bin for an order.
    #[n(3)]
    Picking,
    /// Leverans: left the store for the ward.
    #[n(4)]
    Shipping,
    /// Avdelningsmottagning: the ward confirms what came.
    #[n(5)]
    Accepting,
}

/// In what state goods stand at a place (close to CBV dispositions).
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
}

impl BizStep {
    /// Every step, in the order goods go through them.
    pub const ALL: [Self; 5] = [
        Self::Receiving,
        Self::Storing,
        Self::Picking,
        Self::Shipping,
        Self::Accepting,
    ];

    /// The CBV word, also the key of its translation.
    pub fn word(self) -> &'static str {
        match self {
            Self::Receiving => "receiving",
            Self::Storing => "storing",
            Self::Picking => "picking",
            Self::Shipping => "shipping",
            Self::Accepting => "accepting",
        }
    }

    /// The step of a CBV word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|step| step.word() == word)
    }

    /// State in which goods are taken from `from`; `None` when they come from outside.
    pub fn takes(self) -> Option<StockStatus> {
        match self {
            Self::Receiving => None,
            Self::Storing | Self::Picking => Some(StockStatus::Available),
            Self::Shipping => Some(StockStatus::Picked),
            Self::Accepting => Some(StockStatus::InTransit),
        }
    }

    /// State in which goods stand at `to` afterwards.
    pub fn leaves(self) -> StockStatus {
        match self {
            Self::Receiving | Self::Storing | Self::Accepting => StockStatus::Available,
            Self::Picking => StockStatus::Picked,
            Self::Shipping => StockStatus::InTransit,
        }
    }
}

impl StockStatus {
    /// Every status.
    pub const ALL: [Self; 3] = [Self::Available, Self::Picked, Self::InTransit];

    /// Stable word, also the key of its translation.
    pub fn word(self) -> &'static str {
        match self {
            Self::Available => "available",
            Self::Picked => "picked",
            Self::InTransit => "in_transit",
        }
    }

    /// The status of a word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.word() == word)
    }
}
