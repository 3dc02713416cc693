//! Deliveries that a supplier has announced (despatch advice).

use serde::{Deserialize, Serialize};

use crate::event::{ArticleNo, DeliveryNo};
use crate::identity::{LabelDate, Lot, PlaceCode, Serial, Sscc, UdiDi};

/// One line of an announced delivery.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AnnouncedLine {
    /// Line number from 1.
    pub line: u32,
    /// Identifier the sender names, of whatever packaging level.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub di: Option<UdiDi>,
    /// The region's article number, when it is known.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub article: Option<ArticleNo>,
    /// Name the sender gives.
    pub name: Option<String>,
    /// Lot.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub lot: Option<Lot>,
    /// Serial.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub serial: Option<Serial>,
    /// Expiry.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub expiry: Option<LabelDate>,
    /// Base units, 1 or more.
    pub units: u32,
    /// Logistic unit it comes in.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub sscc: Option<Sscc>,
}

/// A delivery on its way to us.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AnnouncedDelivery {
    /// The sender's number (följesedel).
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub no: DeliveryNo,
    /// Who sends it.
    pub supplier: String,
    /// Our order it answers, as the sender tells it.
    pub order: Option<String>,
    /// Site it comes to, when it is known.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub to: Option<PlaceCode>,
    /// When it is expected, Unix milliseconds.
    pub expected_at: Option<i64>,
    /// Lines.
    pub lines: Vec<AnnouncedLine>,
}

impl AnnouncedDelivery {
    /// Key within its topic: suppliers number their deliveries each for themselves.
    pub fn key(&self) -> String {
        format!("{}\u{1f}{}", self.supplier, self.no)
    }
}
