//! GS1 Digital Link: what is read from an address can be written into one.

#![no_main]

#[path = "../../shared/tests/laws/mod.rs"]
mod laws;

libfuzzer_sys::fuzz_target!(|text: &str| laws::link(text));
