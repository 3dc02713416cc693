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

    /// Refuses a backup that holds less of a log, or that is older where the logs do not tell.
    fn refuse(self, backup: &Path, manifest: &Manifest) -> Result<(), BackupError> {
        let held: BTreeMap<LogId, u64> = manifest.heads.iter().map(|head| (head.log, head.seq)).collect();
        let lacks = |(log, seq): &(LogId, u64)| seq.saturating_sub(held.get(log).copied().unwrap_or(0));
        let lost: Vec<u64> = self.covered.iter().map(lacks).filter(|lost| *lost > 0).collect();
        let covered: BTreeMap<LogId, u64> = self.covered.iter().copied().collect();
        let holds_more = held
            .iter()
            .any(|(log, seq)| covered.get(log).is_none_or(|covered| seq > covered));
        // A clock that was wrong may say anything; what it is asked for is only the rest: people, articles, orders.
        if lost.is_empty() && (holds_more || manifest.made_at >= self.made_at) {
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

/// What stands in the place of the database to come.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Replaced {
    /// The same one.
    Same,
    /// Another server's.
    Other,
    /// It cannot be read, and why.
    Unread(String),
}

/// Looks at the database that is there, if it can be read.
///
/// # Errors
/// [`BackupError::Older`] and [`BackupError::OtherServer`], where these are not agreed to.
pub(super) fn compare_with_database(
    database: &Path,
    backup: &Path,
    manifest: &Manifest,
    (older, other): (bool, bool),
) -> Result<Replaced, BackupError> {
    let known = match known(database) {
        Ok(known) => known,
        // That may be why it is replaced.
        Err(error) => return Ok(Replaced::Unread(error.to_string())),
    };
    if let (Some(there), Some(theirs)) = (known.database, manifest.database)
        && there != theirs
    {
        // What one server told its devices says nothing of the other's backups.
        return if other {
            Ok(Replaced::Other)
        } else {
            Err(BackupError::OtherServer(backup.to_owned()))
        };
    }
    match Claim::of_database(known) {
        Some(claim) if !older => claim.refuse(backup, manifest)?,
        _ => {}
    }
    Ok(Replaced::Same)
}

/// Looks at the backups of the same database in the same folder: where the database is gone, they alone know.
///
/// # Errors
/// [`BackupError::Older`] when there is a newer one.
pub(super) fn compare_with_siblings(backup: &Path, manifest: &Manifest) -> Result<(), BackupError> {
    for (path, sibling) in backups_beside(backup) {
        if sibling.database.is_some()
            && sibling.database == manifest.database
            && !ended(sibling.incarnation.as_ref(), manifest)
        {
            Claim::of_backup(&path, &sibling).refuse(backup, manifest)?;
        }
    }
    Ok(())
}

/// Whether a life ended before the one that a backup was made in: what it had told was weighed when that was restored.
fn ended(life: Option<&String>, manifest: &Manifest) -> bool {
    life.is_some_and(|life| manifest.ancestors.contains(life))
}

fn backups_beside(backup: &Path) -> Vec<(PathBuf, Manifest)> {
    let folder = backup.parent().filter(|folder| !folder.as_os_str().is_empty());
    // A folder that cannot be listed, and what is no backup, claims nothing.
    super::make::backups_in(folder.unwrap_or(Path::new("."))).unwrap_or_default()
}
