//! What fails in the service. No text of it names a patient.

use std::path::Path;

use crate::auth::PasswordError;
use crate::island::{CallError, CredentialError};
use crate::ops::NoRandomness;

/// A failure.
#[derive(Debug, thiserror::Error)]
pub enum LinkError {
    /// A file of the data directory.
    #[error("{0}: {1}; check that it is there and that this user may use it, or restore it from a backup")]
    File(String, std::io::Error),
    /// The database.
    #[error("the database of the patient-link service failed: {0}; check the disk and try again")]
    Store(#[from] rusqlite::Error),
    /// Something kept is not as it was written.
    #[error("{0}; restore the data directory from a backup")]
    Damaged(String),
    /// It cannot be done as asked.
    #[error("{0}")]
    Refused(String),
    /// The server with the records.
    #[error(transparent)]
    Call(#[from] CallError),
    /// The token of the server with the records.
    #[error(transparent)]
    Credential(#[from] CredentialError),
    /// A password.
    #[error(transparent)]
    Password(#[from] PasswordError),
    /// No random numbers.
    #[error(transparent)]
    Random(#[from] NoRandomness),
}

impl LinkError {
    pub(super) fn file(path: &Path) -> impl FnOnce(std::io::Error) -> Self {
        let name = path.display().to_string();
        move |error| Self::File(name, error)
    }
}
