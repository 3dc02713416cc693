//! `cargo xtask torture`: real devices and a real server under faults, for as long as wanted; or a real browser, killed as often
//! as wanted.

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
    /// How long; the round at hand is finished then.
    #[arg(long, default_value_t = 20)]
    minutes: u64,
    /// Seed of an earlier run, to try its faults again.
    #[arg(long, env = "SPARHUND_SEED")]
    seed: Option<u64>,
    /// Devices that work at once.
    #[arg(long, default_value_t = 20)]
    devices: usize,
    /// Kill a browser so many times while its page books, instead of all that.
    #[arg(long, value_name = "KILLS")]
    browser_kills: Option<u32>,
}

/// Programs that take part.
const PROGRAMS: [&str; 4] = ["torture", "torture_device", "browser_kills", "sparhund-server"];

/// Runs what was chosen.
pub fn torture(options: &Options) -> Outcome {
    match options.browser_kills {
        Some(kills) => browser_kills(kills, options.seed),
        None => devices(options),
    }
}

fn devices(options: &Options) -> Outcome {
    let mut steps = Steps::new(2);
    let aside = build(&mut steps)?;
    let mut command = Command::new(aside.join(PROGRAMS[0]));
    command
        .args([
            format!("--minutes={}", options.minutes),
            format!("--devices={}", options.devices),
        ])
        .args(page_and_seed(options.seed));
    steps.step("faults, healing, judgement", "target/torture/torture", || {
        run(&mut command)
    })?;
    steps.done("nothing lost, nothing doubled, nothing forged; the figures are in docs/RELIABILITY.md");
    Ok(())
}

fn browser_kills(kills: u32, seed: Option<u64>) -> Outcome {
    let mut steps = Steps::new(4);
    steps.step("look for what is missing", "cargo xtask setup", || {
        setup::ensure(Need::Browser)
    })?;
    steps.step("build for the browser", "cargo xtask web", web::build)?;
    let aside = build(&mut steps)?;
    let mut command = with_browser(Command::new(aside.join(PROGRAMS[2])))?;
    command.arg(format!("--kills={kills}")).args(page_and_seed(seed));
    steps.step("kills and judgement", "target/torture/browser_kills", || {
        run(&mut command)
    })?;
    steps.done("nothing lost, nothing doubled; the figures are in docs/RELIABILITY.md");
    Ok(())
}

/// Where the figures go, and which faults are tried again.
fn page_and_seed(seed: Option<u64>) -> Vec<String> {
    let page = root().join("docs/RELIABILITY.md");
    let page = format!("--page={}", page.display());
    std::iter::once(page)
        .chain(seed.map(|seed| format!("--seed={seed}")))
        .collect()
}

/// Builds the programs and puts them aside, so that another build does not change them under way; where.
fn build(steps: &mut Steps) -> Outcome<PathBuf> {
    // No picture is read here, and the readers of pictures take ten minutes to compile.
    let packages = ["--package", "sparhund-server", "--package", "sparhund-tests"];
    let build = [
        &["build", "--locked", "--bins", "--no-default-features"],
        &packages[..],
    ]
    .concat();
    let aside = target().join("torture");
    steps.step(
        "build server and devices",
        &format!("cargo {}", build.join(" ")),
        || {
            run(&mut cargo(&build))?;
            std::fs::create_dir_all(&aside).map_err(|error| format!("{}: {error}", aside.display()))?;
            for program in PROGRAMS {
                let made = target().join("debug").join(program);
                std::fs::copy(&made, aside.join(program))
                    .map_err(|error| format!("{}: {error}", made.display()))?;
            }
            Ok(())
        },
    )?;
    Ok(aside)
}
