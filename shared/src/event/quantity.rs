//! Whole base units, never nothing and never a fraction.

use std::fmt;
use std::num::NonZeroU32;

use minicbor::decode::Error as DecodeError;
use minicbor::encode::Write;
use minicbor::{Decode, Decoder, Encode, Encoder};
use serde::{Deserialize, Serialize};

/// A number of base units, 1 to 1 000 000.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(try_from = "u32", into = "u32")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(value_type = u32))]
pub struct Quantity(NonZeroU32);

/// A number that is no quantity.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("{0} is not a quantity: give whole base units from 1 to {max}", max = Quantity::MAX)]
pub struct QuantityError(pub u64);

impl Quantity {
    /// One base unit.
    pub const ONE: Self = Self(NonZeroU32::MIN);
    /// More in one scan is a typing error.
    pub const MAX: u32 = 1_000_000;

    /// Checks the bounds.
    pub fn new(units: u32) -> Result<Self, QuantityError> {
        NonZeroU32::new(units)
            .filter(|units| units.get() <= Self::MAX)
            .map(Self)
            .ok_or(QuantityError(u64::from(units)))
    }

    /// Base units.
    pub fn get(self) -> u32 {
        self.0.get()
    }

    /// `packs` packages of `units_per_pack` base units.
    pub fn of_packs(packs: u32, units_per_pack: u32) -> Result<Self, QuantityError> {
        let units = u64::from(packs) * u64::from(units_per_pack);
        u32::try_from(units)
            .map_err(|_| QuantityError(units))
            .and_then(Self::new)
    }
}

impl fmt::Display for Quantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl TryFrom<u32> for Quantity {
    type Error = QuantityError;
    fn try_from(units: u32) -> Result<Self, QuantityError> {
        Self::new(units)
    }
}

impl From<Quantity> for u32 {
    fn from(quantity: Quantity) -> Self {
        quantity.get()
    }
}

impl<C> Encode<C> for Quantity {
    fn encode<W: Write>(
        &self,
        e: &mut Encoder<W>,
        _: &mut C,
    ) -> Result<(), minicbor::encode::Error<W::Error>> {
        e.u32(self.get())?.ok()
    }
}

impl<'b, C> Decode<'b, C> for Quantity {
    fn decode(d: &mut Decoder<'b>, _: &mut C) -> Result<Self, DecodeError> {
        let at = d.position();
        Self::new(d.u32()?).map_err(|error| DecodeError::message(error).at(at))
    }
}
