//! For those who run it: is it alive, can it work, how does it do?

use std::time::{Duration, Instant};

use axum::Router;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use axum::routing::get;

use super::problem::{ApiResult, Problem};
use super::problem_code::Code;
use super::state::AppState;
use crate::ops::metrics_text;
use crate::store::StoreError;

/// The longest the store may take to say that it can write.
const READY_WITHIN: Duration = Duration::from_secs(2);

/// `/health`, `/ready` and `/metrics`.
pub fn router() -> Router<AppState> {
    Router::new()
        .route("/health", get(async || "ok\n"))
        .route("/ready", get(get_ready))
        .route("/metrics", get(get_metrics))
}

/// How long an answer holds: asking is public and costs a durable commit.
const READY_FOR: Duration = Duration::from_secs(1);

/// When readiness was last asked of the store, and what it said.
pub type Readiness = tokio::sync::Mutex<Option<(Instant, Result<(), Problem>)>>;

/// The store commits a no-op in time, or did so within the last second.
async fn get_ready(State(state): State<AppState>) -> ApiResult<&'static str> {
    // Held over the commit: whoever comes meanwhile waits for the same answer.
    let mut known = state.readiness.lock().await;
    let ready = match known.as_ref() {
        Some((asked, ready)) if asked.elapsed() < READY_FOR => ready.clone(),
        _ => {
            let ready = ask(&state).await;
            *known = Some((Instant::now(), ready.clone()));
            ready
        }
    };
    ready.map(|()| "ready\n")
}

/// A full disk, one that takes no writes and a damaged database say so themselves.
async fn ask(state: &AppState) -> Result<(), Problem> {
    match tokio::time::timeout(READY_WITHIN, state.store.ready()).await {
        Ok(Ok(())) => Ok(()),
        Ok(Err(error @ (StoreError::DiskFull | StoreError::NotWritable(_) | StoreError::Corrupt(_)))) => {
            Err(error.into())
        }
        Ok(Err(error)) => {
            tracing::warn!(error.message = %error, "the store cannot write");
            Err(not_ready())
        }
        Err(_) => Err(not_ready()),
    }
}

fn not_ready() -> Problem {
    Problem::new(
        Code::Busy,
        "the store cannot write right now; look for a long-running command or a slow disk",
    )
    .retry_after(1)
}

/// Prometheus text format 0.0.4.
async fn get_metrics(State(state): State<AppState>) -> Response {
    if let Some(database) = &state.site.database {
        let mut wal = database.clone().into_os_string();
        wal.push("-wal");
        // Both files are local; asking for their sizes does not wait.
        for (path, kind) in [(database.as_os_str(), "database"), (wal.as_os_str(), "wal")] {
            let bytes = std::fs::metadata(path).map_or(0, |meta| meta.len());
            metrics::gauge!("sparhund_store_file_bytes", "file" => kind).set(as_f64(bytes));
        }
    }
    let waiting = state.store.waiting().try_into().unwrap_or(u64::MAX);
    metrics::gauge!("sparhund_store_waiting").set(as_f64(waiting));
    let text = metrics_text();
    ([(header::CONTENT_TYPE, "text/plain; version=0.0.4")], text).into_response()
}

/// Exact up to 2^53.
#[allow(
    clippy::cast_precision_loss,
    reason = "a gauge is a float; no file has 8 PiB and no queue as many records"
)]
fn as_f64(number: u64) -> f64 {
    number as f64
}
