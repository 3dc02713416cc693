//! What a code says, in the types of [`identity`](crate::identity).

use jiff::civil::Time;

use super::gs1::MissingAssociation;
use super::hibc;
use crate::identity::Gtin;
use crate::identity::{Agency, Giai, Gln, Grai, LabelDate, Lot, PlaceCode, Serial, Sscc, UdiDi};

/// One way to read a code. A code can have several; the first is never right just because it is first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reading {
    /// A product at one packaging level, with what tells its pieces apart.
    Item(ItemCode),
    /// A package on its way.
    Logistic(LogisticCode),
    /// A place.
    Place(PlaceCode),
    /// An asset.
    Asset(AssetCode),
    /// Blood, cells or tissue under a donation number: recognised and kept, but no device.
    Donation(DonationCode),
    /// Lot, serial or dates without the product they belong to: the second of two symbols. Pending, not wrong.
    ProductionOnly(ProductionCode),
}

impl Reading {
    /// Whose number it is.
    pub fn agency(&self) -> Agency {
        match self {
            Self::Item(item) => item.di.agency(),
            Self::ProductionOnly(code) => code.agency,
            Self::Donation(_) => Agency::Iccbba,
            Self::Logistic(_) | Self::Place(_) | Self::Asset(_) => Agency::Gs1,
        }
    }
}

/// The production identifiers of a UDI (MDR Annex VI Part C 3.5), and what else is said of the same goods.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Production {
    /// Lot, AI 10.
    pub lot: Option<Lot>,
    /// Serial number, AI 21.
    pub serial: Option<Serial>,
    /// Expiry, AI 17 or the day of AI 7003.
    pub expiry: Option<LabelDate>,
    /// Time of day of the expiry, AI 7003; local time of the manufacturer's label.
    pub expiry_time: Option<Time>,
    /// Production date, AI 11.
    pub made: Option<LabelDate>,
    /// Packaging date, AI 13.
    pub packed: Option<LabelDate>,
    /// Best before, AI 15.
    pub best_before: Option<LabelDate>,
    /// Software version, AI 8012.
    pub software: Option<String>,
    /// Donation identification number of what a device is made of, ISBT 128 [001].
    pub donation: Option<String>,
}

/// A product at one packaging level.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemCode {
    /// Which product and level.
    pub di: UdiDi,
    /// Which batch or piece.
    pub production: Production,
    /// Pieces in the package when that varies: AI 30, HIBC `/Q` and `$$8`, IFA `Q`.
    pub count: Option<u32>,
    /// Additional identification by the manufacturer, AI 240.
    pub additional_id: Option<String>,
    /// The customer's own part number, AI 241.
    pub customer_part: Option<String>,
    /// Secondary serial number, AI 250.
    pub secondary_serial: Option<String>,
    /// Master UDI-DI of the group it belongs to (MDR Annex VI Part C 6.6), IFA `9N`.
    pub master_di: Option<UdiDi>,
}

impl ItemCode {
    /// A product of which nothing else is said.
    pub fn new(di: UdiDi, production: Production) -> Self {
        Self {
            di,
            production,
            count: None,
            additional_id: None,
            customer_part: None,
            secondary_serial: None,
            master_di: None,
        }
    }
}

/// A package on its way, and what its label says of the content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogisticCode {
    /// Which package.
    pub sscc: Sscc,
    /// GTIN of the items inside, AI 02.
    pub content: Option<Gtin>,
    /// How many of them, AI 37.
    pub count: Option<u32>,
    /// Batch and dates of the content.
    pub production: Production,
    /// Our order, AI 400.
    pub order: Option<String>,
    /// Where it is going, AI 410.
    pub ship_to: Option<Gln>,
}

/// An asset.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AssetCode {
    /// One asset, AI 8004.
    Individual(Giai),
    /// A returnable asset, AI 8003.
    Returnable(Grai),
}

/// Blood, cells or tissue (ISBT 128).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DonationCode {
    /// Donation identification number [001], 13 characters.
    pub din: String,
    /// Product code [003].
    pub product: Option<String>,
    /// Dates and division.
    pub production: Production,
}

/// Values that wait for the product they belong to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProductionCode {
    /// By whose rules the label is made: the product's code is of the same agency.
    pub agency: Agency,
    /// HIBC: the check character of the primary symbol these values belong to.
    pub link: Option<char>,
    /// Lot, serial, dates.
    pub production: Production,
    /// GTIN of the items inside a package whose own number was not scanned yet, AI 02.
    pub content: Option<Gtin>,
    /// Count, AI 30 or 37.
    pub count: Option<u32>,
    /// The rule that is still open.
    pub missing: Option<MissingAssociation>,
}

impl ProductionCode {
    /// Whether the values may be of this product. Labels with codes of two agencies exist, and their values are never
    /// mixed; HIBC says by the link character which primary symbol is meant.
    pub fn may_belong_to(&self, di: &UdiDi) -> bool {
        self.agency == di.agency() && self.link.is_none_or(|link| hibc::link_of(di) == Some(link))
    }
}
