//! What stands at a place, as a device knows it without a network.

use serde::{Deserialize, Serialize};

use crate::event::{ArticleNo, Item, Product, StockStatus, UnitKey};
use crate::identity::{LabelDate, Lot, PlaceCode, Serial};
use crate::log::{EventId, HoldId, UserId};

/// Goods of one unit in one state.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Goods {
    /// Product by its base unit.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub product: Product,
    /// Article the catalogue has for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub article: Option<ArticleNo>,
    /// Lot.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub lot: Option<Lot>,
    /// Serial.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub serial: Option<Serial>,
    /// Earliest expiry a label of it showed.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub expiry: Option<LabelDate>,
    /// State; never one in which goods are gone.
    pub status: StockStatus,
    /// Base units; below zero where more was taken without its lot, or than ever came.
    pub units: i64,
}

impl Goods {
    /// The key of the books.
    pub fn unit(&self) -> UnitKey {
        UnitKey {
            product: self.product.clone(),
            lot: self.lot.clone(),
            serial: self.serial.clone(),
        }
    }
}

/// A count that differs from the book by more than its limit, and that another person checks.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct OpenCount {
    /// The count.
    pub event: EventId,
    /// What was counted.
    pub item: Item,
    /// Base units found.
    pub units: u32,
    /// Who counted: somebody else checks.
    pub by: UserId,
    /// Logical time, milliseconds.
    pub at: i64,
}

/// A place that was searched for the goods of a hold.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Searched {
    /// The hold.
    pub hold: HoldId,
    /// Base units found.
    pub units: u32,
    /// Logical time of the latest search, milliseconds.
    pub at: i64,
}

/// All that is known of a place beside what it is.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct PlaceStock {
    /// The place.
    pub place: PlaceCode,
    /// What stands there, by product, lot, serial and state.
    pub goods: Vec<Goods>,
    /// Counts that wait for another person.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub counts: Vec<OpenCount>,
    /// Searches for goods of holds in force.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub searched: Vec<Searched>,
}
