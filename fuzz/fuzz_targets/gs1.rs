//! All forms of GS1: element string, scan, brackets, the engine's notation, web address.

#![no_main]

#[path = "../../shared/tests/laws/mod.rs"]
mod laws;

libfuzzer_sys::fuzz_target!(|text: &str| laws::gs1(text));
