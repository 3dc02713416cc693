//! Installs what is missing on a Debian machine.

use std::io::{IsTerminal, stdin};
use std::process::Command;

use crate::command::{find, output, run};
use crate::progress::Outcome;
use crate::toolchain::{WASM, c_for_wasm, rust_for_wasm};
use crate::{axe, zxing};

/// What a chore is going to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// Build for the browser.
    Web,
    /// Build everything, the terminal client too, and drive a browser.
    Browser,
}

/// `cargo xtask setup`.
pub fn chore() -> Outcome {
    ensure(Need::Browser)?;
    println!("✓ everything that the chores need is here");
    Ok(())
}

/// Debian packages that are missing, each with the reason.
fn missing_packages(need: Need) -> Vec<(&'static str, &'static str)> {
    let mut missing = Vec::new();
    if c_for_wasm().is_none() {
        missing.push(("clang-19", "compiles SQLite, which is C, for the browser"));
        missing.push(("llvm-19", "packs what clang compiled"));
    }
    if need == Need::Browser {
        if find("cmake").is_none() {
            missing.push((
                "cmake",
                "builds zxing-cpp, the second reader of pictures in sparhund-scan",
            ));
        }
        if find("make").is_none() {
            missing.push(("make", "is what cmake builds zxing-cpp with"));
        }
        if find("c++").is_none() {
            missing.push(("g++", "compiles zxing-cpp, which is C++"));
        }
        if chromium().is_none() {
            missing.push(("chromium", "runs the browser tests"));
        }
        if chromedriver().is_none() {
            missing.push(("chromium-driver", "lets the tests press the browser's buttons"));
        }
    }
    missing
}

/// The browser for the tests.
pub fn chromium() -> Option<String> {
    ["chromium", "chromium-browser", "google-chrome"]
        .into_iter()
        .find_map(path_of)
}

/// The browser's remote control.
pub fn chromedriver() -> Option<String> {
    path_of("chromedriver")
}

fn path_of(program: &str) -> Option<String> {
    Some(find(program)?.to_string_lossy().into_owned())
}

/// Makes sure that everything is there; installs what is not.
pub fn ensure(need: Need) -> Outcome {
    let missing = missing_packages(need);
    if !missing.is_empty() {
        println!("  missing on this machine:");
        for (package, why) in &missing {
            println!("    {package}: {why}");
        }
        install(&missing.iter().map(|(package, _)| *package).collect::<Vec<_>>())?;
    }
    let fetches = [
        (
            zxing::is_here(),
            "zxing-wasm, the camera's second reader in the page",
        ),
        (
            need == Need::Web || axe::is_here(),
            "axe-core, which looks for what shuts people out of the page",
        ),
    ];
    if let Some((_, what)) = fetches.iter().find(|(here, _)| !here)
        && find("npm").is_none()
    {
        println!("  missing on this machine:\n    npm: fetches {what}");
        if let Err(reason) = install(&["npm"]) {
            // What needs it does without, and says so.
            println!("  {reason}");
        }
    }
    ensure_rust_for_wasm()
}

fn ensure_rust_for_wasm() -> Outcome {
    if rust_for_wasm().is_some() {
        return Ok(());
    }
    println!(
        "  missing on this machine:\n    Rust's standard library for {WASM}: the scanner page runs in a browser"
    );
    if find("rustup").is_some() {
        println!("  rustup target add {WASM}");
        match run(Command::new("rustup").args(["target", "add", WASM])) {
            Ok(()) if rust_for_wasm().is_some() => return Ok(()),
            Ok(()) => println!("  rustup added it to another toolchain than the one in use"),
            Err(reason) => println!("  {reason}"),
        }
    }
    println!(
        "  Debian's own Rust for the web is taken instead; it builds the standard library too (2 minutes more, once)"
    );
    install(&["rustc-web", "cargo-web", "rust-web-src", "lld-19"])?;
    rust_for_wasm().map(|_| ()).ok_or_else(|| {
        format!("there is still no Rust for {WASM}: run `rustup target add {WASM}` where the network allows it, and try again")
    })
}

/// How packages may be installed here.
enum Rights {
    Root,
    Sudo,
    None,
}

fn rights() -> Rights {
    if output("id", &["-u"]).as_deref() == Some("0") {
        return Rights::Root;
    }
    // Without a terminal nobody can type a password; then sudo must do without one.
    let may = find("sudo").is_some() && (stdin().is_terminal() || output("sudo", &["-n", "true"]).is_some());
    if may { Rights::Sudo } else { Rights::None }
}

fn install(packages: &[&str]) -> Outcome {
    let list = packages.join(" ");
    if find("apt-get").is_none() {
        return Err(format!(
            "this is no Debian machine (apt-get is not here): install what Debian calls {list} with your own package manager, then try again"
        ));
    }
    let apt = |args: &[&str]| -> Outcome {
        let mut command = match rights() {
            Rights::Root => Command::new("apt-get"),
            Rights::Sudo => {
                let mut sudo = Command::new("sudo");
                sudo.arg("apt-get");
                sudo
            }
            Rights::None => {
                return Err(format!(
                    "installing needs root and sudo is not to be had: ask somebody who may to run `apt-get install {list}`, then try again"
                ));
            }
        };
        run(command.args(args).env("DEBIAN_FRONTEND", "noninteractive"))
    };
    println!("  apt-get install {list}");
    apt(&["update", "-q"])?;
    apt(&[&["install", "-y", "-q", "--no-install-recommends"], packages].concat())
        .map_err(|reason| format!("{reason}\n  The packages come with Debian 12 and later; on an older system install them by hand: {list}"))
}
