//! Every route of the API on one page. Who may call it stands in [`crate::auth::access`].

use std::sync::{Arc, LazyLock};
use std::time::Duration;

use axum::extract::DefaultBodyLimit;
use axum::http::{StatusCode, header};
use axum::middleware::{from_fn, from_fn_with_state};
use axum::response::{IntoResponse as _, Redirect, Response};
use axum::routing::get;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::decompression::RequestDecompressionLayer;
use tower_http::timeout::{RequestBodyDeadlineLayer, TimeoutLayer};
use utoipa::OpenApi as _;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::problem::Problem;
use super::problem_code::Code;
use super::state::AppState;
use super::upload_turns::{Turns, turn};
use super::{
    articles, audit, auth, conflicts, deliveries, deviations, devices, health, holds, identify, observe,
    openapi, orders, patients, places, print, quarantine, records, rules, security_headers, series, sites,
    stock, sync, trace, users, web,
};
use crate::auth::{access, gate};

/// JSON bodies.
const BODY_LIMIT: usize = 1 << 20;
/// Uploads of records.
const UPLOAD_LIMIT: usize = 4 << 20;

/// How long things may take.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Limits {
    /// The longest a request may take.
    pub request: Duration,
    /// The longest a body may take to arrive.
    pub body: Duration,
    /// The longest an upload may wait for its turn. Clients wait ten seconds for an answer to a few lines.
    pub turn: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            request: Duration::from_secs(30),
            body: Duration::from_secs(20),
            turn: Duration::from_secs(5),
        }
    }
}

fn api(limits: Limits) -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(auth::sign_in))
        .routes(routes!(auth::refresh_tokens))
        .routes(routes!(auth::sign_out))
        .routes(routes!(devices::list_devices))
        .routes(routes!(devices::create_enrolment_code))
        .routes(routes!(devices::enrol_device))
        .routes(routes!(devices::revoke_device))
        .routes(routes!(devices::rotate_key))
        .routes(routes!(
            quarantine::list_quarantine,
            quarantine::decide_quarantine
        ))
        .merge(uploads(limits))
        .routes(routes!(sync::get_feed))
        .routes(routes!(series::next_series))
        .routes(routes!(print::print_label))
        .routes(routes!(articles::list_articles))
        .routes(routes!(articles::get_article, articles::put_article))
        .routes(routes!(places::list_places))
        .routes(routes!(places::put_place))
        .routes(routes!(deliveries::list_deliveries, deliveries::delete_delivery))
        .routes(routes!(deliveries::import_deliveries))
        .routes(routes!(rules::list_rules, rules::put_rule, rules::delete_rule))
        .routes(routes!(users::list_users, users::create_user))
        .routes(routes!(users::put_user_roles))
        .routes(routes!(users::put_user_active))
        .routes(routes!(users::put_user_password))
        .routes(routes!(orders::list_orders, orders::create_order))
        .routes(routes!(orders::get_order))
        .routes(routes!(stock::list_stock))
        .routes(routes!(deviations::list_deviations))
        .routes(routes!(holds::list_holds, holds::create_hold))
        .routes(routes!(holds::release_hold))
        .routes(routes!(trace::get_trace))
        .routes(routes!(trace::get_trace_csv))
        .routes(routes!(identify::identify_scan))
        .routes(routes!(patients::list_patient_seals))
        .routes(routes!(patients::keep_patient_tokens))
        .routes(routes!(audit::list_audit))
        .routes(routes!(sites::list_sites, sites::create_site))
        .routes(routes!(sites::revoke_site))
        .routes(routes!(sites::join_site))
        .routes(routes!(conflicts::list_conflicts))
        .routes(routes!(conflicts::choose_conflict))
}

/// Routes that take more than a form's worth of bytes.
fn uploads(limits: Limits) -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(sync::exchange_heads))
        .routes(routes!(records::upload_records, records::list_records))
        .routes(routes!(sites::greet_site))
        .routes(routes!(sites::list_site_logs, sites::introduce_logs))
        .routes(routes!(sites::list_site_heads))
        .routes(routes!(sites::list_lacking))
        .routes(routes!(sites::get_chain))
        .routes(routes!(sites::take_site_records))
        .routes(routes!(sites::list_site_rows, sites::offer_rows))
        // The limit is of what comes out: nothing is unpacked beyond it.
        .layer(RequestDecompressionLayer::new().pass_through_unaccepted(true))
        .layer(DefaultBodyLimit::max(UPLOAD_LIMIT))
        .layer(from_fn_with_state(Turns::new(limits.turn), turn))
}

/// The API's routes with their description.
pub(super) fn described(limits: Limits) -> (axum::Router<AppState>, utoipa::openapi::OpenApi) {
    let (router, mut document) = OpenApiRouter::with_openapi(openapi::Base::openapi())
        .nest(access::API, api(limits))
        .split_for_parts();
    openapi::finish(&mut document);
    (router, document)
}

/// The document does not change while the program runs.
static DOCUMENT: LazyLock<Arc<str>> = LazyLock::new(|| {
    described(Limits::default())
        .1
        .to_json()
        .unwrap_or_else(|error| format!("{{\"error\":{:?}}}", error.to_string()))
        .into()
});

async fn get_openapi() -> Response {
    ([(header::CONTENT_TYPE, "application/json")], DOCUMENT.to_string()).into_response()
}

/// Everything the server answers, ready to be served.
pub fn app(state: AppState) -> axum::Router {
    app_within(state, Limits::default())
}

/// The same with other limits of time.
pub fn app_within(state: AppState, limits: Limits) -> axum::Router {
    let (api, _) = described(limits);
    api.route("/api/v1/openapi.json", get(get_openapi))
        .route_layer(from_fn_with_state(state.clone(), gate))
        .merge(health::router())
        .merge(web::router(&state))
        .route("/", get(async || Redirect::to("/console/")))
        .fallback(async || StatusCode::NOT_FOUND)
        .with_state(state.clone())
        .merge(crate::console::router(state.clone()))
        .layer(DefaultBodyLimit::max(BODY_LIMIT))
        .layer(RequestBodyDeadlineLayer::new(limits.body))
        .layer(CatchPanicLayer::custom(panicked))
        .layer(TimeoutLayer::with_status_code(
            StatusCode::SERVICE_UNAVAILABLE,
            limits.request,
        ))
        .layer(CompressionLayer::new())
        .layer(from_fn(observe::observe))
        .layer(from_fn_with_state(state, security_headers::security_headers))
}

/// The panic's own words go to the log by the panic hook; the caller learns only that it was our fault.
fn panicked(_: Box<dyn std::any::Any + Send>) -> Response {
    Problem::new(
        Code::Internal,
        "the server failed unexpectedly. Tell the operator the `instance`: the cause is in the server's log",
    )
    .into_response()
}
