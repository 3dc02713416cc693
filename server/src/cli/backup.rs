//! `backup`: a verified copy of the database, while it is served or not.

use std::path::PathBuf;

use super::CliResult;
use crate::backup::make;
use crate::ops::{DataDir, now_ms};
use crate::store::Store as _;

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

/// Runs it.
pub fn run(args: &Args) -> CliResult {
    let data = DataDir::new(&args.data);
    let store = super::rebuild::open(&data)?;
    let made = make(&data.database(), &args.into, now_ms())?;
    let (records, logs) = (made.verified.records, made.verified.heads.len());
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    runtime.block_on(store.note_backup(made.verified))?;
    println!(
        "{}: {records} records of {logs} logs, opened and checked",
        made.file.display()
    );
    Ok(())
}
