//! Reference data goes down, page by page.

use std::collections::BTreeMap;

use sparhund_scanner_core::env::Response;
use sparhund_shared::wire::{FeedPage, FeedRow, Topic, TopicDigest};

use super::State;
use super::http::ok;

impl State {
    pub(super) fn feed(&self, rest: &str) -> Response {
        let (topic, query) = rest.split_once('?').unwrap();
        let topic = Topic::from_word(topic).unwrap();
        let after: u64 = query
            .split('&')
            .find_map(|part| part.strip_prefix("after="))
            .unwrap()
            .parse()
            .unwrap();
        let empty = BTreeMap::new();
        let rows = self.feeds.get(&topic).unwrap_or(&empty);
        let mut digest = TopicDigest::default();
        for (key, (_, body)) in rows {
            if let Some(body) = body {
                digest.add(key, body);
            }
        }
        let mut changed: Vec<FeedRow> = rows
            .iter()
            .filter(|(_, (rev, _))| *rev > after)
            .map(|(key, (rev, body))| FeedRow {
                key: key.clone(),
                rev: *rev,
                body: body.clone(),
            })
            .collect();
        changed.sort_by_key(|row| row.rev);
        let more = changed.len() > self.page;
        changed.truncate(self.page);
        let next = changed.last().map_or(after, |row| row.rev);
        ok(&FeedPage {
            rows: changed,
            next,
            more,
            digest,
        })
    }
}
