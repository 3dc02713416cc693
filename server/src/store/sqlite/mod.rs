//! SQLite: one thread writes, a pool of connections reads, one `.sql` file a statement.
//!
//! `docs/decisions` says why; `migrations/` holds the tables. A batch's way: [`entry`] makes it ready on the caller's
//! thread, [`writer`] groups it with others into one commit, [`ledger`] writes it down.

mod as_store;
mod aside;
mod carry;
mod change;
mod codes;
mod connection;
mod copy;
mod damage;
mod entry;
mod islands;
mod ledger;
mod life;
mod migrate;
mod read;
mod readers;
mod writer;

pub(crate) use self::connection::RESTORE_MARKER;
pub use self::copy::{Contents, check, copy};
pub use self::life::{Known, begin_life, known, note_beside, present};

use std::collections::HashMap;
use std::path::Path;
use std::sync::{Arc, RwLock};

use sparhund_shared::log::{LogId, PublicKey};

use self::aside::Aside;
use self::ledger::Ledger;
use self::readers::Readers;
use self::writer::Writer;
use super::{Result, StoreError};
use crate::ops::{UseLock, now_ms};

/// The text of a statement, from its file.
macro_rules! sql {
    ($name:literal) => {
        include_str!(concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/src/store/sqlite/sql/",
            $name,
            ".sql"
        ))
    };
}
use sql;

/// Records that may wait for the writer: about half a second of work.
const QUEUE: usize = 20_000;

/// The embedded store.
pub struct SqliteStore {
    // Let go of first: whoever closes the database last clears its journal away, and must be able to write.
    readers: Arc<Readers>,
    writer: Writer,
    /// No restore puts another database in this one's place as long as it is open.
    _used: Option<UseLock>,
    aside: Aside,
    /// Keys of logs as read; a log never changes its key.
    keys: RwLock<HashMap<LogId, PublicKey>>,
}

impl SqliteStore {
    /// Opens or creates a database file and brings it to the newest version.
    pub fn open(path: impl AsRef<Path>) -> Result<Self> {
        Self::open_with_queue(path, QUEUE)
    }

    /// Same, with another bound on the records that may wait for the writer.
    pub fn open_with_queue(path: impl AsRef<Path>, most_waiting: usize) -> Result<Self> {
        let path = path.as_ref();
        let used = UseLock::share(path).map_err(|error| StoreError::Conflict(error.to_string()))?;
        let mut conn = connection::open_writer(path)?;
        migrate::migrate(&mut conn)?;
        let mut ledger = Ledger::new(conn)?;
        ledger.project_as_now(now_ms())?;
        ledger.know_rows()?;
        let readers = Readers::new(path.to_owned(), Arc::clone(&ledger.damage));
        let writer = Writer::start(ledger, most_waiting)?;
        Ok(Self {
            readers,
            writer,
            _used: used,
            aside: Aside::default(),
            keys: RwLock::default(),
        })
    }

    /// Resolves when the writer has ended: after the store was dropped, or when a defect ended it. A server that
    /// only reads is of no use; its process should end and be started anew.
    pub fn writer_ended(&self) -> impl Future<Output = ()> + Send + 'static {
        self.writer.ended()
    }
}
