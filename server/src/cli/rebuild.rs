//! `rebuild`: the projections made anew from the log.

use std::path::PathBuf;
use std::time::Instant;

use super::CliResult;
use crate::backup::complete_interrupted;
use crate::ops::DataDir;
use crate::store::Store as _;
use crate::store::sqlite::SqliteStore;

/// Options.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Data directory, made by `init`
    #[arg(long, value_name = "DIR", env = "SPARHUND_DATA")]
    data: PathBuf,
}

/// Runs it.
pub fn run(args: &Args) -> CliResult {
    let begun = Instant::now();
    let store = open(&DataDir::new(&args.data))?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    let rebuilt = runtime.block_on(store.rebuild())?;
    let differing: u64 = rebuilt.tables.iter().map(|(_, rows)| rows).sum();
    for (table, rows) in rebuilt.tables.iter().filter(|(_, rows)| *rows > 0) {
        println!("{table}: {rows} rows differed and were replaced");
    }
    let seconds = begun.elapsed().as_secs_f64();
    let outcome = if differing == 0 {
        "every table was as it should be"
    } else {
        "the tables are right now"
    };
    println!("{} records read in {seconds:.1} s; {outcome}", rebuilt.records);
    Ok(())
}

/// Opens the database of a data directory that is there.
pub(super) fn open(data: &DataDir) -> Result<SqliteStore, Box<dyn std::error::Error>> {
    complete_interrupted(data)?;
    let dir = data.path().display();
    if !data.database().is_file() {
        return Err(
            format!("{dir} holds no database; make one with `sparhund-server init --data {dir}`").into(),
        );
    }
    Ok(SqliteStore::open(data.database())?)
}
