//! `cargo xtask bench`: the figures that the budgets in the design speak of.

use clap::Args;

use crate::command::{cargo, run};
use crate::progress::{Outcome, Steps};

/// Package, benchmark, and what its figure is.
const BENCHES: &[(&str, &str, &str)] = &[
    ("sparhund-shared", "parse", "parsing GS1 element strings"),
    (
        "sparhund-server",
        "append",
        "records into the store beside raw rusqlite",
    ),
    (
        "sparhund-tests",
        "capture",
        "records through HTTP beside raw rusqlite",
    ),
    ("sparhund-tests", "camera", "camera frames read, and read wrongly"),
];

/// What can be chosen.
#[derive(Args)]
pub struct Options {
    /// Only the benchmark of this name.
    name: Option<String>,
}

/// Runs the benchmarks one after another, since each wants the machine for itself.
pub fn bench(options: &Options) -> Outcome {
    let chosen: Vec<_> = BENCHES
        .iter()
        .filter(|(_, name, _)| options.name.as_deref().is_none_or(|asked| asked == *name))
        .collect();
    if chosen.is_empty() {
        let names: Vec<&str> = BENCHES.iter().map(|(_, name, _)| *name).collect();
        return Err(format!(
            "there is no benchmark of that name: choose one of {}",
            names.join(", ")
        ));
    }
    let mut steps = Steps::new(chosen.len());
    for (package, name, what) in chosen {
        let args = ["bench", "--package", package, "--bench", name];
        steps.step(what, &format!("cargo {}", args.join(" ")), || {
            run(&mut cargo(&args))
        })?;
    }
    steps.done("all benchmarks ran");
    Ok(())
}
