//! Every row of the vector files beside the repository agrees, or stands on the list of rows held to be at fault.

use std::collections::BTreeSet;
use std::io::Write as _;
use std::path::Path;

use sparhund_tests::vectors::{Outcome, held, run_file};

/// Runs a file of at least so many rows. Those that are held to be at fault must be there, and disagree still.
fn every_row(file: &str, at_least: usize, at_fault: &BTreeSet<&str>) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../shared/vectors")
        .join(file);
    if !path.exists() {
        // Straight to the terminal: what a passing test prints is not shown.
        let _ = writeln!(std::io::stderr(), "skipped: ../shared is absent");
        return;
    }
    let rows = run_file(&path).expect("the vectors");
    assert!(rows.len() >= at_least, "{file} has {} rows", rows.len());
    let wrong: Vec<_> = rows
        .iter()
        .filter_map(|row| match &row.outcome {
            Outcome::Disagrees(ours) => Some(format!("{}\n  ours: {ours}", row.line)),
            Outcome::Agrees | Outcome::RowAtFault(_) => None,
        })
        .collect();
    assert!(
        wrong.is_empty(),
        "{} of {file} disagree:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
    let disagree: BTreeSet<&str> = rows
        .iter()
        .filter(|row| matches!(row.outcome, Outcome::RowAtFault(_)))
        .map(|row| row.id.as_str())
        .collect();
    assert_eq!(
        disagree, *at_fault,
        "left: rows of {file} held to be at fault that disagree; right: all that are held to be"
    );
}

#[test]
fn gs1() {
    // All rows that are held to be at fault are of this file.
    every_row("gs1.jsonl", 6_894, &held().collect());
}

#[test]
fn gs1_in_health_care() {
    every_row("gs1-health.jsonl", 604, &BTreeSet::new());
}

#[test]
fn other_agencies() {
    every_row("udi-other.jsonl", 172, &BTreeSet::new());
}
