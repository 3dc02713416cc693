//! The linters against the GS1 Barcode Syntax Engine, row by row, and against anything at all.
//!
//! The vectors lie beside the repository.

use std::fs::read_to_string;
use std::io::Write as _;
use std::path::Path;

use proptest::collection::vec;
use proptest::prelude::{any, proptest};
use serde_json::Value;
use sparhund_shared::carrier::gs1::{Finding, Linter, PrefixAnswer};

/// Names of rows in `gs1.jsonl` that no component of this release uses. The engine keeps such names for old callers
/// and lets everything pass them, which is what each of their rows says.
const WITHOUT_RULE: [&str; 6] = ["hhmm", "iso3166list", "mmoptss", "yymmddhh", "key", "keyoff1"];

/// Straight to the terminal: what a passing test prints is not shown.
fn say(text: &str) {
    let _ = writeln!(std::io::stderr(), "{text}");
}

fn text<'a>(row: &'a Value, key: &str) -> &'a str {
    row[key].as_str().unwrap_or_default()
}

/// The vectors write a byte as the character of the same number.
fn bytes(input: &str) -> Vec<u8> {
    input.chars().map(|c| u8::try_from(c).expect("a byte")).collect()
}

/// The error with its place, or nothing.
type Verdict = Option<(String, u64, u64)>;

fn expected(row: &Value) -> Verdict {
    (row["ok"] == Value::Bool(false)).then(|| {
        let number = |key: &str| row[key].as_u64().expect(key);
        (
            text(row, "error").to_owned(),
            number("error_pos"),
            number("error_len"),
        )
    })
}

fn ours(linter: Linter, part: &[u8], expected: &Verdict) -> Verdict {
    // These rows were made with a directory that answers so at the very place that is found wrong.
    let answer = match expected {
        Some((error, _, 4..)) if error == "INVALID_GCP_PREFIX" => PrefixAnswer::Unknown,
        Some((error, ..)) if error == "GCP_DATASOURCE_OFFLINE" => PrefixAnswer::Offline,
        _ => PrefixAnswer::Known,
    };
    let directory = |key: &[u8]| {
        let at = key.as_ptr().addr() - part.as_ptr().addr();
        match expected {
            Some((_, wrong, _)) if usize::try_from(*wrong) == Ok(at) => answer,
            _ => PrefixAnswer::Known,
        }
    };
    let found = if answer == PrefixAnswer::Known {
        linter.check(part)
    } else {
        linter.check_with(part, Some(&directory))
    };
    found.err().map(|Finding { error, at, len }| {
        let number = |n: usize| u64::try_from(n).expect("a place");
        (error.code().to_owned(), number(at), number(len))
    })
}

#[test]
fn every_row_agrees() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/vectors/gs1.jsonl");
    let Ok(vectors) = read_to_string(path) else {
        return say("skipped: ../shared is absent");
    };
    let (mut agree, mut all) = (0, 0);
    let mut tried = Vec::new();
    for line in vectors.lines() {
        let row: Value = serde_json::from_str(line).expect("JSON");
        if row["kind"] != "lint" {
            continue;
        }
        all += 1;
        let expected = expected(&row);
        let name = text(&row, "linter");
        let ours = match Linter::from_name(name) {
            Some(linter) => {
                tried.push(linter.name());
                ours(linter, &bytes(text(&row, "input")), &expected)
            }
            None => (!WITHOUT_RULE.contains(&name)).then(|| ("no such linter".to_owned(), 0, 0)),
        };
        if ours == expected {
            agree += 1;
        } else {
            let (id, input) = (text(&row, "id"), text(&row, "input"));
            say(&format!(
                "{id} {name} {input:?}: expected {expected:?}, ours {ours:?}"
            ));
        }
    }
    say(&format!("agree {agree} of {all}"));
    assert_eq!(agree, all);
    for linter in Linter::ALL {
        assert!(tried.contains(&linter.name()), "no row tries {}", linter.name());
    }
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
