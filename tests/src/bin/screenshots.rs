//! Pictures of every screen of the scanner page; `cargo xtask screenshots` starts it.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;
use sparhund_tests::walk::pictures;

/// What can be chosen.
#[derive(Parser)]
#[command(about = "Walks through the scanner page and takes a picture of every screen.")]
struct Args {
    /// Folder for the pictures.
    #[arg(long)]
    into: PathBuf,
    /// Only screens whose name begins so.
    #[arg(long, default_value = "")]
    only: String,
}

#[tokio::main]
async fn main() -> ExitCode {
    let args = Args::parse();
    if pictures::take(&args.into, &args.only).await {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}
