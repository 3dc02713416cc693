//! What answers the commands.

use rusqlite::Connection;
use serde_json::{Value, json};
use wasm_bindgen_futures::JsFuture;

use sparhund_scanner_core::env::{Env, RandomError, Request, Transport};

use crate::browser_env::BrowserEnv;
use crate::fetch::Fetch;
use crate::messages::scope;

/// The open store and what works on it.
pub struct App {
    connection: Connection,
}

impl App {
    /// Takes over the open database. Says at once when this browser cannot sign, not at the first scan.
    pub fn open(connection: Connection) -> Result<Self, RandomError> {
        BrowserEnv.random(&mut [0; 32])?;
        Ok(Self { connection })
    }

    /// Answers one command. Errors are answers too: `{"error": {"code", "message"}}`.
    pub async fn handle(&self, command: Value) -> Value {
        match command.get("type").and_then(Value::as_str) {
            Some("storage") => self
                .storage()
                .await
                .unwrap_or_else(|e| error("store.failed", &e.to_string())),
            Some("reach") => reach().await,
            _ => error(
                "command.unknown",
                "the worker does not know this command; load the page again to update it",
            ),
        }
    }

    /// How and how well scans are kept on this device.
    async fn storage(&self) -> Result<Value, rusqlite::Error> {
        let journal: String = self
            .connection
            .pragma_query_value(None, "journal_mode", |row| row.get(0))?;
        let synchronous: i64 = self
            .connection
            .pragma_query_value(None, "synchronous", |row| row.get(0))?;
        Ok(json!({
            "type": "storage",
            "sqlite": rusqlite::version(),
            "journal_mode": journal,
            "durable": journal == "wal" && synchronous == 2,
            "persisted": persisted().await,
        }))
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

/// Whether the server answers.
async fn reach() -> Value {
    let request = Request {
        method: "GET",
        url: "/health".to_owned(),
        headers: Vec::new(),
        body: Vec::new(),
        timeout_ms: 5_000,
    };
    match Fetch.send(request).await {
        Ok(answer) => json!({ "type": "reach", "status": answer.status }),
        Err(problem) => error("server.unreachable", &problem.to_string()),
    }
}

fn error(code: &str, message: &str) -> Value {
    json!({ "error": { "code": code, "message": message } })
}
