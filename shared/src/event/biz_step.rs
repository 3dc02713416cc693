//! Business steps in the words of GS1 CBV 2.0, and what each does to the state of goods.

use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

use super::status::StockStatus;

/// What was done (CBV 2.0 section 7.1; `returning`, `lending` and `cleaning` are ours). The numbers are frozen.
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
    /// Inlagring, påfyllning, uppfyllnad: from one place to another, in the state they are in.
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
    /// Packning: picked goods were put into a logistic unit.
    #[n(6)]
    Packing,
    /// Uttag, förbrukning: taken into use.
    #[n(7)]
    Dispensing,
    /// Implantation.
    #[n(8)]
    Installing,
    /// Retur: back to the store, or to the supplier.
    #[n(9)]
    Returning,
    /// Kassation.
    #[n(10)]
    Destroying,
    /// Set aside in quarantine.
    #[n(11)]
    Holding,
    /// Looked at and decided: back on the shelf, on to the workshop, or still set aside.
    #[n(12)]
    Inspecting,
    /// Inventering: the book is brought to what was counted.
    #[n(13)]
    StockTaking,
    /// Hjälpmedel: set aside for somebody.
    #[n(14)]
    Reserving,
    /// Hjälpmedel: lent.
    #[n(15)]
    Lending,
    /// Hjälpmedel: pick-up ordered, or picked up.
    #[n(16)]
    Collecting,
    /// Hjälpmedel: being cleaned.
    #[n(17)]
    Cleaning,
    /// Hjälpmedel: at the workshop.
    #[n(18)]
    Repairing,
}

use StockStatus as S;

impl BizStep {
    /// Every step, in the order of the numbers.
    pub const ALL: [Self; 18] = [
        Self::Receiving,
        Self::Storing,
        Self::Picking,
        Self::Shipping,
        Self::Accepting,
        Self::Packing,
        Self::Dispensing,
        Self::Installing,
        Self::Returning,
        Self::Destroying,
        Self::Holding,
        Self::Inspecting,
        Self::StockTaking,
        Self::Reserving,
        Self::Lending,
        Self::Collecting,
        Self::Cleaning,
        Self::Repairing,
    ];

    /// The CBV word, also the key of its translation.
    pub fn word(self) -> &'static str {
        match self {
            Self::Receiving => "receiving",
            Self::Storing => "storing",
            Self::Picking => "picking",
            Self::Shipping => "shipping",
            Self::Accepting => "accepting",
            Self::Packing => "packing",
            Self::Dispensing => "dispensing",
            Self::Installing => "installing",
            Self::Returning => "returning",
            Self::Destroying => "destroying",
            Self::Holding => "holding",
            Self::Inspecting => "inspecting",
            Self::StockTaking => "stock_taking",
            Self::Reserving => "reserving",
            Self::Lending => "lending",
            Self::Collecting => "collecting",
            Self::Cleaning => "cleaning",
            Self::Repairing => "repairing",
        }
    }

    /// The step of a CBV word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|step| step.word() == word)
    }

    /// States in which goods may be taken, the usual one first; empty when they come from outside.
    pub fn may_take(self) -> &'static [StockStatus] {
        match self {
            Self::Receiving => &[],
            Self::Storing => &[
                S::Available,
                S::Quarantined,
                S::Returned,
                S::Cleaning,
                S::Inspection,
                S::Repair,
            ],
            Self::Picking | Self::Dispensing | Self::Installing | Self::Reserving => &[S::Available],
            Self::Shipping | Self::Packing => &[S::Picked],
            Self::Accepting => &[S::InTransit],
            Self::Returning => &[S::Available, S::Quarantined, S::Returned],
            Self::Destroying => &[
                S::Available,
                S::Picked,
                S::Quarantined,
                S::Returned,
                S::Lent,
                S::ToCollect,
                S::Cleaning,
                S::Inspection,
                S::Repair,
            ],
            Self::Holding => &[S::Available, S::Picked, S::InTransit, S::Returned, S::Reserved],
            Self::Inspecting => &[S::Quarantined, S::Returned, S::Cleaning, S::Inspection, S::Repair],
            // Goods that were used without their lot get it when what is left is counted.
            Self::StockTaking => &[
                S::Available,
                S::Missing,
                S::Quarantined,
                S::Lent,
                S::ToCollect,
                S::Used,
            ],
            Self::Lending => &[S::Available, S::Reserved],
            Self::Collecting => &[S::Lent, S::ToCollect, S::Reserved],
            Self::Cleaning => &[S::Returned, S::Inspection],
            Self::Repairing => &[S::Inspection, S::Cleaning, S::Returned, S::Available],
        }
    }

    /// States in which goods may stand afterwards, the usual one first; empty when they stay in the state they were in.
    pub fn may_leave(self) -> &'static [StockStatus] {
        match self {
            Self::Storing => &[],
            Self::Receiving | Self::Accepting => &[S::Available, S::Quarantined],
            Self::Picking | Self::Packing => &[S::Picked],
            Self::Shipping => &[S::InTransit, S::TransferredOut],
            Self::Dispensing | Self::Installing => &[S::Used],
            Self::Returning => &[S::Returned, S::SentBack],
            Self::Destroying => &[S::Destroyed],
            Self::Holding => &[S::Quarantined],
            Self::Inspecting => &[S::Available, S::Inspection, S::Quarantined, S::Returned],
            Self::StockTaking => &[S::Missing, S::Available, S::Used],
            Self::Reserving => &[S::Reserved],
            Self::Lending => &[S::Lent],
            Self::Collecting => &[S::Returned, S::ToCollect, S::Available],
            Self::Cleaning => &[S::Cleaning],
            Self::Repairing => &[S::Repair],
        }
    }

    /// The usual state in which goods are taken; `None` when they come from outside.
    pub fn takes(self) -> Option<StockStatus> {
        self.may_take().first().copied()
    }

    /// The usual state in which goods stand afterwards.
    pub fn leaves(self) -> StockStatus {
        self.may_leave()
            .first()
            .or(self.may_take().first())
            .copied()
            .unwrap_or(S::Available)
    }

    /// Whether goods go on towards a patient by it: held or expired ones may not.
    pub fn goes_on(self) -> bool {
        match self {
            Self::Picking
            | Self::Shipping
            | Self::Accepting
            | Self::Packing
            | Self::Dispensing
            | Self::Installing
            | Self::Reserving
            | Self::Lending => true,
            Self::Receiving
            | Self::Storing
            | Self::Returning
            | Self::Destroying
            | Self::Holding
            | Self::Inspecting
            | Self::StockTaking
            | Self::Collecting
            | Self::Cleaning
            | Self::Repairing => false,
        }
    }
}
