//! What the tests share: a machine with a set clock, a scripted server, a small region, and the client on a file.
#![allow(dead_code, reason = "each test file uses its part")]
#![allow(clippy::unwrap_used, clippy::missing_panics_doc)]

pub mod region;
pub mod server;
pub mod vault;

use std::cell::{Cell, RefCell};
use std::path::Path;
use std::pin::pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use jiff::civil::{Date, date};
use sparhund_scanner_core::api::{
    Booked, Command, Problem, RawScan, Reply, ScanView, StatusView, SyncView, TaskView, TasksView,
};
use sparhund_scanner_core::env::{Env, RandomError};
use sparhund_scanner_core::{App, native};
use sparhund_shared::event::{BizStep, EntryMethod};
use sparhund_shared::log::EventId;
use sparhund_shared::wire::Topic;

use server::Server;
use vault::TestVault;

/// A machine whose clock the test sets.
#[derive(Clone)]
pub struct Machine {
    pub now: Rc<Cell<i64>>,
    pub today: Rc<Cell<Date>>,
    /// What the machine says of its room.
    pub free: Rc<Cell<Option<u64>>>,
    seed: Rc<Cell<u64>>,
}

impl Machine {
    pub fn new(seed: u64) -> Self {
        Self {
            now: Rc::new(Cell::new(1_790_000_000_000)),
            today: Rc::new(Cell::new(date(2026, 11, 22))),
            free: Rc::new(Cell::new(None)),
            seed: Rc::new(Cell::new(seed)),
        }
    }

    pub fn pass(&self, ms: i64) {
        self.now.set(self.now.get() + ms);
    }
}

impl Env for Machine {
    fn now_ms(&self) -> i64 {
        self.now.get()
    }

    fn today(&self) -> Date {
        self.today.get()
    }

    fn free_bytes(&self) -> Option<u64> {
        self.free.get()
    }

    /// SplitMix64: every run of a test is the same.
    fn random(&self, bytes: &mut [u8]) -> Result<(), RandomError> {
        for byte in bytes {
            let seed = self.seed.get().wrapping_add(0x9e37_79b9_7f4a_7c15);
            self.seed.set(seed);
            let mixed = (seed ^ (seed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            *byte = (mixed >> 56) as u8;
        }
        Ok(())
    }
}

/// Polls a future at most `polls` times, then drops it, as a browser that closes the page would.
pub fn run_for<F: Future>(future: F, polls: usize) -> Option<F::Output> {
    let mut future = pin!(future);
    let mut context = Context::from_waker(Waker::noop());
    for _ in 0..polls {
        if let Poll::Ready(output) = future.as_mut().poll(&mut context) {
            return Some(output);
        }
    }
    None
}

/// The client on a file, with its server.
pub struct Rig {
    pub machine: Machine,
    pub server: Server,
    pub vault: TestVault,
    pub dir: tempfile::TempDir,
    app: RefCell<Option<App<Machine, Server, TestVault>>>,
}

impl Rig {
    /// A new device, not enrolled.
    pub fn fresh() -> Self {
        Self::with(Server::new(), 1)
    }

    pub fn with(server: Server, seed: u64) -> Self {
        Self::with_vault(server, seed, TestVault::default())
    }

    pub fn with_vault(server: Server, seed: u64, vault: TestVault) -> Self {
        let rig = Self {
            machine: Machine::new(seed),
            server,
            vault,
            dir: tempfile::tempdir().unwrap(),
            app: RefCell::new(None),
        };
        rig.reopen();
        rig
    }

    /// An enrolled device with the region on it and a person signed in who may do everything.
    pub fn ready() -> Self {
        Self::ready_with(TestVault::default())
    }

    /// The same on a machine with a place for keys.
    pub fn ready_with(vault: TestVault) -> Self {
        let rig = Self::with_vault(Server::with_region(), 1, vault);
        rig.enrol();
        rig.sign_in();
        rig.sync();
        rig
    }

    pub fn enrol(&self) {
        self.status(Command::Enrol {
            server: "https://server".to_owned(),
            code: "CODE".to_owned(),
            name: "Handdator 1".to_owned(),
        });
    }

    pub fn sign_in(&self) {
        self.sign_in_as("plockare");
    }

    pub fn sign_in_as(&self, login: &str) {
        self.status(Command::SignIn {
            login: login.to_owned(),
            password: "secret".to_owned(),
        });
    }

    pub fn database(&self) -> std::path::PathBuf {
        self.dir.path().join("scanner.db")
    }

    /// Kills the client and starts it again on the same file.
    pub fn reopen(&self) {
        self.open_at(&self.database());
    }

    pub fn open_at(&self, path: &Path) {
        self.open_set_up(path, |_| ());
    }

    /// The same over a connection that is set up further.
    pub fn open_set_up(&self, path: &Path, set_up: impl FnOnce(&rusqlite::Connection)) {
        drop(self.app.borrow_mut().take());
        let connection = native::open_file(path).unwrap();
        set_up(&connection);
        let app = App::open_with_vault(
            connection,
            self.machine.clone(),
            self.server.clone(),
            self.vault.clone(),
        )
        .unwrap();
        run_for(app.look_after_keys(), 100_000).unwrap().unwrap();
        *self.app.borrow_mut() = Some(app);
    }

    pub fn ask(&self, command: Command) -> Reply {
        let app = self.app.borrow();
        run_for(app.as_ref().unwrap().handle(command), 100_000).unwrap()
    }

    /// Starts a command and gives it up after some polls.
    pub fn ask_for(&self, command: Command, polls: usize) -> Option<Reply> {
        let app = self.app.borrow();
        run_for(app.as_ref().unwrap().handle(command), polls)
    }

    /// Runs two commands interleaved on one thread, as the worker does. The second is given when the server has
    /// heard so many requests of the first, and `between` has happened.
    pub fn ask_both(
        &self,
        first: Command,
        requests: usize,
        between: impl FnOnce(),
        second: Command,
    ) -> (Reply, Reply) {
        let app = self.app.borrow();
        let app = app.as_ref().unwrap();
        let (mut first, mut second) = (pin!(app.handle(first)), pin!(app.handle(second)));
        let mut context = Context::from_waker(Waker::noop());
        let heard = self.server.heard().len();
        while self.server.heard().len() < heard + requests {
            assert!(
                first.as_mut().poll(&mut context).is_pending(),
                "the first asks less"
            );
        }
        between();
        let (mut one, mut two) = (None, None);
        for _ in 0..100_000 {
            if one.is_none()
                && let Poll::Ready(reply) = first.as_mut().poll(&mut context)
            {
                one = Some(reply);
            }
            if two.is_none()
                && let Poll::Ready(reply) = second.as_mut().poll(&mut context)
            {
                two = Some(reply);
            }
            if one.is_some() && two.is_some() {
                break;
            }
        }
        (one.unwrap(), two.unwrap())
    }

    pub fn problem(&self, command: Command) -> Problem {
        match self.ask(command) {
            Reply::Error { error } => error,
            other => panic!("expected a problem, got {other:?}"),
        }
    }

    pub fn status(&self, command: Command) -> StatusView {
        match self.ask(command) {
            Reply::Status(status) => status,
            other => panic!("expected a status, got {other:?}"),
        }
    }

    pub fn now_status(&self) -> StatusView {
        self.status(Command::Status)
    }

    pub fn sync(&self) -> SyncView {
        match self.ask(Command::Sync) {
            Reply::Synced(view) => view,
            other => panic!("expected a sync, got {other:?}"),
        }
    }

    pub fn tasks(&self) -> TasksView {
        match self.ask(Command::Tasks) {
            Reply::Tasks(view) => view,
            other => panic!("expected tasks, got {other:?}"),
        }
    }

    pub fn task(&self, command: Command) -> TaskView {
        match self.ask(command) {
            Reply::Task(view) => view,
            other => panic!("expected a task, got {other:?}"),
        }
    }

    pub fn judged(&self, command: Command) -> ScanView {
        match self.ask(command) {
            Reply::Scanned(view) => view,
            other => panic!("expected a verdict, got {other:?}"),
        }
    }

    pub fn scan(&self, text: &str) -> ScanView {
        self.judged(scan(text))
    }

    pub fn count(&self, entry: usize, packs: u32) -> ScanView {
        self.judged(Command::SetCount { entry, packs })
    }

    pub fn place(&self, code: &str) -> ScanView {
        self.judged(Command::ChoosePlace {
            place: code.parse().unwrap(),
        })
    }

    pub fn book(&self) -> Booked {
        match self.ask(Command::Book) {
            Reply::Booked(booked) => booked,
            other => panic!("expected a booking, got {other:?}"),
        }
    }

    pub fn undo(&self) -> Vec<EventId> {
        match self.ask(Command::Undo) {
            Reply::Undone(undone) => undone.events,
            other => panic!("expected counter-events, got {other:?}"),
        }
    }

    pub fn receive(&self, supplier: &str) -> TaskView {
        self.task(Command::StartReceive {
            supplier: supplier.to_owned(),
            reference: None,
        })
    }

    pub fn pick(&self) -> TaskView {
        self.task(Command::StartPick {
            order: region::order_no(),
        })
    }

    /// The server has one lot in two bins, and the device hears of it.
    pub fn spread_over_two_bins(&self) {
        let order = region::order_over_two_bins();
        self.server
            .put(Topic::Orders, order.no.as_str(), Some(region::value(&order)));
        self.sync();
    }

    /// Bin and units of every pick, as the server holds them after a sync.
    pub fn picked_from(&self) -> Vec<(String, u32)> {
        self.sync();
        let picks = self.server.movements_of(BizStep::Picking).into_iter();
        picks
            .map(|pick| (pick.from.unwrap().to_string(), pick.quantity.get()))
            .collect()
    }

    pub fn deliver(&self) -> TaskView {
        self.task(Command::StartDeliver {
            order: region::order_no(),
        })
    }

    pub fn confirm(&self) -> TaskView {
        self.task(Command::StartConfirm {
            order: region::order_no(),
        })
    }
}

pub fn scan(text: &str) -> Command {
    Command::Scan {
        raw: RawScan::from(text),
        entry: EntryMethod::Camera,
    }
}

/// Stable words of the reasons behind a verdict.
pub fn reasons(view: &ScanView) -> Vec<&'static str> {
    view.judgement
        .reasons
        .iter()
        .map(sparhund_shared::verdict::Reason::word)
        .collect()
}
