//! The local store: SQLite on a handheld's disk or in the browser's private files. One `.sql` file per statement.

pub(crate) mod alert;
pub(crate) mod catalogue;
pub(crate) mod device;
pub(crate) mod feed;
pub(crate) mod implant;
pub(crate) mod label;
pub(crate) mod load;
pub(crate) mod local;
pub(crate) mod log;
pub(crate) mod memo;
mod migrate;
pub(crate) mod quick;
pub(crate) mod receipt;
pub(crate) mod series;
pub(crate) mod session;
pub(crate) mod setting;
pub(crate) mod stock;
pub(crate) mod task;
pub(crate) mod training;

pub use migrate::AppError;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, Transaction, TransactionBehavior};

use crate::fault::Fault;

/// The text of a statement.
macro_rules! sql {
    ($name:literal) => {
        include_str!(concat!("sql/", $name, ".sql"))
    };
}
pub(crate) use sql;

/// Statements kept prepared: a scan alone needs some thirty, and the sixteen of the library would push each other out.
const STATEMENTS: usize = 256;

/// The open database.
pub(crate) struct Store {
    connection: Connection,
}

impl Store {
    /// Brings the database to this program's schema.
    pub(crate) fn open(connection: Connection) -> Result<Self, AppError> {
        // What is deleted, a PIN's verifier or a token among them, is overwritten.
        connection.pragma_update_and_check(None, "secure_delete", true, |_| Ok(()))?;
        migrate::migrate(&connection)?;
        connection.set_prepared_statement_cache_capacity(STATEMENTS);
        // Otherwise a kept statement is prepared anew for each value it is asked with.
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
        Ok(Self { connection })
    }

    /// Brings what was deleted out of the write-ahead log too. Where another process reads, that happens later.
    pub(crate) fn overwrite_deleted(&self) -> Result<(), Fault> {
        Ok(self
            .connection
            .query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?)
    }

    /// For reading.
    pub(crate) fn read(&self) -> &Connection {
        &self.connection
    }

    /// Starts a transaction. Never hold it across an await: another command would land inside it.
    pub(crate) fn begin(&self) -> Result<Transaction<'_>, Fault> {
        // Immediate: another process on the same files waits here instead of failing in the middle.
        Ok(Transaction::new_unchecked(
            &self.connection,
            TransactionBehavior::Immediate,
        )?)
    }
}

/// Reads a JSON column.
pub(crate) fn from_json<T: serde::de::DeserializeOwned>(what: &str, text: &str) -> Result<T, Fault> {
    serde_json::from_str(text).map_err(|error| Fault::Damaged(format!("{what}: {error}")))
}

/// Writes a JSON column.
pub(crate) fn to_json<T: serde::Serialize>(value: &T) -> Result<String, Fault> {
    serde_json::to_string(value).map_err(|error| Fault::Damaged(error.to_string()))
}
