//! Symbols of one package, a line each, merged into one: nothing known is lost, nothing that differs is merged, and the
//! order in which they are scanned tells nothing.

#![no_main]

#[path = "../../shared/tests/laws/mod.rs"]
mod laws;
#[allow(dead_code, reason = "the rest puts whole codes together by this")]
#[path = "../../scanner-app/core/src/scan/merge.rs"]
mod merge;

use merge::merge;
use sparhund_shared::carrier::Production;

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let symbols: Vec<Production> = data
        .split(|byte| *byte == b'\n')
        .take(3)
        .filter_map(laws::production)
        .collect();
    for one in &symbols {
        assert_eq!(merge(one, one).as_ref(), Some(one));
        assert_eq!(merge(one, &Production::default()).as_ref(), Some(one));
        for other in &symbols {
            let both = merge(one, other);
            assert_eq!(both, merge(other, one));
            if let Some(both) = both {
                assert_eq!(merge(&both, one).as_ref(), Some(&both));
                assert_eq!(merge(&both, other).as_ref(), Some(&both));
            }
        }
    }
    if let [a, b, c] = symbols.as_slice() {
        let left = merge(a, b).and_then(|both| merge(&both, c));
        let right = merge(b, c).and_then(|both| merge(a, &both));
        assert_eq!(left, right);
    }
});
