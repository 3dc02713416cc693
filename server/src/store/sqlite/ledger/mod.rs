//! The writer's side of the database: the connection and what it remembers between records.
//!
//! [`append`](self::append) takes a batch, [`claim`](self::claim) decides which record of an event counts,
//! [`movement`](self::movement) books goods; the other files keep one table each. What an event *means* is decided
//! by the folds of `shared`; here it is only written down.

mod actor;
mod append;
mod claim;
mod deviation;
mod dictionary;
mod feed;
mod hold;
mod log_state;
mod movement;
mod order;
mod place_stock;
mod progress;
mod rebuild;
mod telling;
mod unit;

use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use rusqlite::{Connection, Params, Row};
use sparhund_shared::event::{ArticleNo, OrderNo, Product};
use sparhund_shared::identity::{PlaceCode, UdiDi};
use sparhund_shared::log::{EventId, LogId, UserId};
use sparhund_shared::reference::Role;

pub(super) use self::order::fed_since;

use self::hold::HoldBook;
use self::log_state::LogEntry;
use self::movement::EventRow;
use self::order::Shelves;
use self::progress::{PackedSteps, Steps};
use self::unit::Units;
use crate::store::Result;
use crate::store::sqlite::damage::Damage;
use crate::store::sqlite::sql;

/// Units, lots and labels remembered before the memory is emptied.
const REMEMBERED: usize = 60_000;

/// The connection that writes, with its memory. After a rollback the memory is read anew.
pub(super) struct Ledger {
    pub(super) conn: Connection,
    pub(super) memory: Memory,
    /// What the readers share with the writer.
    pub(super) damage: Arc<Damage>,
    /// Changes when another connection commits.
    version: i64,
}

/// What the ledger knows without asking the database.
#[derive(Default)]
pub(super) struct Memory {
    pub(super) logs: HashMap<LogId, LogEntry>,
    /// Numbers of the logs that devices write.
    pub(super) devices: HashSet<i64>,
    /// Logs of devices that may not sync any more.
    silenced: HashSet<LogId>,
    /// Whether anything in quarantine was ever rejected.
    pub(super) rejects: bool,
    /// Roles of everybody who may sign in.
    rights: HashMap<UserId, Vec<Role>>,
    places: HashMap<PlaceCode, i64>,
    users: HashMap<UserId, i64>,
    scanners: HashMap<String, i64>,
    units: Units,
    /// Units with an open deviation.
    flagged: HashSet<i64>,
    /// Products of which some was taken without its lot.
    pooled: HashSet<Product>,
    /// Voided events that have not come.
    ahead: HashSet<EventId>,
    holds: HoldBook,
    catalogue: HashMap<UdiDi, Option<(ArticleNo, u32)>>,
    /// Worst clock offset of each log whose clock is off.
    skews: HashMap<LogId, i64>,
    labels: HashSet<(UdiDi, UdiDi)>,
    pub(super) shelves: Shelves,
    /// Orders that wait for goods, by article.
    waiting: HashMap<ArticleNo, BTreeSet<OrderNo>>,
    /// Orders that are marked to be worked out anew.
    marked: HashSet<OrderNo>,
    /// Places that are marked to be told anew.
    marked_places: HashSet<i64>,
    pending: Pending,
    /// Server clock of the batch or change in work, Unix milliseconds.
    pub(super) now: i64,
    /// Projections are being made anew beside the kept ones.
    rebuilding: bool,
}

/// What is written once at the end of a transaction, sorted.
#[derive(Default)]
struct Pending {
    events: Vec<EventRow>,
    steps: Steps,
    packed: PackedSteps,
    orders: BTreeSet<OrderNo>,
    places: BTreeSet<i64>,
    logs: Vec<LogId>,
}

impl Ledger {
    /// Takes over a migrated connection.
    pub(super) fn new(conn: Connection) -> Result<Self> {
        let mut ledger = Self {
            conn,
            memory: Memory::default(),
            damage: Arc::default(),
            version: -1,
        };
        ledger.remember()?;
        Ok(ledger)
    }

    /// Runs `work` in one durable transaction; all of it or nothing.
    pub(super) fn transact<T>(&mut self, work: impl FnOnce(&mut Self) -> Result<T>) -> Result<T> {
        self.damage.refuse()?;
        let begun = self
            .conn
            .execute_batch("BEGIN IMMEDIATE")
            .map_err(crate::store::StoreError::from);
        let worked = begun
            .and_then(|()| self.notice_others())
            .and_then(|()| work(self));
        let done = worked.and_then(|answer| {
            self.flush()?;
            self.conn.execute_batch("COMMIT")?;
            Ok(answer)
        });
        self.damage.notice(&done);
        if done.is_err() {
            self.undo();
        } else {
            self.forget_some();
        }
        done
    }

    /// After a failure: nothing of the transaction stays, on the disk or in memory. Whoever asked hears why it failed, not what went
    /// wrong here.
    fn undo(&mut self) {
        if !self.conn.is_autocommit()
            && let Err(error) = self.conn.execute_batch("ROLLBACK")
        {
            tracing::error!(error = %error, "a transaction could not be undone");
        }
        // Statements may have been prepared for tables that the rollback took away.
        self.conn.flush_prepared_statement_cache();
        if let Err(error) = self.remember() {
            tracing::error!(error = %error, "what the writer knows could not be read anew; the next change tries again");
            self.version = -1;
        }
    }

    /// Another program (an import, a rebuild) may have written meanwhile; then nothing remembered holds.
    fn notice_others(&mut self) -> Result<()> {
        let version = self
            .row(sql!("schema/data_version"), [], |row| row.get(0))?
            .unwrap_or(0);
        if version != self.version {
            self.version = version;
            self.remember()?;
        }
        Ok(())
    }

    /// Writes everything that waits.
    fn flush(&mut self) -> Result<()> {
        self.flush_events()?;
        self.flush_units()?;
        self.flush_steps()?;
        self.flush_logs()?;
        self.flush_marks()?;
        self.flush_orders()
    }

    /// Reads anew what must be known beforehand.
    fn remember(&mut self) -> Result<()> {
        self.memory = Memory {
            rebuilding: self.memory.rebuilding,
            ..Memory::default()
        };
        self.remember_logs()?;
        self.remember_silenced()?;
        self.remember_rejects()?;
        self.remember_rights()?;
        self.remember_dictionaries()?;
        self.remember_units()?;
        self.remember_voids()?;
        self.remember_holds()?;
        self.remember_places()?;
        self.remember_marks()?;
        self.remember_orders()
    }

    /// Keeps the memory bounded; only between transactions, when nothing waits to be written.
    fn forget_some(&mut self) {
        self.memory.units.forget_beyond(REMEMBERED);
        if self.memory.catalogue.len() > REMEMBERED {
            self.memory.catalogue.clear();
        }
        if self.memory.labels.len() > REMEMBERED {
            self.memory.labels.clear();
        }
    }

    /// Runs one statement; the number of rows it changed.
    pub(super) fn run(&self, sql: &str, params: impl Params) -> Result<usize> {
        Ok(self.conn.prepare_cached(sql)?.execute(params)?)
    }

    /// All rows of a statement.
    pub(super) fn rows<T>(
        &self,
        sql: &str,
        params: impl Params,
        read: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Vec<T>> {
        rows(&self.conn, sql, params, read)
    }

    /// The first row of a statement.
    pub(super) fn row<T>(
        &self,
        sql: &str,
        params: impl Params,
        read: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Option<T>> {
        row(&self.conn, sql, params, read)
    }
}

/// All rows of a statement.
pub(super) fn rows<T>(
    conn: &Connection,
    sql: &str,
    params: impl Params,
    mut read: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
) -> Result<Vec<T>> {
    let mut statement = conn.prepare_cached(sql)?;
    let mut cursor = statement.query(params)?;
    let mut found = Vec::new();
    while let Some(row) = cursor.next()? {
        found.push(read(row)?);
    }
    Ok(found)
}

/// The first row of a statement.
pub(super) fn row<T>(
    conn: &Connection,
    sql: &str,
    params: impl Params,
    mut read: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
) -> Result<Option<T>> {
    let mut statement = conn.prepare_cached(sql)?;
    let mut cursor = statement.query(params)?;
    Ok(cursor.next()?.map(&mut read).transpose()?)
}
