//! `import`.

use super::CliResult;

/// Options.
#[derive(Debug, clap::Args)]
pub struct Args {}

/// Runs it.
pub fn run(_args: Args) -> CliResult {
    Err("being written".into())
}
