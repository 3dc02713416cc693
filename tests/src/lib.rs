//! What the end-to-end tests share: a real server process, a real browser, real symbols.

pub mod api;
pub mod browser;
pub mod keys;
pub mod process;
pub mod server;
pub mod symbols;
