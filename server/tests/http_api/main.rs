//! The API through the real router over the real store, one file per resource.

#![allow(
    clippy::unwrap_used,
    missing_docs,
    reason = "a test may stop at the first surprise"
)]

#[path = "../common/mod.rs"]
mod common;
#[path = "../cut_link/mod.rs"]
mod cut_link;

mod access;
mod articles;
mod aside;
mod audit;
mod auth;
mod deliveries;
mod devices;
mod holds;
mod identify;
mod openapi;
mod orders;
mod patients;
mod places;
mod print;
mod problems;
mod quarantine;
mod rotation;
mod rules;
mod running;
mod series;
mod sites;
mod stock;
mod sync;
mod trace;
mod trust;
mod users;
mod witness;
