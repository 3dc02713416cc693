//! What builds for the browser on this machine.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::command::{cargo, find, output};
use crate::workspace;

/// The target that browsers run.
pub const WASM: &str = "wasm32-unknown-unknown";
/// Newest first; 19 is what Debian 12 has in its own archive and what setup installs.
const LLVM_VERSIONS: [&str; 5] = ["22", "21", "20", "19", "18"];

/// Who has Rust's standard library for wasm.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RustForWasm {
    /// The user's own toolchain: `rustup target add` has been there.
    Own,
    /// Debian's rustc-web, which brings the library's source: std is built with everything else.
    Debian,
}

/// The user's own toolchain when it can, else Debian's, else none.
pub fn rust_for_wasm() -> Option<RustForWasm> {
    if own_has_wasm() {
        return Some(RustForWasm::Own);
    }
    let sources = Path::new("/usr/lib/rustlib/src/rust/library/std/Cargo.toml").is_file();
    let tools = ["/usr/bin/rustc", "/usr/bin/cargo"]
        .iter()
        .all(|tool| Path::new(tool).is_file());
    (sources && tools && find("wasm-ld-19").is_some()).then_some(RustForWasm::Debian)
}

fn own_has_wasm() -> bool {
    let Some(sysroot) = output("rustc", &["--print", "sysroot"]) else {
        return false;
    };
    Path::new(&sysroot)
        .join("lib/rustlib")
        .join(WASM)
        .join("lib")
        .is_dir()
}

/// Clang and llvm-ar of the same version: SQLite is C.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CForWasm {
    clang: String,
    ar: String,
}

/// The newest clang whose archiver is there too.
pub fn c_for_wasm() -> Option<CForWasm> {
    LLVM_VERSIONS
        .iter()
        .map(|version| CForWasm {
            clang: format!("clang-{version}"),
            ar: format!("llvm-ar-{version}"),
        })
        .find(|c| find(&c.clang).is_some() && find(&c.ar).is_some())
}

/// Parts of SQLite that the scanner does not use: 200 KB of 1 086.
const SQLITE_WITHOUT: &str = "-USQLITE_ENABLE_BYTECODE_VTAB -USQLITE_ENABLE_DBPAGE_VTAB \
    -USQLITE_ENABLE_DBSTAT_VTAB -USQLITE_ENABLE_FTS5 -USQLITE_ENABLE_MATH_FUNCTIONS \
    -USQLITE_ENABLE_OFFSET_SQL_FUNC -USQLITE_ENABLE_PREUPDATE_HOOK -USQLITE_ENABLE_RTREE \
    -USQLITE_ENABLE_SESSION -USQLITE_ENABLE_STMTVTAB";

/// A cargo command for the browser's target, and the directory its results lie in.
pub fn wasm_cargo(rust: &RustForWasm, c: &CForWasm, subcommand: &str) -> (Command, PathBuf) {
    let args = [subcommand, "--profile", "web", "--target", WASM];
    let (mut command, target) = match rust {
        RustForWasm::Own => (cargo(&args), workspace::target()),
        RustForWasm::Debian => {
            // Another compiler's results must not mix with the user's own.
            let target = workspace::target().join("debian");
            let mut command = Command::new("/usr/bin/cargo");
            command
                .args(args)
                .args(["-Z", "build-std=std,panic_abort"])
                .current_dir(workspace::root())
                .env("CARGO_TARGET_DIR", &target)
                .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", "wasm-ld-19")
                .env("RUSTC", "/usr/bin/rustc")
                .env("RUSTC_BOOTSTRAP", "1");
            (command, target)
        }
    };
    command
        .env("CC_wasm32_unknown_unknown", &c.clang)
        .env("AR_wasm32_unknown_unknown", &c.ar)
        .env("SQLITE_WASM_RS_FLAGS", SQLITE_WITHOUT);
    (command, target.join(WASM).join("web"))
}
