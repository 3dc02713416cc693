//! The chores. `cargo xtask run` and `cargo xtask test` are all that a newcomer needs.

mod axe;
mod bench;
mod command;
mod dist;
#[cfg(test)]
mod documents;
mod island;
mod npm;
mod pack;
mod progress;
mod run;
mod schemathesis;
mod screenshots;
mod setup;
mod test;
mod toolchain;
mod torture;
mod web;
mod workspace;
mod zxing;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// The chores of the Spårhund workspace.
#[derive(Parser)]
#[command(name = "cargo xtask", version)]
struct Args {
    #[command(subcommand)]
    chore: Chore,
}

#[derive(Subcommand)]
enum Chore {
    /// Install what is missing, build everything, make a demo region and serve it.
    Run(run::Options),
    /// Run every check: formatting, lints, all tests, the wasm build and the browser tests.
    Test,
    /// Build the scanner page and its workers into <target>/web-dist.
    Web,
    /// Run clippy over the three web crates, as they build for the browser.
    LintWeb,
    /// Run the benchmarks and print their figures.
    Bench(bench::Options),
    /// Run the fault suite for long and write its figures into docs/RELIABILITY.md.
    Torture(torture::Options),
    /// Ask a real server, in every role, all that its OpenAPI document allows and much that it does not, with the tool
    /// schemathesis (Python 3 and PyPI are needed): no 5xx, and no answer with a status, media type or shape that the document
    /// does not give. `cargo xtask test` asks less.
    Schemathesis(schemathesis::Options),
    /// Make a picture of every screen of the scanner page, at four sizes, in light, dark and high contrast, in both languages.
    Screenshots(screenshots::Options),
    /// Find out what is missing on this machine and install it.
    Setup,
}

fn main() -> ExitCode {
    let outcome = match Args::parse().chore {
        Chore::Run(options) => run::run(&options),
        Chore::Test => test::test(),
        Chore::Web => web::chore(),
        Chore::LintWeb => test::web_lints(),
        Chore::Bench(options) => bench::bench(&options),
        Chore::Torture(options) => torture::torture(&options),
        Chore::Schemathesis(options) => schemathesis::schemathesis(&options),
        Chore::Screenshots(options) => screenshots::screenshots(&options),
        Chore::Setup => setup::chore(),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(reason) => {
            eprintln!("\n✗ {reason}");
            ExitCode::FAILURE
        }
    }
}
