//! Who has a database open, and who puts another one in its place.

use std::fs::{File, TryLockError};
use std::path::Path;

use super::writer_lock::{LockError, open_to_lock};

/// Stands beside the database; empty, and never removed.
const FILE: &str = "restore.lock";

/// Held as long as a database is open here, by any number of processes, or by the one that replaces it.
#[derive(Debug)]
pub struct UseLock(#[expect(dead_code, reason = "it is held, never read")] File);

impl UseLock {
    /// Shares the database with others who use it. `None` where the disk takes no writes and nobody made the file: nor can anybody
    /// replace the database there.
    ///
    /// # Errors
    /// When the database is being replaced, or the file cannot be opened.
    pub fn share(database: &Path) -> Result<Option<Self>, LockError> {
        let file = match open_to_lock(&database.with_file_name(FILE)) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            opened => opened?,
        };
        match file.try_lock_shared() {
            Ok(()) => Ok(Some(Self(file))),
            Err(TryLockError::WouldBlock) => Err(LockError::Replaced),
            Err(TryLockError::Error(error)) => Err(error.into()),
        }
    }

    /// Has the database alone.
    ///
    /// # Errors
    /// When anybody uses it, or the file cannot be made.
    pub fn alone(database: &Path) -> Result<Self, LockError> {
        let file = open_to_lock(&database.with_file_name(FILE))?;
        match file.try_lock() {
            Ok(()) => Ok(Self(file)),
            Err(TryLockError::WouldBlock) => Err(LockError::Used),
            Err(TryLockError::Error(error)) => Err(error.into()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_database_is_used_by_many_and_replaced_by_one() {
        let dir = tempfile::tempdir().unwrap();
        let database = dir.path().join("sparhund.db");
        let users = [
            UseLock::share(&database).unwrap(),
            UseLock::share(&database).unwrap(),
        ];
        assert!(matches!(UseLock::alone(&database), Err(LockError::Used)));
        drop(users);
        let alone = UseLock::alone(&database).unwrap();
        assert!(matches!(UseLock::share(&database), Err(LockError::Replaced)));
        drop(alone);
        assert!(UseLock::share(&database).unwrap().is_some());
    }
}
