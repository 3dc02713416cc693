//! One device: enrolled, loaded with a shift's records, and back on the network.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use rusqlite::{Connection, params};
use serde_json::json;
use sparhund_scanner_core::App;
use sparhund_scanner_core::api::{Command, Problem, Reply};
use sparhund_shared::log::{EventId, LogId, Moment, Tail, uuid_v7};
use tokio::runtime::Runtime;
use uuid::Uuid;

use super::heard::{Call, Calls, Heard, Outcome};
use super::work::Work;
use crate::api::Api;
use crate::torture::handheld::machine::Machine;
use crate::torture::served::Served;

/// How often it is asked whether a sync is due. The page and the terminal ask about as often.
const LOOK: Duration = Duration::from_millis(500);
/// Between two bookings, milliseconds.
const PACE_MS: i64 = 20_000;

/// A device on disk.
#[derive(Debug)]
pub struct Handheld {
    number: usize,
    database: PathBuf,
}

/// How coming back went.
#[derive(Debug)]
pub struct Returned {
    number: usize,
    /// When it began.
    pub begun: Instant,
    /// Its calls.
    pub calls: Vec<Call>,
    /// What the client said was wrong in the end; `None` = nothing is left to send.
    stuck: Option<String>,
}

impl Handheld {
    /// Enrols devices by the API, brings the reference data to them, and writes their records.
    pub fn enrol_all(
        numbers: &[usize],
        folder: &Path,
        served: &Served,
        work: &Work,
        records: usize,
    ) -> Vec<Self> {
        let admin = Api::sign_in(&served.url(), "admin", "admin-nordmark");
        let enrolled = numbers.iter().map(|number| {
            let database = folder.join(format!("device-{number}.db"));
            let handheld = Self {
                number: *number,
                database,
            };
            handheld.enrol(&admin, &served.url());
            handheld.book(work, records);
            handheld
        });
        enrolled.collect()
    }

    /// Its database.
    pub fn database(&self) -> &Path {
        &self.database
    }

    fn enrol(&self, admin: &Api, url: &str) {
        let app = self.client(&Calls::default());
        let runtime = runtime();
        let issued = admin.post("/devices/codes", &json!({}));
        let enrol = Command::Enrol {
            server: url.to_owned(),
            code: issued["code"].as_str().expect("a code").to_owned(),
            name: format!("Handdator {}", self.number),
        };
        for command in [enrol, Command::Sync] {
            if let Reply::Error { error } = runtime.block_on(app.handle(command)) {
                panic!("device {}: {error:?}", self.number);
            }
        }
    }

    /// The client's own store, as it opens it, but for `synchronous`: five hundred devices do not share a disk with
    /// each other and with the server. What the server acknowledges is durable.
    fn open(&self) -> Connection {
        let connection = Connection::open(&self.database).expect("a database");
        connection
            .pragma_update_and_check(None, "journal_mode", "WAL", |row| row.get::<_, String>(0))
            .expect("WAL");
        connection
            .pragma_update(None, "synchronous", "OFF")
            .expect("a pragma");
        connection
            .pragma_update(None, "foreign_keys", true)
            .expect("a pragma");
        connection
    }

    fn client(&self, calls: &Calls) -> App<Machine, Heard> {
        App::open(self.open(), Machine::ahead_by(0), Heard::new(calls)).expect("the client")
    }

    /// Writes what `journal::append` would, at once: scanning half a million labels takes longer than all the rest.
    fn book(&self, work: &Work, records: usize) {
        let connection = self.open();
        let log: [u8; 16] = connection
            .query_row("SELECT log FROM device", [], |row| row.get(0))
            .expect("a log");
        let log = LogId(Uuid::from_bytes(log));
        let now = jiff::Timestamp::now().as_millisecond();
        let tx = connection.unchecked_transaction().expect("a transaction");
        let mut insert = tx
            .prepare(
                "INSERT INTO record (log, seq, hash, event_id, at, bytes) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            )
            .expect("the client's schema");
        let mut tail = Tail::empty(log);
        for number in 0..records {
            let left = i64::try_from(records - number).expect("a small number");
            let moment = Moment {
                at: now - left * PACE_MS,
                offset: Some(0),
            };
            let mut random = [0; 10];
            getrandom::fill(&mut random).expect("random bytes");
            let id = EventId(uuid_v7(moment.at, random));
            let event = work.booking(self.number, number);
            let sealed = tail.next(id, moment, work.user, &event);
            tail = Tail::after(&sealed);
            let seq = i64::try_from(sealed.record().seq).expect("a small number");
            insert
                .execute(params![
                    log.0.as_bytes(),
                    seq,
                    sealed.hash().0,
                    id.0.as_bytes(),
                    moment.at,
                    sealed.bytes()
                ])
                .expect("a record");
        }
        drop(insert);
        let seq = i64::try_from(tail.head.seq).expect("a small number");
        let moved = tx.execute(
            "UPDATE log SET seq = ?2, hash = ?3, tick = ?4 WHERE log = ?1",
            params![log.0.as_bytes(), seq, tail.head.hash.0, tail.tick],
        );
        assert_eq!(moved, Ok(1), "the tail of the log");
        tx.commit().expect("a commit");
    }

    /// Waits for the network, sends everything, and asks once more when all is sent.
    pub fn come_back(&self, network: impl FnOnce() -> Instant, patience: Duration) -> Returned {
        let (calls, runtime) = (Calls::default(), runtime());
        let app = self.client(&calls);
        let ask = |command| runtime.block_on(app.handle(command));
        let begun = network();
        let stuck = (0..2)
            .find_map(|_| synchronise(&ask, begun + patience).err())
            .map(|told| format!("{told:?}"));
        Returned {
            number: self.number,
            begun,
            calls: calls.take(),
            stuck,
        }
    }
}

/// At once, and when that fails, when the client finds it due.
fn synchronise(ask: &impl Fn(Command) -> Reply, end: Instant) -> Result<(), Option<Problem>> {
    let (mut command, mut told) = (Command::Sync, None);
    loop {
        match ask(command) {
            Reply::Synced(view) if view.status.unsent == 0 => return Ok(()),
            Reply::Error { error } => told = Some(error),
            _ => {}
        }
        if Instant::now() > end {
            return Err(told);
        }
        std::thread::sleep(LOOK);
        command = Command::SyncIfDue;
    }
}

fn runtime() -> Runtime {
    tokio::runtime::Builder::new_current_thread()
        .build()
        .expect("a runtime")
}

impl Returned {
    /// What should not be: a device that is stuck, or a call that failed and that no later one made good. After a failure
    /// the client begins again with the heads, which tell what came through.
    pub fn broken(&self) -> Vec<String> {
        let stuck = self
            .stuck
            .iter()
            .map(|told| format!("device {}: not through: {told}", self.number));
        let is_heads = |call: &&Call| call.route == "POST /sync/heads" && call.outcome == Outcome::Done;
        let last = self.calls.iter().filter(is_heads).map(|call| call.ended).max();
        let unhealed = self
            .calls
            .iter()
            .filter(|call| call.outcome != Outcome::Done && last.is_none_or(|last| call.ended > last));
        let unhealed =
            unhealed.map(|call| format!("device {}: {call:?}, and no success after it", self.number));
        stuck.chain(unhealed).collect()
    }
}
