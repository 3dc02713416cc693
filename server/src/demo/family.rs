//! A family of articles: one product in its sizes.

use sparhund_shared::reference::{ProductCategory, ProductionIdentifier, TraceLevel};

/// How the goods of a family are traced and labelled.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Kind {
    /// Single-use, by lot with expiry.
    Lot,
    /// By lot, without an expiry date.
    LotOnly,
    /// Implant: serial, lot and expiry.
    Implant,
    /// Apparatus: serial and date of manufacture.
    Apparatus,
    /// Counted only.
    Count,
}

/// One product in its sizes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Family {
    /// EMDN code.
    pub emdn: &'static str,
    /// Name without the size.
    pub name: &'static str,
    /// Sizes.
    pub sizes: &'static [&'static str],
    /// Manufacturer, invented.
    pub maker: &'static str,
    /// Base units of the higher packaging levels, smallest first.
    pub levels: &'static [u32],
    /// How it is traced.
    pub kind: Kind,
    /// Zone it is stored in.
    pub zone: &'static str,
    /// Class of goods.
    pub category: ProductCategory,
}

impl Kind {
    /// How far down it is traced.
    pub(super) fn trace(self) -> TraceLevel {
        match self {
            Self::Lot | Self::LotOnly => TraceLevel::Lot,
            Self::Implant | Self::Apparatus => TraceLevel::Serial,
            Self::Count => TraceLevel::Article,
        }
    }

    /// What the label carries.
    pub(super) fn identifiers(self) -> &'static [ProductionIdentifier] {
        use ProductionIdentifier::{Expiry, Lot, Made, Serial};
        match self {
            Self::Lot => &[Lot, Expiry],
            Self::LotOnly => &[Lot],
            Self::Implant => &[Lot, Serial, Expiry],
            Self::Apparatus => &[Serial, Made],
            Self::Count => &[],
        }
    }
}
