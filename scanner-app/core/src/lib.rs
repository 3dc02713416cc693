//! The scanner client: local store, tasks, outbox and sync. The same code runs natively and in a browser worker.
//!
//! [`api`] is what a user interface speaks: a [`api::Command`] goes in, a [`api::Reply`] comes out. [`env`] is what
//! the client asks of the machine it runs on: time, randomness and HTTP. [`wedge`] tells scans
//! from typing. Without the feature `app` only these three are built, so that a page can speak to the worker without
//! carrying a database.

pub mod api;
pub mod env;
pub mod wedge;
