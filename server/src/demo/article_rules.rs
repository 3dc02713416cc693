//! What articles of the demo region ask for.

use std::collections::BTreeSet;

use sparhund_shared::event::ArticleNo;
use sparhund_shared::reference::{ArticleRules, ArticleTrait, RiskClass, StorageClass};

use super::family::{Family, Kind};

/// Families whose goods are kept in a store for sterile goods.
const STERILE: [&str; 6] = ["C0102", "H0101", "H0102", "T0101", "T0201", "T0204"];
/// Kept cold.
const COLD: [&str; 2] = ["W0501", "W0101"];
/// Aids that are lent.
const AIDS: [&str; 3] = ["Y1222", "Y1206", "Y0433"];
/// From outside the Union.
const IMPORTED: &str = "A0301";
/// Asks for days that are left, and has larger sizes that may stand in.
pub(super) const SYRINGE: &str = "A0201";

/// The rules of an article; `larger` is the next size of its family.
pub(super) fn rules_of(family: &Family, larger: Option<ArticleNo>) -> ArticleRules {
    let is = |emdn: &str| family.emdn == emdn;
    let mut traits = BTreeSet::new();
    let mut rules = ArticleRules::default();
    if STERILE.into_iter().any(is) {
        traits.insert(ArticleTrait::Sterile);
    }
    if AIDS.into_iter().any(is) {
        traits.insert(ArticleTrait::Aid);
        rules.class = Some(RiskClass::I);
    }
    if is(IMPORTED) {
        traits.insert(ArticleTrait::Imported);
    }
    if family.kind == Kind::Implant {
        traits.extend([ArticleTrait::Implantable, ArticleTrait::ImplantCard]);
        rules.class = Some(RiskClass::III);
        rules.maker_address = Some("Polarlichtstraße 7, 24103 Kiel, Tyskland".to_owned());
        rules.maker_site = Some("https://aurora-implants.example".to_owned());
    }
    // Plates and screws are implants without a card (MDR Article 18(3)).
    if is("P0912") {
        traits.insert(ArticleTrait::Implantable);
        rules.class = Some(RiskClass::IIb);
    }
    if COLD.into_iter().any(is) {
        rules.storage = Some(StorageClass::Cold);
    }
    if is(SYRINGE) {
        rules.min_days_receipt = Some(180);
        rules.min_days_issue = Some(30);
        rules.substitutes = larger.into_iter().collect();
    }
    rules.traits = traits;
    rules
}
