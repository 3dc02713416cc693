//! Pages for quality officers and planners, drawn by the server.

use axum::Router;

use crate::http::AppState;

/// Every page, under `/console`.
pub fn router(state: AppState) -> Router {
    Router::new().with_state(state)
}
