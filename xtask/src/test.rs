//! `cargo xtask test`: every check, in the order in which they fail fastest.

use crate::axe;
use crate::command::{cargo, run};
use crate::progress::{Outcome, Steps};
use crate::schemathesis;
use crate::setup::{self, Need};
use crate::toolchain::{RustForWasm, WASM, c_for_wasm, rust_for_wasm, wasm_cargo};
use crate::web;
use crate::workspace::{target, web_dist};

/// Runs every check and stops at the first step that fails.
pub fn test() -> Outcome {
    let mut steps = Steps::new(9);
    steps.step("look for what is missing", "cargo xtask setup", || {
        setup::ensure(Need::Browser)
    })?;
    steps.step("formatting", "cargo fmt --all --check", || {
        run(&mut cargo(&["fmt", "--all", "--check"]))
    })?;
    let lints = ["clippy", "--locked", "--all-targets", "--", "--deny", "warnings"];
    steps.step("lints", &shown(&lints), || run(&mut cargo(&lints)))?;
    steps.step(
        "fuzz targets compile",
        &format!("cargo {}", FUZZ.join(" ")),
        fuzz_targets,
    )?;
    steps.step("lints of the web crates", "cargo xtask lint-web", web_lints)?;
    steps.step("build for the browser", "cargo xtask web", web::build)?;
    // One selection of packages for build and test, or features are unified anew and everything builds twice.
    let programs = ["build", "--locked", "--bins", "--tests"];
    steps.step("build programs and tests", &shown(&programs), || {
        run(&mut cargo(&programs))
    })?;
    let tests = ["test", "--locked", "--no-fail-fast"];
    let alone = format!("SPARHUND_WEB_DIST={} {}", web_dist().display(), shown(&tests));
    steps.step("all tests, in the browser too", &alone, || {
        run(&mut with_browser(cargo(&tests))?)
    })?;
    steps.step(
        "answers as the document gives them",
        "cargo xtask schemathesis",
        schemathesis::few,
    )?;
    steps.done("all checks passed");
    Ok(())
}

const FUZZ: [&str; 5] = [
    "check",
    "--locked",
    "--bins",
    "--manifest-path",
    "fuzz/Cargo.toml",
];

/// The fuzz targets are no part of the workspace, so nothing else notices when they no longer fit it. What they found is read
/// by the tests of `shared`.
fn fuzz_targets() -> Outcome {
    // Nothing is linked, so the fuzzing engine's C++ need not be compiled: the path is never opened.
    run(cargo(&FUZZ).env("CUSTOM_LIBFUZZER_PATH", "not-linked/libnone.a"))
}

/// `cargo xtask lint-web`. Same profile as the web build: its C code and its build scripts are compiled once.
pub fn web_lints() -> Outcome {
    let rust = rust_for_wasm().ok_or("no Rust for the browser is here: run `cargo xtask setup`")?;
    if rust == RustForWasm::Debian {
        println!(
            "  skipped: Debian's Rust for the web brings no clippy; `rustup target add {WASM}` lets these lints run"
        );
        return Ok(());
    }
    let c = c_for_wasm().ok_or("no clang for the browser is here: run `cargo xtask setup`")?;
    let (mut command, _) = wasm_cargo(&rust, &c, "clippy");
    for (package, _) in web::MODULES {
        command.args(["--package", package]);
    }
    // Our own libraries are linted natively; some lints count bytes and say something else on 32 bits.
    run(command.args(["--locked", "--no-deps", "--", "--deny", "warnings"]))
}

/// Tells the tests where the programs and the browser are.
pub fn with_browser(mut command: std::process::Command) -> Outcome<std::process::Command> {
    let advice = "run `cargo xtask setup`";
    let programs = target().join("debug");
    command
        .env("SPARHUND_BROWSER_REQUIRED", "1")
        .env("SPARHUND_WEB_DIST", web_dist())
        .env("SPARHUND_SERVER", programs.join("sparhund-server"))
        .env("SPARHUND_SCAN", programs.join("sparhund-scan"))
        .env(
            "SPARHUND_CHROMIUM",
            setup::chromium().ok_or_else(|| format!("no chromium is here: {advice}"))?,
        )
        .env(
            "SPARHUND_CHROMEDRIVER",
            setup::chromedriver().ok_or_else(|| format!("no chromedriver is here: {advice}"))?,
        );
    if let Some(axe) = axe::script()? {
        command.env("SPARHUND_AXE", axe);
    }
    Ok(command)
}

fn shown(args: &[&str]) -> String {
    format!("cargo {}", args.join(" "))
}
