//! The one shape of every error: `application/problem+json`, RFC 9457.

use std::borrow::Cow;
use std::sync::Arc;

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use utoipa::ToSchema;

use super::problem_code::Code;
use crate::auth::TokenError;
use crate::ops::NoRandomness;
use crate::store::StoreError;

/// Result of a handler.
pub type ApiResult<T> = Result<T, Problem>;

/// Media type of a problem (RFC 9457 section 3).
pub const PROBLEM_JSON: &str = "application/problem+json";

/// Seconds until it is worth asking a server again whose disk must be mended by somebody.
const RETRY_BROKEN: u32 = 30;

/// What is wrong with one field.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, ToSchema)]
pub struct FieldError {
    /// Where in the body: a JSON pointer (RFC 6901), or the name of a query parameter.
    pub pointer: String,
    /// What is wrong and what to do.
    pub detail: String,
    /// Stable word of the label reader for what is wrong with a scan.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<&'static str>,
}

impl FieldError {
    /// An error at a place.
    pub fn new(pointer: impl Into<String>, detail: impl Into<String>) -> Self {
        Self {
            pointer: pointer.into(),
            detail: detail.into(),
            code: None,
        }
    }
}

/// A request that was not answered as asked.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Problem {
    code: Code,
    detail: Cow<'static, str>,
    errors: Vec<FieldError>,
    retry_after: Option<u32>,
}

/// A problem as it is sent.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Problem)]
pub struct ProblemBody<'a> {
    /// URI of this kind of problem: `urn:sparhund:problem:` and the code.
    #[serde(rename = "type")]
    kind: String,
    /// The kind in words.
    title: &'static str,
    /// The HTTP status.
    status: u16,
    /// What happened, why, and what to do.
    detail: &'a str,
    /// This very request, as in the header `x-request-id` and in the server's log.
    instance: &'a str,
    /// Stable word for programs.
    code: &'static str,
    /// What is wrong with which field.
    #[serde(skip_serializing_if = "<[FieldError]>::is_empty")]
    errors: &'a [FieldError],
}

impl Problem {
    /// A problem with its explanation.
    pub fn new(code: Code, detail: impl Into<Cow<'static, str>>) -> Self {
        Self {
            code,
            detail: detail.into(),
            errors: Vec::new(),
            retry_after: None,
        }
    }

    /// Something is not there.
    pub fn not_found(what: &str) -> Self {
        Self::new(
            Code::NotFound,
            format!("there is no {what}; check the address or the list"),
        )
    }

    /// Values that cannot be taken, each named.
    pub fn invalid(errors: Vec<FieldError>) -> Self {
        let detail = match errors.as_slice() {
            [one] if one.pointer.is_empty() => one.detail.clone(),
            [one] => format!("{}: {}", one.pointer, one.detail),
            many => format!(
                "{} values cannot be taken, see `errors`; nothing was changed",
                many.len()
            ),
        };
        Self {
            errors,
            ..Self::new(Code::InvalidValue, detail)
        }
    }

    /// Adds the fields that are wrong.
    #[must_use]
    pub fn with_errors(mut self, errors: Vec<FieldError>) -> Self {
        self.errors = errors;
        self
    }

    /// Says when to try again, in seconds.
    #[must_use]
    pub fn retry_after(mut self, seconds: u32) -> Self {
        self.retry_after = Some(seconds);
        self
    }

    /// Its kind.
    pub fn code(&self) -> Code {
        self.code
    }

    /// What happened, why, and what to do.
    pub fn detail(&self) -> &str {
        &self.detail
    }

    /// What is wrong with which field.
    pub fn errors(&self) -> &[FieldError] {
        &self.errors
    }

    /// The finished answer to the request with this id.
    pub(super) fn render(&self, request_id: &str) -> Response {
        let body = ProblemBody {
            kind: format!("urn:sparhund:problem:{}", self.code.word()),
            title: self.code.title(),
            status: self.code.status().as_u16(),
            detail: &self.detail,
            instance: request_id,
            code: self.code.word(),
            errors: &self.errors,
        };
        let mut response = (self.code.status(), axum::Json(body)).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(PROBLEM_JSON));
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if let Some(seconds) = self.retry_after {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        if self.code.status() == StatusCode::UNAUTHORIZED {
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        response
    }
}

/// The body waits for the request id: [`super::observe`] renders what travels in the extensions.
impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut response = self.code.status().into_response();
        response.extensions_mut().insert(Arc::new(self));
        response
    }
}

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Busy => Self::new(Code::Busy, error.to_string()).retry_after(1),
            StoreError::Conflict(why) => Self::new(Code::Conflict, why),
            StoreError::Silenced => Self::new(Code::DeviceRevoked, error.to_string()),
            StoreError::DiskFull | StoreError::NotWritable(_) => Self::store(Code::CannotWrite, &error),
            StoreError::Corrupt(_) => Self::store(Code::StoreDamaged, &error),
            StoreError::Engine(_) | StoreError::Damaged(_) => Self::internal(&error),
        }
    }
}

impl Problem {
    /// What somebody must mend at the server. Whoever asked keeps what they have and comes back.
    fn store(code: Code, error: &StoreError) -> Self {
        tracing::error!(error.message = %error, "the store failed");
        Self::new(code, error.to_string()).retry_after(RETRY_BROKEN)
    }

    /// A failure of ours: the cause goes to the log, the caller gets the request id to name it by.
    pub fn internal(cause: &dyn std::fmt::Display) -> Self {
        tracing::error!(error.message = %cause, "a request failed");
        Self::new(
            Code::Internal,
            "the server could not do it; nothing was changed. Tell the operator the `instance`: the cause is in the server's log",
        )
    }
}

impl From<NoRandomness> for Problem {
    fn from(error: NoRandomness) -> Self {
        Self::internal(&error)
    }
}

impl From<TokenError> for Problem {
    fn from(error: TokenError) -> Self {
        match error {
            TokenError::Rejected => Self::new(Code::Unauthenticated, error.to_string()),
            TokenError::Signing => Self::internal(&error),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_queue_asks_to_come_back() {
        let answer = Problem::from(StoreError::Busy).render("r1");
        assert_eq!(answer.status(), StatusCode::SERVICE_UNAVAILABLE);
        assert_eq!(answer.headers().get(header::RETRY_AFTER).unwrap(), "1");
    }

    #[test]
    fn a_disk_that_takes_nothing_is_no_failure_of_the_program() {
        for (error, word) in [
            (StoreError::DiskFull, "cannot-write"),
            (StoreError::NotWritable("read only".to_owned()), "cannot-write"),
            (StoreError::Corrupt("malformed".to_owned()), "store-damaged"),
        ] {
            let problem = Problem::from(error);
            assert_eq!(problem.code().word(), word);
            let answer = problem.render("r1");
            assert_eq!(answer.status(), StatusCode::SERVICE_UNAVAILABLE);
            assert_eq!(answer.headers().get(header::RETRY_AFTER).unwrap(), "30");
        }
    }
}
