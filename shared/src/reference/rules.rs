//! What goods need and what a place gives: rules of articles and places.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::event::ArticleNo;

/// Temperature that goods are kept at, by the words on Swedish labels.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum StorageClass {
    /// Rumstemperatur, 15 to 25 °C.
    Room,
    /// Svalt, 8 to 15 °C.
    Cool,
    /// Kylvara, 2 to 8 °C.
    Cold,
    /// Fryst, −18 °C or colder.
    Frozen,
}

/// Risk class of a device (MDR Article 51 and Annex VIII; IVDR Article 47 and Annex VIII).
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum RiskClass {
    /// Class I.
    I,
    /// Class IIa.
    IIa,
    /// Class IIb.
    IIb,
    /// Class III.
    III,
    /// IVD class A.
    A,
    /// IVD class B.
    B,
    /// IVD class C.
    C,
    /// IVD class D.
    D,
}

/// Something that is so of an article or is not.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum ArticleTrait {
    /// Kept in a store for sterile goods.
    Sterile,
    /// An implantable device (MDR Article 2(5)).
    Implantable,
    /// Needs an implant card; sutures, staples, screws and their like need none (MDR Article 18(3)).
    ImplantCard,
    /// Its use is linked to the patient, beyond what its class asks for.
    PatientLink,
    /// An aid that is lent (hjälpmedel).
    Aid,
    /// Comes from outside the Union: the importer is looked for at every receipt (MDR Article 14(2)(c)).
    Imported,
}

/// What an article asks for beyond its identity. All of it may be left out.
#[derive(Clone, PartialEq, Eq, Default, Debug, Serialize, Deserialize)]
#[serde(default)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ArticleRules {
    /// Days that must be left before the expiry date when it is received.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min_days_receipt: Option<u32>,
    /// Days that must be left when it leaves the store.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min_days_issue: Option<u32>,
    /// Temperature it is kept at.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub storage: Option<StorageClass>,
    /// Risk class.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub class: Option<RiskClass>,
    /// What it is beside that.
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    pub traits: BTreeSet<ArticleTrait>,
    /// Articles that may stand in for it, best first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<String>))]
    pub substitutes: Vec<ArticleNo>,
    /// Address of the manufacturer, for the implant card.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub maker_address: Option<String>,
    /// Website of the manufacturer, for the implant card.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub maker_site: Option<String>,
}

impl ArticleRules {
    /// Whether nothing is asked for.
    pub fn is_default(&self) -> bool {
        *self == Self::default()
    }

    /// Whether something is so of the article.
    pub fn is(&self, what: ArticleTrait) -> bool {
        self.traits.contains(&what)
    }

    /// Whether its use is linked to the patient: implantable or class III devices are (MDR Articles 18 and 27(9)), and
    /// aids, and what the region chose.
    pub fn links_patient(&self) -> bool {
        let linked = [
            ArticleTrait::PatientLink,
            ArticleTrait::Implantable,
            ArticleTrait::Aid,
        ];
        linked.iter().any(|one| self.traits.contains(one)) || self.class == Some(RiskClass::III)
    }
}

/// What a place gives. A place inherits what it does not say from the place it is part of.
#[derive(Clone, PartialEq, Eq, Default, Debug, Serialize, Deserialize)]
#[serde(default)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PlaceRules {
    /// Temperature it is kept at.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub storage: Option<StorageClass>,
    /// For sterile goods.
    #[serde(skip_serializing_if = "is_false")]
    pub sterile: bool,
    /// For medicines.
    #[serde(skip_serializing_if = "is_false")]
    pub pharma: bool,
}

impl PlaceRules {
    /// Whether it says nothing.
    pub fn is_default(&self) -> bool {
        *self == Self::default()
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks so")]
fn is_false(flag: &bool) -> bool {
    !flag
}
