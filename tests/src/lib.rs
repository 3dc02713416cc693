//! What the end-to-end tests share: a real server process, a real browser, real symbols.

#![expect(clippy::missing_panics_doc, reason = "a test helper fails by panicking")]

pub mod api;
pub mod browser;
pub mod deeds;
pub mod devtools;
#[cfg(feature = "pictures")]
pub mod frames;
pub mod keys;
pub mod kills;
pub mod link;
pub mod machine;
pub mod page;
pub mod personal;
pub mod process;
pub mod reconnect;
pub mod scenario;
pub mod server;
#[cfg(target_os = "linux")]
pub mod speed;
pub mod symbols;
pub mod torture;
pub mod vectors;
pub mod walk;
