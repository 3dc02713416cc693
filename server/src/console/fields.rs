//! Names and values of a query string or a form.

use std::convert::Infallible;
use std::str::FromStr;

use axum::extract::{Form, FromRequest, FromRequestParts, Query, Request};
use axum::http::header;
use axum::http::request::Parts;

use super::context::{Context, Visitor};
use super::failure::Failure;
use crate::http::{AppState, Code};

/// Name of the field that proves a form came from our own page.
pub(super) const CSRF_FIELD: &str = "csrf";

type Pairs = Vec<(String, String)>;

/// Values by name; blanks around them are taken off, empty ones are absent.
#[derive(Clone, Default, Debug)]
pub(super) struct Fields(Pairs);

impl Fields {
    /// The first value of a name.
    pub(super) fn text(&self, name: &str) -> Option<&str> {
        self.all(name).find(|value| !value.is_empty())
    }

    /// The first value of a name with the blanks around it, which may belong to a scan.
    pub(super) fn scan(&self, name: &str) -> Option<&str> {
        let mut values = self.0.iter().filter(|(found, _)| found == name);
        values.find_map(|(_, value)| (!value.trim().is_empty()).then_some(value.as_str()))
    }

    /// The first value of a name, or nothing.
    pub(super) fn text_or_empty(&self, name: &str) -> &str {
        self.text(name).unwrap_or_default()
    }

    /// The first value of a name as it was sent, or nothing.
    pub(super) fn untrimmed(&self, name: &str) -> &str {
        let found = self.0.iter().find(|(found, _)| found == name);
        found.map_or("", |(_, value)| value)
    }

    /// Every value of a name in the order of the form, empty ones included.
    pub(super) fn all<'a>(&'a self, name: &str) -> impl Iterator<Item = &'a str> {
        self.0
            .iter()
            .filter(move |(found, _)| found == name)
            .map(|(_, value)| value.trim())
    }

    /// A value of a type, `None` when absent; the failure names the field, `label` in the texts, and what it takes.
    pub(super) fn parse<T: FromStr>(
        &self,
        context: &Context,
        name: &str,
        label: &str,
    ) -> Result<Option<T>, Failure> {
        self.text(name)
            .map(|text| text.parse().map_err(|_| wrong_value(context, label)))
            .transpose()
    }
}

/// What was written in the field `label` cannot be its value.
pub(super) fn wrong_value(context: &Context, label: &str) -> Failure {
    let takes = match label {
        "lot" | "serial" => "takes-production",
        "place" | "from-store" | "to-ward" => "takes-place",
        "product" => "takes-product",
        "article" | "order" => "takes-number",
        _ => "takes-text",
    };
    let text = format!("{}: {}", context.t(label), context.t(takes));
    Failure::said(Code::InvalidValue, text)
}

impl<S: Send + Sync> FromRequestParts<S> for Fields {
    type Rejection = Infallible;

    /// A query string that cannot be read asks for nothing.
    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Infallible> {
        let query = Query::<Pairs>::from_request_parts(parts, state).await;
        Ok(query.map_or_else(|_| Self::default(), |Query(pairs)| Self(pairs)))
    }
}

/// A form of ours: it carries the token of the visitor's cookie, and the browser says nothing of a foreign origin.
#[derive(Clone, Debug)]
pub(super) struct Submitted(pub Fields);

impl FromRequest<AppState> for Submitted {
    type Rejection = Failure;

    async fn from_request(request: Request, state: &AppState) -> Result<Self, Failure> {
        let (mut parts, body) = request.into_parts();
        let visitor = Visitor::from_request_parts(&mut parts, state).await?;
        let foreign = is_foreign(&parts);
        let Form(pairs) = Form::<Pairs>::from_request(Request::from_parts(parts, body), state)
            .await
            .map_err(|error| Failure::said(Code::BadRequest, error.to_string()))?;
        let fields = Self(Fields(pairs));
        if foreign || fields.0.text(CSRF_FIELD) != Some(visitor.csrf.as_str()) {
            return Err(Failure::said(Code::Forbidden, visitor.t("csrf-refused")));
        }
        Ok(fields)
    }
}

/// Whether the browser names another origin than the one the request was sent to.
fn is_foreign(parts: &Parts) -> bool {
    let header = |name| parts.headers.get(name).and_then(|value| value.to_str().ok());
    let Some(origin) = header(header::ORIGIN) else {
        return false;
    };
    let host = parts
        .uri
        .authority()
        .map(axum::http::uri::Authority::as_str)
        .or_else(|| header(header::HOST));
    origin.split_once("://").map(|(_, authority)| authority) != host
}
