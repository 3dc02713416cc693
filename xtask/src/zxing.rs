//! zxing-wasm, the camera's second reader: fetched by npm, checked, and laid where the page finds it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use sha2::{Digest, Sha256};

use crate::command::run;
use crate::dist;
use crate::progress::Outcome;
use crate::web::io;
use crate::workspace::target;

const NAME: &str = "zxing-wasm";
const VERSION: &str = "3.1.4";
/// Of the package as npm packs it: what runs on a handheld is what was looked at.
const SHA256: &str = "2416232a155533bdcfa098a22ec9087734b34640ffa2a7add90bc36e145f6da0";
/// What the page needs of it, and where the modules expect each other.
const FILES: [(&str, &str); 4] = [
    ("package/dist/es/share.js", "share.js"),
    ("package/dist/es/reader/index.js", "reader/index.js"),
    (
        "package/dist/reader/zxing_reader.wasm",
        "reader/zxing_reader.wasm",
    ),
    ("package/LICENSE", "LICENSE"),
];

/// Where it is kept between builds.
fn kept() -> PathBuf {
    target().join("npm").join(format!("{NAME}-{VERSION}"))
}

/// Whether it was fetched before.
pub fn is_here() -> bool {
    FILES.iter().all(|(_, file)| kept().join(file).is_file())
}

/// Its files as they go into the build; none when it was not fetched.
pub fn files() -> Vec<PathBuf> {
    let files = if is_here() { FILES.as_slice() } else { &[] };
    files.iter().map(|(_, file)| kept().join(file)).collect()
}

/// Fetches it. Without it the page still reads, with fewer readers: where there is no npm or no registry that is said,
/// and the build goes on. A package that is another than the one that was chosen ends it.
pub fn ensure() -> Outcome {
    if is_here() {
        return Ok(());
    }
    println!("  npm pack {NAME}@{VERSION}");
    match fetch() {
        Ok(packed) => unpack(&packed),
        Err(reason) => {
            println!("  skipped: the camera's second reader ({reason}); the page is built without it");
            Ok(())
        }
    }
}

fn fetch() -> Outcome<PathBuf> {
    let place = target().join("npm");
    io("make", &place, fs::create_dir_all(&place))?;
    let package = format!("{NAME}@{VERSION}");
    run(Command::new("npm")
        .args(["pack", "--silent", "--ignore-scripts", &package])
        .current_dir(&place))?;
    Ok(place.join(format!("{NAME}-{VERSION}.tgz")))
}

fn unpack(packed: &Path) -> Outcome {
    let found = dist::hex(&Sha256::digest(io("read", packed, fs::read(packed))?));
    if found != SHA256 {
        return Err(format!(
            "{} has the SHA-256 {found} and not {SHA256}: it is not the package that was chosen; remove it and try again",
            packed.display()
        ));
    }
    // Unpacked beside and moved into place, so that half of it is never taken for all.
    let fresh = packed.with_extension("unpacked");
    if fresh.exists() {
        io("empty", &fresh, fs::remove_dir_all(&fresh))?;
    }
    io("make", &fresh, fs::create_dir_all(&fresh))?;
    run(Command::new("tar")
        .args(["--extract", "--gzip", "--file"])
        .arg(packed)
        .arg("--directory")
        .arg(&fresh)
        .args(FILES.map(|(inside, _)| inside)))?;
    for (inside, file) in FILES {
        put(&fresh.join(inside), &kept().join(file))?;
    }
    io("remove", &fresh, fs::remove_dir_all(&fresh))
}

/// Lays it into the build.
pub fn write(into: &Path) -> Outcome {
    if !is_here() {
        return Ok(());
    }
    for (_, file) in FILES {
        put(&kept().join(file), &into.join("zxing").join(file))?;
    }
    Ok(())
}

fn put(from: &Path, to: &Path) -> Outcome {
    if let Some(parent) = to.parent() {
        io("make", parent, fs::create_dir_all(parent))?;
    }
    io("copy", from, fs::copy(from, to)).map(|_| ())
}
