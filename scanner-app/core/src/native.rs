//! Opening the store as a file.

use std::path::Path;
use std::time::Duration;

use rusqlite::Connection;

use crate::store::AppError;

/// Name of the database in its directory.
const DATABASE: &str = "scanner.db";

/// Opens the database in a directory, durable on each commit; makes the directory if it is not there.
pub fn open_dir(directory: &Path) -> Result<Connection, AppError> {
    std::fs::create_dir_all(directory).map_err(|error| AppError::Directory {
        path: directory.display().to_string(),
        reason: error.to_string(),
    })?;
    open_file(&directory.join(DATABASE))
}

/// Opens a database file, durable on each commit.
pub fn open_file(path: &Path) -> Result<Connection, AppError> {
    let connection = Connection::open(path)?;
    // Another process on the same files, such as a sync by a timer, is waited for.
    connection.busy_timeout(Duration::from_secs(10))?;
    connection.pragma_update_and_check(None, "journal_mode", "WAL", |row| row.get::<_, String>(0))?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "foreign_keys", true)?;
    Ok(connection)
}
