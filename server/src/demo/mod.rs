//! A demo region to try everything with, made by code: the names are plausible, people and numbers are invented.
//!
//! [`Region::new`] is pure and gives the same region for the same day; [`load()`] books it through the server's own
//! log, so that the demo's stock has a trace like any other.

mod announced;
mod article_rules;
mod assortment;
mod family;
mod keys;
mod load;
mod orders;
mod people;
mod places;
mod rules;
mod stock;

pub use load::load;
pub use people::{DemoUser, people};
pub use stock::{Delivery, Receipt};

use jiff::civil::Date;
use sparhund_shared::event::{HoldText, Holding};
use sparhund_shared::identity::{Gtin, Sscc};
use sparhund_shared::reference::{AnnouncedDelivery, Article, Order, Place, Rule};

/// Name of the demo region.
pub const NAME: &str = "Region Nordmark";

/// Setting that says the data directory holds the demo; its value is any text.
pub const SETTING: &str = "demo";

/// Something of the demo region, ready to be stored.
#[derive(Clone, Debug)]
pub struct Region {
    /// Warehouse with zones and bins, hospitals, wards, a municipality; parents first.
    pub places: Vec<Place>,
    /// 200 articles with their packaging levels.
    pub articles: Vec<Article>,
    /// Goods that came from suppliers.
    pub receipts: Vec<Receipt>,
    /// Goods that have gone to wards already.
    pub deliveries: Vec<Delivery>,
    /// A hold on one lot.
    pub hold: Holding,
    /// Three orders to pick.
    pub orders: Vec<Order>,
    /// Stock levels, two-bin places, sampling, the limit of counts, the company prefix and a patient key.
    pub rules: Vec<Rule>,
    /// Two deliveries on their way.
    pub announced: Vec<AnnouncedDelivery>,
}

/// Why the demo could not be made.
#[derive(Debug, thiserror::Error)]
pub enum DemoError {
    /// A table of the demo holds a value its type refuses.
    #[error("the demo region has a wrong value: {0}; please report this")]
    Value(String),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] crate::store::StoreError),
    /// The server's own log failed.
    #[error("the demo stock could not be booked: {0}")]
    Log(String),
    /// A password could not be hashed.
    #[error("a demo password could not be hashed: {0}")]
    Password(String),
}

impl Region {
    /// The region as it is on a day: expiry dates lie relative to it. `now` is Unix milliseconds on that day.
    pub fn new(today: Date, now: i64) -> Result<Self, DemoError> {
        let articles = assortment::articles()?;
        let receipts = stock::receipts(&articles, today)?;
        Ok(Self {
            places: places::places()?,
            rules: rules::rules(&articles, &receipts, now)?,
            announced: announced::announced(&articles, today, now)?,
            receipts,
            deliveries: stock::deliveries()?,
            hold: stock::hold(&articles, hold_reason()?, now)?,
            orders: orders::orders(&articles, now)?,
            articles,
        })
    }
}

/// Numbers for packages, to label deliveries with.
pub fn ssccs() -> Result<Vec<Sscc>, DemoError> {
    (1..=6).map(keys::sscc).collect()
}

/// A GTIN under the demo's prefix that no article has.
pub fn unknown_gtin() -> Result<Gtin, DemoError> {
    keys::gtin(0, 999)
}

fn hold_reason() -> Result<HoldText, DemoError> {
    keys::parse("Säkerhetsmeddelande FSN-2026-014: otät sterilförpackning")
}
