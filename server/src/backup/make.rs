//! One backup: copied, checked, described.

use std::path::{Path, PathBuf};

use jiff::Timestamp;

use super::manifest::{Manifest, measure};
use super::{BackupError, file_error, store_error};
use crate::store::VerifiedBackup;
use crate::store::sqlite::{check, copy};

/// A backup that was made.
#[derive(Clone, Debug)]
pub struct Made {
    /// The file.
    pub file: PathBuf,
    /// What the store is to note.
    pub verified: VerifiedBackup,
}

/// Copies a database into a folder, opens the copy, checks all of it, and writes its manifest. The file has its name only
/// when it is checked. `now` is Unix milliseconds. Takes as long as copying and reading the database does.
///
/// # Errors
/// When it cannot be copied, or the copy is damaged; nothing is left behind then.
pub fn make(database: &Path, folder: &Path, now: i64) -> Result<Made, BackupError> {
    private_folder(folder)?;
    let file = folder.join(format!("{}.db", name(now)));
    if file.exists() {
        let source = std::io::Error::from(std::io::ErrorKind::AlreadyExists);
        return Err(BackupError::File { path: file, source });
    }
    let part = file.with_extension("part");
    let made = into(database, &part, &file, now);
    if made.is_err() {
        // The message is about the backup; what is left of it may stay when it cannot be removed either.
        let _ = std::fs::remove_file(&part);
        let _ = std::fs::remove_file(Manifest::path(&file));
    }
    made
}

fn into(database: &Path, part: &Path, file: &Path, now: i64) -> Result<Made, BackupError> {
    copy(database, part).map_err(store_error(part))?;
    let contents = check(part).map_err(store_error(part))?;
    let measured = measure(part)?;
    let manifest = Manifest::of(now, contents, measured);
    manifest.write(file)?;
    std::fs::rename(part, file).map_err(file_error(file))?;
    sync_folder(file)?;
    Ok(Made {
        verified: manifest.verified(file, measured.1),
        file: file.to_owned(),
    })
}

/// `sparhund-20261122T085430.120Z`: sorts by time.
pub(super) fn name(now: i64) -> String {
    let time = Timestamp::from_millisecond(now).unwrap_or_default();
    format!("{PREFIX}{}", time.strftime("%Y%m%dT%H%M%S.%3fZ"))
}

/// What the names of backups begin with.
pub(super) const PREFIX: &str = "sparhund-";

fn private_folder(folder: &Path) -> Result<(), BackupError> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder).map_err(file_error(folder))
}

/// Makes the new name durable.
pub(super) fn sync_folder(file: &Path) -> Result<(), BackupError> {
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty());
    let folder = folder.unwrap_or(Path::new("."));
    std::fs::File::open(folder)
        .and_then(|folder| folder.sync_all())
        .map_err(file_error(folder))
}
