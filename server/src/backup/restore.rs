//! A backup becomes the database again.

use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};

use super::make::{name, sync_folder};
use super::manifest::{Manifest, hex, measure};
use super::{BackupError, file_error, store_error};
use crate::ops::{DataDir, private};
use crate::store::VerifiedBackup;
use crate::store::sqlite::check;

/// What was restored.
#[derive(Clone, Debug)]
pub struct Restored {
    /// Where the database that was there before is now.
    pub before: Option<PathBuf>,
    /// The backup, as the restored store is to note it.
    pub verified: VerifiedBackup,
}

/// Puts a backup in the place of the database of a data directory, after comparing it with its manifest and reading all of
/// it. `replace`: a database that is there is put aside. The key of the server's own log is put aside too: records that it
/// wrote after the backup may be known elsewhere, so a restored server begins another log. `now` is Unix milliseconds.
///
/// # Errors
/// When a server serves the directory, the backup is not what it was, or a file cannot be written; the database is the old
/// one then.
pub fn restore(backup: &Path, data: &DataDir, replace: bool, now: i64) -> Result<Restored, BackupError> {
    let dir = data.path();
    data.create().map_err(file_error(dir))?;
    let _lock = lock(data)?;
    let manifest = Manifest::read(backup)?;
    let sha256 = same(backup, &manifest)?;
    let database = data.database();
    if database.exists() && !replace {
        return Err(BackupError::Occupied(dir.display().to_string()));
    }
    let part = dir.join("restore.part");
    match std::fs::remove_file(&part) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(file_error(&part)(error)),
        _ => {}
    }
    copied(backup, &part)?;
    let stamp = name(now);
    // First: the old database without its key begins another log, the restored one with it would fork the old.
    if data.log_key().exists() {
        put_aside(&data.log_key(), &stamp)?;
    }
    let before = if database.exists() {
        Some(put_aside(&database, &stamp)?)
    } else {
        // What SQLite kept beside a database that somebody took away would be played into the restored one.
        put_beside_aside(&database, &stamp)?;
        None
    };
    std::fs::rename(&part, &database).map_err(file_error(&database))?;
    sync_folder(&database)?;
    Ok(Restored {
        before,
        verified: manifest.verified(backup, sha256),
    })
}

/// Compares a backup with its manifest and reads all of it.
fn same(backup: &Path, manifest: &Manifest) -> Result<[u8; 32], BackupError> {
    let differs = |what| BackupError::Differs {
        path: backup.to_owned(),
        what,
    };
    let (bytes, sha256) = measure(backup)?;
    if bytes != manifest.bytes {
        return Err(differs("its length"));
    }
    if hex(sha256) != manifest.sha256 {
        return Err(differs("its SHA-256"));
    }
    let contents = check(backup).map_err(store_error(backup))?;
    if contents.records != manifest.records || contents.heads != manifest.heads {
        return Err(differs("its records"));
    }
    Ok(sha256)
}

fn copied(backup: &Path, part: &Path) -> Result<(), BackupError> {
    let mut from = File::open(backup).map_err(file_error(backup))?;
    let mut to = private(part).map_err(file_error(part))?;
    std::io::copy(&mut from, &mut to)
        .and_then(|_| to.sync_all())
        .map_err(file_error(part))
}

/// `sparhund.db` becomes `sparhund.db.before-…`, with what SQLite keeps beside it.
fn put_aside(file: &Path, stamp: &str) -> Result<PathBuf, BackupError> {
    let aside = put_beside_aside(file, stamp)?;
    std::fs::rename(file, &aside).map_err(file_error(file))?;
    Ok(aside)
}

/// The same with what SQLite keeps beside a file alone; the name that the file itself would get.
fn put_beside_aside(file: &Path, stamp: &str) -> Result<PathBuf, BackupError> {
    let named = |path: &Path, suffix: &str| {
        let mut name = path.as_os_str().to_owned();
        name.push(suffix);
        PathBuf::from(name)
    };
    let aside = named(file, &format!(".before-{stamp}"));
    for suffix in ["-wal", "-shm"] {
        let beside = named(file, suffix);
        if beside.exists() {
            std::fs::rename(&beside, named(&aside, suffix)).map_err(file_error(&beside))?;
        }
    }
    Ok(aside)
}

fn lock(data: &DataDir) -> Result<File, BackupError> {
    let path = data.writer_lock();
    let file = File::options()
        .create(true)
        .truncate(false)
        .write(true)
        .open(&path)
        .map_err(file_error(&path))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(BackupError::InUse(data.path().display().to_string())),
        Err(TryLockError::Error(error)) => Err(file_error(&path)(error)),
    }
}
