//! Goods that changed place or state.

use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

use super::biz_step::BizStep;
use super::capture::Capture;
use super::circumstances::{Circumstances, MAX_SEAL};
use super::item::{Item, short_text};
use super::quantity::Quantity;
use super::status::StockStatus;
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
    /// What is out of the ordinary; `None` when nothing is.
    #[n(9)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub circumstances: Option<Box<Circumstances>>,
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
    /// The step takes no goods in that state.
    #[error("{step} takes no goods that are {status}; another step brings them on", step = .0.word(), status = .1.word())]
    Was(BizStep, StockStatus),
    /// The step leaves no goods in that state.
    #[error("{step} leaves no goods {status}; another step does that", step = .0.word(), status = .1.word())]
    Becomes(BizStep, StockStatus),
    /// The usual state is not told, and neither is nothing: one movement has one form.
    #[error("circumstances tell what goes without saying: leave out what is usual for {step}", step = .0.word())]
    Usual(BizStep),
    /// A seal of no or too many bytes.
    #[error("a sealed identity is 1 to {max} bytes", max = MAX_SEAL)]
    Seal,
    /// Handed over without a receiver, or the other way round.
    #[error("goods are handed over to another legal person exactly when it is named")]
    Receiver,
}

impl Movement {
    /// State in which the goods were taken; `None` when they came from outside.
    pub fn taken(&self) -> Option<StockStatus> {
        let told = self.circumstances.as_ref().and_then(|told| told.was);
        told.or(self.step.takes())
    }

    /// State in which the goods stand afterwards.
    pub fn left(&self) -> StockStatus {
        let told = self.circumstances.as_ref().and_then(|told| told.becomes);
        match (told, self.step.may_leave()) {
            (Some(status), _) => status,
            (None, []) => self.taken().unwrap_or(StockStatus::Available),
            (None, [usual, ..]) => *usual,
        }
    }

    /// Whether programs that know no circumstances would misread it.
    pub fn needs_circumstances(&self) -> bool {
        self.circumstances.is_some() || self.step > BizStep::Accepting
    }

    /// Checks what the types alone cannot.
    pub fn check(&self) -> Result<(), MovementError> {
        match (self.step.takes(), &self.from) {
            (Some(_), None) => return Err(MovementError::NoOrigin(self.step)),
            (None, Some(_)) => return Err(MovementError::OriginFromOutside(self.step)),
            _ => {}
        }
        let receiver = match &self.circumstances {
            Some(told) => {
                self.check_told(told)?;
                told.receiver.is_some()
            }
            None => false,
        };
        if receiver != (self.left() == StockStatus::TransferredOut) {
            return Err(MovementError::Receiver);
        }
        Ok(())
    }

    fn check_told(&self, told: &Circumstances) -> Result<(), MovementError> {
        if let Some(was) = told.was
            && !self.step.may_take().contains(&was)
        {
            return Err(MovementError::Was(self.step, was));
        }
        if let Some(becomes) = told.becomes
            && !self.step.may_leave().contains(&becomes)
        {
            return Err(MovementError::Becomes(self.step, becomes));
        }
        let usual =
            |told: Option<StockStatus>, usual: Option<&StockStatus>| told.is_some() && told.as_ref() == usual;
        if told.is_empty()
            || usual(told.was, self.step.may_take().first())
            || usual(told.becomes, self.step.may_leave().first())
            || told.photos.as_ref().is_some_and(Vec::is_empty)
        {
            return Err(MovementError::Usual(self.step));
        }
        let sealed = told.patient.as_ref().map(|patient| patient.sealed.len());
        if sealed.is_some_and(|length| length == 0 || length > MAX_SEAL) {
            return Err(MovementError::Seal);
        }
        Ok(())
    }
}
