//! Backups by the clock, the oldest of which go.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use uuid::Uuid;

use super::make::{Made, backups_in, make};
use super::manifest::Manifest;
use super::{BackupError, file_error};
use crate::ops::now_ms;
use crate::store::Store;

/// Tries again after a backup that failed, however long the usual pause is.
const AGAIN: Duration = Duration::from_mins(10);

/// When, where to, and how many.
#[derive(Clone, Debug)]
pub struct Schedule {
    /// The database.
    pub database: PathBuf,
    /// Folder of the backups.
    pub folder: PathBuf,
    /// Pause between two.
    pub every: Duration,
    /// How many stay, the newest; at least 1.
    pub keep: usize,
}

/// Makes a backup whenever one is due, as long as the server runs.
pub async fn keep_backing_up(schedule: Schedule, store: Arc<dyn Store>) {
    let mut unnoted = None;
    loop {
        let pause = match due(&schedule, store.as_ref()).await {
            Some(pause) => pause,
            None => match back_up(&schedule, store.as_ref(), &mut unnoted).await {
                // What is noted may have been made long ago. The clock may have been set back: never two without a pause.
                Ok(()) => due(&schedule, store.as_ref()).await.unwrap_or(schedule.every),
                Err(error) => {
                    metrics::counter!("sparhund_backup_failed").increment(1);
                    tracing::error!(error.message = %error, "no backup could be made; devices keep their records");
                    AGAIN.min(schedule.every)
                }
            },
        };
        tokio::time::sleep(pause).await;
    }
}

/// How long until the next backup; `None` = now. A server that starts anew does not begin to count anew.
async fn due(schedule: &Schedule, store: &dyn Store) -> Option<Duration> {
    let last = match store.last_backup().await {
        Ok(last) => last?,
        Err(error) => {
            tracing::error!(error.message = %error, "when the last backup was made cannot be read");
            return Some(AGAIN.min(schedule.every));
        }
    };
    // A clock that was set back must not put backups off.
    let age = u64::try_from(now_ms() - last.made_at).ok()?;
    schedule
        .every
        .checked_sub(Duration::from_millis(age))
        .filter(|left| !left.is_zero())
}

/// Makes one backup, notes it, and removes those that are too many. One that was made and could not be noted is noted before
/// another is made, or each try would leave a whole copy; not one that another was due after.
async fn back_up(
    schedule: &Schedule,
    store: &dyn Store,
    unnoted: &mut Option<Made>,
) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
    let is_fresh = |made: &Made| {
        let age = u64::try_from(now_ms() - made.verified.made_at).map(Duration::from_millis);
        made.file.exists() && age.is_ok_and(|age| age < schedule.every)
    };
    let made = if let Some(made) = unnoted.take().filter(is_fresh) {
        made
    } else {
        let (database, folder) = (schedule.database.clone(), schedule.folder.clone());
        tokio::task::spawn_blocking(move || make(&database, &folder, now_ms())).await??
    };
    let (file, records) = (made.file.display().to_string(), made.verified.records);
    if let Err(error) = store.note_backup(made.verified.clone()).await {
        *unnoted = Some(made);
        return Err(error.into());
    }
    metrics::counter!("sparhund_backup_made").increment(1);
    tracing::info!(file, records, "backup made and verified");
    let (folder, keep) = (schedule.folder.clone(), schedule.keep);
    let removed =
        tokio::task::spawn_blocking(move || remove_oldest(&folder, &made.file, made.database, keep)).await?;
    if let Err(error) = removed {
        tracing::warn!(error.message = %error, "old backups could not be removed");
    }
    Ok(())
}

/// Removes all but the newest backups of a database, and nothing else in the folder: others may keep theirs there. The
/// one just made stays, whatever its name says: the clock may have been set back.
fn remove_oldest(folder: &Path, made: &Path, database: Uuid, keep: usize) -> Result<(), BackupError> {
    let mut backups: Vec<PathBuf> = backups_in(folder)?
        .into_iter()
        .filter(|(_, manifest)| manifest.database == Some(database))
        .map(|(path, _)| path)
        .collect();
    // Their names tell the time.
    backups.sort();
    let many = backups.len().saturating_sub(keep.max(1));
    for backup in backups.iter().filter(|backup| *backup != made).take(many) {
        // The manifest last: what has none is no backup.
        for path in [backup.clone(), Manifest::path(backup)] {
            std::fs::remove_file(&path).map_err(file_error(&path))?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::sqlite::Contents;

    #[test]
    fn only_the_oldest_own_backups_go_and_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        let (own, other) = (Uuid::from_u128(1), Uuid::from_u128(2));
        let put = |name: &str, database: Option<Uuid>| {
            let file = folder.path().join(name);
            std::fs::write(&file, b"x").unwrap();
            let contents = Contents {
                schema: 10,
                database,
                incarnation: None,
                ancestors: Vec::new(),
                records: 0,
                heads: Vec::new(),
            };
            Manifest::of(0, contents, (1, [0; 32])).write(&file).unwrap();
        };
        for day in 1..=4 {
            put(
                &format!("sparhund-2026110{day}T030000.000Z-00000000.db"),
                Some(own),
            );
            put(
                &format!("sparhund-2026110{day}T040000.000Z-00000000.db"),
                Some(other),
            );
        }
        put("sparhund-20260901T030000.000Z.db", None);
        std::fs::write(folder.path().join("sparhund-20261001T030000.000Z.db"), b"x").unwrap();
        // Named by a clock that was set back since, and made just now.
        let made = folder.path().join("sparhund-20261101T030000.000Z-00000000.db");
        remove_oldest(folder.path(), &made, own, 3).unwrap();
        let there = |name: &str| folder.path().join(name).exists();
        assert!(!there("sparhund-20261102T030000.000Z-00000000.db"));
        assert!(!there("sparhund-20261102T030000.000Z-00000000.json"));
        for day in [1, 3, 4] {
            assert!(there(&format!("sparhund-2026110{day}T030000.000Z-00000000.db")));
            assert!(there(&format!("sparhund-2026110{day}T030000.000Z-00000000.json")));
        }
        for day in 1..=4 {
            assert!(
                there(&format!("sparhund-2026110{day}T040000.000Z-00000000.db")),
                "of another"
            );
        }
        assert!(
            there("sparhund-20260901T030000.000Z.db"),
            "whose it is nobody knows"
        );
        assert!(there("sparhund-20261001T030000.000Z.db"), "no backup");
    }
}
