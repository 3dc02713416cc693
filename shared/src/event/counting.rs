//! Stocktaking (inventering): what was counted, whatever the book says.

use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

use super::capture::Capture;
use super::item::Item;
use crate::identity::PlaceCode;
use crate::log::EventId;

/// What follows from a count.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Encode, Decode, Serialize, Deserialize)]
#[cbor(index_only)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum CountOutcome {
    /// The book says the same.
    #[n(1)]
    Agrees,
    /// The book is brought to it: the difference is within the limit, or another person counted the same goods.
    #[n(2)]
    Settles,
    /// Another person counts again before the book is changed.
    #[n(3)]
    AwaitsAnother,
}

/// How many base units of one item stood at a place. The count itself changes no stock; the movement that brings the
/// book to it ([`super::BizStep::StockTaking`]) names it as its cause.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, Serialize, Deserialize)]
#[cbor(array)]
pub struct Counting {
    /// Where.
    #[n(0)]
    pub place: PlaceCode,
    /// What.
    #[n(1)]
    pub item: Item,
    /// Base units found; 0 = the book has it here and nobody found any.
    #[n(2)]
    pub units: u32,
    /// Base units the device's book had then.
    #[n(5)]
    pub book: i64,
    /// What follows from it.
    #[n(6)]
    pub outcome: CountOutcome,
    /// The count of another person that this one checks.
    #[n(3)]
    pub first: Option<EventId>,
    /// Evidence.
    #[n(4)]
    pub capture: Capture,
}
