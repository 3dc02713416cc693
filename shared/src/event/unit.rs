//! The key the books are kept by: product, lot, serial.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::identity::{Lot, Serial, UdiDi};
use crate::log::Hash;

/// A product: a base-unit identifier, or the fingerprint of a code nobody could read.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Product {
    /// Base unit by its device identifier.
    Di(UdiDi),
    /// SHA-256 of the raw scan.
    Raw(Hash),
}

impl fmt::Display for Product {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Di(di) => di.fmt(f),
            Self::Raw(hash) => write!(f, "RAW:{hash}"),
        }
    }
}

/// A text that is no product.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("{0:?} is no product: write AGENCY:CODE, for instance GS1:07312345678909")]
pub struct ProductError(pub String);

impl FromStr for Product {
    type Err = ProductError;
    fn from_str(text: &str) -> Result<Self, ProductError> {
        let wrong = || ProductError(text.to_owned());
        match text.strip_prefix("RAW:") {
            Some(hash) => hash.parse().map(Self::Raw).map_err(|_| wrong()),
            None => text.parse().map(Self::Di).map_err(|_| wrong()),
        }
    }
}

impl TryFrom<String> for Product {
    type Error = ProductError;
    fn try_from(text: String) -> Result<Self, ProductError> {
        text.parse()
    }
}

impl From<Product> for String {
    fn from(product: Product) -> Self {
        product.to_string()
    }
}

/// What stock is kept by. Units without a serial share the key of their lot; several pieces may stand under one key.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct UnitKey {
    /// Product by its base unit.
    #[cfg_attr(feature = "openapi", schema(value_type = String, example = "GS1:07350000000016"))]
    pub product: Product,
    /// Lot; absent when the label had none.
    pub lot: Option<Lot>,
    /// Serial; absent when the label had none.
    pub serial: Option<Serial>,
}

impl UnitKey {
    /// Goods of which neither lot nor serial is known.
    pub fn is_unlotted(&self) -> bool {
        self.lot.is_none() && self.serial.is_none()
    }

    /// First eight bytes of SHA-256(product, GS, lot) as a signed integer: leads the trace tables, so that one lot's
    /// trace stays together and lots spread evenly over shards.
    pub fn lot_key(&self) -> i64 {
        lot_key(&self.product, self.lot.as_ref())
    }
}

/// See [`UnitKey::lot_key`].
fn lot_key(product: &Product, lot: Option<&Lot>) -> i64 {
    let mut hasher = Sha256::new();
    hasher.update(product.to_string());
    hasher.update([0x1d]);
    hasher.update(lot.map_or("", Lot::as_str));
    let digest: [u8; 32] = hasher.finalize().into();
    let mut key = [0; 8];
    key.copy_from_slice(&digest[..8]);
    i64::from_be_bytes(key)
}
