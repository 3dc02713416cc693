//! What a person does: scan, type a count, start, go back.

use leptos::prelude::*;
use sparhund_scanner_core::api::{Command, RawScan, TaskKind};
use sparhund_shared::event::EntryMethod;
use sparhund_shared::verdict::Verdict;

use super::{Ctx, LastScan, Notice, Screen};
use crate::scan::feedback;

impl Ctx {
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

/// A scanner may put the symbology identifier before an enrolment code too.
fn without_aim(text: &str) -> &str {
    match text.as_bytes() {
        [b']', letter, digit, ..] if letter.is_ascii_alphabetic() && digit.is_ascii_digit() => &text[3..],
        _ => text,
    }
}
