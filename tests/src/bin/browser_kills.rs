//! The long run of browser kills; `cargo xtask torture --browser-kills` starts it.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;
use sparhund_tests::kills::report::{MARKS, figures};
use sparhund_tests::kills::run::{self, Options};
use sparhund_tests::torture::report::into_page;
use sparhund_tests::torture::run::seed;

/// What can be chosen.
#[derive(Parser)]
#[command(about = "Kills a real browser while the real page books, and looks for what it showed as booked.")]
struct Args {
    /// How often.
    #[arg(long, default_value_t = 200)]
    kills: u32,
    /// Runs the moments of an earlier run again.
    #[arg(long, env = "SPARHUND_SEED")]
    seed: Option<u64>,
    /// Page that gets the figures, of a run that lost nothing.
    #[arg(long)]
    page: Option<PathBuf>,
}

#[tokio::main]
async fn main() -> ExitCode {
    let args = Args::parse();
    let folder = tempfile::tempdir().expect("a folder").keep();
    let options = Options {
        seed: args.seed.unwrap_or_else(seed),
        kills: args.kills,
        sent_every: 10,
        folder: folder.clone(),
    };
    let Some(run) = run::run(options.clone()).await else {
        return ExitCode::FAILURE;
    };
    let figures = figures(&options, &run);
    println!("{figures}");
    if !run.findings.is_clean() {
        return ExitCode::FAILURE;
    }
    if let Some(page) = args.page {
        let text = std::fs::read_to_string(&page).expect("the page");
        let text = into_page(&text, MARKS, &figures).expect("the marks of the page");
        std::fs::write(&page, text).expect("write the page");
    }
    let _ = std::fs::remove_dir_all(folder);
    ExitCode::SUCCESS
}
