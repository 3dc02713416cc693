//! The whole way of a scan: normalise, identify, explain. The first byte chooses what the scanner sends for GS.

#![no_main]

#[path = "../../shared/tests/laws/mod.rs"]
mod laws;

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    if let Some((first, raw)) = data.split_first() {
        laws::scan(raw, laws::separator(*first));
    }
});
