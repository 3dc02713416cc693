//! Makes codes as labels have them, and what is nearly one: for property tests, and for the first corpus of the fuzz
//! targets.

#![allow(dead_code, missing_docs, reason = "each test uses some of them")]

pub mod gs1;
pub mod other;
