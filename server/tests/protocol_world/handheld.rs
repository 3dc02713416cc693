//! A device: the client's core on a file, its requests handed to the router.

use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;
use std::path::PathBuf;
use std::rc::Rc;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::Request as HttpRequest;
use jiff::civil::{Date, date};
use sparhund_scanner_core::api::{Command, RawScan, Reply, StatusView};
use sparhund_scanner_core::env::{Env, RandomError, Request, Response, Transport, TransportError};
use sparhund_scanner_core::{App, native};
use sparhund_server::ops::now_ms;
use sparhund_shared::event::EntryMethod;
use sparhund_shared::log::{EventId, LogId};
use sparhund_shared::reference::{Role, User};
use sparhund_shared::wire::Upload;
use tempfile::TempDir;
use tokio::runtime::Runtime;
use tower::ServiceExt as _;

use super::{Hub, InProcess};
use crate::common::{base_di, bin, user_id};

/// Records older than a week are forgotten when they are covered.
const WEEK_AND_A_DAY_MS: i64 = 8 * 24 * 3_600_000;

#[derive(Clone, Default)]
struct Machine(Rc<Cell<i64>>);

impl Env for Machine {
    fn now_ms(&self) -> i64 {
        now_ms() + self.0.get()
    }

    fn today(&self) -> Date {
        date(2026, 11, 22)
    }

    fn random(&self, bytes: &mut [u8]) -> Result<(), RandomError> {
        getrandom::fill(bytes).map_err(|error| RandomError(error.to_string()))
    }
}

#[derive(Clone)]
struct Link {
    app: Rc<RefCell<Option<Router>>>,
    /// Requests until the link is cut.
    left: Rc<Cell<Option<u8>>>,
}

impl Transport for Link {
    async fn send(&self, request: Request) -> Result<Response, TransportError> {
        let lost = TransportError::Unreachable {
            url: request.url.clone(),
            reason: "cut".to_owned(),
        };
        // The last one before the cut arrives, and its answer does not.
        let until = self.left.get();
        match until {
            Some(0) => self.left.set(Some(u8::MAX)),
            Some(u8::MAX) => return Err(lost),
            Some(left) => self.left.set(Some(left - 1)),
            None => {}
        }
        let mut sent = HttpRequest::builder()
            .method(request.method)
            .uri(request.url.trim_start_matches("https://hub"));
        for (name, value) in &request.headers {
            sent = sent.header(name, value);
        }
        let app = self.app.borrow().clone().unwrap();
        let answer = app
            .oneshot(sent.body(Body::from(request.body)).unwrap())
            .await
            .unwrap();
        let (parts, body) = answer.into_parts();
        let body = to_bytes(body, 64 << 20).await.unwrap().to_vec();
        if until == Some(0) {
            return Err(lost);
        }
        let headers = parts.headers.iter().map(|(name, value)| {
            let value = String::from_utf8_lossy(value.as_bytes()).into_owned();
            (name.as_str().to_owned(), value)
        });
        Ok(Response {
            status: parts.status.as_u16(),
            headers: headers.collect(),
            body,
        })
    }
}

pub struct Handheld {
    dir: TempDir,
    /// Its store.
    file: PathBuf,
    copies: Cell<u32>,
    machine: Machine,
    link: Link,
    app: App<Machine, Link>,
    runtime: Rc<Runtime>,
    forgotten: Rc<Cell<u64>>,
    /// Uploads that went without the network, to come again.
    pub arrived: Rc<RefCell<Vec<Upload>>>,
    /// Everything that was ever written here.
    pub written: BTreeSet<EventId>,
}

impl Handheld {
    /// A new one, enrolled, with the reference data and a person signed in.
    pub fn new(hub: &Hub) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let machine = Machine::default();
        let link = Link {
            app: Rc::clone(&hub.app),
            left: Rc::default(),
        };
        let file = dir.path().join("scanner.db");
        let connection = native::open_file(&file).unwrap();
        let app = App::open(connection, machine.clone(), link.clone()).unwrap();
        let device = Self {
            dir,
            file,
            copies: Cell::default(),
            machine,
            link,
            app,
            runtime: Rc::clone(&hub.runtime),
            forgotten: Rc::clone(&hub.forgotten),
            arrived: Rc::default(),
            written: BTreeSet::new(),
        };
        device.sync(hub);
        device.sign_in();
        device
    }

    fn ask(&self, command: Command) -> Reply {
        self.runtime.block_on(self.app.handle(command))
    }

    fn database(&self) -> PathBuf {
        self.file.clone()
    }

    /// As a person who signed in did, without working a password's hash out.
    fn sign_in(&self) {
        let role = Role::Picker;
        let user = User {
            id: user_id(role),
            login: role.word().to_owned(),
            name: format!("Prov {}", role.word()),
            roles: vec![role],
        };
        rusqlite::Connection::open(self.database())
            .unwrap()
            .execute(
                "INSERT OR REPLACE INTO session (id, user, access, refresh, until) VALUES (1, ?1, 'a', 'r', ?2)",
                rusqlite::params![serde_json::to_string(&user).unwrap(), 4_000_000_000_000_i64],
            )
            .unwrap();
    }

    pub fn capture(&mut self, scans: u8) {
        let mut before = self.held();
        for _ in 0..scans {
            self.done(Command::StartReceive {
                supplier: "Prov AB".to_owned(),
                reference: None,
            });
            let text = format!("(01){:0>14}(17)280131(10)LOT1", base_di().code());
            self.done(Command::Scan {
                raw: RawScan::from(text.as_str()),
                entry: EntryMethod::Camera,
            });
            self.done(Command::ChoosePlace { place: bin() });
            self.done(Command::Book);
        }
        let after = self.held();
        before = after.difference(&before).copied().collect();
        assert_eq!(before.len(), usize::from(scans), "each scan is a record");
        self.written.extend(before);
    }

    fn done(&self, command: Command) {
        let shown = format!("{command:?}");
        if let Reply::Error { error } = self.ask(command) {
            panic!("{shown}: {error:?}");
        }
    }

    pub fn status(&self) -> StatusView {
        match self.ask(Command::Status) {
            Reply::Status(status) => status,
            other => panic!("{other:?}"),
        }
    }

    pub fn unsent(&self) -> u64 {
        self.status().unsent
    }

    fn enrol(&self, hub: &Hub) {
        self.done(Command::Enrol {
            server: "https://hub".to_owned(),
            code: hub.code(),
            name: "Handdator".to_owned(),
        });
    }

    /// Synchronises; enrols first where the server does not know it, or no longer.
    pub fn sync(&self, hub: &Hub) {
        for _ in 0..3 {
            if !self.status().enrolled {
                self.enrol(hub);
            }
            if matches!(self.ask(Command::Sync), Reply::Synced(_)) {
                return;
            }
        }
        panic!("{:?}", self.ask(Command::Sync));
    }

    /// Synchronises until the answer to a request is lost.
    pub fn sync_cut(&self, after: u8) {
        self.link.left.set(Some(after));
        self.ask(Command::Sync);
        self.link.left.set(None);
    }

    /// The log of its present life.
    pub fn log(&self) -> LogId {
        let db = rusqlite::Connection::open(self.database()).unwrap();
        let id: [u8; 16] = db
            .query_row("SELECT log FROM device", [], |row| row.get(0))
            .unwrap();
        LogId(uuid::Uuid::from_bytes(id))
    }

    /// Its way to the server's end of the protocol, without HTTP; enrols first where that must be.
    pub fn way(&self, hub: &Hub) -> InProcess {
        if !self.status().enrolled {
            self.enrol(hub);
        }
        let known = || {
            let devices = self.runtime.block_on(hub.state().store.devices()).unwrap();
            devices.into_iter().find(|device| device.log == self.log())
        };
        // A server restored to before the enrolment sends it away, which only HTTP does: tokens are its own.
        let device = known().unwrap_or_else(|| {
            self.sync(hub);
            known().unwrap()
        });
        InProcess {
            state: hub.state().clone(),
            device,
            left: Cell::default(),
            arrived: Rc::clone(&self.arrived),
        }
    }

    /// Synchronises in one process.
    pub fn sync_in_process(&self, hub: &Hub) {
        for _ in 0..3 {
            if self.runtime.block_on(self.app.sync_with(&self.way(hub))).is_ok() {
                return;
            }
        }
        panic!("{:?}", self.runtime.block_on(self.app.sync_with(&self.way(hub))));
    }

    /// Synchronises in one process until the answer to a call is lost.
    pub fn sync_in_process_cut(&self, hub: &Hub, after: u8) {
        let way = self.way(hub);
        way.left.set(Some(after));
        drop(self.runtime.block_on(self.app.sync_with(&way)));
    }

    /// The store as a backup of the phone has it.
    pub fn copy(&self) -> PathBuf {
        let copy = self.dir.path().join(format!("copy-{}.db", self.copies.get()));
        self.copies.set(self.copies.get() + 1);
        rusqlite::Connection::open(self.database())
            .unwrap()
            .execute("VACUUM INTO ?1", [copy.to_str().unwrap()])
            .unwrap();
        copy
    }

    /// The phone is restored from such a copy.
    pub fn go_back_to(&mut self, copy: PathBuf) {
        self.file = copy;
        let connection = native::open_file(&self.file).unwrap();
        self.app = App::open(connection, self.machine.clone(), self.link.clone()).unwrap();
    }

    /// Events that it believes the server to have.
    pub fn acknowledged(&self) -> BTreeSet<EventId> {
        self.events("SELECT DISTINCT event_id FROM record WHERE sent = 1")
    }

    /// Synchronises with a clock that is more than a week on, and again with the right one; what was forgotten.
    pub fn sync_later(&self, hub: &Hub) -> BTreeSet<EventId> {
        let before = self.held();
        self.machine.0.set(WEEK_AND_A_DAY_MS);
        self.sync(hub);
        self.machine.0.set(0);
        let forgotten: BTreeSet<_> = before.difference(&self.held()).copied().collect();
        self.forgotten.set(self.forgotten.get() + forgotten.len() as u64);
        self.sync(hub);
        forgotten
    }

    /// Events of the records that are kept.
    pub fn held(&self) -> BTreeSet<EventId> {
        self.events("SELECT DISTINCT event_id FROM record")
    }

    fn events(&self, question: &str) -> BTreeSet<EventId> {
        let db = rusqlite::Connection::open(self.database()).unwrap();
        let mut statement = db.prepare(question).unwrap();
        statement
            .query_map([], |row| row.get::<_, [u8; 16]>(0))
            .unwrap()
            .map(|id| EventId(uuid::Uuid::from_bytes(id.unwrap())))
            .collect()
    }
}
