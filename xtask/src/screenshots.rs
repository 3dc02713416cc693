//! `cargo xtask screenshots`: a picture of every screen of the scanner page.

use std::path::PathBuf;
use std::process::Command;

use clap::Args;

use crate::command::{cargo, run};
use crate::progress::{Outcome, Steps};
use crate::setup::{self, Need};
use crate::test::with_browser;
use crate::web;
use crate::workspace::{root, target};

/// What can be chosen.
#[derive(Args)]
pub struct Options {
    /// Folder for the pictures; `<target>/screenshots` unless told otherwise.
    #[arg(long)]
    into: Option<PathBuf>,
    /// Only screens whose name begins so; the walk to them is made all the same.
    #[arg(long, default_value = "")]
    only: String,
}

/// Builds what has changed, walks through the page and takes the pictures.
pub fn screenshots(options: &Options) -> Outcome {
    let into = options
        .into
        .as_ref()
        .map_or_else(|| target().join("screenshots"), |into| root().join(into));
    let mut steps = Steps::new(4);
    steps.step("look for what is missing", "cargo xtask setup", || {
        setup::ensure(Need::Browser)
    })?;
    steps.step("build for the browser", "cargo xtask web", web::build)?;
    // The same selection of packages as in `cargo xtask test`, or everything builds twice.
    let programs = ["build", "--locked", "--bins"];
    let alone = format!("cargo {}", programs.join(" "));
    steps.step("build server and walker", &alone, || run(&mut cargo(&programs)))?;
    let mut command = with_browser(Command::new(target().join("debug/screenshots")))?;
    command
        .arg(format!("--into={}", into.display()))
        .arg(format!("--only={}", options.only));
    steps.step("walk and take pictures", "target/debug/screenshots", || {
        run(&mut command)
    })?;
    steps.done(&format!("open {}", into.join("index.html").display()));
    Ok(())
}
