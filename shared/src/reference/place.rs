//! Places: from a region's warehouse down to a bin, and the wards goods go to.

use serde::{Deserialize, Serialize};

use super::rules::PlaceRules;
use crate::identity::PlaceCode;

/// What a place is for.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum PlaceKind {
    /// Warehouse or hospital as a whole.
    Site,
    /// Part of a site.
    Zone,
    /// Shelf or bin goods are picked from.
    Bin,
    /// Where picked goods wait to leave.
    Dispatch,
    /// Ward store (vårdnära förråd).
    Ward,
    /// Karantän: goods that nobody may use before a person decides.
    Quarantine,
    /// Vehicle of a route.
    Vehicle,
}

/// A legal person. Goods that cross its border are a delivery to somebody else.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LegalEntity {
    /// Organisation number.
    pub org_no: String,
    /// Name.
    pub name: String,
}

/// A place with its identity.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Place {
    /// GLN (AI 414) with an optional extension (AI 254), as on the place label.
    #[cfg_attr(feature = "openapi", schema(value_type = String, example = "7350000000017/A-01-02"))]
    pub code: PlaceCode,
    /// Name as staff know it.
    pub name: String,
    /// What it is for.
    pub kind: PlaceKind,
    /// The place it is part of.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub parent: Option<PlaceCode>,
    /// Who owns it.
    pub entity: LegalEntity,
    /// What it gives.
    #[serde(default, skip_serializing_if = "PlaceRules::is_default")]
    pub rules: PlaceRules,
}
