//! What a person does: scan, type a count, start, go back.

use leptos::prelude::*;
use leptos::task::spawn_local;
use sparhund_scanner_core::api::{Command, Prompt, RawScan, Reply, TaskKind};
use sparhund_scanner_core::turns::{Step, Turns};
use sparhund_shared::event::EntryMethod;
use sparhund_shared::verdict::Verdict;

use super::{Ctx, LastScan, Notice, Screen};
use crate::scan::feedback;
use crate::screens::deed::prompt;

impl Ctx {
    /// A symbol came in, from wherever.
    pub fn scan(self, raw: RawScan, entry: EntryMethod) {
        if !self.status.with_untracked(|status| status.enrolled) {
            let text = String::from_utf8_lossy(&raw.0);
            let code =
                crate::browser::enrolment_code_in(&text).unwrap_or_else(|| without_aim(&text).to_owned());
            self.enrolment_code.set(code);
            return;
        }
        if self.badging.get_untracked() {
            self.set_badge(raw, entry);
            return;
        }
        // Before the task: goods of the one who is signed in are not scanned while another takes over.
        if untrack(|| self.asks_who()) {
            self.find_badge(raw, entry);
            return;
        }
        if self.settings.get_untracked() {
            self.note_scan(&raw, entry);
            self.run(Command::Identify { raw, entry });
            return;
        }
        // A task that was tapped may be about to open: the scan is for it, and waits.
        let opens = self.turns.with_value(Turns::busy);
        if self.task.with_untracked(Option::is_none) && !opens {
            // The label of a logistic unit says which delivery it is.
            if self.screen.get_untracked() == Screen::Supplier {
                self.note_scan(&raw, entry);
                self.run_once(Command::StartReceiveUnit { raw, entry });
                return;
            }
            return self.tell_ignored(raw);
        }
        self.give_typed_count();
        self.choose.set(Vec::new());
        let place = self.line_up(Step::Goods);
        spawn_local(async move {
            let Some(_turn) = place.await else {
                // Whoever scanned had not seen the STOP, or has not acknowledged it.
                feedback::play(Verdict::Stop);
                self.missed.update(|missed| *missed += 1);
                self.note_missed().await;
                return;
            };
            if self.task.with_untracked(Option::is_none) {
                return self.tell_ignored(raw);
            }
            if prompt(self) == Some(Prompt::ScanPatient) {
                // What a wristband says is shown to nobody.
                self.last_scan.set(None);
            } else {
                self.note_scan(&raw, entry);
            }
            // The last verdict is not the answer to this scan.
            self.clear_verdict();
            self.take_step(&Command::Scan { raw, entry }).await;
        });
    }

    /// Nothing is open that a scan could be for.
    fn tell_ignored(self, raw: RawScan) {
        feedback::play(Verdict::Warn);
        self.notice
            .set(Some(Notice::Refused(self.t("scan-ignored"), raw)));
    }

    /// The calibration symbol was scanned. The screen waits on until a scan of it makes a profile.
    pub fn calibrate(self, physical: Option<String>, text: String) {
        let typed = physical.as_deref().unwrap_or(&text);
        self.note_scan(&RawScan::from(typed), EntryMethod::Wedge);
        spawn_local(async move {
            let answer = self.ask(&Command::Calibrate { physical, text }).await;
            let found = matches!(answer, Ok(Reply::Status(_)));
            self.show(answer);
            if found {
                feedback::play(Verdict::Ok);
                self.calibrating.set(false);
                self.notice.set(Some(Notice::Done(self.t("calibration-done"))));
            } else if let Ok(Reply::Status(status)) = self.ask(&Command::Status).await {
                // A fault takes the old profile back, by which keys are still read here.
                self.set_status(status);
            }
        });
    }

    /// The STOP keeps count too, over a reload. A count that could not be kept is no reason to say more.
    async fn note_missed(self) {
        let answer = self.ask(&Command::NoteMissedScan).await;
        if let Err(error) = answer {
            self.show(Err(error));
        }
    }

    fn note_scan(self, raw: &RawScan, entry: EntryMethod) {
        self.last_scan.set(Some(LastScan {
            raw: raw.clone(),
            entry,
            readings: Vec::new(),
        }));
    }

    /// Gives up a code that waits for an answer, or for the other code of its label.
    pub fn give_up_reading(self) {
        self.clear_verdict();
        self.run_once(Command::DropOpenScan);
    }

    /// Gives a typed count to the core before anything else happens to the basket.
    pub fn give_typed_count(self) {
        if let Some(command) = self.typed_command() {
            self.run(command);
        }
    }

    /// The command for a count that was typed; whoever takes it gives it.
    pub(super) fn typed_command(self) -> Option<Command> {
        let (entry, packs) = self.typed_count.get_untracked()?;
        self.typed_count.set(None);
        Some(Command::SetCount { entry, packs })
    }

    /// Somebody has seen the STOP. What was scanned meanwhile was not taken, and is told of.
    pub fn acknowledge(self) {
        self.turns.with_value(Turns::acknowledge);
        self.scanned.set(None);
        spawn_local(async move {
            // Shown only when it fails: the answer tells nothing new, and what is said now must stay.
            let answer = self.ask(&Command::AcknowledgeStop).await;
            if matches!(answer, Err(_) | Ok(Reply::Error { .. })) {
                self.show(answer);
            }
        });
        let missed = self.missed.get_untracked();
        self.missed.set(0);
        self.notice
            .set((missed > 0).then(|| Notice::Problem(self.missed_words(missed))));
    }

    /// That scans were not taken under a STOP.
    pub fn missed_words(self, missed: u32) -> String {
        self.with_texts(|texts| texts.count("scan-missed", i64::from(missed)))
    }

    /// One step back: from the settings, from a task, from a list.
    pub fn back(self) {
        self.notice.set(None);
        if untrack(|| self.back_among_people()) {
            return;
        }
        if self.settings.get_untracked() {
            self.settings.set(false);
        } else if self.task.with_untracked(Option::is_some) {
            self.undo_until.set(None);
            self.screen.set(Screen::Tasks);
            // With something in the basket the task waits to be resumed.
            self.run(match self.unbooked() {
                None => Command::CloseTask,
                Some(words) => {
                    self.notice.set(Some(Notice::Problem(words)));
                    Command::LeaveTask
                }
            });
        } else {
            self.screen.set(Screen::Tasks);
            self.refresh_tasks();
        }
    }

    /// Says that the basket of the task is not booked, if something lies in it: it is kept, and easily forgotten.
    pub fn unbooked(self) -> Option<String> {
        let units = self.task.with_untracked(|task| {
            let basket = task.iter().flat_map(|task| &task.basket);
            basket.map(|entry| i64::from(entry.units)).sum()
        });
        (units > 0).then(|| self.with_texts(|texts| texts.count("basket-unbooked", units)))
    }

    /// From a finished task to the list it was chosen from.
    pub fn to_list(self) {
        let list = self.task.with_untracked(|task| match task.as_ref()?.kind {
            TaskKind::Receive { .. } | TaskKind::Deed { .. } => None,
            TaskKind::Pick { .. } => Some(Screen::ToPick),
            TaskKind::Deliver { .. } => Some(Screen::ToDeliver),
            TaskKind::Confirm { .. } => Some(Screen::ToConfirm),
        });
        self.back();
        self.screen.set(list.unwrap_or(Screen::Tasks));
    }

    /// To a list or form between tasks.
    pub fn go(self, screen: Screen) {
        self.clear_problem();
        self.screen.set(screen);
    }

    /// To the settings, from wherever.
    pub fn open_settings(self) {
        self.clear_problem();
        self.settings.set(true);
    }

    /// Opens or resumes a task.
    pub fn start(self, kind: TaskKind) {
        self.run_once(match kind {
            TaskKind::Receive { supplier, reference } => Command::StartReceive { supplier, reference },
            TaskKind::Pick { order } => Command::StartPick { order },
            TaskKind::Deliver { order } => Command::StartDeliver { order },
            TaskKind::Confirm { order } => Command::StartConfirm { order },
            TaskKind::Deed { kind } => Command::StartDeed { kind },
        });
    }
}

/// A scanner may put the symbology identifier before an enrolment code too.
fn without_aim(text: &str) -> &str {
    match text.as_bytes() {
        [b']', letter, digit, ..] if letter.is_ascii_alphabetic() && digit.is_ascii_digit() => &text[3..],
        _ => text,
    }
}
