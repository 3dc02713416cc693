//! Goods that are asked for: an empty bin's card, a line that could not be filled.

use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

use super::capture::Capture;
use super::item::ArticleNo;
use super::movement::OrderLineRef;
use super::quantity::Quantity;
use super::reason::ReasonCode;
use crate::identity::PlaceCode;

/// Why goods are asked for. The numbers are frozen.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, Serialize, Deserialize)]
#[serde(tag = "why", rename_all = "snake_case")]
pub enum Demand {
    /// The front bin of a two-bin place is empty: its card was scanned.
    #[n(0)]
    BinCard,
    /// A line could not be filled; what is left is owed (restnotering).
    #[n(1)]
    BackOrder(#[n(0)] OrderLineRef),
    /// A line could not be filled; this article stands in for it.
    #[n(2)]
    Substitute(#[n(0)] OrderLineRef),
}

/// Goods are asked for.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, Serialize, Deserialize)]
#[cbor(array)]
pub struct Requisition {
    /// Where they are wanted.
    #[n(0)]
    pub place: PlaceCode,
    /// What.
    #[n(1)]
    pub article: ArticleNo,
    /// Base units; `None` = as many as the place is filled with.
    #[n(2)]
    pub units: Option<Quantity>,
    /// Why.
    #[n(3)]
    pub demand: Demand,
    /// Why a line could not be filled.
    #[n(4)]
    pub reason: Option<ReasonCode>,
    /// Evidence.
    #[n(5)]
    pub capture: Capture,
}
