//! The HTTP surface: [`app`] puts the API, the console and the scanner app's files under one router.

mod state;

pub use state::{AppState, Site};

/// Everything the server answers, ready to be served.
pub fn app(state: AppState) -> axum::Router {
    axum::Router::new().merge(crate::console::router(state))
}
