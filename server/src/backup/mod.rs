//! Copies of the database that can be relied on: made while the server serves, verified, kept for a while, restored.
//!
//! A backup is a database file with a manifest beside it. Only when the copy has been opened and checked is it noted in the
//! store, and only then may devices forget what it covers (invariant I5 of the store's design). It holds no private key: a
//! restored server begins a log of its own anew.

mod claim;
mod make;
mod manifest;
mod restore;
mod schedule;
mod swap;

pub use make::{Made, make};
pub use manifest::Manifest;
pub use restore::{Consent, Restored, restore};
pub use schedule::{Schedule, keep_backing_up};
pub use swap::{complete, complete_interrupted};

use std::path::{Path, PathBuf};

use jiff::Timestamp;

use crate::ops::LockError;
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
    /// What was copied cannot be relied on.
    #[error(
        "{path}: the copy is damaged and was not kept ({what}): either the database is, or the disk of the copy; try another folder, \
         and if it fails there too, stop the server, keep its file, and restore a backup", path = path.display()
    )]
    CopyDamaged {
        /// The copy.
        path: PathBuf,
        /// What is wrong with it.
        what: String,
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
    /// It is what was made, and what was made is no sound database.
    #[error("{path} cannot be restored, take another backup: {what}", path = path.display())]
    Unsound {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        what: String,
    },
    /// There is a database already.
    #[error("{0} holds a database already; say --replace to put it aside, or give another directory")]
    Occupied(String),
    /// Another process uses the directory.
    #[error(transparent)]
    Lock(#[from] LockError),
    /// Another backup of the same database is being made.
    #[error("another backup of {} is being made; wait until it is done", .0.display())]
    Running(PathBuf),
    /// A newer backup is known, and devices may have forgotten what it covers.
    #[error(
        "{path} is older than {newest}, made at {made_at}, or holds less: of {records} records in {logs} logs devices \
         were told that a backup has them, so they may have forgotten them, and only those that a device still keeps \
         come back. Restore the newest backup, or say --older if there is none that can be read",
        path = path.display()
    )]
    Older {
        /// The backup.
        path: PathBuf,
        /// The newest one, as it was named when it was made.
        newest: String,
        /// When that was made.
        made_at: Timestamp,
        /// Records that devices may have forgotten and that the backup lacks.
        records: u64,
        /// Logs they are of.
        logs: usize,
    },
    /// The backup is of another database.
    #[error(
        "{} is a backup of another server's database: the people, devices and records of this one would be put \
         aside. Say --other-server if that is meant",
        .0.display()
    )]
    OtherServer(PathBuf),
}

fn file_error(path: &Path) -> impl FnOnce(std::io::Error) -> BackupError {
    let path = path.to_owned();
    move |source| BackupError::File { path, source }
}

fn store_error(path: &Path) -> impl FnOnce(StoreError) -> BackupError {
    let path = path.to_owned();
    move |source| BackupError::Store { path, source }
}
