//! Names of settings in the store.

/// Name of the region, set by `init`.
pub const REGION_SETTING: &str = "region";
