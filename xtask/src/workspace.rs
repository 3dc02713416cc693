//! Where things are.

use std::env;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

/// The workspace's root.
pub fn root() -> &'static Path {
    static ROOT: LazyLock<PathBuf> = LazyLock::new(|| {
        // As cargo says it now: with a target folder shared between checkouts the program may have been built in
        // another one.
        let here = env::var_os("CARGO_MANIFEST_DIR")
            .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
        here.parent().map(Path::to_owned).unwrap_or(here)
    });
    &ROOT
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
