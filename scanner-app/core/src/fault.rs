//! What can go wrong inside, and how it is told.

use crate::api::Problem;
use crate::env::RandomError;

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
