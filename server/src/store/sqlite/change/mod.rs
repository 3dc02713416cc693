//! Changes other than records: each is one transaction of the writer.

mod audit;
mod backup;
mod catalogue;
mod conflict;
mod device;
mod island;
mod order;
mod patient;
mod people;
mod place;
mod quarantine;
mod removable;
mod row_body;
mod seen;
mod series;
mod setting;
mod shared_row;

use crate::store::StoreError;

fn conflict(text: String) -> StoreError {
    StoreError::Conflict(text)
}

fn value<T: serde::Serialize>(row: &T) -> crate::store::Result<serde_json::Value> {
    serde_json::to_value(row).map_err(|error| StoreError::Engine(error.to_string()))
}
