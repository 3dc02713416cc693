//! What devices may have been told is covered: by the newest backup, wherever it is heard of.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use sparhund_shared::log::LogId;

use super::BackupError;
use super::manifest::Manifest;
use crate::store::sqlite::{Known, known};

/// What a restore must not forget silently.
#[derive(Debug)]
struct Claim {
    /// File of the newest backup, as it was named when it was made.
    file: String,
    made_at: i64,
    /// Up to which record of each log devices may have forgotten.
    covered: Vec<(LogId, u64)>,
}

impl Claim {
    /// Of the database that is to be replaced. It counts what devices were told, not the clock alone.
    fn of_database(known: Known) -> Option<Self> {
        let newest = known.newest?;
        Some(Self {
            file: newest.file,
            made_at: newest.made_at,
            covered: known.covered,
        })
    }

    fn of_backup(path: &Path, manifest: &Manifest) -> Self {
        let covered = manifest.heads.iter().map(|head| (head.log, head.seq)).collect();
        Self {
            file: path.display().to_string(),
            made_at: manifest.made_at,
            covered,
        }
    }

    /// Refuses a backup that is older, or that holds less of a log.
    fn refuse(self, backup: &Path, manifest: &Manifest) -> Result<(), BackupError> {
        let held: BTreeMap<LogId, u64> = manifest.heads.iter().map(|head| (head.log, head.seq)).collect();
        let lacks = |(log, seq): &(LogId, u64)| seq.saturating_sub(held.get(log).copied().unwrap_or(0));
        let lost: Vec<u64> = self.covered.iter().map(lacks).filter(|lost| *lost > 0).collect();
        if lost.is_empty() && manifest.made_at >= self.made_at {
            return Ok(());
        }
        Err(BackupError::Older {
            path: backup.to_owned(),
            newest: self.file,
            made_at: Timestamp::from_millisecond(self.made_at).unwrap_or_default(),
            records: lost.iter().sum(),
            logs: lost.len(),
        })
    }
}

/// Looks at the database that is there, if it can be read; says why when it cannot.
///
/// # Errors
/// [`BackupError::Older`] and [`BackupError::OtherServer`], where these are not agreed to.
pub(super) fn compare_with_database(
    database: &Path,
    backup: &Path,
    manifest: &Manifest,
    (older, other): (bool, bool),
) -> Result<Option<String>, BackupError> {
    let known = match known(database) {
        Ok(known) => known,
        // That may be why it is replaced.
        Err(error) => return Ok(Some(error.to_string())),
    };
    if let (Some(there), Some(theirs)) = (known.database, manifest.database)
        && there != theirs
    {
        // What one server told its devices says nothing of the other's backups.
        return if other {
            Ok(None)
        } else {
            Err(BackupError::OtherServer(backup.to_owned()))
        };
    }
    match Claim::of_database(known) {
        Some(claim) if !older => claim.refuse(backup, manifest)?,
        _ => {}
    }
    Ok(None)
}

/// Looks at the backups of the same database in the same folder: where the database is gone, they alone know.
///
/// # Errors
/// [`BackupError::Older`] when there is a newer one.
pub(super) fn compare_with_siblings(backup: &Path, manifest: &Manifest) -> Result<(), BackupError> {
    for (path, sibling) in backups_beside(backup) {
        if sibling.database.is_some()
            && sibling.database == manifest.database
            && sibling.made_at > manifest.made_at
        {
            Claim::of_backup(&path, &sibling).refuse(backup, manifest)?;
        }
    }
    Ok(())
}

fn backups_beside(backup: &Path) -> Vec<(PathBuf, Manifest)> {
    let folder = backup.parent().filter(|folder| !folder.as_os_str().is_empty());
    // A folder that cannot be listed, and what is no backup, claims nothing.
    super::make::backups_in(folder.unwrap_or(Path::new("."))).unwrap_or_default()
}
