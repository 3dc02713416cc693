//! What a site's server needs to reach the central one, in a file of its own that only its owner may read.

use std::io::Write as _;
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::ops::private;

/// Address and token.
#[derive(Clone, Serialize, Deserialize)]
pub struct Credential {
    /// Address of the central server, without a slash at the end.
    pub url: String,
    /// Certificate authority it is checked against, PEM; `None` = those of the web.
    #[serde(default)]
    pub authority: Option<String>,
    /// Name of this site there.
    pub name: String,
    /// Token.
    pub token: String,
}

/// Why it cannot be read or kept.
#[derive(Debug, thiserror::Error)]
pub enum CredentialError {
    /// The file.
    #[error("{0}: {1}; check its rights, or join anew with `sparhund-server join`")]
    File(String, std::io::Error),
    /// Its content.
    #[error("{0} is no credential of a site: {1}; remove it and join anew with `sparhund-server join`")]
    Content(String, serde_json::Error),
}

impl Credential {
    /// Reads it; `None` when this server has not joined another.
    ///
    /// # Errors
    /// When the file is there and cannot be used.
    pub fn read(path: &Path) -> Result<Option<Self>, CredentialError> {
        let name = || path.display().to_string();
        match std::fs::read(path) {
            Ok(bytes) => serde_json::from_slice(&bytes)
                .map(Some)
                .map_err(|error| CredentialError::Content(name(), error)),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(CredentialError::File(name(), error)),
        }
    }

    /// Puts it in the place of an earlier one: whole, or not at all.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn keep(&self, path: &Path) -> Result<(), CredentialError> {
        let failed = |error| CredentialError::File(path.display().to_string(), error);
        let part = path.with_extension("part");
        let _ = std::fs::remove_file(&part);
        let bytes = serde_json::to_vec_pretty(self)
            .map_err(|error| CredentialError::Content(path.display().to_string(), error))?;
        let mut file = private(&part).map_err(failed)?;
        file.write_all(&bytes).map_err(failed)?;
        file.sync_all().map_err(failed)?;
        std::fs::rename(&part, path).map_err(failed)
    }
}
