//! `cargo xtask torture`: real devices and a real server under faults, for as long as wanted.

use std::process::Command;

use clap::Args;

use crate::command::{cargo, run};
use crate::progress::{Outcome, Steps};
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
}

/// Programs that take part.
const PROGRAMS: [&str; 3] = ["torture", "torture_device", "sparhund-server"];

/// Builds the programs, puts them aside so that another build does not change them under way, and runs.
pub fn torture(options: &Options) -> Outcome {
    let mut steps = Steps::new(2);
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
    let mut command = Command::new(aside.join(PROGRAMS[0]));
    command
        .args([
            format!("--minutes={}", options.minutes),
            format!("--devices={}", options.devices),
        ])
        .arg("--page")
        .arg(root().join("docs/RELIABILITY.md"));
    if let Some(seed) = options.seed {
        command.arg(format!("--seed={seed}"));
    }
    steps.step("faults, healing, judgement", "target/torture/torture", || {
        run(&mut command)
    })?;
    steps.done("nothing lost, nothing doubled, nothing forged; the figures are in docs/RELIABILITY.md");
    Ok(())
}
