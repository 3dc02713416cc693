//! Pages for quality officers and planners, drawn by the server: no wasm, and they work without JavaScript.
//!
//! A request passes [`session`], which knows the visitor by a cookie, asks [`access`] whether they may, and turns a
//! [`failure`] into a page in their language. Each page is one file under `pages/`; what the trace page computes lives in [`trace`].

mod access;
mod assets;
mod context;
mod failure;
mod fields;
mod format;
mod layout;
mod menu;
mod pages;
mod paging;
mod session;
mod texts;
pub mod trace;

use axum::Router;
use axum::middleware::from_fn_with_state;
use axum::routing::{get, post};

use crate::http::AppState;

/// Every page, under `/console`.
pub fn router(state: AppState) -> Router {
    Router::new()
        .route("/console", get(pages::overview::to_overview))
        .route("/console/", get(pages::overview::show))
        .route(
            "/console/sign-in",
            get(pages::sign_in::show).post(pages::sign_in::sign_in),
        )
        .route("/console/sign-out", post(pages::sign_in::sign_out))
        .route("/console/language", get(pages::sign_in::language))
        .route("/console/stock", get(pages::stock::show))
        .route("/console/articles", get(pages::articles::show))
        .route(
            "/console/orders",
            get(pages::orders::show).post(pages::orders::create),
        )
        .route("/console/orders/new", get(pages::orders::form))
        .route("/console/rules", get(pages::rules::show).post(pages::rules::set))
        .route("/console/rules/remove", post(pages::rules::remove))
        .route("/console/devices", get(pages::devices::show))
        .route("/console/devices/code", post(pages::devices::code))
        .route("/console/devices/revoke", post(pages::devices::revoke))
        .route(
            "/console/devices/quarantine",
            get(pages::quarantine::show).post(pages::quarantine::decide),
        )
        .route("/console/holds", get(pages::holds::show).post(pages::holds::set))
        .route("/console/holds/release", post(pages::holds::release))
        .route("/console/deviations", get(pages::deviations::show))
        .route(
            "/console/conflicts",
            get(pages::conflicts::show).post(pages::conflicts::resolve),
        )
        .route("/console/sites", get(pages::sites::show).post(pages::sites::add))
        .route("/console/sites/revoke", post(pages::sites::revoke))
        .route("/console/trace", get(pages::trace::show))
        .route("/console/trace.csv", get(pages::trace::csv))
        .route("/console/implant-card", get(pages::implant_card::show))
        .route("/console/audit", get(pages::audit::show))
        .route("/console/labels", get(pages::labels::show))
        .route("/console/code", get(pages::code::show))
        .route("/console/{*path}", get(pages::overview::nowhere))
        .layer(from_fn_with_state(state.clone(), session::session))
        .route("/console/static/{file}", get(assets::file))
        .with_state(state)
}
