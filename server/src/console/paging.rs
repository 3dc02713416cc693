//! Lists too long for one page.

use maud::{Markup, html};

use super::context::Context;
use super::fields::Fields;
use super::format::link;
use crate::http::Slice;

/// The part of a list that is on the page.
#[derive(Clone, Copy, Debug)]
pub(super) struct ListPage {
    /// What to ask the store for; with one row more, which tells whether a page follows.
    pub(super) slice: Slice,
}

impl ListPage {
    /// The page that `offset` of the address says, of this many rows.
    pub(super) fn asked(asked: &Fields, rows: usize) -> Self {
        let offset = asked.text("offset").and_then(|text| text.parse().ok());
        Self {
            slice: Slice::new(offset, Some(rows)),
        }
    }

    /// Takes off the row that is not of this page; whether there was one.
    pub(super) fn cut<T>(self, rows: &mut Vec<T>) -> bool {
        let more = rows.len() > self.slice.limit;
        rows.truncate(self.slice.limit);
        more
    }

    /// Links to the pages before and after, under the same filter.
    pub(super) fn links(self, context: &Context, path: &str, filter: &[(&str, &str)], more: bool) -> Markup {
        let Slice { offset, limit } = self.slice;
        let page_at = |offset: usize| {
            // The first page has the address without one.
            let offset = if offset == 0 {
                String::new()
            } else {
                offset.to_string()
            };
            link(path, &[filter, &[("offset", &offset)]].concat())
        };
        html! {
            nav.pages aria-label=(context.t("pages")) {
                @if offset > 0 { a rel="prev" href=(page_at(offset.saturating_sub(limit))) { (context.t("previous")) } }
                @if more { a rel="next" href=(page_at(offset + limit)) { (context.t("next")) } }
            }
        }
    }
}
