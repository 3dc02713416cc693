//! `restore`: a backup becomes the database again.

use std::path::PathBuf;

use jiff::Timestamp;

use super::CliResult;
use crate::backup::restore;
use crate::ops::{DataDir, now_ms};
use crate::store::Store as _;

/// Options.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The backup: its .db file, with the manifest beside it
    #[arg(long, value_name = "FILE")]
    from: PathBuf,
    /// Data directory to restore into
    #[arg(long, value_name = "DIR", env = "SPARHUND_DATA")]
    data: PathBuf,
    /// Put aside the database that is there
    #[arg(long)]
    replace: bool,
}

/// Runs it.
pub fn run(args: &Args) -> CliResult {
    let data = DataDir::new(&args.data);
    let restored = restore(&args.from, &data, args.replace, now_ms())?;
    let store = super::rebuild::open(&data)?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    let (records, made_at) = (restored.verified.records, restored.verified.made_at);
    runtime.block_on(async {
        store.end_sessions().await?;
        store.note_backup(restored.verified).await
    })?;
    if let Some(before) = restored.before {
        println!("the database that was there is now {}", before.display());
    }
    println!(
        "{records} records are as they were at {}",
        Timestamp::from_millisecond(made_at)?
    );
    println!("what devices told after that comes back when they connect");
    println!(
        "everybody must sign in anew; people and devices are as they were then, so revoke again what was revoked since"
    );
    Ok(())
}
