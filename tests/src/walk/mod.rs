//! A walk through every screen of the scanner page: for pictures, and for looking at each with the rules of accessibility.
//!
//! [`rows`] says what there is to see and how to get there, one row a screen; [`look`] how it may look.

pub mod axe;
pub mod look;
pub mod pictures;
pub mod rows;
pub mod rules;
mod set_out;
mod step;

pub use rows::{ROWS, Row};
pub use set_out::Walk;
pub use step::{Label, Step};
