//! The three tasks of the day: receive, pick, deliver and confirm.

mod basket;
mod bins;
mod book;
pub(crate) mod deed;
mod desk;
mod events;
pub(crate) mod excuse;
mod expected;
mod goods;
mod label;
mod lists;
mod parcel;
mod places;
pub(crate) mod receipt;
mod scan;
mod start;
mod state;
mod view;
mod weigh;

pub(crate) use basket::{expect_line, item_at, set_count};
pub(crate) use book::{Booked as Booking, UNDO_MS, book, books_at_once, undo};
pub(crate) use desk::Desk;
pub(crate) use lists::tasks;
pub(crate) use places::{choose_place, places};
pub(crate) use scan::{Judged, choose_reading, scan, unit_of};
pub(crate) use start::start;
pub(crate) use state::{TaskState, Work};
pub(crate) use view::view;
