//! The linters against the GS1 Barcode Syntax Dictionary, which lies beside the repository, and against anything at
//! all. Their vectors are run with all others by the end-to-end tests.

use std::fs::read_to_string;
use std::io::Write as _;
use std::path::Path;

use proptest::collection::vec;
use proptest::prelude::{any, proptest};
use sparhund_shared::carrier::gs1::{Finding, Linter, PrefixAnswer};

/// Straight to the terminal: what a passing test prints is not shown.
fn say(text: &str) {
    let _ = writeln!(std::io::stderr(), "{text}");
}

#[test]
fn every_linter_of_the_dictionary_is_known() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/vectors/gs1-syntax-dictionary.txt");
    let Ok(dictionary) = read_to_string(path) else {
        return say("skipped: ../shared is absent");
    };
    let mut found = 0;
    let rows = dictionary
        .lines()
        .filter(|line| line.starts_with(|c: char| c.is_ascii_digit()));
    for row in rows {
        let rules = row.split('#').next().unwrap_or_default();
        // A component is `N6,yymmdd` or `[X1],hyphen`; `req=01,02` and the like are none.
        for component in rules.split_whitespace().filter(|word| !word.contains('=')) {
            for name in component.split(',').skip(1) {
                assert!(Linter::from_name(name).is_some(), "{name} in {row}");
                found += 1;
            }
        }
    }
    assert!(found > 100, "{found}");
}

proptest! {
    #[test]
    fn nothing_makes_a_linter_panic(part in vec(any::<u8>(), 0..120)) {
        for linter in Linter::ALL {
            inside(*linter, &part);
        }
    }

    // Digits reach deeper into coupons, dates and sums than arbitrary bytes do.
    #[test]
    fn digits_make_no_linter_panic(part in "[0-9/%A-F=-]{0,120}|[0-9]{0,120}|[A-Z]{2}[0-9A-Z]{8,36}") {
        for linter in Linter::ALL {
            inside(*linter, part.as_bytes());
        }
    }
}

/// What is found lies in the part.
fn inside(linter: Linter, part: &[u8]) {
    let offline = |_: &[u8]| PrefixAnswer::Offline;
    for found in [linter.check(part), linter.check_with(part, Some(&offline))] {
        if let Err(Finding { at, len, .. }) = found {
            assert!(at + len <= part.len(), "{} of {part:?}: {found:?}", linter.name());
        }
    }
}
