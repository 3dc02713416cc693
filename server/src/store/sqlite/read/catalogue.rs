//! Articles, places, rules and announced deliveries.

use rusqlite::{Connection, params};
use sparhund_shared::civil::swedish_day;
use sparhund_shared::event::ArticleNo;
use sparhund_shared::identity::{PlaceCode, UdiDi};
use sparhund_shared::reference::{AnnouncedDelivery, Article, Place, Rule};
use sparhund_shared::wire::Topic;

use super::{of_topic, row, rows, setting, sql, topic};
use crate::store::sqlite::codes::from_json;
use crate::store::{ArticleQuery, Result};

pub(in super::super) fn article(conn: &Connection, no: &ArticleNo) -> Result<Option<Article>> {
    of_topic(conn, Topic::Articles, no.as_str())
}

pub(in super::super) fn article_by_di(conn: &Connection, di: &UdiDi) -> Result<Option<Article>> {
    let no = row(conn, sql!("packaging/article"), params![di.to_string()], |row| {
        row.get::<_, String>(0)
    })?;
    no.map_or(Ok(None), |no| of_topic(conn, Topic::Articles, &no))
}

/// Articles whose number, name, reference or identifiers contain the text, by name.
pub(in super::super) fn articles(conn: &Connection, query: &ArticleQuery) -> Result<Vec<Article>> {
    let text = query.text.trim().to_lowercase();
    let limit = i64::try_from(query.limit).unwrap_or(i64::MAX);
    let offset = i64::try_from(query.offset).unwrap_or(i64::MAX);
    let bodies = rows(
        conn,
        sql!("article/search"),
        params![text, limit, offset],
        |row| row.get::<_, String>(0),
    )?;
    bodies.iter().map(|body| from_json(body)).collect()
}

pub(in super::super) fn places(conn: &Connection) -> Result<Vec<Place>> {
    topic(conn, Topic::Places)
}

pub(in super::super) fn place(conn: &Connection, code: &PlaceCode) -> Result<Option<Place>> {
    of_topic(conn, Topic::Places, &code.to_string())
}

pub(in super::super) fn rules(conn: &Connection) -> Result<Vec<Rule>> {
    topic(conn, Topic::Rules)
}

pub(in super::super) fn deliveries(conn: &Connection) -> Result<Vec<AnnouncedDelivery>> {
    topic(conn, Topic::Deliveries)
}

/// The setting that tells the day on which old deliveries were looked for.
pub(in super::super) const DELIVERIES_SEEN: &str = "store.deliveries-seen-on";

/// Whether nobody looked for old deliveries on this day.
pub(in super::super) fn deliveries_stale(conn: &Connection, now: i64) -> Result<bool> {
    let today = swedish_day(now).map(|day| day.to_string());
    Ok(setting(conn, DELIVERIES_SEEN)? != today)
}
