//! SQLite in the origin private file system.

use rusqlite::Connection;
use sqlite_wasm_rs::WasmOsCallback;
use sqlite_wasm_vfs::sahpool::{OpfsSAHError, OpfsSAHPoolCfgBuilder, install};
use thiserror::Error;

use crate::time::sleep;

const DIRECTORY: &str = "sparhund";
const DATABASE: &str = "scanner.db";
/// Slots for databases and their journals. The crate's default of six runs out at the third database.
const CAPACITY: usize = 20;
/// After a reload the file handles of the previous worker linger for a moment.
const ATTEMPTS: u32 = 10;
const PAUSE_MS: i32 = 100;

/// Why the store cannot be opened.
#[derive(Debug, Error)]
pub enum OpenError {
    /// The files are held by another worker.
    #[error("the store is in use in another tab: close the other tab of this page, then load this one again")]
    InUse,
    /// The browser has no private file system for this page.
    #[error(
        "this browser cannot keep scans ({0}): use a current browser, over https or on localhost, not a private window"
    )]
    Files(String),
    /// SQLite does not open the database.
    #[error(
        "the scanner's database cannot be opened ({0}): do not clear the browser's data before support has looked, unsent scans are in it"
    )]
    Database(#[from] rusqlite::Error),
}

/// Opens the scanner's database, durable on each commit.
pub async fn open() -> Result<Connection, OpenError> {
    let mut outcome = install_pool().await;
    for _ in 1..ATTEMPTS {
        if !matches!(outcome, Err(OpenError::InUse)) {
            break;
        }
        sleep(PAUSE_MS).await;
        outcome = install_pool().await;
    }
    outcome?;
    let connection = Connection::open(DATABASE)?;
    // The pool has no shared memory: WAL works only for a sole owner, and this must be said before WAL is asked for.
    connection.pragma_update(None, "locking_mode", "EXCLUSIVE")?;
    connection.pragma_update_and_check(None, "journal_mode", "WAL", |row| row.get::<_, String>(0))?;
    // An acknowledged scan survives power loss: the log is flushed at each commit.
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "foreign_keys", true)?;
    Ok(connection)
}

async fn install_pool() -> Result<(), OpenError> {
    let options = OpfsSAHPoolCfgBuilder::new()
        .directory(DIRECTORY)
        .initial_capacity(CAPACITY)
        .build();
    match install::<WasmOsCallback>(&options, true).await {
        Ok(_) => Ok(()),
        Err(OpfsSAHError::Opfs { message, .. }) if message.contains("NoModificationAllowedError") => {
            Err(OpenError::InUse)
        }
        Err(error) => Err(OpenError::Files(error.to_string())),
    }
}
