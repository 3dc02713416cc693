//! The client as a whole: one command in, one reply out.

use std::cell::Cell;

use rusqlite::{Connection, Transaction};
use sparhund_shared::carrier::{CalibrationError, calibrate, identify};
use sparhund_shared::event::EntryMethod;
use sparhund_shared::identity::Sscc;
use sparhund_shared::verdict::Judgement;

use crate::account;
use crate::api::{
    Answer, Command, Problem, ProfileSource, ProfileView, RawScan, Reply, ScanOutcome, ScanView, TaskKind,
    TaskView,
};
use crate::env::{Env, NoVault, Transport, Vault};
use crate::fault::Fault;
use crate::flow::{self, Desk, TaskState, Work};
use crate::problems;
use crate::scan;
use crate::status::status;
use crate::store::memo::Memo;
use crate::store::session::Session;
use crate::store::{self, AppError, Store, device, session, setting, training};
use crate::sync::{Due, Reach};

/// The scanner client over an open database.
///
/// Everything takes `&self`: a sync may wait for the network while scans are handled. No transaction is held across
/// an await.
pub struct App<E, T, V = NoVault> {
    pub(crate) store: Store,
    pub(crate) env: E,
    pub(crate) transport: T,
    pub(crate) vault: V,
    pub(crate) due: Due,
    pub(crate) reach: Cell<Reach>,
    pub(crate) syncing: Cell<bool>,
    memo: Memo,
}

impl<E: Env, T: Transport> App<E, T> {
    /// [`App::open_with_vault`] on a machine without a place for keys: the device's key lies in the store.
    pub fn open(connection: Connection, env: E, transport: T) -> Result<Self, AppError> {
        Self::open_with_vault(connection, env, transport, NoVault)
    }
}

impl<E: Env, T: Transport, V: Vault> App<E, T, V> {
    /// Takes over an open database and brings it to this program's schema. A new database gets a log. Wait for
    /// [`App::look_after_keys`] next.
    ///
    /// Whoever opens the connection sets the pragmas: WAL and `synchronous = FULL`, or scans are not durable.
    pub fn open_with_vault(connection: Connection, env: E, transport: T, vault: V) -> Result<Self, AppError> {
        let store = Store::open(connection)?;
        begin_first_life(&store, &env).map_err(|fault| match fault {
            Fault::Sqlite(error) => AppError::Sqlite(error),
            Fault::Random(error) => AppError::Random(error),
            Fault::Damaged(reason) => AppError::Damaged(reason),
            Fault::Problem(problem) => AppError::Damaged(problem.message),
        })?;
        Ok(Self {
            store,
            env,
            transport,
            vault,
            due: Due::default(),
            reach: Cell::new(Reach::Unknown),
            syncing: Cell::new(false),
            memo: Memo::default(),
        })
    }

    /// Does what a user interface asks. What the reply says was done is durable.
    pub async fn handle(&self, command: Command) -> Reply {
        let reply = match command {
            Command::Enrol { server, code, name } => self.enrol(&server, &code, &name).await,
            Command::SignIn { login, password } => self.sign_in(&login, password).await,
            Command::SignOut => self.sign_out().await,
            Command::SignOutIfOnline => self.sign_out_if_online().await,
            Command::Sync => self.sync().await,
            Command::SyncIfDue => self.sync_if_due().await,
            Command::ExportOutbox => self.export_outbox().await,
            Command::Book => self.book_by_fresh_holds().await.map_err(Problem::from),
            other => self.handle_here(other).map_err(Problem::from),
        };
        reply.unwrap_or_else(|error| Reply::Error { error })
    }

    /// Commands that need neither network nor key.
    fn handle_here(&self, command: Command) -> Result<Reply, Fault> {
        match command {
            Command::SwitchTo { user, pin } => self.switch_to(user, &pin.0),
            Command::FindBadge { badge, entry } => self.find_badge(&badge.0, entry),
            Command::SetPin { pin } => self.set_pin(&pin.0),
            Command::SetBadge { badge, entry } => self.set_badge(&badge.0, entry),
            Command::RemoveBadge => self.remove_badge(),
            Command::RemoveQuickSwitch => self.remove_quick_switch(),
            Command::SetLanguage { lang } => self.set(setting::LANGUAGE, Some(&lang)),
            Command::Calibrate { physical, text } => self.calibrate(physical.as_deref(), &text),
            Command::SetProfile { profile } => self.set_profile(profile.as_ref()),
            Command::NoteStorage { persisted } => self.set(setting::PERSISTED, Some(&persisted)),
            Command::NoteNetwork { online } => {
                if online {
                    self.due.at_once();
                    self.reach.set(self.reach.get().network_came());
                } else {
                    self.reach.set(Reach::Away);
                }
                self.status()
            }
            Command::Tasks => self.tasks(),
            Command::StartReceive { supplier, reference } => {
                self.start(TaskKind::Receive { supplier, reference })
            }
            Command::StartReceiveUnit { raw, entry } => self.start_unit(raw, entry),
            Command::Receipt { say } => {
                self.judge(|desk, task| self.if_room(flow::receipt::say(desk, task, say)?))
            }
            Command::StartPick { order } => self.start(TaskKind::Pick { order }),
            Command::StartDeliver { order } => self.start(TaskKind::Deliver { order }),
            Command::StartConfirm { order } => self.start(TaskKind::Confirm { order }),
            Command::StartDeed { kind } => self.start(TaskKind::Deed { kind }),
            Command::Answer { answer } => self.answer(answer),
            Command::SetTraining { on } => self.set_training(on),
            Command::CurrentTask => self.current_task(),
            Command::LeaveTask => self.end_task(false),
            Command::CloseTask => self.end_task(true),
            Command::Scan { raw, entry } => {
                let scanned = Some(raw.clone());
                self.judge_symbol(scanned, |desk, task| {
                    let patient = flow::deed::wristband(desk, task, &raw, entry, &self.env)?;
                    self.if_room(match patient {
                        Some(sealed) => sealed,
                        None => flow::scan(desk, task, raw, entry)?,
                    })
                })
            }
            Command::ChooseReading { candidate } => {
                self.judge(|desk, task| self.if_room(flow::choose_reading(desk, task, candidate)?))
            }
            Command::Identify { raw, entry } => self.identify(&raw, entry),
            Command::ChoosePlace { place } => self.judge(|desk, task| flow::choose_place(desk, task, &place)),
            Command::SetCount { entry, packs } => {
                self.judge(|desk, task| flow::set_count(desk, task, entry, packs))
            }
            Command::ExpectLine { line } => {
                self.judge(|desk, task| self.if_room(flow::expect_line(desk, task, line)?))
            }
            Command::SetSscc { sscc } => self.change(|task| task.sscc = sscc),
            Command::PrintAgain { sscc } => self.print_again(sscc),
            Command::AcknowledgeStop => self.change(|task| task.stop = None),
            Command::DropOpenScan => self.change(TaskState::give_up_reading),
            Command::NoteMissedScan => self.change(TaskState::note_missed),
            Command::ClearBasket => self.change(TaskState::begin_anew),
            Command::Places { text } => Ok(Reply::Places {
                places: flow::places(self.store.read(), &text)?,
            }),
            Command::Undo => self.undo(),
            // Commands with the network or a key were taken before.
            Command::Status
            | Command::Enrol { .. }
            | Command::SignIn { .. }
            | Command::SignOut
            | Command::SignOutIfOnline
            | Command::Sync
            | Command::SyncIfDue
            | Command::ExportOutbox
            | Command::Book => self.status(),
        }
    }

    pub(crate) fn status(&self) -> Result<Reply, Fault> {
        Ok(Reply::Status(status(self)?))
    }

    fn set<S: serde::Serialize>(&self, name: &str, value: Option<&S>) -> Result<Reply, Fault> {
        let tx = self.store.begin()?;
        setting::put(&tx, name, value)?;
        tx.commit()?;
        self.status()
    }

    /// Learns from a scan of the calibration symbol. One that shows a fault shows too that what was learnt before is of
    /// another scanner, or of another setting of this one.
    fn calibrate(&self, physical: Option<&str>, text: &str) -> Result<Reply, Fault> {
        match calibrate(physical, text) {
            Ok(wedge) => {
                let source = ProfileSource::Calibrated;
                self.set_profile(Some(&ProfileView { wedge, source }))
            }
            Err(error) => {
                if error != CalibrationError::AnotherSymbol {
                    self.set_profile(None)?;
                }
                Err(problems::calibration(&error).into())
            }
        }
    }

    /// What scans had shown of the scanner was shown of the one before.
    fn set_profile(&self, profile: Option<&ProfileView>) -> Result<Reply, Fault> {
        let tx = self.store.begin()?;
        setting::put(&tx, setting::PROFILE, profile)?;
        setting::put::<bool>(&tx, setting::SEPARATOR_CAME, None)?;
        tx.commit()?;
        self.status()
    }

    fn tasks(&self) -> Result<Reply, Fault> {
        let session = account::must_be_signed_in(self.store.read(), self.env.now_ms())?;
        let view = flow::tasks(
            self.desk(self.store.read(), &session)?,
            &session.user,
            status(self)?,
        )?;
        Ok(Reply::Tasks(view))
    }

    fn start(&self, kind: TaskKind) -> Result<Reply, Fault> {
        let tx = self.store.begin()?;
        let session = account::must_be_signed_in(&tx, self.env.now_ms())?;
        must_have_role(&session, &TaskState::new(kind.clone(), session.user.id))?;
        let task = flow::start(&tx, session.user.id, kind, self.env.today())?;
        let view = flow::view(self.desk(&tx, &session)?, &task)?;
        tx.commit()?;
        Ok(Reply::Task(view))
    }

    /// Begins with the label of a logistic unit: the delivery that announced it, and the unit in it.
    fn start_unit(&self, raw: RawScan, entry: EntryMethod) -> Result<Reply, Fault> {
        let tx = self.store.begin()?;
        let session = account::must_be_signed_in(&tx, self.env.now_ms())?;
        let desk = self.desk(&tx, &session)?;
        let unit = flow::unit_of(desk, raw, entry)?;
        let kind = flow::receipt::begin_unit(&tx, unit)?;
        must_have_role(&session, &TaskState::new(kind.clone(), session.user.id))?;
        let mut task = flow::start(&tx, session.user.id, kind, self.env.today())?;
        flow::receipt::take_unit(desk, &mut task, unit)?;
        store::task::put(&tx, &task)?;
        let view = flow::view(desk, &task)?;
        tx.commit()?;
        Ok(Reply::Task(view))
    }

    fn current_task(&self) -> Result<Reply, Fault> {
        let session = account::must_be_signed_in(self.store.read(), self.env.now_ms())?;
        match store::task::current(self.store.read())? {
            Some(task) if task.is_for(session.user.id, &session.user.roles) => Ok(Reply::Task(flow::view(
                self.desk(self.store.read(), &session)?,
                &task,
            )?)),
            _ => self.tasks(),
        }
    }

    fn set_training(&self, on: bool) -> Result<Reply, Fault> {
        let tx = self.store.begin()?;
        let session = account::must_be_signed_in(&tx, self.env.now_ms())?;
        if on {
            training::begin(&tx, session.user.id)?;
        } else {
            training::end(&tx)?;
        }
        tx.commit()?;
        self.tasks()
    }

    fn end_task(&self, for_good: bool) -> Result<Reply, Fault> {
        let tx = self.store.begin()?;
        if for_good && store::task::current(&tx)?.is_some() {
            let (task, _) = self.task_at_hand(&tx)?;
            store::task::delete(&tx, &task.key())?;
        }
        store::task::leave(&tx)?;
        tx.commit()?;
        self.tasks()
    }

    /// Changes the current task by a scan or its like, and keeps it before the reply.
    fn judge(
        &self,
        step: impl FnOnce(Desk<'_>, &mut TaskState) -> Result<(ScanOutcome, Judgement), Fault>,
    ) -> Result<Reply, Fault> {
        self.judge_symbol(None, step)
    }

    /// The same, about a symbol: the one that was scanned, else the one that waits for an answer.
    fn judge_symbol(
        &self,
        scanned: Option<RawScan>,
        step: impl FnOnce(Desk<'_>, &mut TaskState) -> Result<(ScanOutcome, Judgement), Fault>,
    ) -> Result<Reply, Fault> {
        let tx = self.store.begin()?;
        let (mut task, session) = self.task_at_hand(&tx)?;
        let desk = self.desk(&tx, &session)?;
        let raw = scanned.or_else(|| task.asked.as_ref().map(|symbol| symbol.raw.clone()));
        let (mut outcome, mut judgement) = step(desk, &mut task)?;
        // Nobody sees a wristband again, not even in the reply.
        let raw = raw.filter(|_| outcome != ScanOutcome::Patient);
        let mut booked = 0;
        if flow::books_at_once(desk, &task, &judgement)? {
            let item = match &outcome {
                ScanOutcome::InBasket { entry } => flow::item_at(desk, &task, *entry)?,
                _ => None,
            };
            match flow::book(desk, &self.env, &mut task)? {
                flow::Booking::Written { units, .. } => {
                    booked = units;
                    outcome = item.map_or(outcome, |item| ScanOutcome::Booked { item });
                }
                flow::Booking::Stopped {
                    item,
                    judgement: stopped,
                } => {
                    outcome = ScanOutcome::Stopped { item };
                    judgement = stopped;
                }
                flow::Booking::KeptBack { .. } => {}
            }
        }
        task.note_stop(&outcome, &judgement, raw.as_ref());
        store::task::put(&tx, &task)?;
        let view = ScanView {
            outcome,
            judgement,
            booked,
            raw,
            task: flow::view(desk, &task)?,
        };
        tx.commit()?;
        if booked > 0 {
            self.due.soon(self.env.now_ms());
        }
        Ok(Reply::Scanned(view))
    }

    /// Takes what a person said into the task; what can be booked then, and needs no tap, is booked.
    fn answer(&self, answer: Answer) -> Result<Reply, Fault> {
        if let Answer::Patient { raw } = answer {
            return self.judge(|desk, task| {
                let sealed = flow::deed::wristband(desk, task, &raw.0, EntryMethod::Typed, &self.env)?;
                self.if_room(sealed.ok_or_else(|| problems::not_here("answer"))?)
            });
        }
        self.judge(|desk, task| {
            let judgement = if task.deed().is_some() {
                flow::deed::answer(desk, task, answer)?
            } else {
                flow::excuse::answer(desk, task, &answer)?;
                Judgement::of(Vec::new())
            };
            Ok((ScanOutcome::Answered, judgement))
        })
    }

    fn print_again(&self, sscc: Sscc) -> Result<Reply, Fault> {
        let tx = self.store.begin()?;
        let (task, session) = self.task_at_hand(&tx)?;
        if !store::label::again(&tx, sscc)? {
            return Err(problems::no_label().into());
        }
        let view = flow::view(self.desk(&tx, &session)?, &task)?;
        tx.commit()?;
        self.due.at_once();
        Ok(Reply::Task(view))
    }

    fn change(&self, step: impl FnOnce(&mut TaskState)) -> Result<Reply, Fault> {
        let tx = self.store.begin()?;
        let (mut task, session) = self.task_at_hand(&tx)?;
        step(&mut task);
        store::task::put(&tx, &task)?;
        let view = flow::view(self.desk(&tx, &session)?, &task)?;
        tx.commit()?;
        Ok(Reply::Task(view))
    }

    /// Books by the holds of this moment, when the server can tell them in time. Goods move on here; a scan only asks
    /// what may go, answers from the device at once, and is weighed again now.
    async fn book_by_fresh_holds(&self) -> Result<Reply, Fault> {
        let moves_on = self
            .task_at_hand(self.store.read())
            .is_ok_and(|(task, _)| task.work() != Work::Receive);
        if moves_on {
            self.glance_at_holds().await?;
        }
        self.book()
    }

    fn book(&self) -> Result<Reply, Fault> {
        let tx = self.store.begin()?;
        let (mut task, session) = self.task_at_hand(&tx)?;
        let desk = self.desk(&tx, &session)?;
        match flow::book(desk, &self.env, &mut task)? {
            flow::Booking::Written {
                events,
                units,
                kept_back,
            } => {
                let view = self.commit_events(tx, &task, &session)?;
                Ok(Reply::Booked(crate::api::Booked {
                    events,
                    units,
                    kept_back,
                    task: view,
                    status: status(self)?,
                }))
            }
            flow::Booking::Stopped { item, judgement } => {
                self.not_booked(tx, task, &session, ScanOutcome::Stopped { item }, judgement)
            }
            flow::Booking::KeptBack { goods } => {
                let reasons = goods.iter().flat_map(|goods| goods.judgement.reasons.clone());
                let judgement = Judgement::of(reasons.collect());
                self.not_booked(tx, task, &session, ScanOutcome::KeptBack { goods }, judgement)
            }
        }
    }

    fn undo(&self) -> Result<Reply, Fault> {
        let tx = self.store.begin()?;
        let (mut task, session) = self.task_at_hand(&tx)?;
        let events = flow::undo(self.desk(&tx, &session)?, &self.env, &mut task)?;
        let view = self.commit_events(tx, &task, &session)?;
        Ok(Reply::Undone(crate::api::Undone {
            events,
            task: view,
            status: status(self)?,
        }))
    }

    /// A STOP at booking: no event is written, and the task knows what was told.
    fn not_booked(
        &self,
        tx: Transaction<'_>,
        mut task: TaskState,
        session: &Session,
        outcome: ScanOutcome,
        judgement: Judgement,
    ) -> Result<Reply, Fault> {
        task.note_stop(&outcome, &judgement, None);
        store::task::put(&tx, &task)?;
        let view = flow::view(self.desk(&tx, session)?, &task)?;
        tx.commit()?;
        Ok(Reply::Scanned(ScanView {
            outcome,
            judgement,
            booked: 0,
            raw: None,
            task: view,
        }))
    }

    /// Keeps task and records in one commit.
    fn commit_events(
        &self,
        tx: Transaction<'_>,
        task: &TaskState,
        session: &Session,
    ) -> Result<TaskView, Fault> {
        store::task::put(&tx, task)?;
        let view = flow::view(self.desk(&tx, session)?, task)?;
        tx.commit()?;
        self.due.soon(self.env.now_ms());
        Ok(view)
    }

    fn identify(&self, raw: &RawScan, entry: EntryMethod) -> Result<Reply, Fault> {
        let db = self.store.read();
        let profile = setting::profile(db, entry)?
            .map(|profile| profile.wedge)
            .unwrap_or_default();
        let identified =
            identify(&raw.0, self.env.today(), &profile).map_err(|error| problems::scan(&error, false))?;
        Ok(Reply::Identified {
            candidates: scan::candidates(db, &identified.candidates, &raw.0)?,
            changes: identified
                .changes
                .iter()
                .map(|change| format!("{change:?}"))
                .collect(),
        })
    }

    fn task_at_hand(&self, tx: &Connection) -> Result<(TaskState, Session), Fault> {
        let task = store::task::current(tx)?.ok_or_else(problems::no_task)?;
        let session = account::must_be_signed_in(tx, self.env.now_ms())?;
        must_have_role(&session, &task)?;
        if !task.is_for(session.user.id, &session.user.roles) {
            return Err(problems::no_task().into());
        }
        Ok((task, session))
    }

    fn desk<'a>(&'a self, db: &'a Connection, session: &'a Session) -> Result<Desk<'a>, Fault> {
        self.memo.renew(db)?;
        Ok(Desk {
            db,
            memo: &self.memo,
            now: self.env.now_ms(),
            today: self.env.today(),
            user: session.user.id,
            roles: &session.user.roles,
        })
    }
}

/// Whether the person may do the work of a task.
fn must_have_role(session: &Session, task: &TaskState) -> Result<(), Fault> {
    let roles = task.roles();
    match roles.first() {
        Some(usual) if !roles.iter().any(|role| session.user.roles.contains(role)) => {
            Err(problems::role_missing(*usual).into())
        }
        _ => Ok(()),
    }
}

fn begin_first_life(store: &Store, env: &impl Env) -> Result<(), Fault> {
    let tx = store.begin()?;
    if device::get(&tx)?.is_none() {
        device::begin_life(&tx, device::new_log(env)?, None)?;
    }
    // A session with a damaged row would lock everybody out; reading it here tells at the start.
    session::get(&tx)?;
    tx.commit()?;
    Ok(())
}
