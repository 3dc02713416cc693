//! Reference data: what devices must know beforehand to answer a scan without a network.

mod article;
mod delivery;
mod order;
mod place;
mod rule;
mod rules;
mod stock;
mod user;

pub use article::{Article, Packaging, ProductCategory, ProductionIdentifier, TraceLevel};
pub use delivery::{AnnouncedDelivery, AnnouncedLine, Received, delivery_key, delivery_mark};
pub use order::{LotOption, Order, OrderLine, OrderState, PackedGoods, fefo};
pub use place::{LegalEntity, Place, PlaceKind};
pub use rule::{Rule, SamplingRule, StockRule};
pub use rules::{ArticleRules, ArticleTrait, PlaceRules, RiskClass, StorageClass};
pub use stock::{Goods, OpenCount, PlaceStock, Searched};
pub use user::{Role, User};
