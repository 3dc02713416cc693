//! What stands beside a backup: enough to tell whether the file is the one that was verified.

use std::fs::File;
use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use sparhund_shared::log::Head;
use uuid::Uuid;

use super::{BackupError, file_error};
use crate::ops::private;
use crate::store::VerifiedBackup;
use crate::store::sqlite::Contents;

/// Name of the format, and its version.
const FORMAT: &str = "sparhund-backup/1";

/// The manifest: JSON, beside the database file under the same name.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Manifest {
    /// `sparhund-backup/1`.
    pub format: String,
    /// Which database it is of: its random id. `None` in manifests from before there were any.
    #[serde(default)]
    pub database: Option<Uuid>,
    /// Which life of it; a restore begins another one. `None` in manifests from before they said so.
    #[serde(default)]
    pub incarnation: Option<String>,
    /// The lives before it, the first first.
    #[serde(default)]
    pub ancestors: Vec<String>,
    /// When it was begun, Unix milliseconds.
    pub made_at: i64,
    /// Version of the program that made it.
    pub program: String,
    /// Version of the tables.
    pub schema: i64,
    /// Length of the file.
    pub bytes: u64,
    /// SHA-256 of the file, hexadecimal.
    pub sha256: String,
    /// Records of all logs.
    pub records: u64,
    /// Highest record without a hole of each log.
    pub heads: Vec<Head>,
}

impl Manifest {
    /// The manifest of a checked copy.
    pub(super) fn of(made_at: i64, contents: Contents, (bytes, sha256): (u64, [u8; 32])) -> Self {
        Self {
            format: FORMAT.to_owned(),
            database: contents.database,
            incarnation: contents.incarnation,
            ancestors: contents.ancestors,
            made_at,
            program: env!("CARGO_PKG_VERSION").to_owned(),
            schema: contents.schema,
            bytes,
            sha256: hex(sha256),
            records: contents.records,
            heads: contents.heads,
        }
    }

    /// Where the manifest of a backup stands.
    pub fn path(backup: &Path) -> PathBuf {
        backup.with_extension("json")
    }

    /// Reads the manifest of a backup.
    ///
    /// # Errors
    /// When there is none, or it is of another format.
    pub fn read(backup: &Path) -> Result<Self, BackupError> {
        let path = Self::path(backup);
        let text = std::fs::read(&path).map_err(file_error(&path))?;
        let wrong = |reason: String| BackupError::Manifest {
            path: path.clone(),
            reason,
        };
        let manifest: Self = serde_json::from_slice(&text).map_err(|error| wrong(error.to_string()))?;
        if manifest.format != FORMAT {
            return Err(wrong(format!("its format is {}, not {FORMAT}", manifest.format)));
        }
        Ok(manifest)
    }

    /// Writes it beside the backup, durably.
    pub(super) fn write(&self, backup: &Path) -> Result<(), BackupError> {
        let path = Self::path(backup);
        let mut file = private(&path).map_err(file_error(&path))?;
        serde_json::to_writer_pretty(&mut file, self)
            .map_err(std::io::Error::from)
            .and_then(|()| file.write_all(b"\n"))
            .and_then(|()| file.sync_all())
            .map_err(file_error(&path))
    }

    /// The same as the store notes it.
    pub(super) fn verified(&self, file: &Path, sha256: [u8; 32]) -> VerifiedBackup {
        VerifiedBackup {
            made_at: self.made_at,
            file: file.display().to_string(),
            sha256,
            bytes: self.bytes,
            records: self.records,
            heads: self.heads.clone(),
            incarnation: self.incarnation.clone(),
        }
    }
}

/// Length and SHA-256 of a file.
pub(super) fn measure(path: &Path) -> Result<(u64, [u8; 32]), BackupError> {
    let mut file = File::open(path).map_err(file_error(path))?;
    let (mut hasher, mut length) = (Sha256::new(), 0);
    let mut part = vec![0; 1 << 16];
    loop {
        let read = file.read(&mut part).map_err(file_error(path))?;
        if read == 0 {
            return Ok((length, hasher.finalize().into()));
        }
        hasher.update(&part[..read]);
        length += read as u64;
    }
}

pub(super) fn hex(bytes: [u8; 32]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::with_capacity(64), |mut text, byte| {
        // Writing to a String cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}
