//! One process at a time writes the server's own log, and puts another database in place of the one that is there.

use std::fs::{File, TryLockError};
use std::io::ErrorKind;

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
    /// The file system.
    #[error("the lock of the data directory: {0}; check the directory and its rights")]
    File(#[from] std::io::Error),
}

fn takes_no_writes(error: &std::io::Error) -> bool {
    matches!(
        error.kind(),
        ErrorKind::ReadOnlyFilesystem | ErrorKind::PermissionDenied
    )
}

impl WriterLock {
    /// Takes it. Other commands write the same database, which orders them; but who writes a log must know its end.
    ///
    /// # Errors
    /// When another process holds it, or the file cannot be made.
    pub fn take(data: &DataDir) -> Result<Self, LockError> {
        let path = data.writer_lock();
        let mut options = File::options();
        let file = match options.create(true).truncate(false).write(true).open(&path) {
            // Nobody can write there, and the lock can be had all the same.
            Err(error) if takes_no_writes(&error) => File::open(&path)?,
            opened => opened?,
        };
        match file.try_lock() {
            Ok(()) => Ok(Self(file)),
            Err(TryLockError::WouldBlock) => Err(LockError::InUse(data.path().display().to_string())),
            Err(TryLockError::Error(error)) => Err(error.into()),
        }
    }
}
