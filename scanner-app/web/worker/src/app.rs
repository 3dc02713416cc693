//! What answers the commands: the scanner core over the browser's store.

use std::rc::Rc;

use rusqlite::Connection;
use serde::Deserialize;
use serde_json::{Value, json};
use sparhund_scanner_core::api::{Command, Problem, Reply};
use sparhund_scanner_core::{App as Core, AppError};
use wasm_bindgen_futures::JsFuture;

use crate::browser_env::BrowserEnv;
use crate::browser_vault::BrowserVault;
use crate::fetch::Fetch;
use crate::messages::scope;

/// The open store and what works on it.
pub struct App {
    core: Core<BrowserEnv, Fetch, BrowserVault>,
    kept: Kept,
}

/// What the worker answers by itself.
#[derive(Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
enum Asked {
    Storage,
}

/// How SQLite keeps what it is given.
struct Kept {
    journal: String,
    synchronous: i64,
}

impl App {
    /// Takes over the open database. Says at once when this browser cannot sign, not at the first scan.
    pub fn open(connection: Connection) -> Result<Rc<Self>, AppError> {
        let kept = Kept {
            journal: connection.pragma_query_value(None, "journal_mode", |row| row.get(0))?,
            synchronous: connection.pragma_query_value(None, "synchronous", |row| row.get(0))?,
        };
        Ok(Rc::new(Self {
            core: Core::open_with_vault(connection, BrowserEnv, Fetch, BrowserVault)?,
            kept,
        }))
    }

    /// Forgets keys of earlier lives, and finds out whether the present one is there. Before any command.
    pub async fn look_after_keys(&self) -> Result<(), Problem> {
        self.core.look_after_keys().await
    }

    /// Answers one command, JSON for JSON. Errors are answers too: `{"error": {"code", "message"}}`.
    pub async fn handle(&self, command: &str) -> String {
        match serde_json::from_str(command) {
            Ok(Asked::Storage) => self.storage().await.to_string(),
            Err(_) => match serde_json::from_str(command) {
                Ok(command) => serde_json::to_string(&self.command(command).await)
                    .unwrap_or_else(|e| error("reply.unwritable", &e.to_string())),
                Err(e) => error(
                    "command.unknown",
                    &format!("the worker does not know this command ({e}); load the page again to update it"),
                ),
            },
        }
    }

    /// Answers one command of the core.
    pub async fn command(&self, command: Command) -> Reply {
        self.core.handle(command).await
    }

    /// How and how well scans are kept on this device.
    async fn storage(&self) -> Value {
        json!({
            "type": "storage",
            "sqlite": rusqlite::version(),
            "journal_mode": self.kept.journal,
            "durable": self.kept.journal == "wal" && self.kept.synchronous == 2,
            "persisted": persisted().await,
            "free": crate::room::free_bytes(),
        })
    }
}

/// Whether the browser has promised not to clear this origin when space runs out.
async fn persisted() -> bool {
    let Ok(promise) = scope().navigator().storage().persisted() else {
        return false;
    };
    JsFuture::from(promise)
        .await
        .is_ok_and(|answer| answer.is_truthy())
}

fn error(code: &str, message: &str) -> String {
    json!({ "error": { "code": code, "message": message } }).to_string()
}
