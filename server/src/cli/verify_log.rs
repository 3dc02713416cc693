//! `verify-log`: checks an exported log. Needs no database and no server.

use std::fs::File;
use std::io::BufReader;
use std::path::PathBuf;
use std::time::Instant;

use super::CliResult;
use crate::ops::log_file;

/// Options.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// File made by `export-log`
    #[arg(value_name = "FILE")]
    file: PathBuf,
}

/// Runs it.
pub fn run(args: &Args) -> CliResult {
    let begun = Instant::now();
    let name = args.file.display();
    let file = File::open(&args.file).map_err(|error| format!("{name}: {error}"))?;
    let verified = log_file::verify(BufReader::new(file))
        .map_err(|fault| format!("{name} is NOT as it was written: {fault}"))?;
    for (writer, from, to) in &verified.gaps {
        println!("note: records {from} to {to} of {writer} had not reached the server");
    }
    for (writer, seq) in &verified.forks {
        println!("note: {writer} has more than one record {seq}");
    }
    if verified.unreadable > 0 {
        println!(
            "note: {} records tell of events that this version cannot read",
            verified.unreadable
        );
    }
    println!(
        "OK: {} records of {} logs under {} signatures, checked in {:.2} s",
        verified.records,
        verified.logs,
        verified.heads,
        begun.elapsed().as_secs_f64()
    );
    Ok(())
}
