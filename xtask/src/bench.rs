//! `cargo xtask bench`: the figures that the budgets in the design speak of.

use clap::Args;

use crate::command::{cargo, run};
use crate::progress::{Outcome, Steps};

/// One benchmark.
struct Bench {
    package: &'static str,
    name: &'static str,
    /// What its figure is.
    what: &'static str,
    features: &'static [&'static str],
}

const BENCHES: &[Bench] = &[
    Bench {
        package: "sparhund-shared",
        name: "parse",
        what: "parsing GS1 element strings",
        features: &[],
    },
    Bench {
        package: "sparhund-server",
        name: "append",
        what: "records into the store beside raw rusqlite",
        features: &[],
    },
    Bench {
        package: "sparhund-tests",
        name: "capture",
        what: "records through HTTP beside raw rusqlite",
        // No picture is read here, and the readers of pictures take ten minutes to compile.
        features: &["--no-default-features"],
    },
    Bench {
        package: "sparhund-tests",
        name: "camera",
        what: "camera frames read, and read wrongly",
        features: &[],
    },
];

/// What can be chosen.
#[derive(Args)]
pub struct Options {
    /// Only the benchmark of this name.
    name: Option<String>,
}

/// Runs the benchmarks one after another, since each wants the machine for itself.
pub fn bench(options: &Options) -> Outcome {
    let chosen: Vec<&Bench> = BENCHES
        .iter()
        .filter(|bench| options.name.as_deref().is_none_or(|asked| asked == bench.name))
        .collect();
    if chosen.is_empty() {
        let names: Vec<&str> = BENCHES.iter().map(|bench| bench.name).collect();
        return Err(format!(
            "there is no benchmark of that name: choose one of {}",
            names.join(", ")
        ));
    }
    let mut steps = Steps::new(chosen.len());
    for bench in chosen {
        let args = [
            &["bench", "--package", bench.package, "--bench", bench.name],
            bench.features,
        ]
        .concat();
        steps.step(bench.what, &format!("cargo {}", args.join(" ")), || {
            run(&mut cargo(&args))
        })?;
    }
    steps.done("all benchmarks ran");
    Ok(())
}
