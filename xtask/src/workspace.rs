//! Where things are.

use std::env;
use std::path::{Path, PathBuf};

/// The workspace's root.
pub fn root() -> &'static Path {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here)
}

/// The target directory. This program lies in it, wherever cargo was told to put it.
pub fn target() -> PathBuf {
    let built_in = env::current_exe()
        .ok()
        .and_then(|exe| Some(exe.parent()?.parent()?.to_owned()));
    built_in.unwrap_or_else(|| root().join("target"))
}

/// What a browser loads.
pub fn web_dist() -> PathBuf {
    target().join("web-dist")
}

/// Files that go into the browser as they are.
pub fn web_static() -> PathBuf {
    root().join("scanner-app/web/static")
}
