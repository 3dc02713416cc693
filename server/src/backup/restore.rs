//! A backup becomes the database again.

use std::fs::File;
use std::path::{Path, PathBuf};

use super::claim::{Replaced, compare_with_database, compare_with_siblings};
use super::make::stamp;
use super::manifest::{Manifest, hex, measure};
use super::swap::{self, Marker};
use super::{BackupError, file_error, store_error};
use crate::ops::{DataDir, UseLock, WriterLock, private};
use crate::store::sqlite::{begin_life, check};
use crate::store::{Begun, Carried, ShutOut, StoreError, VerifiedBackup};

/// What whoever restores agrees to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Consent {
    /// The database that is there is put aside.
    Replace,
    /// The backup is older than the newest one: devices may have forgotten what came between.
    Older,
    /// The backup is of another server's database.
    OtherServer,
    /// The key of the tokens is put aside: every device must be enrolled anew, every person sign in anew at once.
    NewTokens,
}

/// What was restored.
#[derive(Clone, Debug)]
pub struct Restored {
    /// Where the database that was there before is now.
    pub before: Option<PathBuf>,
    /// The backup, as the restored store has noted it.
    pub verified: VerifiedBackup,
    /// Why the database that was there could not be asked for its newest backup.
    pub unread: Option<String>,
    /// What came of the records that the server itself had written after the backup: holds, and goods booked at the console.
    pub carried: Carried,
    /// Whether the sites that were shut out after the backup stay so.
    pub shut_out: ShutOut,
    /// The key of the devices' tokens is not there: every device must be enrolled anew before it brings anything.
    pub without_token_key: bool,
}

/// Puts a backup in the place of the database of a data directory. Devices bring their records again; those that the server itself
/// wrote after the backup nobody else has, so they are taken over from the database that is replaced, if it can be read. What is compared with its manifest and read to the
/// last record is the copy that becomes the database. In it nobody is signed in, no enrolment code is open, and the
/// backup is noted. The key of the server's own log is put aside: records that it wrote after the backup may be known
/// elsewhere, so a restored server begins another log. `now` is Unix milliseconds.
///
/// Cut short at any point, the directory holds the old database, or a restore that the next command completes.
///
/// # Errors
/// When a server serves the directory, the backup is not what it was, something is not agreed to, or a file cannot be
/// written; the database is the old one then, unless the error came while files were renamed: then the next command
/// completes the restore.
pub fn restore(
    backup: &Path,
    data: &DataDir,
    consents: &[Consent],
    now: i64,
) -> Result<Restored, BackupError> {
    let dir = data.path();
    data.create().map_err(file_error(dir))?;
    let lock = WriterLock::take(data)?;
    let _alone = UseLock::alone(&data.database())?;
    swap::complete(data, &lock)?;
    let manifest = Manifest::read(backup)?;
    let agrees = |consent| consents.contains(&consent);
    let mut replaced = None;
    if data.database().exists() {
        if !agrees(Consent::Replace) {
            return Err(BackupError::Occupied(dir.display().to_string()));
        }
        let may = (agrees(Consent::Older), agrees(Consent::OtherServer));
        replaced = Some(compare_with_database(&data.database(), backup, &manifest, may)?);
    }
    if !agrees(Consent::Older) {
        compare_with_siblings(backup, &manifest)?;
    }
    swap::clear(data)?;
    let old = data.database();
    let old = (replaced == Some(Replaced::Same)).then_some(old.as_path());
    let (verified, begun) = match prepared(backup, &manifest, &swap::part(data), old, now) {
        Ok(prepared) => prepared,
        Err(error) => {
            // The message is about the backup; what is left of its copy is cleared before the next one, too.
            let _ = swap::clear(data);
            return Err(error);
        }
    };
    let said = Marker {
        stamp: stamp(now),
        new_tokens: agrees(Consent::NewTokens),
    };
    swap::begin(data, &said)?;
    Ok(Restored {
        before: swap::complete(data, &lock)?,
        verified,
        unread: match replaced {
            Some(Replaced::Unread(why)) => Some(why),
            _ => None,
        },
        carried: begun.carried,
        shut_out: begun.shut_out,
        // Who had it put aside knows.
        without_token_key: !agrees(Consent::NewTokens) && !data.token_key().exists(),
    })
}

/// The copy that becomes the database, checked and durable, with what the server itself wrote since.
fn prepared(
    backup: &Path,
    manifest: &Manifest,
    part: &Path,
    old: Option<&Path>,
    now: i64,
) -> Result<(VerifiedBackup, Begun), BackupError> {
    copied(backup, part)?;
    let verified = manifest.verified(backup, same(part, backup, manifest)?);
    let begun = begin_life(part, &verified, old, now).map_err(store_error(part))?;
    File::open(part)
        .and_then(|part| part.sync_all())
        .map_err(file_error(part))?;
    Ok((verified, begun))
}

/// Compares a copy with the manifest of its backup and reads all of it.
fn same(copy: &Path, backup: &Path, manifest: &Manifest) -> Result<[u8; 32], BackupError> {
    let differs = |what| BackupError::Differs {
        path: backup.to_owned(),
        what,
    };
    let (bytes, sha256) = measure(copy)?;
    if bytes != manifest.bytes {
        return Err(differs("its length"));
    }
    if hex(sha256) != manifest.sha256 {
        return Err(differs("its SHA-256"));
    }
    let contents = check(copy).map_err(|error| match error {
        // A newer program's is sound.
        error @ StoreError::Conflict(_) => store_error(backup)(error),
        error => BackupError::Unsound {
            path: backup.to_owned(),
            what: error.to_string(),
        },
    })?;
    if contents.records != manifest.records || contents.heads != manifest.heads {
        return Err(differs("its records"));
    }
    if manifest.database.is_some() && contents.database != manifest.database {
        return Err(differs("whose database it is"));
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
