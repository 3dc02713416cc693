//! `patient-link-token`: lets the patient-link service fetch sealed identities, and nothing else.

use std::path::PathBuf;

use super::CliResult;
use crate::auth::Tokens;
use crate::ops::{DataDir, new_uuid, now_ms};
use crate::store::{PATIENT_LINK_SETTING, Store as _, sqlite::SqliteStore};

/// Options.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Data directory of the server that has all records
    #[arg(long, value_name = "DIR", env = "SPARHUND_DATA")]
    data: PathBuf,
    /// Make none; the one that was made is worth nothing from now on
    #[arg(long)]
    end: bool,
}

/// Runs it; the server may be serving meanwhile.
pub fn run(args: Args) -> CliResult {
    let dir = DataDir::new(args.data);
    if !dir.database().is_file() {
        return Err(format!(
            "{} holds no database; make one with `sparhund-server init --data {}`",
            dir.path().display(),
            dir.path().display()
        )
        .into());
    }
    let store = SqliteStore::open(dir.database())?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    if args.end {
        runtime.block_on(store.set_setting(PATIENT_LINK_SETTING, ""))?;
        println!("the token of the patient-link service is worth nothing any more");
        return Ok(());
    }
    let service = new_uuid(now_ms())?;
    let token = Tokens::open(&dir)?.patient_link(service, now_ms())?;
    runtime.block_on(store.set_setting(PATIENT_LINK_SETTING, &service.to_string()))?;
    // The server keeps its id only: whoever reads the database cannot make it.
    println!("{token}");
    Ok(())
}
