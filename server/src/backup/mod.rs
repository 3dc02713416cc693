//! Copies of the database that can be relied on: made while the server serves, verified, kept for a while, restored.
//!
//! A backup is a database file with a manifest beside it. Only when the copy has been opened and checked is it noted in the
//! store, and only then may devices forget what it covers (invariant I5 of the store's design). It holds no private key: a
//! restored server begins a log of its own anew.

mod make;
mod manifest;
mod restore;
mod schedule;

pub use make::{Made, make};
pub use manifest::Manifest;
pub use restore::{Restored, restore};
pub use schedule::{Schedule, keep_backing_up};

use std::path::{Path, PathBuf};

use crate::store::StoreError;

/// Why there is no backup, or no restored database.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// The file system.
    #[error("{path}: {source}; check disk space and rights", path = path.display())]
    File {
        /// The file or folder.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// The copy could not be made, or is damaged.
    #[error("{path}: {source}", path = path.display())]
    Store {
        /// The database or its copy.
        path: PathBuf,
        /// What is wrong.
        source: StoreError,
    },
    /// The manifest is none.
    #[error("{path} is no manifest of a backup: {reason}; take the one that was made with it", path = path.display())]
    Manifest {
        /// The manifest.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// The file is not what the manifest says.
    #[error("{path} is not what its manifest says: {what}; it was changed or cut short, take another backup", path = path.display())]
    Differs {
        /// The file.
        path: PathBuf,
        /// What differs.
        what: &'static str,
    },
    /// There is a database already.
    #[error("{0} holds a database already; say --replace to put it aside, or give another directory")]
    Occupied(String),
    /// Another process uses the directory.
    #[error("a sparhund-server serves {0}; stop it first")]
    InUse(String),
}

fn file_error(path: &Path) -> impl FnOnce(std::io::Error) -> BackupError {
    let path = path.to_owned();
    move |source| BackupError::File { path, source }
}

fn store_error(path: &Path) -> impl FnOnce(StoreError) -> BackupError {
    let path = path.to_owned();
    move |source| BackupError::Store { path, source }
}
