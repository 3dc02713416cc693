//! What can go wrong inside, and how it is told.

use rusqlite::ffi;

use crate::api::Problem;
use crate::env::RandomError;
use crate::problems;

/// An internal error; [`Problem`] is what a person hears of it.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Fault {
    /// The database says no.
    #[error(transparent)]
    Sqlite(#[from] rusqlite::Error),
    /// No randomness.
    #[error(transparent)]
    Random(#[from] RandomError),
    /// What stands in the database cannot be.
    #[error("{0}")]
    Damaged(String),
    /// A person can do something about it.
    #[error(transparent)]
    Problem(#[from] Problem),
}

impl From<Fault> for Problem {
    fn from(fault: Fault) -> Self {
        match fault {
            Fault::Problem(problem) => problem,
            Fault::Random(error) => Self::new("random", error.to_string()),
            Fault::Sqlite(error) if is_full(&error) => problems::store_full(&error),
            Fault::Sqlite(error) if is_read_only(&error) => problems::store_read_only(&error),
            Fault::Sqlite(_) | Fault::Damaged(_) => Self::new(
                "store",
                format!(
                    "the store on this device failed ({fault}): nothing of this step was kept, do it again; if it \
                     stays so, do not clear the store and contact IT"
                ),
            )
            .with("reason", &fault),
        }
    }
}

/// Whether there was no room. A browser at its quota, and a limit on the size of files, fail the write itself, and
/// SQLite has no word for why; a disk that breaks at a write is told the same, and the same is to be done.
fn is_full(error: &rusqlite::Error) -> bool {
    error.sqlite_error().is_some_and(|error| {
        matches!(
            error.extended_code,
            ffi::SQLITE_FULL
                | ffi::SQLITE_IOERR_WRITE
                | ffi::SQLITE_IOERR_TRUNCATE
                | ffi::SQLITE_IOERR_SHMSIZE
        )
    })
}

fn is_read_only(error: &rusqlite::Error) -> bool {
    error.sqlite_error_code() == Some(rusqlite::ErrorCode::ReadOnly)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]
mod tests {
    use rusqlite::Connection;

    use super::Fault;
    use crate::api::Problem;

    #[test]
    fn why_nothing_can_be_written_is_told_apart() {
        let db = Connection::open_in_memory().unwrap();
        db.execute_batch("CREATE TABLE t (x); PRAGMA max_page_count = 2;")
            .unwrap();
        let code = |statement| {
            let fault = Fault::from(db.execute(statement, []).unwrap_err());
            Problem::from(fault).code
        };
        assert_eq!(code("INSERT INTO t VALUES (zeroblob(9000))"), "store-full");
        assert_eq!(code("INSERT INTO u VALUES (1)"), "store");
        db.pragma_update(None, "query_only", true).unwrap();
        assert_eq!(code("INSERT INTO t VALUES (1)"), "store-read-only");
    }
}
