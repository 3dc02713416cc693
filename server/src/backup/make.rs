//! One backup: copied, checked, described.

use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use uuid::Uuid;

use super::manifest::{Manifest, measure};
use super::{BackupError, file_error, store_error};
use crate::store::sqlite::{check, copy, present};
use crate::store::{StoreError, VerifiedBackup};

/// A backup that was made.
#[derive(Clone, Debug)]
pub struct Made {
    /// The file.
    pub file: PathBuf,
    /// Which database it is of.
    pub database: Uuid,
    /// What the store is to note.
    pub verified: VerifiedBackup,
}

/// Copies a database into a folder, opens the copy, checks all of it, and writes its manifest. The file has its name only
/// when it is checked. What a backup of the same database left that was killed is removed first. `now` is Unix
/// milliseconds. Takes as long as copying and reading the database does.
///
/// # Errors
/// When another backup of it is being made, the database was not written by this version of the program, it cannot be
/// copied, or the copy is damaged; nothing is left behind then.
pub fn make(database: &Path, folder: &Path, now: i64) -> Result<Made, BackupError> {
    let _alone = alone(database)?;
    let id = present(database).map_err(store_error(database))?;
    private_folder(folder)?;
    remove_leftovers(folder, id)?;
    let file = folder.join(format!("{PREFIX}{}-{}.db", stamp(now), short(id)));
    if file.exists() {
        let source = std::io::Error::from(std::io::ErrorKind::AlreadyExists);
        return Err(BackupError::File { path: file, source });
    }
    let part = file.with_extension("part");
    let made = into(database, &part, &file, now);
    if made.is_err() {
        // The message is about the backup; what is left of it may stay when it cannot be removed either.
        let _ = remove_leftovers(folder, id);
    }
    Ok(Made {
        file: file.clone(),
        database: id,
        verified: made?,
    })
}

fn into(database: &Path, part: &Path, file: &Path, now: i64) -> Result<VerifiedBackup, BackupError> {
    copy(database, part).map_err(store_error(part))?;
    let contents = check(part).map_err(|error| match error {
        StoreError::Corrupt(what) | StoreError::Damaged(what) => BackupError::CopyDamaged {
            path: part.to_owned(),
            what,
        },
        error => store_error(part)(error),
    })?;
    let measured = measure(part)?;
    let manifest = Manifest::of(now, contents, measured);
    manifest.write(file)?;
    std::fs::rename(part, file).map_err(file_error(file))?;
    sync_folder(file)?;
    Ok(manifest.verified(file, measured.1))
}

/// Two backups of one database at once would take each other's half copies for leftovers.
fn alone(database: &Path) -> Result<File, BackupError> {
    let path = database.with_file_name("backup.lock");
    if !database.is_file() {
        return Err(file_error(database)(std::io::ErrorKind::NotFound.into()));
    }
    let file = File::options()
        .create(true)
        .truncate(false)
        .write(true)
        .open(&path)
        .map_err(file_error(&path))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(BackupError::Running(database.to_owned())),
        Err(TryLockError::Error(error)) => Err(file_error(&path)(error)),
    }
}

/// `20261122T085430.120Z`: sorts by time.
pub(super) fn stamp(now: i64) -> String {
    let time = Timestamp::from_millisecond(now).unwrap_or_default();
    time.strftime("%Y%m%dT%H%M%S.%3fZ").to_string()
}

/// What the names of backups begin with; the time and the beginning of the database's id follow.
const PREFIX: &str = "sparhund-";

fn short(database: Uuid) -> String {
    let mut id = database.simple().to_string();
    id.truncate(8);
    id
}

/// Half copies and manifests without a backup, of this database.
fn remove_leftovers(folder: &Path, database: Uuid) -> Result<(), BackupError> {
    let own = format!("-{}.", short(database));
    for path in entries(folder)? {
        let name = path
            .file_name()
            .and_then(|name| name.to_str())
            .unwrap_or_default();
        let Some((_, end)) = name.strip_prefix(PREFIX).and_then(|name| name.split_once(&own)) else {
            continue;
        };
        if end.starts_with("part") || end == "json" && !path.with_extension("db").exists() {
            std::fs::remove_file(&path).map_err(file_error(&path))?;
        }
    }
    Ok(())
}

fn entries(folder: &Path) -> Result<Vec<PathBuf>, BackupError> {
    let entries = std::fs::read_dir(folder).map_err(file_error(folder))?;
    Ok(entries.filter_map(|entry| Some(entry.ok()?.path())).collect())
}

/// Backups of a folder with their manifests; what has none that can be read is no backup.
pub(super) fn backups_in(folder: &Path) -> Result<Vec<(PathBuf, Manifest)>, BackupError> {
    let is_backup = |path: &PathBuf| {
        let name = path.file_name().and_then(|name| name.to_str());
        name.is_some_and(|name| name.starts_with(PREFIX)) && path.extension().is_some_and(|end| end == "db")
    };
    let files = entries(folder)?.into_iter().filter(is_backup);
    Ok(files
        .filter_map(|path| Manifest::read(&path).ok().map(|manifest| (path, manifest)))
        .collect())
}

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
    File::open(folder)
        .and_then(|folder| folder.sync_all())
        .map_err(file_error(folder))
}
