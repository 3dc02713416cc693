//! A browser that is killed over and over while somebody books: what the page showed as booked is kept, once.
//!
//! [`run`](run::run) is the way in. A [`Handheld`](handheld::Handheld) is a real Chromium with one profile and the real page in
//! it; `work.js` scans and books there with the page's own fields and buttons and tells each booking once the page shows it.
//! `judge` compares what was told with what the device saved to a file and with what the server holds. The moments of the kills
//! come from one seed; what the browser does just then does not.

pub mod handheld;
pub mod judge;
pub mod report;
pub mod run;
