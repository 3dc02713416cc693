//! What the catalogue says of a code.

use rusqlite::Connection;
use sparhund_shared::carrier::gs1::Ai;
use sparhund_shared::carrier::{CarrierWarning, ItemCode, Suspicion};
use sparhund_shared::event::{Identified, Item};
use sparhund_shared::identity::Sscc;
use sparhund_shared::reference::{Article, ProductionIdentifier};

use crate::fault::Fault;
use crate::store::catalogue;

/// An item with what the catalogue says of it.
#[derive(Clone, Debug)]
pub(crate) struct Found {
    pub(crate) item: Item,
    pub(crate) article: Option<Article>,
    /// Base units in one package.
    pub(crate) units_per_pack: u32,
    /// Packages that one scan stands for.
    pub(crate) packs: u32,
    /// A separator may have been lost.
    pub(crate) suspect: bool,
    /// A strict reader refuses the label.
    pub(crate) lenient: bool,
    /// Logistic unit whose label named the item.
    pub(crate) sscc: Option<Sscc>,
}

/// Looks an item code up.
pub(crate) fn item_of(db: &Connection, code: &ItemCode, warnings: &[CarrierWarning]) -> Result<Found, Fault> {
    let article = catalogue::article_by_di(db, &code.di)?;
    let base = article
        .as_ref()
        .and_then(Article::base)
        .unwrap_or(&code.di)
        .clone();
    let known_units = article.as_ref().and_then(|article| article.units_of(&code.di));
    let made = &code.production;
    // A serial on a package of several names the package, not what is in it. It stays in the raw scan.
    let serial = made
        .serial
        .clone()
        .filter(|_| known_units.is_none_or(|units| units == 1));
    let item = Item::Identified(Identified {
        di: code.di.clone(),
        base,
        article: article.as_ref().map(|article| article.no.clone()),
        lot: made.lot.clone(),
        serial,
        expiry: made.expiry.or(made.best_before),
        made: made.made,
    });
    Ok(Found {
        suspect: warnings
            .iter()
            .any(|warning| suspects(warning, article.as_ref(), code)),
        lenient: warnings.iter().any(CarrierWarning::is_lenient),
        item,
        article,
        // The count on a label of a varying measure (GS1 AI 30, HIBC /Q, IFA Q) is what is inside; the catalogue knows the others.
        units_per_pack: code.count.or(known_units).unwrap_or(1).max(1),
        packs: 1,
        sscc: None,
    })
}

/// The catalogue decides where it can: what the labels of a product do not carry was not swallowed, and what they carry
/// and this one lacks may have been. Without it only a date that fits is suspect.
fn suspects(warning: &CarrierWarning, article: Option<&Article>, code: &ItemCode) -> bool {
    let CarrierWarning::LostSeparator {
        swallowed, suspicion, ..
    } = warning
    else {
        return false;
    };
    let Some(article) = article.filter(|article| !article.identifiers.is_empty()) else {
        return *suspicion == Suspicion::Strong;
    };
    let made = &code.production;
    let (wanted, there) = match *swallowed {
        Ai::LOT => (ProductionIdentifier::Lot, made.lot.is_some()),
        Ai::SERIAL => (ProductionIdentifier::Serial, made.serial.is_some()),
        Ai::EXPIRY => (ProductionIdentifier::Expiry, made.expiry.is_some()),
        Ai::PRODUCTION_DATE => (ProductionIdentifier::Made, made.made.is_some()),
        // Whether a label carries a best before date the catalogue does not say.
        _ => return *suspicion == Suspicion::Strong,
    };
    !there && article.identifiers.contains(&wanted)
}
