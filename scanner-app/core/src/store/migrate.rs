//! Numbered migrations over `PRAGMA user_version`. A released migration is never edited.

use rusqlite::{Connection, Transaction, TransactionBehavior};

use super::sql;

const MIGRATIONS: [&str; 10] = [
    sql!("migrations/0001_client"),
    sql!("migrations/0002_next_life"),
    sql!("migrations/0003_quick_switch"),
    sql!("migrations/0004_held_keys"),
    sql!("migrations/0005_states"),
    sql!("migrations/0006_training"),
    sql!("migrations/0007_receipts"),
    sql!("migrations/0008_units"),
    sql!("migrations/0009_labels"),
    sql!("migrations/0010_implant_cards"),
];

/// Why the store cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum AppError {
    /// Written by a later version.
    #[error(
        "the scanner's database has version {found}, this program knows {known}: update the program; nothing was changed"
    )]
    Newer {
        /// Version of the database.
        found: usize,
        /// Newest version known here.
        known: usize,
    },
    /// SQLite says no.
    #[error("the scanner's database cannot be opened ({0}): do not delete it, unsent scans may be in it")]
    Sqlite(#[from] rusqlite::Error),
    /// No log could be named for a new device, and no key could be made.
    #[error(transparent)]
    Random(#[from] crate::env::RandomError),
    /// What stands in the database cannot be.
    #[error(
        "the scanner's database is damaged ({0}): do not delete it, unsent scans may be in it; contact IT"
    )]
    Damaged(String),
    /// The directory cannot be used.
    #[error("{path} cannot be used for the scanner's database ({reason}): check the path and its rights")]
    Directory {
        /// The path.
        path: String,
        /// The system's word.
        reason: String,
    },
}

pub(super) fn migrate(connection: &Connection) -> Result<(), AppError> {
    let known = MIGRATIONS.len();
    let tx = Transaction::new_unchecked(connection, TransactionBehavior::Immediate)?;
    let found: i64 = tx.pragma_query_value(None, "user_version", |row| row.get(0))?;
    let found = usize::try_from(found).unwrap_or(usize::MAX);
    if found > known {
        return Err(AppError::Newer { found, known });
    }
    if found < known {
        for migration in &MIGRATIONS[found..] {
            tx.execute_batch(migration)?;
        }
        tx.pragma_update(None, "user_version", i64::try_from(known).unwrap_or(i64::MAX))?;
    }
    tx.commit()?;
    Ok(())
}
