//! What a product, a package, a place or an asset is called: newtypes that cannot hold a wrong value.
//!
//! Each type has one canonical text. `Display` writes it, `FromStr` reads and checks it, and serde and CBOR carry
//! exactly that text, so a value that was stored can be searched for as it is printed. Reading a wrong text is an
//! error that says what is wrong; there is no way to build the value unchecked.
//!
//! Sources: GS1 General Specifications sections 1.4, 3 and 7; IMDRF UDI WG/N48 Appendix A for the other agencies.

mod agency;
mod check_digit;
mod codec;
mod cset;
mod giai;
mod gln;
mod grai;
mod gsrn;
mod gtin;
mod label_date;
mod lot;
mod numeric;
mod place;
mod serial;
mod series;
mod sscc;
mod udi_di;
mod upc;

pub use agency::{Agency, UnknownAgency};
pub use check_digit::check_digit;
pub use cset::{TextError, is_cset39, is_cset82};
pub use giai::Giai;
pub use gln::Gln;
pub use grai::{Grai, GraiError};
pub use gsrn::Gsrn;
pub use gtin::Gtin;
pub use label_date::{LabelDate, LabelDateError, Precision};
pub use lot::Lot;
pub use numeric::NumericKeyError;
pub use place::{Extension, PlaceCode, PlaceCodeError};
pub use serial::Serial;
pub use series::{CompanyPrefix, CompanyPrefixError, sscc_of};
pub use sscc::Sscc;
pub use udi_di::{UdiDi, UdiDiError};
