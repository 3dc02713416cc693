//! Answers come from the worker and are shown.

use leptos::prelude::*;
use leptos::task::spawn_local;
use sparhund_scanner_core::api::{
    Booked, Command, Problem, Reply, ScanOutcome, ScanView, StatusView, StopView, TaskView,
};
use sparhund_scanner_core::turns::Turns;
use sparhund_shared::verdict::Verdict;

use super::{Ctx, Notice, Screen};
use crate::parts::save_outbox;
use crate::parts::verdict::weight;
use crate::scan::feedback;
use crate::text::texts;
use crate::worker_client::AskError;

impl Ctx {
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
            Reply::Switched(switched) => {
                feedback::play(Verdict::Ok);
                self.has_answered();
                self.set_status(switched.status);
                self.tell_of_basket(switched.left.as_ref());
            }
            Reply::Person(person) => {
                feedback::play(Verdict::Ok);
                self.choose_person(person.id);
            }
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
            Reply::Undone(undone) => {
                let done = self.t("undone");
                self.conclude_booking(undone.status, undone.task, done);
            }
            Reply::Synced(synced) => {
                self.clear_problem();
                self.set_status(synced.status);
                self.refresh_tasks();
                self.refresh_task();
            }
            Reply::Outbox(view) => save_outbox::hand_over(self, &view),
            Reply::Places { places } => self.places.set(Some(places)),
            Reply::Identified { candidates, .. } => self.last_scan.update(|last| {
                if let Some(last) = last {
                    last.readings = candidates;
                }
            }),
            Reply::Error { error } => {
                if WAITS.contains(&error.code.as_str()) {
                    // What is to be settled first stands at the top.
                    crate::browser::show_top_of_work();
                }
                let stops = STOPS.contains(&error.code.as_str());
                feedback::play(if stops { Verdict::Stop } else { Verdict::Warn });
                let text = self.with_texts(|texts| error.say(texts));
                let last = self.last_scan.get_untracked();
                let notice = match last.filter(|_| is_about_the_code(&error)) {
                    Some(last) => Notice::Refused(text, last.raw),
                    None if stops => Notice::Stop(text),
                    None => Notice::Problem(text),
                };
                self.notice.set(Some(notice));
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
        // The time alone is no news: the page has its own clock.
        let same = self.status.with_untracked(|old| {
            *old == StatusView {
                now: old.now,
                ..status.clone()
            }
        });
        if !same {
            let stands = |status: &StatusView| (status.enrolled, status.user.is_some());
            let (before, now) = (self.status.with_untracked(stands), stands(&status));
            // Only forward: when a session ends, the notice says why.
            let login = |status: &StatusView| status.user.as_ref().map(|user| user.login.clone());
            let person = login(&status);
            if person.is_some() && person != self.status.with_untracked(login) {
                self.begin_with_tasks();
            }
            if (!before.0 && now.0) || (!before.1 && now.1) {
                self.clear_problem();
            }
            self.status.set(status);
        }
    }

    /// Somebody signed in: nothing on the screen is left from whoever was there before. Their STOP waits in their task.
    fn begin_with_tasks(self) {
        self.turns.with_value(Turns::acknowledge);
        self.scanned.set(None);
        self.missed.set(0);
        self.choose.set(Vec::new());
        self.typed_count.set(None);
        self.typing.set(false);
        self.typed.set(String::new());
        self.last_scan.set(None);
        self.undo_until.set(None);
        self.settings.set(false);
        self.badging.set(false);
        self.screen.set(Screen::Tasks);
        self.tasks.set(None);
        self.set_task(None);
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

    /// Looks anew at the task on the screen: a sync may have brought a hold.
    pub fn refresh_task(self) {
        let kind_now = move || {
            self.task
                .with_untracked(|task| task.as_ref().map(|task| task.kind.clone()))
        };
        let Some(kind) = kind_now() else { return };
        spawn_local(async move {
            if let Ok(Reply::Task(mut task)) = self.ask(&Command::CurrentTask).await
                && task.kind == kind
                && kind_now() == Some(kind)
            {
                // The step that met a STOP has shown it, and it may have been acknowledged meanwhile.
                task.stop = None;
                self.set_task(Some(task));
            }
        });
    }

    fn set_task(self, task: Option<TaskView>) {
        let same_task = self.task.with_untracked(|old| {
            old.as_ref().map(|task| task.kind.clone()) == task.as_ref().map(|task| task.kind.clone())
        });
        let entries = task.as_ref().map_or(0, |task| task.basket.len());
        if !same_task {
            self.clear_verdict();
            self.places.set(None);
            self.typing.set(false);
            self.camera.set(false);
        }
        let current = self.current.get_untracked().filter(|index| *index < entries);
        self.current.set(current.or(entries.checked_sub(1)));
        if let Some(undo) = task.as_ref().and_then(|task| task.undo) {
            // After a reload the button would stand alone: say what it takes back.
            if self.undo_until.get_untracked().is_none() && self.notice.with_untracked(Option::is_none) {
                let done =
                    self.with_texts(|texts| texts.with("booked", &[("count", &undo.units.to_string())]));
                self.notice.set(Some(Notice::Done(done)));
            }
            self.undo_until.set(Some(undo.until));
        }
        let stop = task.as_ref().and_then(|task| task.stop.clone());
        self.task.set(task);
        if !self.turns.with_value(Turns::stopped)
            && let Some(stop) = stop
        {
            self.raise_stop(stop);
        }
    }

    /// Shows a STOP that stood when the page was loaded, or the task left.
    fn raise_stop(self, stop: StopView) {
        let Some(task) = self.task.get_untracked() else {
            return;
        };
        self.turns.with_value(Turns::stop);
        self.missed.set(stop.missed);
        self.scanned.set(Some(ScanView {
            outcome: stop.outcome,
            booked: 0,
            judgement: stop.judgement,
            raw: stop.raw,
            task,
        }));
    }

    /// The last verdict is over; a STOP is only when somebody acknowledges it.
    pub(super) fn clear_verdict(self) {
        if !self.turns.with_value(Turns::stopped) {
            self.scanned.set(None);
        }
    }

    /// A problem is over with the next step; what was done stays as long as it can be undone.
    pub fn clear_problem(self) {
        if self.notice.with_untracked(|notice| {
            matches!(
                notice,
                Some(Notice::Problem(_) | Notice::Stop(_) | Notice::Refused(..))
            )
        }) {
            self.notice.set(None);
        }
    }

    fn take_in_scan(self, view: ScanView) {
        self.clear_problem();
        feedback::play(weight(&view));
        self.set_task(Some(view.task.clone()));
        if view.booked > 0 {
            self.current.set(None);
            self.undo_until.set(view.task.undo.map(|undo| undo.until));
        }
        if let ScanOutcome::InBasket { entry } = &view.outcome {
            self.current.set(Some(*entry));
        }
        // What was typed and refused stands in its field until something went well: it is put right, not typed again.
        if view.judgement.verdict != Verdict::Stop && !matches!(view.outcome, ScanOutcome::Damaged { .. }) {
            self.typed.set(String::new());
        }
        // The phase before the scan is over; what is still open shows in the task.
        self.places.set(None);
        if view.judgement.verdict == Verdict::Stop {
            self.turns.with_value(Turns::stop);
        }
        // A question, and a label that is read in part, stand in the task until they are settled.
        let shown = !matches!(view.outcome, ScanOutcome::Choose | ScanOutcome::NeedsMore);
        self.scanned.set(shown.then_some(view));
        crate::browser::show_top_of_work();
    }

    fn take_in_booking(self, booked: Booked) {
        let done = self.with_texts(|texts| {
            let mut text = texts.with("booked", &[("count", &booked.units.to_string())]);
            for goods in &booked.kept_back {
                let count = goods.units.to_string();
                let what = [("name", goods.item.name.as_str()), ("count", count.as_str())];
                text = format!("{text} {}", texts.with("kept-back", &what));
            }
            text
        });
        self.conclude_booking(booked.status, booked.task, done);
    }

    /// Events were written, or taken back.
    fn conclude_booking(self, status: StatusView, task: TaskView, done: String) {
        self.set_status(status);
        self.clear_verdict();
        self.current.set(None);
        self.undo_until.set(task.undo.map(|undo| undo.until));
        self.set_task(Some(task));
        self.notice.set(Some(Notice::Done(done)));
    }
}

/// Problems of the device itself: no scan and no booking goes on before somebody does something about them.
const STOPS: [&str; 4] = ["store-full", "store-nearly-full", "store-read-only", "store"];

/// Problems that end when something in the task is settled.
const WAITS: [&str; 3] = ["choice-open", "scan-open", "scan-over"];

/// Whether whoever reads a problem may want to see the code it is about.
fn is_about_the_code(problem: &Problem) -> bool {
    let heads = ["scan-", "not-here", "symbols-differ", "calibration-"];
    let code = problem.code.as_str();
    !WAITS.contains(&code) && heads.iter().any(|head| code.starts_with(head))
}
