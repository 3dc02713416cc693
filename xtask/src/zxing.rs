//! zxing-wasm, the camera's second reader: laid where the page finds it.

use std::path::{Path, PathBuf};

use crate::npm::{Package, put};
use crate::progress::Outcome;

const ZXING: Package = Package {
    name: "zxing-wasm",
    version: "3.1.4",
    sha256: "2416232a155533bdcfa098a22ec9087734b34640ffa2a7add90bc36e145f6da0",
    // Where the modules expect each other.
    files: &[
        ("package/dist/es/share.js", "share.js"),
        ("package/dist/es/reader/index.js", "reader/index.js"),
        (
            "package/dist/reader/zxing_reader.wasm",
            "reader/zxing_reader.wasm",
        ),
        ("package/LICENSE", "LICENSE"),
    ],
};

/// Whether it was fetched before.
pub fn is_here() -> bool {
    ZXING.is_here()
}

/// Its files as they go into the build; none when it was not fetched.
pub fn files() -> Vec<PathBuf> {
    let files = if is_here() { ZXING.files } else { &[] };
    files.iter().map(|(_, file)| ZXING.kept().join(file)).collect()
}

/// Fetches it. Without it the page still reads, with fewer readers: where there is no npm or no registry that is said,
/// and the build goes on.
pub fn ensure() -> Outcome {
    if let Err(reason) = ZXING.ensure()? {
        println!("  skipped: the camera's second reader ({reason}); the page is built without it");
    }
    Ok(())
}

/// Lays it into the build.
pub fn write(into: &Path) -> Outcome {
    if !is_here() {
        return Ok(());
    }
    for (_, file) in ZXING.files {
        put(&ZXING.kept().join(file), &into.join("zxing").join(file))?;
    }
    Ok(())
}
