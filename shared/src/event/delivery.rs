//! Deliveries: what differs from what was announced or sent, what a receiving check found, and where a logistic unit is.

use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

use super::capture::Capture;
use super::circumstances::Note;
use super::item::{ArticleNo, Item, short_text};
use super::movement::{OrderLineRef, OrderNo};
use super::quantity::Quantity;
use super::reason::ReasonCode;
use crate::identity::{PlaceCode, Sscc};
use crate::log::Hash;
use crate::reference::delivery_key;

short_text! {
    /// Number of a delivery as its sender gave it (följesedel), or of a route or vehicle.
    DeliveryNo, DeliveryNoError, 60, "a delivery number"
}

/// Which delivery something is said of. At least one part says it.
#[derive(Clone, PartialEq, Eq, Default, Debug, Encode, Decode, Serialize, Deserialize)]
#[cbor(array)]
#[serde(default)]
pub struct DeliveryRef {
    /// Who sent it, when it came from outside.
    #[n(0)]
    pub supplier: Option<String>,
    /// The sender's number.
    #[n(1)]
    pub delivery: Option<DeliveryNo>,
    /// Logistic unit.
    #[n(2)]
    pub sscc: Option<Sscc>,
    /// Order line.
    #[n(3)]
    pub line: Option<OrderLineRef>,
}

impl DeliveryRef {
    /// Key of the announced delivery it may be of; `None` when it does not name one.
    pub fn key(&self) -> Option<String> {
        let (supplier, no) = self.supplier.as_ref().zip(self.delivery.as_ref())?;
        Some(delivery_key(supplier, no.as_str()))
    }
}

/// Goods that differ from what was announced, ordered or sent (avvikelse). It changes no stock.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, Serialize, Deserialize)]
#[cbor(array)]
pub struct Difference {
    /// Of which delivery.
    #[n(0)]
    pub delivery: DeliveryRef,
    /// Where it was seen.
    #[n(1)]
    pub place: PlaceCode,
    /// The article, when it is known.
    #[n(2)]
    pub article: Option<ArticleNo>,
    /// The goods, as they were scanned; of what is missing as they were announced.
    #[n(3)]
    pub item: Option<Item>,
    /// What differs.
    #[n(4)]
    pub reason: ReasonCode,
    /// Base units it is said of.
    #[n(5)]
    pub units: Quantity,
    /// More words.
    #[n(6)]
    pub note: Option<Note>,
    /// Photographs by the SHA-256 of their bytes.
    #[n(7)]
    pub photos: Option<Vec<Hash>>,
    /// Evidence.
    #[n(8)]
    pub capture: Capture,
}

/// An answer of a receiving check.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Encode, Decode, Serialize, Deserialize)]
#[cbor(index_only)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Answer {
    /// Yes.
    #[n(1)]
    Yes,
    /// No: the goods are not made available.
    #[n(2)]
    No,
    /// Does not apply to this device.
    #[n(3)]
    NotApplicable,
    /// Not looked at this time: the sampling rule allows it.
    #[n(4)]
    NotSampled,
}

/// The four questions of MDR Article 14(2) and the one of language, of one article of a delivery.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, Serialize, Deserialize)]
#[cbor(array)]
pub struct ReceivingCheck {
    /// Of which delivery.
    #[n(0)]
    pub delivery: DeliveryRef,
    /// Where.
    #[n(1)]
    pub place: PlaceCode,
    /// What was looked at.
    #[n(2)]
    pub item: Item,
    /// (a) CE mark, and a declaration of conformity is drawn up.
    #[n(3)]
    pub conformity: Answer,
    /// (b) Label and instructions of the manufacturer, in Swedish (SFS 2021:631, chapter 3 section 1).
    #[n(4)]
    pub information: Answer,
    /// (c) The importer is named, where there is one. Sampling is not allowed here.
    #[n(5)]
    pub importer: Answer,
    /// (d) A UDI is assigned.
    #[n(6)]
    pub udi: Answer,
    /// Photographs by the SHA-256 of their bytes.
    #[n(7)]
    pub photos: Option<Vec<Hash>>,
    /// Evidence.
    #[n(8)]
    pub capture: Capture,
}

impl ReceivingCheck {
    /// The answers in the order of the article.
    pub fn answers(&self) -> [Answer; 4] {
        [self.conformity, self.information, self.importer, self.udi]
    }

    /// Whether the goods may be made available.
    pub fn passed(&self) -> bool {
        !self.answers().contains(&Answer::No)
    }
}

/// What was done with a logistic unit as a whole.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Encode, Decode, Serialize, Deserialize)]
#[cbor(index_only)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum UnitStep {
    /// Lastad.
    #[n(1)]
    Loading,
    /// Lossad.
    #[n(2)]
    Unloading,
    /// Its packing was undone.
    #[n(3)]
    Unpacking,
    /// Closed; its label was asked for.
    #[n(4)]
    Packing,
}

/// A logistic unit was handled without a change of the goods in it.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, Serialize, Deserialize)]
#[cbor(array)]
pub struct Handling {
    /// What was done.
    #[n(0)]
    pub step: UnitStep,
    /// The unit.
    #[n(1)]
    pub sscc: Sscc,
    /// Where.
    #[n(2)]
    pub place: PlaceCode,
    /// Route or vehicle.
    #[n(3)]
    pub route: Option<DeliveryNo>,
    /// Order it belongs to.
    #[n(4)]
    pub order: Option<OrderNo>,
    /// Evidence.
    #[n(5)]
    pub capture: Capture,
}
