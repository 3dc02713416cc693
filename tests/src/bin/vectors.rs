//! Runs vector files as they stand, prints each disagreement and how many rows agree.
//!
//! ```text
//! cargo run --release -p sparhund-tests --bin vectors -- ../shared/vectors/*.jsonl
//! ```

use std::io::{self, Write as _};
use std::path::Path;
use std::process::ExitCode;

use sparhund_tests::vectors::{Outcome, run_file};

fn main() -> io::Result<ExitCode> {
    let mut out = io::BufWriter::new(io::stdout().lock());
    let (mut agree, mut all) = (0, 0);
    let files: Vec<_> = std::env::args_os().skip(1).collect();
    if files.is_empty() {
        writeln!(out, "name one or more vector files, one JSON object a line")?;
        return Ok(ExitCode::from(2));
    }
    for file in &files {
        let path = Path::new(file);
        let rows =
            run_file(path).map_err(|error| io::Error::other(format!("{}: {error}", path.display())))?;
        all += rows.len();
        for row in rows {
            match row.outcome {
                Outcome::Agrees => agree += 1,
                Outcome::Disagrees(ours) => {
                    writeln!(out, "{}\n  ours: {ours}", row.line)?;
                }
                Outcome::RowAtFault(reason) => {
                    writeln!(out, "{}\n  held to be at fault: {reason}", row.line)?;
                }
            }
        }
    }
    writeln!(out, "agree {agree} of {all}")?;
    out.flush()?;
    Ok(if agree == all {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}
