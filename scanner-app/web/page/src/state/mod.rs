//! What the page knows and shows. The truth is in the worker; this is its latest answer.
//!
//! Here stand the signals; [`act`] is what a person does, [`ask`] sends commands, [`answer`] takes in replies.

mod act;
mod answer;
mod ask;
mod people;

use std::sync::Arc;

use leptos::prelude::*;
use sparhund_scanner_core::api::{
    BasketEntry, CandidateView, Command, PlaceView, RawScan, ScanView, StatusView, TaskView, TasksView,
};
use sparhund_scanner_core::turns::Turns;
use sparhund_shared::event::EntryMethod;
use sparhund_shared::log::UserId;
use sparhund_shared::text::{Lang, Texts};
use sparhund_shared::verdict::Reason;

use crate::storage::Storage;
use crate::text::texts;
use crate::worker_client::WorkerClient;

/// Where the page stands in its life.
#[derive(Clone, PartialEq)]
pub enum Phase {
    /// The worker opens the store.
    Starting,
    /// Another tab has the store.
    InUse,
    /// The worker gave up.
    Fatal(String),
    /// Commands are answered.
    Ready,
}

/// The screen between tasks.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Screen {
    /// What there is to do.
    Tasks,
    /// Who the goods come from.
    Supplier,
    /// Orders to pick.
    ToPick,
    /// Orders to deliver.
    ToPack,
    ToDeliver,
    /// Orders to confirm.
    ToConfirm,
    /// Cards of the implants of the day.
    Cards,
}

/// The last symbol that came in, for the raw view and for a second try with a chosen reading.
#[derive(Clone)]
pub struct LastScan {
    /// Its bytes.
    pub raw: RawScan,
    /// How they came in.
    pub entry: EntryMethod,
    /// Readings, in the raw view.
    pub readings: Vec<CandidateView>,
}

/// A short message above the actions.
#[derive(Clone, PartialEq)]
pub enum Notice {
    /// Something could not be done.
    Problem(String),
    /// Nothing more can be done before the device itself is seen to.
    Stop(String),
    /// A code could not be used; its bytes.
    Refused(String, RawScan),
    /// Something was done.
    Done(String),
}

/// All signals, free to copy.
#[derive(Clone, Copy)]
pub struct Ctx {
    worker: StoredValue<Option<WorkerClient>, LocalStorage>,
    turns: StoredValue<Turns, LocalStorage>,
    pub phase: RwSignal<Phase>,
    pub status: RwSignal<StatusView>,
    pub storage: RwSignal<Option<Storage>>,
    texts: RwSignal<Arc<Texts>>,
    pub screen: RwSignal<Screen>,
    pub settings: RwSignal<bool>,
    /// Somebody is asked who they are, though another is signed in.
    pub switching: RwSignal<bool>,
    /// Whose PIN, or password, is asked.
    pub chosen: RwSignal<Option<UserId>>,
    /// The password is asked, though there are people with a PIN.
    pub by_password: RwSignal<bool>,
    /// What was typed of a PIN.
    pub pin: RwSignal<String>,
    /// The next scan is that of one's own badge.
    pub badging: RwSignal<bool>,
    /// The next scan is that of the calibration symbol.
    pub calibrating: RwSignal<bool>,
    pub tasks: RwSignal<Option<TasksView>>,
    pub task: RwSignal<Option<TaskView>>,
    pub scanned: RwSignal<Option<ScanView>>,
    /// Scans that were not taken because of the STOP on the screen.
    pub missed: RwSignal<u32>,
    pub current: RwSignal<Option<usize>>,
    pub last_scan: RwSignal<Option<LastScan>>,
    pub places: RwSignal<Option<Vec<PlaceView>>>,
    pub choose: RwSignal<Vec<RawScan>>,
    pub notice: RwSignal<Option<Notice>>,
    /// A count that was typed and not yet given to the core: basket entry and packages.
    pub typed_count: RwSignal<Option<(usize, u32)>>,
    /// Device clock until which the last booking can be taken back.
    pub undo_until: RwSignal<Option<i64>>,
    /// Ticks once a second.
    pub now: RwSignal<i64>,
    /// A command that must not be given twice is on its way.
    pub busy: RwSignal<bool>,
    /// Seconds for which neither touch nor keys are taken, while the screen is wiped.
    pub wiping: RwSignal<u32>,
    pub camera: RwSignal<bool>,
    pub typing: RwSignal<bool>,
    /// What was typed there, until it is taken.
    pub typed: RwSignal<String>,
    /// Code for the enrolment form, from the address or from a scan.
    pub enrolment_code: RwSignal<String>,
}

impl Ctx {
    /// Nothing known yet.
    pub fn new() -> Self {
        Self {
            worker: StoredValue::new_local(None),
            turns: StoredValue::new_local(Turns::default()),
            phase: RwSignal::new(Phase::Starting),
            status: RwSignal::new(StatusView::default()),
            storage: RwSignal::new(None),
            texts: RwSignal::new(texts(Lang::default())),
            screen: RwSignal::new(Screen::Tasks),
            settings: RwSignal::new(false),
            switching: RwSignal::new(false),
            chosen: RwSignal::new(None),
            by_password: RwSignal::new(false),
            pin: RwSignal::new(String::new()),
            badging: RwSignal::new(false),
            calibrating: RwSignal::new(false),
            tasks: RwSignal::new(None),
            task: RwSignal::new(None),
            scanned: RwSignal::new(None),
            missed: RwSignal::new(0),
            current: RwSignal::new(None),
            last_scan: RwSignal::new(None),
            places: RwSignal::new(None),
            choose: RwSignal::new(Vec::new()),
            notice: RwSignal::new(None),
            typed_count: RwSignal::new(None),
            undo_until: RwSignal::new(None),
            now: RwSignal::new(crate::browser::now_ms()),
            busy: RwSignal::new(false),
            wiping: RwSignal::new(0),
            camera: RwSignal::new(false),
            typing: RwSignal::new(false),
            typed: RwSignal::new(String::new()),
            enrolment_code: RwSignal::new(String::new()),
        }
    }

    /// Gives commands to this worker from now on.
    pub fn attach(self, worker: WorkerClient) {
        self.worker.set_value(Some(worker));
    }

    /// A text in the language of the moment.
    pub fn t(self, key: &str) -> String {
        self.texts.with(|texts| texts.get(key))
    }

    /// A text with one argument.
    pub fn t1(self, key: &str, name: &str, value: &str) -> String {
        self.texts.with(|texts| texts.with(key, &[(name, value)]))
    }

    /// A text with arguments.
    pub fn with_texts<R>(self, read: impl FnOnce(&Texts) -> R) -> R {
        self.texts.with(|texts| read(texts))
    }

    /// The sentence for a reason, with the names of places that the task knows in place of their codes.
    pub fn reason(self, reason: &Reason) -> String {
        let code = match reason {
            Reason::WrongLot { place, .. } => place,
            Reason::WrongPlace { expected } => expected,
            _ => return self.with_texts(|texts| texts.reason(reason)),
        };
        let name = self.task.with_untracked(|task| {
            let task = task.as_ref()?;
            let shelves = task.lines.iter().filter_map(|line| line.suggestion.as_ref());
            let places = task.ward.iter().chain(&task.place);
            let mut known = places.chain(shelves.map(|suggestion| &suggestion.place));
            known
                .find(|place| place.code == *code)
                .map(|place| place.name.clone())
        });
        let sentence = self.with_texts(|texts| texts.reason(reason));
        match name {
            Some(name) => sentence.replace(&code.to_string(), &name),
            None => sentence,
        }
    }

    /// A second went by.
    pub fn tick(self) {
        let now = crate::browser::now_ms();
        self.now.set(now);
        // The worker tells when a sync has ended; how far the first one has come is to be seen before.
        if self
            .status
            .with_untracked(|status| status.enrolled && !status.complete)
        {
            self.run(Command::Status);
        }
        let over = self
            .undo_until
            .with_untracked(|until| until.is_some_and(|until| until < now));
        if over {
            self.undo_until.set(None);
            if self
                .notice
                .with_untracked(|notice| matches!(notice, Some(Notice::Done(_))))
            {
                self.notice.set(None);
            }
        }
    }

    /// An entry of the basket.
    pub fn entry(self, index: usize) -> Option<BasketEntry> {
        self.task.with(|task| task.as_ref()?.basket.get(index).cloned())
    }
}

/// The page's signals, from within any component.
pub fn ctx() -> Ctx {
    expect_context::<Ctx>()
}
