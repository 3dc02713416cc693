//! HIBC, strict and lenient.

#![no_main]

#[path = "../../shared/tests/laws/mod.rs"]
mod laws;

libfuzzer_sys::fuzz_target!(|text: &str| laws::hibc(text));
