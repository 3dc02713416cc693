//! axe-core, which looks at each screen of the scanner page for what shuts people out. The tests run it inside the browser.

use std::path::PathBuf;

use crate::npm::Package;
use crate::progress::Outcome;

const AXE: Package = Package {
    name: "axe-core",
    version: "4.14.1",
    sha256: "e6b0ce02b84d892e2e33e403485e7f3d6c29e2be6df65daf44d89ba564139745",
    files: &[
        ("package/axe.min.js", "axe.min.js"),
        ("package/LICENSE", "LICENSE"),
    ],
};

/// Whether it was fetched before.
pub fn is_here() -> bool {
    AXE.is_here()
}

/// The script, fetched when it is not here yet. `None`, with a printed word, where there is no npm or no registry.
pub fn script() -> Outcome<Option<PathBuf>> {
    Ok(match AXE.ensure()? {
        Ok(()) => Some(AXE.kept().join("axe.min.js")),
        Err(reason) => {
            println!("  skipped: axe-core ({reason}); screens are looked at by our own rules alone");
            None
        }
    })
}
