//! `export-log`: the log as a file that anyone can check.

use std::fs::File;
use std::io::BufWriter;
use std::path::PathBuf;

use super::{CliResult, at_the_command_line};
use crate::ops::{DataDir, log_file, now_ms};
use crate::store::sqlite::SqliteStore;
use crate::store::{ReadOf, Store as _};

/// Options.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Data directory, made by `init`
    #[arg(long, value_name = "DIR", env = "SPARHUND_DATA")]
    data: PathBuf,
    /// File to write; it must not exist
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
}

/// Runs it. The file has its name only when it is whole.
pub fn run(args: &Args) -> CliResult {
    let store = super::rebuild::open(&DataDir::new(&args.data))?;
    if args.out.exists() {
        return Err(format!("{} exists already; give another name", args.out.display()).into());
    }
    let mut part = args.out.clone().into_os_string();
    part.push(".part");
    let part = PathBuf::from(part);
    let written = write(&store, &part);
    if let Err(error) = written.and_then(|()| Ok(std::fs::rename(&part, &args.out)?)) {
        // The message is about the export; what is left of it may stay when it cannot be removed either.
        let _ = std::fs::remove_file(&part);
        return Err(error);
    }
    println!("check it with: sparhund-server verify-log {}", args.out.display());
    Ok(())
}

fn write(store: &SqliteStore, part: &PathBuf) -> CliResult {
    let file = File::create(part).map_err(|error| format!("{}: {error}", part.display()))?;
    let mut out = BufWriter::new(file);
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    let exported = runtime.block_on(async {
        store.note_read(at_the_command_line(ReadOf::LogExport)).await?;
        Ok::<_, Box<dyn std::error::Error>>(log_file::write(store, now_ms(), &mut out).await?)
    })?;
    out.into_inner()?.sync_all()?;
    println!("{} records of {} logs written", exported.records, exported.logs);
    for (writer, end) in exported.cut {
        eprintln!(
            "warning: the file ends with record {end} of {writer}, and more of that log is known: no signature reaches it \
             here. While another server hands the log on, export again later; else it was taken away: restore a backup \
             beside it and compare"
        );
    }
    Ok(())
}
