//! Pieces that several screens share.

pub mod bar;
pub mod camera;
pub mod choose;
pub mod implant_card;
pub mod item;
pub mod lines;
pub mod looks;
pub mod notice;
pub mod open_scan;
pub mod places;
pub mod raw;
pub mod save_outbox;
pub mod self_test;
pub mod shapes;
pub mod status_line;
pub mod stop;
pub mod tools;
pub mod training;
pub mod undo;
pub mod verdict;
pub mod wipe_lock;
