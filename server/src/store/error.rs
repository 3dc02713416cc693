//! What can go wrong in a store.

/// Why a store method did not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Too many requests wait for the writer.
    #[error("the server is busy: the write queue is full; try again in a second")]
    Busy,
    /// The request contradicts what is there.
    #[error("{0}")]
    Conflict(String),
    /// The engine failed.
    #[error("the database could not do it: {0}; see the server's log, check disk space and rights")]
    Engine(String),
    /// What is stored cannot be read back.
    #[error("stored data is damaged: {0}; run `sparhund-server rebuild`, or restore a backup")]
    Damaged(String),
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Engine(error.to_string())
    }
}
