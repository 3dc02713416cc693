//! `import outbox`: what a device saved to a file because it could not send it.

use std::path::PathBuf;

use super::CliResult;
use crate::ingest::{TakenIn, take_in};
use crate::ops::{DataDir, now_ms};

/// More bytes than any device saves: a month of scans is a tenth of it.
const MAX_BYTES: u64 = 256 << 20;

/// Options.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Every signature and every link of the chain is checked before anything is written. The same file may be imported \
                  again, and the device may still send the same records: each is stored once. The server may run meanwhile."
)]
pub struct Args {
    /// File that the device saved
    file: PathBuf,
    /// Data directory of the server
    #[arg(long, env = "SPARHUND_DATA", default_value = "data")]
    data: PathBuf,
    /// Check and report, write nothing
    #[arg(long)]
    dry_run: bool,
}

/// Runs it.
pub async fn run(args: &Args) -> CliResult {
    let name = args.file.display();
    let unreadable = |error| format!("{name} cannot be read: {error}; check its path and rights");
    let bytes = std::fs::metadata(&args.file).map_err(unreadable)?.len();
    if bytes > MAX_BYTES {
        return Err(format!(
            "{name} is no file of saved scans: it has {bytes} bytes; choose the file that the device saved"
        )
        .into());
    }
    let content = std::fs::read(&args.file).map_err(unreadable)?;
    let store = super::rebuild::open(&DataDir::new(&args.data))?;
    let taken = take_in(&store, &content, now_ms(), args.dry_run)
        .await
        .map_err(|error| format!("{name}: {error}"))?;
    report(&taken, args.dry_run);
    Ok(())
}

fn report(taken: &TakenIn, dry: bool) {
    let TakenIn {
        device,
        records,
        stored,
        known,
        aside,
        ..
    } = taken;
    if dry {
        println!("{device}: all {records} records are proven; nothing was written");
    } else if *aside > 0 {
        println!(
            "{device} was revoked: {aside} records are put aside until a quality officer decides about them on the page of \
             devices"
        );
    } else {
        println!("{device}: {stored} records went in, {known} were here already, of {records}");
    }
}
