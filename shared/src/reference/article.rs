//! Articles and their packaging levels.

use serde::{Deserialize, Serialize};

use super::rules::ArticleRules;
use crate::event::ArticleNo;
use crate::identity::UdiDi;

/// Exactly the five classes of sjukvårdsprodukter.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum ProductCategory {
    /// Läkemedel.
    Medicine,
    /// Medicinteknisk produkt, in-vitro diagnostics included.
    MedicalDevice,
    /// Personlig skyddsutrustning.
    ProtectiveEquipment,
    /// Livsmedel för speciella medicinska ändamål.
    MedicalFood,
    /// Tillverkningsmaterial.
    ManufacturingMaterial,
}

/// How far down an article is traced.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum TraceLevel {
    /// Counted only.
    Article,
    /// By lot.
    Lot,
    /// By the single piece.
    Serial,
}

/// What the label carries beside the device identifier, as the catalogue says.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum ProductionIdentifier {
    /// AI 10.
    Lot,
    /// AI 21.
    Serial,
    /// AI 17.
    Expiry,
    /// AI 11.
    Made,
    /// AI 8012.
    Software,
}

/// One packaging level with its own identifier.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Packaging {
    /// Identifier of this level.
    #[cfg_attr(feature = "openapi", schema(value_type = String, example = "GS1:07350000000016"))]
    pub di: UdiDi,
    /// Base units inside; 1 for the base unit.
    pub units: u32,
}

/// An article of the assortment.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Article {
    /// The region's number.
    pub no: ArticleNo,
    /// Name as staff know it.
    pub name: String,
    /// Manufacturer.
    pub manufacturer: Option<String>,
    /// Manufacturer's reference (REF on the label).
    pub reference: Option<String>,
    /// EMDN code, `^[A-Z]\d{2}(\d{2}){0,5}$`.
    pub emdn: Option<String>,
    /// Class of goods.
    pub category: ProductCategory,
    /// How far down it is traced.
    pub trace: TraceLevel,
    /// What the label carries, where known; empty = not known.
    pub identifiers: Vec<ProductionIdentifier>,
    /// Levels, the base unit first; never empty.
    pub packagings: Vec<Packaging>,
    /// What it asks for beyond that.
    #[serde(default, skip_serializing_if = "ArticleRules::is_default")]
    pub rules: ArticleRules,
}

impl Article {
    /// Identifier of the base unit.
    pub fn base(&self) -> Option<&UdiDi> {
        self.packagings.first().map(|packaging| &packaging.di)
    }

    /// Base units in one package with this identifier.
    pub fn units_of(&self, di: &UdiDi) -> Option<u32> {
        self.packagings
            .iter()
            .find(|packaging| packaging.di == *di)
            .map(|packaging| packaging.units)
    }
}
