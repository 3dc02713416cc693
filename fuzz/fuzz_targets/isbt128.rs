//! ISBT 128.

#![no_main]

#[path = "../../shared/tests/laws/mod.rs"]
mod laws;

libfuzzer_sys::fuzz_target!(|text: &str| laws::isbt128(text));
