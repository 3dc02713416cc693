//! Stocktaking (inventering): what was counted, whatever the book says.

use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

use super::capture::Capture;
use super::item::Item;
use crate::identity::PlaceCode;
use crate::log::EventId;

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
    /// The count of another person that this one checks.
    #[n(3)]
    pub first: Option<EventId>,
    /// Evidence.
    #[n(4)]
    pub capture: Capture,
}
