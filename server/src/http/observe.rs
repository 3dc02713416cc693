//! Around every handler: each request gets an id, a line in the log and its figures; every failure its body.

use std::sync::Arc;
use std::time::Instant;

use axum::extract::{MatchedPath, Request};
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::Response;
use tracing::Instrument as _;

use super::problem::Problem;
use super::problem_code::Code;
use crate::ops::{new_uuid, now_ms};

/// Header with the request's id.
const REQUEST_ID: &str = "x-request-id";

/// Ids come from here, not from the caller, so that nobody can write into the log or collide on purpose.
pub async fn observe(request: Request, next: Next) -> Response {
    let started = Instant::now();
    let id = new_uuid(now_ms()).map_or_else(|_| "none".to_owned(), |id| format!("urn:uuid:{id}"));
    let method = word(request.method());
    // The template, never the path or the query: those can hold lots, names and codes.
    let route = request
        .extensions()
        .get::<MatchedPath>()
        .map_or_else(|| "unmatched".to_owned(), |path| path.as_str().to_owned());
    let page = request.uri().path().starts_with("/console");
    let span = tracing::info_span!("request", request.id = %id);
    let response = next.run(request).instrument(span.clone()).await;
    let (mut response, problem) = finish(response, &id, page);
    if let Ok(value) = HeaderValue::from_str(&id) {
        response.headers_mut().insert(REQUEST_ID, value);
    }
    span.in_scope(|| note(method, &route, response.status(), problem, started));
    response
}

/// Gives a failure its body; pages bring their own.
fn finish(mut response: Response, id: &str, page: bool) -> (Response, Option<Code>) {
    let status = response.status();
    if let Some(problem) = response.extensions_mut().remove::<Arc<Problem>>() {
        return (problem.render(id), Some(problem.code()));
    }
    if status.as_u16() < 400 || page && response.headers().contains_key(header::CONTENT_TYPE) {
        return (response, None);
    }
    let code = Code::of_status(status);
    let mut rendered = Problem::new(code, explain(code)).render(id);
    if let Some(allow) = response.headers_mut().remove(header::ALLOW) {
        rendered.headers_mut().insert(header::ALLOW, allow);
    }
    (rendered, Some(code))
}

/// Words for what the router and the layers refuse.
fn explain(code: Code) -> &'static str {
    match code {
        Code::NotFound => "nothing is at this address; /api/v1/openapi.json lists every address of the API",
        Code::MethodNotAllowed => "this address takes the methods named in the header `allow`",
        Code::TooLarge => "the body is larger than this address takes; send less at a time",
        Code::Timeout => "the request took longer than 30 seconds and was given up; try again",
        Code::SlowBody => "the body did not arrive in time; check the connection and send it again",
        Code::Internal => {
            "the server could not do it. Tell the operator the `instance`: the cause is in the server's log"
        }
        _ => "the request cannot be answered; check it against /api/v1/openapi.json",
    }
}

/// A method as figures and log name it. Anybody may invent methods as long as the headers: each would be kept for ever.
fn word(method: &Method) -> &'static str {
    let known = [
        "GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT",
    ];
    known.into_iter().find(|known| method == known).unwrap_or("other")
}

fn note(method: &'static str, route: &str, status: StatusCode, problem: Option<Code>, started: Instant) {
    let seconds = started.elapsed().as_secs_f64();
    let labels = [
        ("method", method.to_owned()),
        ("route", route.to_owned()),
        ("status", status.as_u16().to_string()),
    ];
    metrics::counter!("sparhund_http_requests_total", &labels).increment(1);
    metrics::histogram!("sparhund_http_request_seconds", &labels[..2]).record(seconds);
    let problem = problem.map(Code::word);
    if status.is_server_error() {
        tracing::warn!(
            http.method = method,
            http.route = route,
            http.status = status.as_u16(),
            http.seconds = seconds,
            problem.code = problem,
            "request failed"
        );
    } else if matches!(route, "/health" | "/ready" | "/metrics") {
        tracing::debug!(
            http.route = route,
            http.status = status.as_u16(),
            "probe answered"
        );
    } else {
        tracing::info!(
            http.method = method,
            http.route = route,
            http.status = status.as_u16(),
            http.seconds = seconds,
            problem.code = problem,
            "request answered"
        );
    }
}
