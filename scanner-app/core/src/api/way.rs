//! Ways goods can go, where a person decides which.

use serde::{Deserialize, Serialize};

/// Where goods go on from where they are. Its words stand under `way-<word>`.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Way {
    /// Out of quarantine, back on a shelf.
    Release,
    /// Out of quarantine, back to the supplier.
    SendBack,
    /// Out of quarantine, into the waste.
    Discard,
    /// An aid is set aside for somebody.
    Reserve,
    /// It is not set aside any more.
    Unreserve,
    /// It is lent.
    Lend,
    /// It is to be picked up.
    OrderPickUp,
    /// It came back.
    TakeBack,
    /// It is being cleaned.
    Clean,
    /// It waits for its inspection.
    Inspect,
    /// It may be lent again.
    ToStock,
    /// It goes to the workshop.
    Repair,
    /// It is scrapped.
    Scrap,
    /// Its holder lost it.
    Lost,
}

impl Way {
    /// Every way.
    pub const ALL: [Self; 14] = [
        Self::Release,
        Self::SendBack,
        Self::Discard,
        Self::Reserve,
        Self::Unreserve,
        Self::Lend,
        Self::OrderPickUp,
        Self::TakeBack,
        Self::Clean,
        Self::Inspect,
        Self::ToStock,
        Self::Repair,
        Self::Scrap,
        Self::Lost,
    ];

    /// Stable word, also the key of its words.
    pub fn word(self) -> &'static str {
        match self {
            Self::Release => "release",
            Self::SendBack => "send-back",
            Self::Discard => "discard",
            Self::Reserve => "reserve",
            Self::Unreserve => "unreserve",
            Self::Lend => "lend",
            Self::OrderPickUp => "order-pick-up",
            Self::TakeBack => "take-back",
            Self::Clean => "clean",
            Self::Inspect => "inspect",
            Self::ToStock => "to-stock",
            Self::Repair => "repair",
            Self::Scrap => "scrap",
            Self::Lost => "lost",
        }
    }
}
