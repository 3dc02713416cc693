//! What people ask the service, each by a sign-in of its own.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::{ConnectInfo, DefaultBodyLimit, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::middleware::{from_fn, map_response};
use axum::response::Response;
use axum::routing::{get, post};
use axum::{Json, Router};
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;
use sparhund_shared::log::{Hash, HashError};
use sparhund_shared::privacy::Identity;
use tower_http::timeout::{RequestBodyDeadlineLayer, TimeoutLayer};

use super::access::{Asked, Purpose};
use super::people::{LinkAccount, Right};
use super::{Access, Counts, LinkError, LinkService, LinkStore};
use crate::auth::Subject;
use crate::http::{ApiResult, Body, Code, FieldError, Problem, Query, observe};
use crate::ops::{now_ms, today};

type Shared = State<Arc<LinkService>>;

/// Rows of the access log in one answer.
const PAGE: usize = 1_000;

/// Everything the service answers.
pub fn app(service: Arc<LinkService>) -> Router {
    Router::new()
        .route("/sign-in", post(sign_in))
        .route("/sign-out", post(sign_out))
        .route("/look-up", post(look_up))
        .route("/find", post(find))
        .route("/access-log", get(access_log))
        .route("/health", get(health))
        .fallback(async || StatusCode::NOT_FOUND)
        .with_state(service)
        .layer(DefaultBodyLimit::max(16 << 10))
        .layer(RequestBodyDeadlineLayer::new(Duration::from_secs(10)))
        .layer(TimeoutLayer::with_status_code(
            StatusCode::SERVICE_UNAVAILABLE,
            Duration::from_secs(30),
        ))
        .layer(from_fn(observe))
        .layer(map_response(kept_by_nobody))
}

async fn kept_by_nobody(mut response: Response) -> Response {
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static("default-src 'none'; frame-ancestors 'none'"),
    );
    headers.insert(
        header::X_CONTENT_TYPE_OPTIONS,
        HeaderValue::from_static("nosniff"),
    );
    response
}

/// A text of the caller. What is none is refused without being repeated: it may be a personal number.
#[derive(Default)]
struct Quiet(String);

impl<'de> Deserialize<'de> for Quiet {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match Value::deserialize(deserializer)? {
            Value::String(text) => Ok(Self(text)),
            _ => Err(serde::de::Error::custom("this must be a text in quotation marks")),
        }
    }
}

#[derive(Deserialize)]
struct SignIn {
    login: String,
    password: Quiet,
}

#[derive(Serialize)]
struct SignedIn {
    token: String,
    until: i64,
}

async fn sign_in(
    State(service): Shared,
    ConnectInfo(from): ConnectInfo<SocketAddr>,
    Body(asked): Body<SignIn>,
) -> ApiResult<Json<SignedIn>> {
    let subject = Subject::Login(&asked.login);
    service.throttle.attempt(subject, from.ip(), now_ms())?;
    let login = asked.login.clone();
    let account = blocking(&service, move |store| store.account(&login)).await?;
    let hash = account.map(|account| account.password_hash);
    if !service.passwords.verify(asked.password.0, hash).await {
        tracing::warn!("a sign-in failed");
        return Err(Problem::new(
            Code::Unauthenticated,
            "name or password is wrong, or the account is closed",
        ));
    }
    service.throttle.succeeded(subject, from.ip());
    let (token, until) = service.sessions.begin(&asked.login, now_ms())?;
    Ok(Json(SignedIn { token, until }))
}

async fn sign_out(State(service): Shared, headers: HeaderMap) -> StatusCode {
    service.sessions.end(bearer(&headers));
    StatusCode::NO_CONTENT
}

fn bearer(headers: &HeaderMap) -> &str {
    let value = headers
        .get(header::AUTHORIZATION)
        .and_then(|value| value.to_str().ok());
    value
        .and_then(|value| value.strip_prefix("Bearer "))
        .unwrap_or_default()
}

/// Who asks; their account is looked up at each use, so that closing it holds at once.
async fn person(service: &Arc<LinkService>, headers: &HeaderMap, right: Right) -> ApiResult<LinkAccount> {
    let nobody = || Problem::new(Code::Unauthenticated, "sign in at the patient-link service first");
    let login = service
        .sessions
        .login(bearer(headers), now_ms())
        .ok_or_else(nobody)?;
    let account = blocking(service, move |store| store.account(&login))
        .await?
        .ok_or_else(nobody)?;
    if !account.has(right) {
        return Err(Problem::new(
            Code::Forbidden,
            "this account was not made for that; ask whoever runs the patient-link service",
        ));
    }
    Ok(account)
}

#[derive(Deserialize)]
struct LookUp {
    token: Quiet,
    #[serde(default)]
    purpose: Quiet,
    #[serde(default)]
    reason: Quiet,
}

#[derive(Serialize)]
struct Found {
    kind: &'static str,
    identity: String,
}

async fn look_up(
    State(service): Shared,
    headers: HeaderMap,
    Body(wanted): Body<LookUp>,
) -> ApiResult<Json<Found>> {
    let account = person(&service, &headers, Right::LookUp).await?;
    let asked = asked(&account, &wanted.purpose.0, &wanted.reason.0)?;
    let token: Hash = (wanted.token.0.parse())
        .map_err(|error: HashError| Problem::invalid(vec![FieldError::new("/token", error.to_string())]))?;
    let found = blocking(&service, move |store| store.look_up(token, &asked, now_ms())).await?;
    let identity = found.ok_or_else(|| {
        Problem::new(
            Code::NotFound,
            "nobody is known under this token: it is not one, it is not fetched yet, or the person was erased",
        )
    })?;
    Ok(Json(Found {
        kind: match identity {
            Identity::Personal(_) => "personal",
            Identity::Reserve(_) => "reserve",
        },
        identity: identity.as_str().to_owned(),
    }))
}

#[derive(Deserialize)]
struct Find {
    identity: Quiet,
    #[serde(default)]
    purpose: Quiet,
    #[serde(default)]
    reason: Quiet,
}

#[derive(Serialize)]
struct FoundToken {
    token: Hash,
}

async fn find(
    State(service): Shared,
    headers: HeaderMap,
    Body(wanted): Body<Find>,
) -> ApiResult<Json<FoundToken>> {
    let account = person(&service, &headers, Right::LookUp).await?;
    let asked = asked(&account, &wanted.purpose.0, &wanted.reason.0)?;
    let identity = Identity::scanned(&wanted.identity.0, today())
        .map_err(|error| Problem::invalid(vec![FieldError::new("/identity", error.to_string())]))?;
    let token = blocking(&service, move |store| store.find(&identity, &asked, now_ms())).await?;
    Ok(Json(FoundToken { token }))
}

fn asked(account: &LinkAccount, purpose: &str, reason: &str) -> Result<Asked, Problem> {
    let wrong = |pointer: &str, error: &LinkError| {
        Problem::invalid(vec![FieldError::new(pointer, error.to_string())])
    };
    let purpose = Purpose::parse(purpose).map_err(|error| wrong("/purpose", &error))?;
    Asked::new(&account.login, &account.unit, &purpose, reason).map_err(|error| wrong("/reason", &error))
}

#[derive(Deserialize)]
struct LogQuery {
    token: Option<Hash>,
    after: Option<i64>,
    limit: Option<usize>,
}

/// Who asked for what: of one patient, for the extract they may have, or of all, for spot checks.
async fn access_log(
    State(service): Shared,
    headers: HeaderMap,
    Query(query): Query<LogQuery>,
) -> ApiResult<Json<Vec<Access>>> {
    let account = person(&service, &headers, Right::Audit).await?;
    let asked = asked(&account, "kvalitet", "loggen lästes")?;
    let limit = query.limit.unwrap_or(PAGE).clamp(1, PAGE);
    let rows = blocking(&service, move |store| {
        store.access_log(&asked, query.token, query.after.unwrap_or(0), limit, now_ms())
    });
    rows.await.map(Json)
}

async fn health(State(service): Shared) -> ApiResult<Json<Counts>> {
    blocking(&service, LinkStore::counts).await.map(Json)
}

/// Work of the database goes to a thread that may block.
async fn blocking<T: Send + 'static>(
    service: &Arc<LinkService>,
    work: impl FnOnce(&LinkStore) -> Result<T, LinkError> + Send + 'static,
) -> ApiResult<T> {
    let service = Arc::clone(service);
    let done = tokio::task::spawn_blocking(move || work(&service.store)).await;
    done.map_err(|error| Problem::internal(&error))?
        .map_err(|error| Problem::internal(&error))
}
