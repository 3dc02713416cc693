//! Packages of the npm registry: fetched by npm, checked, and kept between builds.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use sha2::{Digest, Sha256};

use crate::command::run;
use crate::dist;
use crate::progress::Outcome;
use crate::web::io;
use crate::workspace::target;

/// One package in one version.
pub struct Package {
    pub name: &'static str,
    pub version: &'static str,
    /// Of the package as npm packs it: what runs is what was looked at.
    pub sha256: &'static str,
    /// What is needed of it: its path inside, and where it is kept.
    pub files: &'static [(&'static str, &'static str)],
}

impl Package {
    /// Where it is kept between builds.
    pub fn kept(&self) -> PathBuf {
        target()
            .join("npm")
            .join(format!("{}-{}", self.name, self.version))
    }

    /// Whether it was fetched before.
    pub fn is_here(&self) -> bool {
        self.files
            .iter()
            .all(|(_, file)| self.kept().join(file).is_file())
    }

    /// Has npm fetch it, and checks it. What could not be fetched is the inner failure; a package that is another than the one
    /// that was chosen the outer one.
    pub fn ensure(&self) -> Outcome<Outcome> {
        if self.is_here() {
            return Ok(Ok(()));
        }
        println!("  npm pack {}@{}", self.name, self.version);
        match self.fetch() {
            Ok(packed) => self.unpack(&packed).map(Ok),
            Err(reason) => Ok(Err(reason)),
        }
    }

    fn fetch(&self) -> Outcome<PathBuf> {
        let place = target().join("npm");
        io("make", &place, fs::create_dir_all(&place))?;
        let package = format!("{}@{}", self.name, self.version);
        run(Command::new("npm")
            .args(["pack", "--silent", "--ignore-scripts", &package])
            .current_dir(&place))?;
        Ok(place.join(format!("{}-{}.tgz", self.name, self.version)))
    }

    fn unpack(&self, packed: &Path) -> Outcome {
        let found = dist::hex(&Sha256::digest(io("read", packed, fs::read(packed))?));
        if found != self.sha256 {
            return Err(format!(
                "{} has the SHA-256 {found} and not {}: it is not the package that was chosen; remove it and try again",
                packed.display(),
                self.sha256
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
            .args(self.files.iter().map(|(inside, _)| inside)))?;
        for (inside, file) in self.files {
            put(&fresh.join(inside), &self.kept().join(file))?;
        }
        io("remove", &fresh, fs::remove_dir_all(&fresh))
    }
}

/// Copies a file, into a folder that may not be there yet.
pub fn put(from: &Path, to: &Path) -> Outcome {
    if let Some(parent) = to.parent() {
        io("make", parent, fs::create_dir_all(parent))?;
    }
    io("copy", from, fs::copy(from, to)).map(|_| ())
}
