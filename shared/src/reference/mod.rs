//! Reference data: what devices must know beforehand to answer a scan without a network.

mod article;
mod order;
mod place;
mod user;

pub use article::{Article, Packaging, ProductCategory, ProductionIdentifier, TraceLevel};
pub use order::{LotOption, Order, OrderLine, OrderState, fefo};
pub use place::{LegalEntity, Place, PlaceKind};
pub use user::{Role, User};
