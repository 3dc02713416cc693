//! Rows of single linters, labelled by the GS1 Barcode Syntax Engine.

use serde_json::Value;
use sparhund_shared::carrier::gs1::{Finding, Linter, PrefixAnswer};

use super::row::{Outcome, text};

/// Names that no component of this release uses. The engine keeps such names for old callers and lets everything pass
/// them, which is what each of their rows says.
const WITHOUT_RULE: [&str; 6] = ["hhmm", "iso3166list", "mmoptss", "yymmddhh", "key", "keyoff1"];

/// Runs a row; `None` for other kinds.
pub fn run(row: &Value) -> Option<Outcome> {
    if row["kind"] != "lint" {
        return None;
    }
    let name = text(row, "linter");
    let expected = expected(row);
    let ours = match Linter::from_name(name) {
        Some(linter) => checked(linter, &bytes(text(row, "input")), &expected),
        None => (!WITHOUT_RULE.contains(&name)).then(|| ("no such linter".to_owned(), 0, 0)),
    };
    Some(if ours == expected {
        Outcome::Agrees
    } else {
        Outcome::Disagrees(format!("{ours:?}"))
    })
}

/// The vectors write a byte as the character of the same number.
fn bytes(input: &str) -> Vec<u8> {
    let byte = |c: char| u8::try_from(c).unwrap_or(b'?');
    input.chars().map(byte).collect()
}

/// The error with its place and length, or nothing.
type Verdict = Option<(String, u64, u64)>;

fn expected(row: &Value) -> Verdict {
    let number = |key: &str| row[key].as_u64().unwrap_or_default();
    (row["ok"] == Value::Bool(false)).then(|| {
        (
            text(row, "error").to_owned(),
            number("error_pos"),
            number("error_len"),
        )
    })
}

fn checked(linter: Linter, part: &[u8], expected: &Verdict) -> Verdict {
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
        let number = |n: usize| u64::try_from(n).unwrap_or(u64::MAX);
        (error.code().to_owned(), number(at), number(len))
    })
}
