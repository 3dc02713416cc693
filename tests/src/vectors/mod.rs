//! Vector files of the readers of codes, run as they stand: each row's verdict, elements and error against ours.

mod biip;
mod gs1;
mod held;
mod lint;
mod other;
mod row;

use std::io;
use std::path::Path;

use serde_json::Value;

pub use held::held;
pub use row::Outcome;

/// One row with what came of it.
#[derive(Debug)]
pub struct Ran {
    /// Its name.
    pub id: String,
    /// The row as it stands.
    pub line: String,
    /// What came of it.
    pub outcome: Outcome,
}

/// Runs every row of a file, one JSON object a line.
///
/// # Errors
/// The file cannot be read, or a line is no JSON.
pub fn run_file(path: &Path) -> io::Result<Vec<Ran>> {
    let rows = std::fs::read_to_string(path)?;
    rows.lines()
        .filter(|line| !line.trim().is_empty())
        .map(|line| {
            let row: Value = serde_json::from_str(line).map_err(io::Error::other)?;
            Ok(Ran {
                id: row::text(&row, "id").to_owned(),
                line: line.to_owned(),
                outcome: run(&row),
            })
        })
        .collect()
}

/// Runs one row. A kind that is not known disagrees: no row is skipped.
pub fn run(row: &Value) -> Outcome {
    let outcome = lint::run(row)
        .or_else(|| gs1::run(row))
        .or_else(|| biip::run(row))
        .or_else(|| other::run(row))
        .unwrap_or_else(|| {
            Outcome::Disagrees(format!(
                "a kind that is not known here: {} {}",
                row["kind"], row["system"]
            ))
        });
    match (outcome, held::reason(row::text(row, "id"))) {
        (Outcome::Disagrees(_), Some(reason)) => Outcome::RowAtFault(reason),
        (outcome, _) => outcome,
    }
}
