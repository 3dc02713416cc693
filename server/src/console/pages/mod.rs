//! One file a page.

pub(super) mod articles;
pub(super) mod audit;
pub(super) mod code;
pub(super) mod conflicts;
pub(super) mod deviations;
pub(super) mod devices;
mod hold_check;
pub(super) mod holds;
pub(super) mod implant_card;
mod label_sheet;
pub(super) mod labels;
mod names;
mod order_view;
pub(super) mod orders;
pub(super) mod overview;
pub(super) mod quarantine;
pub(super) mod rules;
pub(super) mod sign_in;
pub(super) mod sites;
pub(super) mod stock;
pub(super) mod trace;
mod trace_events;
mod trace_view;
