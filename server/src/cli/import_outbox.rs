//! `import outbox`: what a device saved to a file because it could not send it.

use std::path::PathBuf;

use super::CliResult;
use crate::ingest::{TakenIn, take_in};
use crate::ops::{DataDir, now_ms};
use crate::store::DeviceState;

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
    println!("{}", report(&taken, args.dry_run));
    Ok(())
}

fn report(taken: &TakenIn, dry: bool) -> String {
    let TakenIn {
        device,
        records,
        stored,
        known,
        aside,
        state,
        ..
    } = taken;
    let why = match state {
        _ if dry => return format!("{device}: all {records} records are proven; nothing was written"),
        DeviceState::Active => {
            return format!("{device}: {stored} records went in, {known} were here already, of {records}");
        }
        DeviceState::Revoked => "was revoked",
        DeviceState::Replaced => "has changed its key since this file was saved",
    };
    format!(
        "{device} {why}: {aside} records are put aside until a quality officer decides about them on the page of devices"
    )
}

#[cfg(test)]
mod tests {
    use super::report;
    use crate::ingest::TakenIn;
    use crate::store::DeviceState;

    #[test]
    fn what_became_of_the_device_is_said() {
        let taken = |state| TakenIn {
            device: "Handdator 7".to_owned(),
            saved_at: 0,
            records: 3,
            stored: 0,
            known: 0,
            aside: 3,
            state,
        };
        for (state, said) in [
            (DeviceState::Revoked, "Handdator 7 was revoked: 3 records"),
            (DeviceState::Replaced, "Handdator 7 has changed its key"),
            (DeviceState::Active, "Handdator 7: 0 records went in"),
        ] {
            let told = report(&taken(state), false);
            assert!(told.starts_with(said), "{told}");
            assert!(report(&taken(state), true).contains("nothing was written"));
        }
    }
}
