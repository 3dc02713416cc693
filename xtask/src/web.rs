//! Builds the scanner page and its workers.

use std::fs;
use std::path::{Path, PathBuf};
use std::thread;

use sha2::{Digest, Sha256};
use wasm_bindgen_cli_support::Bindgen;

use crate::command::run;
use crate::dist::{self, File};
use crate::pack;
use crate::progress::{Outcome, Steps};
use crate::setup::{self, Need};
use crate::toolchain::{c_for_wasm, rust_for_wasm, wasm_cargo};
use crate::workspace::{target, web_dist, web_static};
use crate::zxing;

/// Crate and the name of its files in the browser.
pub const MODULES: [(&str, &str); 3] = [
    ("sparhund-web-page", "page"),
    ("sparhund-web-worker", "worker"),
    ("sparhund-web-decode", "decode"),
];

/// `cargo xtask web`.
pub fn chore() -> Outcome {
    let mut steps = Steps::new(2);
    steps.step("look for what is missing", "cargo xtask setup", || {
        setup::ensure(Need::Web)
    })?;
    steps.step("build the scanner page", "cargo xtask web", build)?;
    steps.done("the scanner page is built");
    Ok(())
}

/// Builds what has changed and writes [`web_dist`].
pub fn build() -> Outcome {
    let wasm = compile()?;
    zxing::ensure()?;
    let stamp = stamp(&wasm)?;
    let stamp_file = target().join("web-dist.stamp");
    if web_dist().is_dir() && fs::read_to_string(&stamp_file).is_ok_and(|known| known == stamp) {
        println!("  nothing has changed since {} was written", web_dist().display());
        return Ok(());
    }
    // Written beside and moved into place, so that a server never hands out half a build.
    let fresh = target().join("web-dist.new");
    io(
        "empty",
        &fresh,
        if fresh.exists() {
            fs::remove_dir_all(&fresh)
        } else {
            Ok(())
        },
    )?;
    io("make", &fresh, fs::create_dir_all(&fresh))?;
    bind(&wasm, &fresh)?;
    zxing::write(&fresh)?;
    let files = dist::write(&web_static(), &fresh)?;
    pack::write(&fresh, &files)?;
    let old = web_dist();
    io(
        "remove",
        &old,
        if old.exists() {
            fs::remove_dir_all(&old)
        } else {
            Ok(())
        },
    )?;
    io("move into place", &old, fs::rename(&fresh, &old))?;
    io("write", &stamp_file, fs::write(&stamp_file, stamp))?;
    print_sizes(&files);
    Ok(())
}

/// The modules as the compiler leaves them.
fn compile() -> Outcome<Vec<(&'static str, PathBuf)>> {
    let advice = "run `cargo xtask setup` first";
    let rust = rust_for_wasm().ok_or_else(|| format!("no Rust for the browser is here: {advice}"))?;
    let c = c_for_wasm().ok_or_else(|| format!("no clang with its llvm-ar is here: {advice}"))?;
    let mut modules = Vec::new();
    for (package, name) in MODULES {
        // One by one: built together, cargo gives all of them the features of each, and the page carries a database.
        let (mut command, dir) = wasm_cargo(&rust, &c, "build");
        run(command.args(["--package", package]))?;
        modules.push((name, dir.join(package.replace('-', "_")).with_extension("wasm")));
    }
    Ok(modules)
}

/// Writes each module with its JavaScript.
fn bind(modules: &[(&'static str, PathBuf)], into: &Path) -> Outcome {
    thread::scope(|scope| {
        let running: Vec<_> = modules
            .iter()
            .map(|(name, wasm)| (name, scope.spawn(move || bind_one(name, wasm, into))))
            .collect();
        for (name, thread) in running {
            thread
                .join()
                .unwrap_or_else(|_| Err("wasm-bindgen panicked".to_owned()))
                .map_err(|reason| {
                    format!(
                        "module `{name}`: {reason}; is wasm-bindgen pinned to the same version everywhere?"
                    )
                })?;
        }
        Ok(())
    })
}

fn bind_one(name: &str, wasm: &Path, into: &Path) -> Outcome {
    let mut bindgen = Bindgen::new();
    // Names are for debuggers; they are a tenth of the bytes.
    bindgen
        .input_path(wasm)
        .out_name(name)
        .typescript(false)
        .remove_name_section(true);
    bindgen
        .web(true)
        // The library's default leaves out where the wasm lies; then init() without argument fails.
        .map(|bindgen| bindgen.omit_default_module_path(false))
        .and_then(|bindgen| bindgen.generate(into))
        .map_err(|error| format!("{error:#}"))
}

/// A fingerprint of all that goes into the result.
fn stamp(modules: &[(&'static str, PathBuf)]) -> Outcome<String> {
    let mut hash = Sha256::new();
    let own = std::env::current_exe().map_err(|e| format!("this program does not find itself: {e}"))?;
    let mut inputs: Vec<PathBuf> = modules.iter().map(|(_, wasm)| wasm.clone()).collect();
    inputs.extend(dist::walk(&web_static())?);
    inputs.extend(zxing::files());
    for input in &inputs {
        hash.update(input.to_string_lossy().as_bytes());
        hash.update(io("read", input, fs::read(input))?);
    }
    // A changed chore may write something else; its own bytes are too many to hash each time.
    let changed = io(
        "look at",
        &own,
        fs::metadata(&own).and_then(|meta| meta.modified()),
    )?;
    Ok(format!("{} {changed:?}", dist::hex(&hash.finalize())))
}

fn print_sizes(files: &[File]) {
    println!("  {}", web_dist().display());
    for file in files {
        println!("  {:>9} {}", dist::thousands(file.bytes), file.path);
    }
    println!(
        "  {:>9} bytes in {} files",
        dist::thousands(files.iter().map(|f| f.bytes).sum()),
        files.len()
    );
}

/// Says which file an error is about.
pub fn io<T>(doing: &str, path: &Path, result: std::io::Result<T>) -> Outcome<T> {
    result.map_err(|error| format!("cannot {doing} {}: {error}", path.display()))
}
