//! `backup`: a verified copy of the database, while it is served or not.

use std::path::PathBuf;

use super::CliResult;
use crate::backup::{complete_interrupted, make};
use crate::ops::{DataDir, UseLock, now_ms};
use crate::store::sqlite::note_beside;

/// Options.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Data directory, made by `init`
    #[arg(long, value_name = "DIR", env = "SPARHUND_DATA")]
    data: PathBuf,
    /// Folder to write the backup to, on another disk
    #[arg(long, value_name = "DIR")]
    into: PathBuf,
}

/// Runs it. It never changes the tables: another version of the program may be serving them.
pub fn run(args: &Args) -> CliResult {
    let data = DataDir::new(&args.data);
    complete_interrupted(&data)?;
    // No restore puts another database in its place while it is copied and noted.
    let _used = UseLock::share(&data.database())?;
    let made = make(&data.database(), &args.into, now_ms())?;
    let (records, logs) = (made.verified.records, made.verified.heads.len());
    note_beside(&data.database(), &made.verified)?;
    println!(
        "{}: {records} records of {logs} logs, opened and checked",
        made.file.display()
    );
    Ok(())
}
