//! For those who run it: is it alive, can it work, how does it do?

use std::time::Duration;

use axum::Router;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use axum::routing::get;

use super::problem::{ApiResult, Problem};
use super::problem_code::Code;
use super::state::AppState;
use crate::ops::metrics_text;

/// The longest the store may take to say that it can write.
const READY_WITHIN: Duration = Duration::from_secs(2);

/// `/health`, `/ready` and `/metrics`.
pub fn router() -> Router<AppState> {
    Router::new()
        .route("/health", get(async || "ok\n"))
        .route("/ready", get(get_ready))
        .route("/metrics", get(get_metrics))
}

/// The store commits a no-op in time.
async fn get_ready(State(state): State<AppState>) -> ApiResult<&'static str> {
    match tokio::time::timeout(READY_WITHIN, state.store.ready()).await {
        Ok(Ok(())) => Ok("ready\n"),
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
        "the store cannot write right now; look for a full disk or a long-running command",
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
    let text = metrics_text();
    ([(header::CONTENT_TYPE, "text/plain; version=0.0.4")], text).into_response()
}

/// Exact up to 2^53 bytes.
#[allow(
    clippy::cast_precision_loss,
    reason = "a gauge is a float, and no file has 8 PiB"
)]
fn as_f64(bytes: u64) -> f64 {
    bytes as f64
}
