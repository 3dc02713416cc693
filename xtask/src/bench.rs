//! `cargo xtask bench`: the figures that the budgets in the design speak of.

use clap::Args;

use crate::command::{cargo, run};
use crate::progress::{Outcome, Steps};
use crate::setup::{self, Need};
use crate::test::with_browser;
use crate::web;

/// One benchmark.
struct Bench {
    package: &'static str,
    name: &'static str,
    /// What its figure is.
    what: &'static str,
    features: &'static [&'static str],
    /// What it needs beside itself.
    needs: Needs,
}

/// What a benchmark needs beside itself.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Needs {
    Nothing,
    /// The server, as fast as it is shipped.
    Server,
    /// The page in a browser.
    Page,
    /// Both.
    ServerAndPage,
}

const SERVER: [&str; 6] = [
    "build",
    "--locked",
    "--release",
    "--package",
    "sparhund-server",
    "--bins",
];

const BENCHES: &[Bench] = &[
    Bench {
        package: "sparhund-shared",
        name: "parse",
        what: "parsing GS1 element strings",
        features: &[],
        needs: Needs::Nothing,
    },
    Bench {
        package: "sparhund-server",
        name: "append",
        what: "records into the store beside raw rusqlite",
        features: &[],
        needs: Needs::Nothing,
    },
    Bench {
        package: "sparhund-server",
        name: "verify",
        what: "checking an exported log of a million records",
        features: &[],
        needs: Needs::Nothing,
    },
    Bench {
        package: "sparhund-tests",
        name: "capture",
        what: "records through HTTP beside raw rusqlite",
        // No picture is read here, and the readers of pictures take ten minutes to compile.
        features: &["--no-default-features"],
        needs: Needs::Nothing,
    },
    Bench {
        package: "sparhund-tests",
        name: "flush",
        what: "a shift's records over a slow link",
        features: &["--no-default-features"],
        needs: Needs::Server,
    },
    Bench {
        package: "sparhund-tests",
        name: "reconnect",
        what: "a hospital's devices come back at once",
        features: &["--no-default-features"],
        needs: Needs::Server,
    },
    Bench {
        package: "sparhund-tests",
        name: "speed",
        what: "scans on the page of a slow handheld with 100 000 articles",
        features: &["--no-default-features"],
        needs: Needs::ServerAndPage,
    },
    Bench {
        package: "sparhund-tests",
        name: "camera",
        what: "camera frames read, and read wrongly",
        features: &[],
        needs: Needs::Nothing,
    },
    Bench {
        package: "sparhund-tests",
        name: "worker",
        what: "camera frames read in the worker of a browser",
        features: &[],
        needs: Needs::Page,
    },
];

/// What can be chosen.
#[derive(Args)]
pub struct Options {
    /// Only the benchmark of this name.
    name: Option<String>,
    /// Passed on to that benchmark; each one's numbers stand at the top of its source.
    #[arg(last = true, requires = "name")]
    numbers: Vec<String>,
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
        let mut args = [
            &["bench", "--package", bench.package, "--bench", bench.name],
            bench.features,
        ]
        .concat();
        if !options.numbers.is_empty() {
            args.push("--");
            args.extend(options.numbers.iter().map(String::as_str));
        }
        steps.step(bench.what, &format!("cargo {}", args.join(" ")), || {
            if matches!(bench.needs, Needs::Server | Needs::ServerAndPage) {
                run(&mut cargo(&SERVER))?;
            }
            if matches!(bench.needs, Needs::Nothing | Needs::Server) {
                return run(&mut cargo(&args));
            }
            setup::ensure(Need::Browser)?;
            web::build()?;
            run(&mut with_browser(cargo(&args))?)
        })?;
    }
    steps.done("all benchmarks ran");
    Ok(())
}
