//! From the bytes of a scan to an item of the catalogue.

mod look_up;
mod merge;
mod person;
mod views;

pub(crate) use look_up::{Found, item_of};
pub(crate) use merge::{join, merge_parts};
pub(crate) use person::names_person;
pub(crate) use views::{candidates, item_view};
