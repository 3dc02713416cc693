//! Goods that changed place or state.

use std::fmt;
use std::str::FromStr;

use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

use super::biz_step::BizStep;
use super::capture::Capture;
use super::item::{Item, short_text};
use super::quantity::Quantity;
use crate::identity::{PlaceCode, Sscc};

short_text! {
    /// Number of an order or requisition.
    OrderNo, OrderNoError, 40, "an order number"
}

/// One line of an order.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Encode, Decode, Serialize, Deserialize)]
#[cbor(array)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OrderLineRef {
    /// The order.
    #[n(0)]
    pub order: OrderNo,
    /// Line number from 1.
    #[n(1)]
    pub line: u32,
}

/// A number of base units of one item that went from one place to another.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, Serialize, Deserialize)]
#[cbor(array)]
pub struct Movement {
    /// What was done.
    #[n(0)]
    pub step: BizStep,
    /// What was handled.
    #[n(1)]
    pub item: Item,
    /// How many base units.
    #[n(2)]
    pub quantity: Quantity,
    /// Where it was taken; `None` exactly when it came from outside.
    #[n(3)]
    pub from: Option<PlaceCode>,
    /// Where it is now, or whereto it is on its way.
    #[n(4)]
    pub to: PlaceCode,
    /// Who it came from, when it came from outside.
    #[n(5)]
    pub supplier: Option<String>,
    /// Order line it was done for.
    #[n(6)]
    pub order: Option<OrderLineRef>,
    /// Logistic unit it travelled in.
    #[n(7)]
    pub sscc: Option<Sscc>,
    /// Evidence.
    #[n(8)]
    pub capture: Capture,
}

/// A movement that cannot have happened.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum MovementError {
    /// Goods inside the books have an origin.
    #[error("{step} needs the place the goods were taken from", step = .0.word())]
    NoOrigin(BizStep),
    /// Goods from outside have none.
    #[error("{step} brings goods in from outside and takes no place of origin", step = .0.word())]
    OriginFromOutside(BizStep),
}

impl Movement {
    /// Checks what the types alone cannot.
    pub fn check(&self) -> Result<(), MovementError> {
        match (self.step.takes(), &self.from) {
            (Some(_), None) => Err(MovementError::NoOrigin(self.step)),
            (None, Some(_)) => Err(MovementError::OriginFromOutside(self.step)),
            _ => Ok(()),
        }
    }
}
