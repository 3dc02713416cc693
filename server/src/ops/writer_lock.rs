//! One process at a time writes the server's own log, and puts another database in place of the one that is there.

use std::fs::{File, TryLockError};
use std::io::ErrorKind;
use std::path::Path;

use super::DataDir;

/// Held as long as it lives; the system lets it go even when the process is killed.
#[derive(Debug)]
pub struct WriterLock(#[expect(dead_code, reason = "it is held, never read")] File);

/// Why it cannot be had.
#[derive(Debug, thiserror::Error)]
pub enum LockError {
    /// Another process has it.
    #[error(
        "another sparhund-server serves the data directory {0}; stop it, or give this one a directory of its own"
    )]
    InUse(String),
    /// Somebody has the database open.
    #[error(
        "another command of sparhund-server works on this database; wait until it has ended, then try again"
    )]
    Used,
    /// Somebody puts another one in its place.
    #[error("the database is being replaced by a backup; wait until the restore has ended, then try again")]
    Replaced,
    /// The file system.
    #[error("the lock of the data directory: {0}; check the directory and its rights")]
    File(#[from] std::io::Error),
}

/// Opens a file to lock, and makes it when it is missing; on a disk that takes no writes it can be locked all the same.
pub(super) fn open_to_lock(path: &Path) -> std::io::Result<File> {
    let opened = File::options()
        .create(true)
        .truncate(false)
        .write(true)
        .open(path);
    match opened {
        Err(error)
            if matches!(
                error.kind(),
                ErrorKind::ReadOnlyFilesystem | ErrorKind::PermissionDenied
            ) =>
        {
            File::open(path)
        }
        opened => opened,
    }
}

impl WriterLock {
    /// Takes it. Other commands write the same database, which orders them; but who writes a log must know its end.
    ///
    /// # Errors
    /// When another process holds it, or the file cannot be made.
    pub fn take(data: &DataDir) -> Result<Self, LockError> {
        let file = open_to_lock(&data.writer_lock())?;
        match file.try_lock() {
            Ok(()) => Ok(Self(file)),
            Err(TryLockError::WouldBlock) => Err(LockError::InUse(data.path().display().to_string())),
            Err(TryLockError::Error(error)) => Err(error.into()),
        }
    }
}
