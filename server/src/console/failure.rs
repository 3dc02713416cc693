//! What a page answers when it cannot answer: what, why, what to do.

use std::fmt::Write as _;
use std::sync::Arc;

use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};

use crate::http::{Code, Problem};
use crate::store::StoreError;

/// Result of a page.
pub(super) type Answer<T = maud::Markup> = Result<T, Failure>;

/// A request that was not answered as asked.
#[derive(Clone, Debug)]
pub(super) enum Failure {
    /// Nobody is signed in; afterwards they come back to this address.
    SignIn(String),
    /// A kind of problem with its explanation in the visitor's language, or in English from deeper down.
    Said(Code, String),
}

impl Failure {
    /// A failure explained in the visitor's language.
    pub(super) fn said(code: Code, why: impl Into<String>) -> Self {
        Self::Said(code, why.into())
    }
}

/// [`super::session`] draws the page: it knows the visitor's language.
#[derive(Clone, Debug)]
pub(super) struct ToDraw(pub Code, pub String);

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        match self {
            Self::SignIn(back) => {
                Redirect::to(&super::format::link("/console/sign-in", &[("next", &back)])).into_response()
            }
            Self::Said(code, why) => {
                let mut response = code.status().into_response();
                response.extensions_mut().insert(Arc::new(ToDraw(code, why)));
                response
            }
        }
    }
}

impl From<Problem> for Failure {
    fn from(problem: Problem) -> Self {
        let mut why = problem.detail().to_owned();
        // One field error is in the detail already.
        for error in problem.errors().iter().filter(|_| problem.errors().len() > 1) {
            // Writing to a String cannot fail.
            let _ = write!(why, " {}: {}.", error.pointer, error.detail);
        }
        Self::Said(problem.code(), why)
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        Problem::from(error).into()
    }
}

/// Status of answers that did not come from a page, such as a wrong method.
pub(super) fn drawable(status: StatusCode) -> bool {
    status.is_client_error() || status.is_server_error()
}
