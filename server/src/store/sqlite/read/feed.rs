//! Changes of a topic after a cursor.

use rusqlite::{Connection, params};
use sparhund_shared::wire::{FeedPage, FeedRow, Topic, TopicDigest};

use super::{row, rows, sql};
use crate::store::Result;
use crate::store::sqlite::codes::{from_json, signed, unsigned};

pub(in super::super) fn feed(conn: &Connection, topic: Topic, after: u64, limit: usize) -> Result<FeedPage> {
    let limit = limit.max(1);
    // One row more than asked for tells whether more wait.
    let most = i64::try_from(limit.saturating_add(1)).unwrap_or(i64::MAX);
    let after = after.min(1 << 53);
    let found = rows(
        conn,
        sql!("feed/after"),
        params![topic.word(), signed(after), most],
        |row| {
            Ok((
                row.get::<_, String>(0)?,
                unsigned(row.get(1)?),
                row.get::<_, Option<String>>(2)?,
            ))
        },
    )?;
    let more = found.len() > limit;
    let rows = found
        .into_iter()
        .take(limit)
        .map(|(key, rev, body)| {
            let body = body.map(|body| from_json(&body)).transpose()?;
            Ok(FeedRow { key, rev, body })
        })
        .collect::<Result<Vec<_>>>()?;
    let digest = row(conn, sql!("feed/topic"), params![topic.word()], |row| {
        Ok(TopicDigest {
            count: unsigned(row.get(1)?),
            sum: row.get::<_, i64>(2)?.cast_unsigned(),
        })
    })?;
    Ok(FeedPage {
        next: rows.last().map_or(after, |row| row.rev),
        rows,
        more,
        digest: digest.unwrap_or_default(),
    })
}
