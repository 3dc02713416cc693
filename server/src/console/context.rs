//! Who looks at a page, in which language, and what a page needs to be drawn.

use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::Method;
use axum::http::request::Parts;
use sparhund_shared::reference::User;
use sparhund_shared::text::{Lang, Texts};

use super::failure::Failure;
use super::{access, format};
use crate::auth::Session;
use crate::http::{AppState, Code};
use crate::store::Account;

/// Anyone who opens a page, signed in or not.
#[derive(Clone)]
pub(super) struct Visitor {
    /// Their texts.
    pub texts: &'static Texts,
    /// Token that forms carry and the cookie holds.
    pub csrf: String,
    /// Who is signed in.
    pub account: Option<Arc<Account>>,
    /// Their session.
    pub session: Option<Session>,
    /// Path and query of the request, to come back to.
    pub here: String,
}

impl Visitor {
    /// A text.
    pub(super) fn t(&self, key: &str) -> String {
        self.texts.get(key)
    }

    /// Their language.
    pub(super) fn lang(&self) -> Lang {
        self.texts.lang()
    }

    /// A number as they write it.
    pub(super) fn number(&self, value: impl TryInto<i64>) -> String {
        value
            .try_into()
            .map_or_else(|_| "–".to_owned(), |value| format::number(self.lang(), value))
    }
}

impl FromRequestParts<AppState> for Visitor {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, _: &AppState) -> Result<Self, Failure> {
        parts
            .extensions
            .get::<Self>()
            .cloned()
            .ok_or_else(|| Failure::said(Code::Internal, "the page was reached without its session layer"))
    }
}

/// Somebody who is signed in, with what every page shows.
pub(super) struct Context {
    /// The server.
    pub state: AppState,
    /// The visitor.
    pub visitor: Visitor,
    /// The same person.
    pub user: User,
    /// Whether this is the demo region.
    pub demo: bool,
}

impl std::ops::Deref for Context {
    type Target = Visitor;

    fn deref(&self) -> &Visitor {
        &self.visitor
    }
}

impl Context {
    /// Whether they may open a page.
    pub(super) fn may_open(&self, path: &str) -> bool {
        access::lets_in(&Method::GET, path, &self.user.roles)
    }

    /// Whether they may send a form.
    pub(super) fn may_send(&self, path: &str) -> bool {
        access::lets_in(&Method::POST, path, &self.user.roles)
    }
}

impl FromRequestParts<AppState> for Context {
    type Rejection = Failure;

    /// Nobody without a session; roles were asked for before the page.
    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Failure> {
        let visitor = Visitor::from_request_parts(parts, state).await?;
        let Some(account) = visitor.account.clone() else {
            return Err(Failure::SignIn(visitor.here));
        };
        Ok(Self {
            state: state.clone(),
            visitor,
            user: account.user.clone(),
            demo: state.store.setting(crate::demo::SETTING).await?.is_some(),
        })
    }
}
