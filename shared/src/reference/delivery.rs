//! Deliveries that a supplier has announced (despatch advice).

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::event::{ArticleNo, DeliveryNo};
use crate::identity::{LabelDate, Lot, PlaceCode, Serial, Sscc, UdiDi};
use crate::log::Hash;

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
    /// What of it was received, as the records say; nobody announces that.
    #[serde(default, skip_serializing_if = "Received::is_nothing")]
    pub received: Received,
}

/// What of a delivery was received.
#[derive(Clone, PartialEq, Eq, Default, Debug, Serialize, Deserialize)]
#[serde(default)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Received {
    /// All that was left of it.
    #[serde(skip_serializing_if = "is_false")]
    pub whole: bool,
    /// These logistic units of it.
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<String>))]
    pub units: BTreeSet<Sscc>,
}

impl Received {
    /// Whether nothing was.
    pub fn is_nothing(&self) -> bool {
        *self == Self::default()
    }

    /// A receipt of a logistic unit was told; `None` = of all that was left.
    pub fn add(&mut self, unit: Option<Sscc>) {
        match unit {
            Some(unit) => {
                self.units.insert(unit);
            }
            None => self.whole = true,
        }
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks so")]
fn is_false(flag: &bool) -> bool {
    !flag
}

impl AnnouncedDelivery {
    /// Key within its topic: suppliers number their deliveries each for themselves.
    pub fn key(&self) -> String {
        delivery_key(&self.supplier, self.no.as_str())
    }

    /// Whether a line is still to be received.
    pub fn awaits(&self, line: &AnnouncedLine) -> bool {
        !self.received.whole && line.sscc.is_none_or(|unit| !self.received.units.contains(&unit))
    }

    /// Whether all of it was received.
    pub fn is_received(&self) -> bool {
        !self.lines.iter().any(|line| self.awaits(line))
    }
}

/// Key of a delivery: suppliers number their deliveries each for themselves.
pub fn delivery_key(supplier: &str, no: &str) -> String {
    format!("{supplier}\u{1f}{no}")
}

/// What events that are told of a delivery are about.
pub fn delivery_mark(key: &str) -> Uuid {
    let Hash(bytes) = Hash::of("sparhund/delivery", key.as_bytes());
    let mut mark = [0; 16];
    mark.copy_from_slice(&bytes[..16]);
    Uuid::from_bytes(mark)
}
