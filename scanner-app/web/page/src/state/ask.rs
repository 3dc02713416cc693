//! Commands go to the worker.

use leptos::prelude::*;
use leptos::task::spawn_local;
use sparhund_scanner_core::api::{Command, Reply};
use sparhund_scanner_core::turns::{Place, Step, Turns};
use sparhund_shared::verdict::Verdict;

use super::Ctx;
use crate::storage::Storage;
use crate::worker_client::AskError;

impl Ctx {
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

    /// Gives a command and shows what comes of it. A step of a task waits for its turn.
    pub fn run(self, command: Command) {
        let Some(step) = Step::of(&command) else {
            spawn_local(async move { self.show(self.ask(&command).await) });
            return;
        };
        let place = self.line_up(step);
        spawn_local(async move {
            if let Some(_turn) = place.await {
                self.take_step(&command).await;
            }
        });
    }

    /// Gives a command that must not be given twice: a second tap does nothing.
    pub fn run_once(self, command: Command) {
        self.run_together(vec![command]);
    }

    /// Gives several commands as one tap, one after the other, until one of them is stopped or cannot be done. Only
    /// the last answer is shown.
    ///
    /// A typed count goes before them, and when that is not taken, nothing is done: the tap meant the count on the
    /// screen.
    pub fn run_together(self, commands: Vec<Command>) {
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        let commands: Vec<_> = self.typed_command().into_iter().chain(commands).collect();
        let needs_turn = commands.iter().any(|command| Step::of(command).is_some());
        let place = needs_turn.then(|| self.line_up(Step::Tap));
        spawn_local(async move {
            let turn = match place {
                Some(place) => place.await.map(Some),
                None => Some(None),
            };
            if turn.is_some() {
                self.take_steps(&commands).await;
            }
            self.busy.set(false);
        });
    }

    /// Takes a place in the line of steps; who was sent away does nothing.
    pub(super) fn line_up(self, step: Step) -> Place {
        self.turns.with_value(|turns| turns.line_up(step))
    }

    /// Does a step whose turn has come.
    pub(super) async fn take_step(self, command: &Command) {
        let answer = self.ask(command).await;
        self.conclude(answer);
    }

    async fn take_steps(self, commands: &[Command]) {
        let mut last: Option<Result<Reply, AskError>> = None;
        for command in commands {
            let answer = self.ask(command).await;
            let on = goes_on(&answer);
            if let (true, Some(before)) = (failed(&answer), last.replace(answer)) {
                // A failure tells nothing of the task, so what the commands before it made of it is shown too.
                self.show(before);
            }
            if !on {
                break;
            }
        }
        if let Some(last) = last {
            self.conclude(last);
        }
    }

    /// Shows what came of a step before the next one has its turn.
    fn conclude(self, answer: Result<Reply, AskError>) {
        let failed = failed(&answer);
        self.show(answer);
        if failed {
            self.turns.with_value(Turns::fail);
            // A typed count that was not taken must not stay in its field.
            self.scanned.update(|_| ());
        }
    }
}

fn failed(answer: &Result<Reply, AskError>) -> bool {
    matches!(answer, Err(_) | Ok(Reply::Error { .. }))
}

/// Whether the next command of the same tap may follow.
fn goes_on(answer: &Result<Reply, AskError>) -> bool {
    let stopped = matches!(answer, Ok(Reply::Scanned(view)) if view.judgement.verdict == Verdict::Stop);
    !stopped && !failed(answer)
}
