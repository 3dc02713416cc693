//! `cargo xtask schemathesis`: a real server against its own OpenAPI document.

use std::path::{Path, PathBuf};
use std::process::Command;

use clap::Args;

use crate::command::{cargo, output, run};
use crate::progress::{Outcome, Steps};
use crate::workspace::{root, target};

/// One version, so that a new check of theirs does not stop us unasked.
const SCHEMATHESIS: &str = "schemathesis==4.32.5";

/// What can be chosen.
#[derive(Args)]
pub struct Options {
    /// Generated cases of each operation and phase.
    #[arg(long, default_value_t = 50)]
    examples: u32,
    /// Seed of an earlier run, to ask the same again.
    #[arg(long, env = "SPARHUND_SEED")]
    seed: Option<u32>,
}

/// Installs the tool beside the builds, and runs it.
pub fn schemathesis(options: &Options) -> Outcome {
    let mut steps = Steps::new(3);
    let program = steps.step("install schemathesis", "cargo xtask schemathesis", install)?;
    // No picture is read here, and the readers of pictures take ten minutes to compile.
    let packages = ["--package", "sparhund-server", "--package", "sparhund-tests"];
    let build = [
        &["build", "--locked", "--bins", "--no-default-features"],
        &packages[..],
    ]
    .concat();
    let alone = format!("cargo {}", build.join(" "));
    steps.step("build server and tests", &alone, || run(&mut cargo(&build)))?;
    steps.step("ask in every role", "cargo xtask schemathesis", || {
        ask(&program, options)
    })?;
    steps.done("no 5xx, and no answer that the document does not give");
    Ok(())
}

/// The part of it that `cargo xtask test` does, with the programs that are built already: the same every time, and nothing where the
/// tool cannot be had.
pub fn few() -> Outcome {
    match install() {
        Ok(program) => ask(
            &program,
            &Options {
                examples: 20,
                seed: Some(1),
            },
        ),
        Err(reason) => {
            println!("  skipped: {reason}");
            Ok(())
        }
    }
}

fn ask(program: &Path, options: &Options) -> Outcome {
    let mut command = Command::new(target().join("debug/schemathesis"));
    command
        .arg("--program")
        .arg(program)
        .arg("--hooks")
        .arg(root().join("tests/schemathesis/hooks.py"))
        .arg(format!("--examples={}", options.examples));
    if let Some(seed) = options.seed {
        command.arg(format!("--seed={seed}"));
    }
    run(&mut command)
}

/// Into a Python of its own; the one that is there already when it has this version.
fn install() -> Outcome<PathBuf> {
    let folder = target().join("schemathesis");
    let bin = folder.join("bin");
    let (pip, program) = (bin.join("pip"), bin.join("schemathesis"));
    let has = output(&pip.to_string_lossy(), &["freeze"]);
    if has.is_some_and(|has| has.lines().any(|line| line == SCHEMATHESIS)) {
        return Ok(program);
    }
    let advice = "it needs Python 3 with venv (Debian: python3-venv) and a way to PyPI";
    let made = run(Command::new("python3").args(["-m", "venv"]).arg(&folder));
    made.and_then(|()| run(Command::new(&pip).args(["install", "--quiet", SCHEMATHESIS])))
        .map_err(|reason| format!("{reason}: {advice}"))?;
    Ok(program)
}
