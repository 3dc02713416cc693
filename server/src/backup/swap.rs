//! One database takes the place of another. Several files change their names, so a marker says that it was begun: whoever
//! comes next completes it, and nobody opens what is half done.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::make::sync_folder;
use super::{BackupError, file_error};
use crate::ops::{DataDir, WriterLock, private};
use crate::store::sqlite::RESTORE_MARKER;

/// What SQLite keeps beside a database; played into another one it would spoil it.
const BESIDE: [&str; 3] = ["-wal", "-shm", "-journal"];

/// What the marker says: enough to go on from anywhere.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub(super) struct Marker {
    /// What the names of files that are put aside end with.
    pub(super) stamp: String,
    /// The key of the tokens is put aside too.
    pub(super) new_tokens: bool,
}

/// The database to come, until it is in its place.
pub(super) fn part(data: &DataDir) -> PathBuf {
    data.path().join("restore.part")
}

fn marker(data: &DataDir) -> PathBuf {
    data.path().join(RESTORE_MARKER)
}

fn named(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}

fn remove(path: &Path) -> Result<(), BackupError> {
    match std::fs::remove_file(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(file_error(path)(error)),
        _ => Ok(()),
    }
}

/// Removes what a restore left that was never begun.
pub(super) fn clear(data: &DataDir) -> Result<(), BackupError> {
    let part = part(data);
    for beside in BESIDE {
        remove(&named(&part, beside))?;
    }
    remove(&part)?;
    remove(&named(&marker(data), ".part"))
}

/// From here on the restore happens, whatever happens: the database to come must be whole and durable.
pub(super) fn begin(data: &DataDir, said: &Marker) -> Result<(), BackupError> {
    let (path, begun) = (marker(data), named(&marker(data), ".part"));
    let mut file = private(&begun).map_err(file_error(&begun))?;
    serde_json::to_writer(&mut file, said)
        .map_err(std::io::Error::from)
        .and_then(|()| file.flush())
        .and_then(|()| file.sync_all())
        .map_err(file_error(&begun))?;
    std::fs::rename(&begun, &path).map_err(file_error(&path))?;
    sync_folder(&path)
}

/// The renames that are left to do, in order; each may be the last that is done before the power goes.
fn left(data: &DataDir, said: &Marker) -> Vec<(PathBuf, PathBuf)> {
    let (part, database) = (part(data), data.database());
    if !part.exists() {
        return Vec::new();
    }
    let aside = |file: &Path| named(file, &format!(".before-{}", said.stamp));
    // The old database without its key begins another log; the restored one with it would fork the old.
    let mut renames = vec![(data.log_key(), aside(&data.log_key()))];
    if said.new_tokens {
        renames.push((data.token_key(), aside(&data.token_key())));
    }
    renames.extend(BESIDE.map(|beside| (named(&database, beside), named(&aside(&database), beside))));
    renames.push((database.clone(), aside(&database)));
    renames.retain(|(from, _)| from.exists());
    renames.push((part, database));
    renames
}

/// Does what is left of a restore that was begun, if one was; where the database from before is then.
///
/// # Errors
/// When a file cannot be renamed. Then the marker stays, no database is opened, and the next try goes on.
pub fn complete(data: &DataDir, _held: &WriterLock) -> Result<Option<PathBuf>, BackupError> {
    let path = marker(data);
    if !path.exists() {
        return Ok(None);
    }
    let text = std::fs::read(&path).map_err(file_error(&path))?;
    let said: Marker = serde_json::from_slice(&text).map_err(|error| file_error(&path)(error.into()))?;
    for (from, to) in left(data, &said) {
        std::fs::rename(&from, &to).map_err(file_error(&from))?;
        sync_folder(&to)?;
    }
    let database = data.database();
    if !database.exists() {
        return Err(file_error(&database)(std::io::ErrorKind::NotFound.into()));
    }
    remove(&path)?;
    sync_folder(&path)?;
    let before = named(&database, &format!(".before-{}", said.stamp));
    Ok(before.exists().then_some(before))
}

/// Completes a restore that was interrupted in a data directory that no process serves; does nothing where there is none.
///
/// # Errors
/// When a server serves the directory, or a file cannot be renamed.
pub fn complete_interrupted(data: &DataDir) -> Result<(), BackupError> {
    if marker(data).exists() {
        complete(data, &WriterLock::take(data)?)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::sqlite::SqliteStore;

    fn said() -> Marker {
        Marker {
            stamp: "then".to_owned(),
            new_tokens: true,
        }
    }

    /// An old database with everything beside it, and one to come.
    fn old_and_new(dir: &Path) -> DataDir {
        let data = DataDir::new(dir);
        for (file, text) in [
            ("sparhund.db", "old"),
            ("sparhund.db-wal", "old wal"),
            ("sparhund.db-shm", "old shm"),
            ("log.key", "old log"),
            ("token.key", "old token"),
            ("restore.part", "new"),
        ] {
            std::fs::write(dir.join(file), text).unwrap();
        }
        data
    }

    fn text(dir: &Path, file: &str) -> String {
        std::fs::read_to_string(dir.join(file)).unwrap_or_default()
    }

    #[test]
    fn a_restore_that_was_cut_anywhere_is_completed_and_never_half_opened() {
        for done in 0..=6 {
            let folder = tempfile::tempdir().unwrap();
            let dir = folder.path();
            let data = old_and_new(dir);
            begin(&data, &said()).unwrap();
            let renames = left(&data, &said());
            assert_eq!(renames.len(), 6);
            for (from, to) in &renames[..done] {
                std::fs::rename(from, to).unwrap();
            }
            let refusal = SqliteStore::open(data.database()).err().unwrap().to_string();
            assert!(refusal.contains("interrupted"), "after {done}: {refusal}");
            complete_interrupted(&data).unwrap();
            assert_eq!(text(dir, "sparhund.db"), "new", "after {done}");
            for (aside, was) in [
                ("sparhund.db.before-then", "old"),
                ("sparhund.db.before-then-wal", "old wal"),
                ("log.key.before-then", "old log"),
                ("token.key.before-then", "old token"),
            ] {
                assert_eq!(text(dir, aside), was, "{aside} after {done}");
            }
            for gone in [
                "sparhund.db-wal",
                "sparhund.db-shm",
                "log.key",
                "token.key",
                "restore.part",
                RESTORE_MARKER,
            ] {
                assert!(!dir.join(gone).exists(), "{gone} after {done}");
            }
            complete_interrupted(&data).unwrap();
            assert_eq!(text(dir, "sparhund.db"), "new", "once more does nothing");
        }
    }

    #[test]
    fn before_the_marker_the_old_one_is_there_and_what_was_begun_goes() {
        let folder = tempfile::tempdir().unwrap();
        let data = old_and_new(folder.path());
        std::fs::write(folder.path().join("restore.part-journal"), "of another restore").unwrap();
        std::fs::write(folder.path().join("restore.ready.part"), "{").unwrap();
        complete_interrupted(&data).unwrap();
        assert_eq!(text(folder.path(), "sparhund.db"), "old");
        clear(&data).unwrap();
        for gone in ["restore.part", "restore.part-journal", "restore.ready.part"] {
            assert!(!folder.path().join(gone).exists(), "{gone}");
        }
        begin(&data, &said()).unwrap();
        assert!(
            complete_interrupted(&data).is_ok(),
            "nothing to come: the old one stays"
        );
        assert_eq!(text(folder.path(), "sparhund.db"), "old");
    }

    #[test]
    fn whoever_serves_is_not_disturbed() {
        let folder = tempfile::tempdir().unwrap();
        let data = old_and_new(folder.path());
        let _serving = WriterLock::take(&data).unwrap();
        begin(&data, &said()).unwrap();
        assert!(matches!(complete_interrupted(&data), Err(BackupError::Lock(_))));
        assert_eq!(text(folder.path(), "sparhund.db"), "old");
    }
}
