//! Long lists come in pages.

use axum::Json;
use axum::http::{HeaderValue, Uri, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use utoipa::ToSchema;

/// Fits every integer a database counts with.
const MAX_OFFSET: usize = 1 << 40;
/// Rows of a page when the caller does not say.
const DEFAULT_LIMIT: usize = 100;
/// Most rows of a page.
const MAX_LIMIT: usize = 1_000;

/// Which part of a list.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Slice {
    /// Rows to pass over.
    pub offset: usize,
    /// Most rows to answer.
    pub limit: usize,
}

impl Slice {
    /// From what the caller said, within bounds.
    pub fn new(offset: Option<usize>, limit: Option<usize>) -> Self {
        Self {
            offset: offset.unwrap_or(0).min(MAX_OFFSET),
            limit: limit.unwrap_or(DEFAULT_LIMIT).clamp(1, MAX_LIMIT),
        }
    }

    /// One row more than is answered tells whether a page follows.
    pub fn limit_and_one(self) -> usize {
        self.limit + 1
    }

    /// The page of rows that were read with [`Slice::limit_and_one`].
    pub fn page<T>(self, mut rows: Vec<T>, uri: &Uri) -> Paged<T> {
        let more = rows.len() > self.limit;
        rows.truncate(self.limit);
        let next = more.then(|| self.offset + self.limit);
        Paged {
            link: next.map(|offset| next_link(uri, offset)),
            page: Page { rows, next },
        }
    }
}

/// Rows and where to go on.
#[derive(Debug, Serialize, ToSchema)]
pub struct Page<T> {
    /// The rows.
    pub rows: Vec<T>,
    /// Offset of the next page; absent on the last.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<usize>,
}

/// A page with its `Link` header (RFC 8288).
#[derive(Debug)]
pub struct Paged<T> {
    page: Page<T>,
    link: Option<String>,
}

impl<T: Serialize> IntoResponse for Paged<T> {
    fn into_response(self) -> Response {
        let mut response = Json(self.page).into_response();
        if let Some(link) = self.link.and_then(|link| HeaderValue::try_from(link).ok()) {
            response.headers_mut().insert(header::LINK, link);
        }
        response
    }
}

/// The same request with another offset.
fn next_link(uri: &Uri, offset: usize) -> String {
    let kept: String = uri
        .query()
        .unwrap_or_default()
        .split('&')
        .filter(|pair| !pair.is_empty() && pair.split('=').next() != Some("offset"))
        .flat_map(|pair| [pair, "&"])
        .collect();
    format!("<{}?{kept}offset={offset}>; rel=\"next\"", uri.path())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_link_keeps_the_question() {
        let uri: Uri = "/api/v1/stock?lot=A%2FB&offset=2&limit=2".parse().unwrap();
        let slice = Slice { offset: 2, limit: 2 };
        let paged = slice.page(vec![1, 2, 3], &uri);
        assert_eq!(
            paged.link.as_deref(),
            Some("</api/v1/stock?lot=A%2FB&limit=2&offset=4>; rel=\"next\"")
        );
        assert_eq!((paged.page.rows, paged.page.next), (vec![1, 2], Some(4)));
        assert!(slice.page(vec![1, 2], &uri).link.is_none());
    }
}
