//! The screens, one file each.

pub mod confirm;
pub mod deed;
mod deed_units;
pub mod deliver;
pub mod enrol;
pub mod orders;
pub mod people;
pub mod pick;
pub mod pin;
pub mod quick_switch;
pub mod receipt;
pub mod receive;
pub mod scanner;
pub mod settings;
pub mod sign_in;
pub mod tasks;
