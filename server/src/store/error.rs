//! What can go wrong in a store.

use rusqlite::ErrorCode;
use rusqlite::ffi::{
    SQLITE_IOERR_CORRUPTFS, SQLITE_IOERR_DATA, SQLITE_IOERR_DELETE, SQLITE_IOERR_DIR_FSYNC,
    SQLITE_IOERR_FSYNC, SQLITE_IOERR_SHMOPEN, SQLITE_IOERR_SHMSIZE, SQLITE_IOERR_TRUNCATE,
    SQLITE_IOERR_WRITE,
};

/// Why a store method did not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Too many requests wait for the writer.
    #[error("the server is busy: the write queue is full; try again in a second")]
    Busy,
    /// The request contradicts what is there.
    #[error("{0}")]
    Conflict(String),
    /// The device that tells it was revoked, or goes on under another key. Asked in the transaction that would store it.
    #[error("the device may not sync any more; what it holds is kept on it")]
    Silenced,
    /// There is no space left. What was read before can still be read.
    #[error("the disk of the server is full: nothing was written; make room, then it goes on by itself")]
    DiskFull,
    /// The disk takes no writes: mounted for reading, without rights, past a limit, or broken.
    #[error(
        "the disk of the server takes no writes ({0}): nothing was written; look at its mount, its rights, its limits and the \
         system's log"
    )]
    NotWritable(String),
    /// A page of the database is not as it was written. Nothing more is written then.
    #[error(
        "the database is damaged ({0}): it takes no writes, and answers what it can still read; stop the server, keep the \
         file, and restore a backup with `sparhund-server restore`"
    )]
    Corrupt(String),
    /// The engine failed.
    #[error("the database could not do it: {0}; see the server's log, check disk space and rights")]
    Engine(String),
    /// What is stored cannot be read back.
    #[error("stored data is damaged: {0}; run `sparhund-server rebuild`, or restore a backup")]
    Damaged(String),
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        let text = error.to_string();
        match error
            .sqlite_error()
            .map(|error| (error.code, error.extended_code))
        {
            Some((ErrorCode::DiskFull, _)) => Self::DiskFull,
            Some((ErrorCode::ReadOnly, _)) => Self::NotWritable(text),
            Some((ErrorCode::SystemIoFailure, how)) if WRITING.contains(&how) => Self::NotWritable(text),
            Some((ErrorCode::SystemIoFailure, SQLITE_IOERR_DATA | SQLITE_IOERR_CORRUPTFS)) => {
                Self::Corrupt(text)
            }
            Some((ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase, _)) => Self::Corrupt(text),
            _ => Self::Engine(text),
        }
    }
}

/// What fails at a disk that takes no writes (<https://sqlite.org/rescode.html#extrc>).
const WRITING: [i32; 7] = [
    SQLITE_IOERR_WRITE,
    SQLITE_IOERR_FSYNC,
    SQLITE_IOERR_DIR_FSYNC,
    SQLITE_IOERR_TRUNCATE,
    SQLITE_IOERR_DELETE,
    SQLITE_IOERR_SHMSIZE,
    SQLITE_IOERR_SHMOPEN,
];

#[cfg(test)]
mod tests {
    use rusqlite::ffi::{
        Error, SQLITE_BUSY, SQLITE_CORRUPT, SQLITE_FULL, SQLITE_IOERR_NOMEM, SQLITE_IOERR_READ,
        SQLITE_NOTADB, SQLITE_READONLY,
    };

    use super::*;

    #[test]
    fn what_a_disk_refuses_is_told_apart() {
        let of = |code| StoreError::from(rusqlite::Error::SqliteFailure(Error::new(code), None));
        assert!(matches!(of(SQLITE_FULL), StoreError::DiskFull));
        assert!(matches!(of(SQLITE_READONLY), StoreError::NotWritable(_)));
        assert!(matches!(of(SQLITE_IOERR_WRITE), StoreError::NotWritable(_)));
        for other in [SQLITE_IOERR_READ, SQLITE_IOERR_NOMEM] {
            assert!(matches!(of(other), StoreError::Engine(_)));
        }
        assert!(matches!(of(SQLITE_IOERR_DATA), StoreError::Corrupt(_)));
        assert!(matches!(of(SQLITE_CORRUPT), StoreError::Corrupt(_)));
        assert!(matches!(of(SQLITE_NOTADB), StoreError::Corrupt(_)));
        assert!(matches!(of(SQLITE_BUSY), StoreError::Engine(_)));
    }
}
