//! What the page knows and shows. The truth is in the worker; this is its latest answer.

use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use sparhund_scanner_core::api::{
    BasketEntry, Booked, CandidateView, Command, PlaceView, RawScan, Reply, ScanOutcome, ScanView,
    StatusView, TaskKind, TaskView, TasksView,
};
use sparhund_shared::event::EntryMethod;
use sparhund_shared::text::{Lang, Texts};
use sparhund_shared::verdict::{Reason, Verdict};

use crate::parts::verdict::weight;
use crate::scan::feedback;
use crate::storage::Storage;
use crate::text::texts;
use crate::worker_client::{AskError, WorkerClient};

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
    ToDeliver,
    /// Orders to confirm.
    ToConfirm,
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
    /// Something was done.
    Done(String),
}

/// All signals, free to copy.
#[derive(Clone, Copy)]
pub struct Ctx {
    worker: StoredValue<Option<WorkerClient>, LocalStorage>,
    pub phase: RwSignal<Phase>,
    pub status: RwSignal<StatusView>,
    pub storage: RwSignal<Option<Storage>>,
    texts: RwSignal<Arc<Texts>>,
    pub screen: RwSignal<Screen>,
    pub settings: RwSignal<bool>,
    pub tasks: RwSignal<Option<TasksView>>,
    pub task: RwSignal<Option<TaskView>>,
    pub scanned: RwSignal<Option<ScanView>>,
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
    pub camera: RwSignal<bool>,
    pub typing: RwSignal<bool>,
    /// Code for the enrolment form, from the address or from a scan.
    pub enrolment_code: RwSignal<String>,
}

impl Ctx {
    /// Nothing known yet.
    pub fn new() -> Self {
        Self {
            worker: StoredValue::new_local(None),
            phase: RwSignal::new(Phase::Starting),
            status: RwSignal::new(StatusView::default()),
            storage: RwSignal::new(None),
            texts: RwSignal::new(texts(Lang::default())),
            screen: RwSignal::new(Screen::Tasks),
            settings: RwSignal::new(false),
            tasks: RwSignal::new(None),
            task: RwSignal::new(None),
            scanned: RwSignal::new(None),
            current: RwSignal::new(None),
            last_scan: RwSignal::new(None),
            places: RwSignal::new(None),
            choose: RwSignal::new(Vec::new()),
            notice: RwSignal::new(None),
            typed_count: RwSignal::new(None),
            undo_until: RwSignal::new(None),
            now: RwSignal::new(crate::browser::now_ms()),
            busy: RwSignal::new(false),
            camera: RwSignal::new(false),
            typing: RwSignal::new(false),
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

    /// Asks and gives back the answer, without showing it.
    pub async fn ask(self, command: &Command) -> Result<Reply, AskError> {
        let worker = self.worker.get_value();
        match worker {
            Some(worker) => worker.ask(command).await,
            None => Err(AskError::Gone("not started".to_owned())),
        }
    }

    /// Asks how scans are kept.
    pub async fn ask_storage(self) -> Result<Storage, AskError> {
        match self.worker.get_value() {
            Some(worker) => worker.ask(&serde_json::json!({ "type": "storage" })).await,
            None => Err(AskError::Gone("not started".to_owned())),
        }
    }

    /// Gives a command and shows what comes of it.
    pub fn run(self, command: Command) {
        spawn_local(async move { self.show(self.ask(&command).await) });
    }

    /// Gives a command that must not be given twice: a second tap does nothing.
    pub fn run_once(self, command: Command) {
        if self.busy.get_untracked() {
            return;
        }
        self.give_typed_count();
        self.busy.set(true);
        spawn_local(async move {
            let answer = self.ask(&command).await;
            self.busy.set(false);
            self.show(answer);
        });
    }

    /// Shows an answer.
    pub fn show(self, answer: Result<Reply, AskError>) {
        match answer {
            Ok(reply) => self.take_in(reply),
            Err(error) => {
                let text = self.with_texts(|texts| error.say(texts));
                self.notice.set(Some(Notice::Problem(text)));
            }
        }
    }

    fn take_in(self, reply: Reply) {
        match reply {
            Reply::Status(status) => self.set_status(status),
            Reply::Tasks(tasks) => {
                self.set_status(tasks.status.clone());
                self.tasks.set(Some(tasks));
                self.set_task(None);
            }
            Reply::Task(task) => {
                self.clear_problem();
                self.set_task(Some(task));
            }
            Reply::Scanned(view) => self.take_in_scan(view),
            Reply::Booked(booked) => self.take_in_booking(booked),
            Reply::Synced(synced) => {
                self.set_status(synced.status);
                self.refresh_tasks();
            }
            Reply::Places { places } => self.places.set(Some(places)),
            Reply::Identified { candidates, .. } => self.last_scan.update(|last| {
                if let Some(last) = last {
                    last.readings = candidates;
                }
            }),
            Reply::Error { error } => {
                feedback::play(Verdict::Warn);
                let text = self.with_texts(|texts| error.say(texts));
                self.notice.set(Some(Notice::Problem(text)));
            }
        }
    }

    /// A new state of the device.
    pub fn set_status(self, status: StatusView) {
        if self.texts.with_untracked(|texts| texts.lang()) != status.lang {
            self.texts.set(texts(status.lang));
            crate::browser::set_document_language(status.lang.tag());
        }
        if status.enrolled && !self.enrolment_code.with_untracked(String::is_empty) {
            // The code is used up.
            self.enrolment_code.set(String::new());
            crate::browser::forget_address_fragment();
        }
        if self.status.with_untracked(|old| *old != status) {
            self.status.set(status);
        }
    }

    /// Looks anew what there is to do, when that is on the screen.
    pub fn refresh_tasks(self) {
        let signed_in = self.status.with_untracked(|status| status.user.is_some());
        if signed_in && self.task.with_untracked(Option::is_none) {
            spawn_local(async move {
                // Nobody asked for it, so a refusal (the session ended just now) is told by the status alone.
                if let Ok(Reply::Tasks(tasks)) = self.ask(&Command::Tasks).await
                    && self.task.with_untracked(Option::is_none)
                {
                    self.take_in(Reply::Tasks(tasks));
                }
            });
        }
    }

    fn set_task(self, task: Option<TaskView>) {
        let same_task = self.task.with_untracked(|old| {
            old.as_ref().map(|task| task.kind.clone()) == task.as_ref().map(|task| task.kind.clone())
        });
        let entries = task.as_ref().map_or(0, |task| task.basket.len());
        if !same_task {
            self.scanned.set(None);
            self.places.set(None);
            self.typing.set(false);
            self.camera.set(false);
        }
        let current = self.current.get_untracked().filter(|index| *index < entries);
        self.current.set(current.or(entries.checked_sub(1)));
        if let Some(undo) = task.as_ref().and_then(|task| task.undo) {
            self.undo_until.set(Some(undo.until));
        }
        self.task.set(task);
    }

    /// A problem is over with the next step; what was done stays as long as it can be undone.
    fn clear_problem(self) {
        if self
            .notice
            .with_untracked(|notice| matches!(notice, Some(Notice::Problem(_))))
        {
            self.notice.set(None);
        }
    }

    /// A second went by.
    pub fn tick(self) {
        let now = crate::browser::now_ms();
        self.now.set(now);
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

    fn take_in_scan(self, view: ScanView) {
        self.clear_problem();
        feedback::play(weight(&view));
        self.set_task(Some(view.task.clone()));
        if let ScanOutcome::InBasket { entry } = &view.outcome {
            self.current.set(Some(*entry));
        }
        // The phase before the scan is over; what is still open shows in the task.
        self.places.set(None);
        self.scanned.set(Some(view));
        crate::browser::show_top_of_work();
    }

    fn take_in_booking(self, booked: Booked) {
        self.set_status(booked.status);
        self.scanned.set(None);
        self.current.set(None);
        let undone = booked.task.undo.is_none();
        self.undo_until.set(booked.task.undo.map(|undo| undo.until));
        let text = self.with_texts(|texts| {
            if undone {
                return texts.get("undone");
            }
            let mut text = texts.with("booked", &[("count", &booked.units.to_string())]);
            for judgement in &booked.kept_back {
                for reason in &judgement.reasons {
                    text = format!("{text} {} {}", texts.get("kept-back"), texts.reason(reason));
                }
            }
            text
        });
        self.set_task(Some(booked.task));
        self.notice.set(Some(Notice::Done(text)));
    }

    /// A symbol came in, from wherever.
    pub fn scan(self, raw: RawScan, entry: EntryMethod) {
        self.last_scan.set(Some(LastScan {
            raw: raw.clone(),
            entry,
            readings: Vec::new(),
        }));
        if !self.status.with_untracked(|status| status.enrolled) {
            let text = String::from_utf8_lossy(&raw.0);
            let code =
                crate::browser::enrolment_code_in(&text).unwrap_or_else(|| without_aim(&text).to_owned());
            self.enrolment_code.set(code);
            return;
        }
        if self.settings.get_untracked() {
            self.run(Command::Identify { raw, entry });
            return;
        }
        if self.stopped() {
            feedback::play(Verdict::Stop);
            self.notice.set(Some(Notice::Problem(self.t("scan-stopped"))));
            return;
        }
        if self.task.with_untracked(Option::is_none) {
            feedback::play(Verdict::Warn);
            self.notice.set(Some(Notice::Problem(self.t("scan-ignored"))));
            return;
        }
        self.give_typed_count();
        // The last verdict is not the answer to this scan.
        self.scanned.set(None);
        self.choose.set(Vec::new());
        self.run(Command::Scan {
            raw,
            entry,
            candidate: None,
        });
    }

    /// Scans again, now with the reading a person chose.
    pub fn scan_as(self, candidate: usize) {
        if let Some(last) = self.last_scan.get_untracked() {
            self.run(Command::Scan {
                raw: last.raw,
                entry: last.entry,
                candidate: Some(candidate),
            });
        }
    }

    /// Gives a typed count to the core before anything else happens to the basket.
    pub fn give_typed_count(self) {
        if let Some((entry, packs)) = self.typed_count.get_untracked() {
            self.typed_count.set(None);
            self.run(Command::SetCount { entry, packs });
        }
    }

    /// Whether a STOP waits to be acknowledged.
    pub fn stopped(self) -> bool {
        self.scanned.with_untracked(|scanned| {
            scanned
                .as_ref()
                .is_some_and(|view| view.judgement.verdict == Verdict::Stop)
        })
    }

    /// An entry of the basket.
    pub fn entry(self, index: usize) -> Option<BasketEntry> {
        self.task.with(|task| task.as_ref()?.basket.get(index).cloned())
    }

    /// One step back: from the settings, from a task, from a list.
    pub fn back(self) {
        self.notice.set(None);
        if self.settings.get_untracked() {
            self.settings.set(false);
        } else if let Some(task) = self.task.get_untracked() {
            self.undo_until.set(None);
            self.screen.set(Screen::Tasks);
            // With something in the basket the task waits to be resumed.
            self.run(if task.basket.is_empty() {
                Command::CloseTask
            } else {
                Command::LeaveTask
            });
        } else {
            self.screen.set(Screen::Tasks);
            self.refresh_tasks();
        }
    }

    /// Opens or resumes a task.
    pub fn start(self, kind: TaskKind) {
        self.run_once(match kind {
            TaskKind::Receive { supplier, reference } => Command::StartReceive { supplier, reference },
            TaskKind::Pick { order } => Command::StartPick { order },
            TaskKind::Deliver { order } => Command::StartDeliver { order },
            TaskKind::Confirm { order } => Command::StartConfirm { order },
        });
    }
}

/// The page's signals, from within any component.
pub fn ctx() -> Ctx {
    expect_context::<Ctx>()
}

/// A scanner may put the symbology identifier before an enrolment code too.
fn without_aim(text: &str) -> &str {
    match text.as_bytes() {
        [b']', letter, digit, ..] if letter.is_ascii_alphabetic() && digit.is_ascii_digit() => &text[3..],
        _ => text,
    }
}
