//! The scanner client: local store, tasks, outbox and sync. The same code runs natively and in a browser worker.
//!
//! [`api`] is what a user interface speaks: a [`api::Command`] goes in, a [`api::Reply`] comes out. [`env`] is what
//! the client asks of the machine it runs on: time, randomness, HTTP and a place for keys. [`wedge`] tells scans
//! from typing, [`turns`] lets no step past a STOP, [`taps`] no tap fall through. Without the feature `app` only these five are built, so that a page
//! can speak to the worker without carrying a database.
//!
//! The path of a scan: `flow::scan` reads it, `flow::label` joins the codes of its label, `scan` looks it up, `flow::weigh` asks the rules in
//! `sparhund_shared::verdict`, `flow::basket` keeps it, `flow::book` draws up events, `journal` writes them, `sync`
//! sends them.

pub mod api;
pub mod env;
pub mod taps;
pub mod turns;
pub mod wedge;

#[cfg(feature = "app")]
mod account;
#[cfg(feature = "app")]
mod app;
#[cfg(feature = "app")]
mod fault;
#[cfg(feature = "app")]
mod flow;
#[cfg(feature = "app")]
mod journal;
#[cfg(feature = "app")]
mod keys;
#[cfg(all(feature = "app", not(target_family = "wasm")))]
pub mod native;
#[cfg(feature = "app")]
mod problems;
#[cfg(feature = "app")]
mod quick;
#[cfg(feature = "app")]
mod room;
#[cfg(feature = "app")]
mod scan;
#[cfg(feature = "app")]
mod status;
#[cfg(feature = "app")]
mod store;
#[cfg(feature = "app")]
mod sync;

#[cfg(feature = "app")]
pub use app::App;
#[cfg(feature = "app")]
pub use store::AppError;
#[cfg(feature = "app")]
pub use sync::CallError;
