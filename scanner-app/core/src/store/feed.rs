//! Reference data as it came from the server, with the digest that tells whether it is the same there.

use rusqlite::{Connection, OptionalExtension, params};
use serde_json::Value;
use sparhund_shared::event::{ArticleNo, Hold};
use sparhund_shared::reference::{Article, PlaceStock};
use sparhund_shared::wire::{FeedRow, Topic, TopicDigest};

use super::{from_json, sql};
use crate::fault::Fault;

/// How far a topic has come.
#[derive(Clone, Copy, Default, Debug)]
pub(crate) struct FeedState {
    pub(crate) cursor: u64,
    pub(crate) digest: TopicDigest,
    /// When it was last known to equal the server's, device clock.
    pub(crate) equal_at: Option<i64>,
}

/// State of a topic.
pub(crate) fn state(db: &Connection, topic: Topic) -> Result<FeedState, Fault> {
    let state = db
        .prepare_cached(sql!("feed/get"))?
        .query_row([topic.word()], |row| {
            Ok(FeedState {
                cursor: row.get::<_, i64>(0)?.cast_unsigned(),
                digest: TopicDigest {
                    count: row.get::<_, i64>(1)?.cast_unsigned(),
                    sum: row.get::<_, i64>(2)?.cast_unsigned(),
                },
                equal_at: row.get(3)?,
            })
        })
        .optional()?;
    Ok(state.unwrap_or_default())
}

/// Keeps cursor and digest.
pub(crate) fn put_state(tx: &Connection, topic: Topic, state: &FeedState) -> Result<(), Fault> {
    tx.prepare_cached(sql!("feed/put"))?.execute(params![
        topic.word(),
        state.cursor.cast_signed(),
        state.digest.count.cast_signed(),
        state.digest.sum.cast_signed()
    ])?;
    Ok(())
}

/// Notes that the topic equals the server's.
pub(crate) fn set_equal(tx: &Connection, topic: Topic, now: i64) -> Result<(), Fault> {
    tx.execute(sql!("feed/set_equal"), params![topic.word(), now])?;
    Ok(())
}

/// Number of the next fetching anew.
pub(crate) fn next_round(db: &Connection, topic: Topic) -> Result<i64, Fault> {
    let last: i64 = db.query_row(sql!("feed/last_round"), [topic.word()], |row| row.get(0))?;
    Ok(last + 1)
}

/// Applies one changed row to rows, indexes and digest.
pub(crate) fn apply(
    tx: &Connection,
    topic: Topic,
    digest: &mut TopicDigest,
    round: i64,
    row: &FeedRow,
) -> Result<(), Fault> {
    if let Some(old) = body(tx, topic, &row.key)? {
        let old: Value = from_json("a feed row", &old)?;
        digest.remove(&row.key, &old);
    }
    unindex(tx, topic, &row.key)?;
    match &row.body {
        Some(new) => {
            digest.add(&row.key, new);
            index(tx, topic, &row.key, new)?;
            tx.prepare_cached(sql!("feed/put_row"))?.execute(params![
                topic.word(),
                row.key,
                row.rev.cast_signed(),
                round,
                new.to_string()
            ])?;
        }
        None => {
            tx.prepare_cached(sql!("feed/delete_row"))?
                .execute(params![topic.word(), row.key])?;
        }
    }
    Ok(())
}

/// Takes out the rows that a fetching anew did not bring.
pub(crate) fn sweep(
    tx: &Connection,
    topic: Topic,
    digest: &mut TopicDigest,
    round: i64,
) -> Result<(), Fault> {
    let keys: Vec<String> = tx
        .prepare_cached(sql!("feed/older_rows"))?
        .query_map(params![topic.word(), round], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    for key in keys {
        let gone = FeedRow {
            key,
            rev: 0,
            body: None,
        };
        apply(tx, topic, digest, round, &gone)?;
    }
    Ok(())
}

/// Body of a row as JSON text.
pub(crate) fn body(db: &Connection, topic: Topic, key: &str) -> Result<Option<String>, Fault> {
    Ok(db
        .prepare_cached(sql!("feed/row"))?
        .query_row(params![topic.word(), key], |row| row.get(0))
        .optional()?)
}

/// Bodies of all rows in order of their keys.
pub(crate) fn bodies(db: &Connection, topic: Topic) -> Result<Vec<String>, Fault> {
    let mut statement = db.prepare_cached(sql!("feed/rows"))?;
    let rows = statement.query_map([topic.word()], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Bodies of the rules on how much is kept where, of one article or of all.
pub(crate) fn stock_rules(db: &Connection, article: Option<&ArticleNo>) -> Result<Vec<String>, Fault> {
    let mut statement = db.prepare_cached(sql!("feed/stock_rules"))?;
    let rows = statement.query_map([article.map(ArticleNo::as_str)], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn unindex(tx: &Connection, topic: Topic, key: &str) -> Result<(), Fault> {
    let statement = match topic {
        Topic::Articles => sql!("feed/delete_packagings"),
        Topic::Holds => sql!("feed/delete_hold_dis"),
        Topic::Stock => sql!("feed/delete_stock_places"),
        Topic::Places | Topic::Users | Topic::Orders | Topic::Rules | Topic::Deliveries => return Ok(()),
    };
    tx.prepare_cached(statement)?.execute([key])?;
    Ok(())
}

/// A row that cannot be read is kept all the same: the digest must fit, and a later version may read it.
fn index(tx: &Connection, topic: Topic, key: &str, body: &Value) -> Result<(), Fault> {
    let (statement, names): (_, Vec<String>) = match topic {
        Topic::Articles => {
            let article = serde_json::from_value::<Article>(body.clone());
            let levels = article.map(|article| article.packagings).unwrap_or_default();
            (
                sql!("feed/put_packaging"),
                levels.into_iter().map(|level| level.di.to_string()).collect(),
            )
        }
        Topic::Holds => {
            let hold = serde_json::from_value::<Hold>(body.clone());
            (
                sql!("feed/put_hold_di"),
                hold.map(|hold| hold.dis)
                    .unwrap_or_default()
                    .iter()
                    .map(ToString::to_string)
                    .collect(),
            )
        }
        Topic::Stock => {
            let stock = serde_json::from_value::<PlaceStock>(body.clone());
            let goods = stock.map(|stock| stock.goods).unwrap_or_default();
            (
                sql!("feed/put_stock_place"),
                goods.iter().map(|goods| goods.product.to_string()).collect(),
            )
        }
        Topic::Places | Topic::Users | Topic::Orders | Topic::Rules | Topic::Deliveries => return Ok(()),
    };
    let mut statement = tx.prepare_cached(statement)?;
    for name in names {
        statement.execute(params![name, key])?;
    }
    Ok(())
}
