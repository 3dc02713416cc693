//! The long run of the fault suite; `cargo xtask torture` starts it.

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use clap::Parser;
use sparhund_tests::torture::report::{MARKS, figures, into_page};
use sparhund_tests::torture::run::{self, Options};

/// What can be chosen.
#[derive(Parser)]
#[command(about = "Real devices and a real server under every fault that can be made here.")]
struct Args {
    /// How long.
    #[arg(long, default_value_t = 20)]
    minutes: u64,
    /// Runs the faults of an earlier run again.
    #[arg(long, env = "SPARHUND_SEED")]
    seed: Option<u64>,
    /// Devices of each round.
    #[arg(long, default_value_t = 20)]
    devices: usize,
    /// Seconds of faults in each round.
    #[arg(long, default_value_t = 150)]
    round: u64,
    /// Page that gets the figures, of a run that kept every promise.
    #[arg(long)]
    page: Option<PathBuf>,
}

fn main() -> ExitCode {
    let args = Args::parse();
    let folder = tempfile::tempdir().expect("a folder").keep();
    let options = Options {
        seed: args.seed.unwrap_or_else(run::seed),
        devices: args.devices,
        time: Duration::from_mins(args.minutes),
        round: Duration::from_secs(args.round),
        tampered: 1_000,
        folder: folder.clone(),
    };
    let run = run::run(&options);
    let figures = figures(&options, &run, args.minutes);
    println!("{figures}");
    if let Some(page) = args.page.filter(|_| run.is_clean()) {
        let text = std::fs::read_to_string(&page).expect("the page");
        let text = into_page(&text, MARKS, &figures).expect("the marks of the page");
        std::fs::write(&page, text).expect("write the page");
    }
    if run.is_clean() {
        let _ = std::fs::remove_dir_all(folder);
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}
