//! The server: one binary, axum over a [`store::Store`].
//!
//! A request comes in at [`http`] (or [`console`] for pages), is allowed by [`auth`], records go through
//! [`ingest`] into the [`store`]; [`cli`] holds the subcommands.

pub mod auth;
pub mod backup;
pub mod catalogue;
pub mod cli;
pub mod console;
pub mod demo;
pub mod http;
pub mod ingest;
pub mod island;
pub mod labels;
pub mod ops;
pub mod patient_link;
pub mod store;
