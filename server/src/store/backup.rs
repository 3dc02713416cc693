//! Backups as the store knows them.

use sparhund_shared::log::Head;

/// Setting with the random id of the database, made once: its backups and those of its restored lives have it too.
pub const DATABASE_SETTING: &str = "database";
/// Setting with the random id of the database's present life; a restore begins another one.
pub const INCARNATION_SETTING: &str = "incarnation";
/// Setting with the ids of the lives before it, parted by blanks.
pub const ANCESTORS_SETTING: &str = "ancestors";

/// What came of the records that the server itself wrote after a backup, when the backup was restored.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Carried {
    /// The database that was there cannot be asked for them, or there was none.
    NoDatabase,
    /// So many were taken over from the database that was there.
    Records(u64),
    /// None was, and why.
    Lost(String),
}

/// Whether the sites that were shut out after a backup are so in what was restored from it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum ShutOut {
    /// They are, or no site is let in.
    Known,
    /// The database that was there does not tell.
    Unknown {
        /// Names of the sites that are let in.
        let_in: Vec<String>,
        /// Why not.
        why: String,
    },
}

/// What the beginning of another life came to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Begun {
    /// What came of the server's own records.
    pub carried: Carried,
    /// What came of the sites.
    pub shut_out: ShutOut,
}

/// A backup that was opened and checked.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct VerifiedBackup {
    /// When it was begun, Unix milliseconds.
    pub made_at: i64,
    /// Its file, as it was named then.
    pub file: String,
    /// SHA-256 of the file.
    pub sha256: [u8; 32],
    /// Length of the file.
    pub bytes: u64,
    /// Records in it.
    pub records: u64,
    /// Highest record without a hole of each log in it.
    pub heads: Vec<Head>,
    /// The life of the database it was made in, where it says so.
    pub incarnation: Option<String>,
}

/// The newest backup.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LastBackup {
    /// When it was begun, Unix milliseconds.
    pub made_at: i64,
    /// Its file, as it was named then.
    pub file: String,
    /// Length of the file.
    pub bytes: u64,
    /// Records in it.
    pub records: u64,
}
