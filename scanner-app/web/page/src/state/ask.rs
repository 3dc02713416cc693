//! Commands go to the worker.

use leptos::prelude::*;
use leptos::task::spawn_local;
use sparhund_scanner_core::api::{Command, Reply};

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
}
