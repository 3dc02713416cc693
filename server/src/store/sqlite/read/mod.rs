//! Questions, each answered from one snapshot of the database.

mod audit;
mod backup;
mod booked;
mod catalogue;
mod deviation;
mod device;
mod feed;
mod island;
mod log;
mod order;
mod patient;
mod people;
mod quarantine;
mod seen;
mod setting;
mod stock;
mod trace;

pub(super) use audit::reads;
pub(super) use backup::{covered, last_backup};
pub(super) use booked::{booked_as, goods_of_event, unread_scan};
pub(super) use catalogue::{
    DELIVERIES_SEEN, article, article_by_di, articles, deliveries, deliveries_stale, place, places, rules,
};
pub(super) use deviation::{deviations, holds};
pub(super) use device::{device, devices};
pub(super) use feed::feed;
pub(super) use island::{
    account_body, as_announced, as_placed, base, chain, conflict, conflicts, gone, joined, lacking, log_kind,
    log_sums, open_conflicts, row_body, rows_after, rows_sum, rows_to_offer, signed_heads_after, site, sites,
    version, wanted,
};
pub(super) use log::{heads, log_key, log_page, logs, signed_heads};
pub(super) use order::{order, orders, orders_stale};
pub(super) use patient::patient_seals;
pub(super) use people::{account, account_by_id, account_in_session, users};
pub(super) use quarantine::{quarantine_decided, quarantine_page, quarantined, shown};
pub(super) use seen::{last_seen, seen};
pub(super) use setting::setting;
pub(super) use stock::{stock, stock_of, stock_stale};
pub(super) use trace::trace;

use rusqlite::Connection;
use rusqlite::params;
use sparhund_shared::wire::Topic;

use super::codes::from_json;
use super::ledger::{row, rows};
use super::sql;
use crate::store::Result;

/// Rows of a topic that are there, by key.
fn topic<T: serde::de::DeserializeOwned>(conn: &Connection, topic: Topic) -> Result<Vec<T>> {
    let bodies = rows(conn, sql!("feed/bodies"), params![topic.word()], |row| {
        row.get::<_, String>(0)
    })?;
    bodies.iter().map(|body| from_json(body)).collect()
}

/// One row of a topic.
fn of_topic<T: serde::de::DeserializeOwned>(conn: &Connection, topic: Topic, key: &str) -> Result<Option<T>> {
    let body = row(conn, sql!("feed/get"), params![topic.word(), key], |row| {
        row.get::<_, Option<String>>(0)
    })?;
    body.flatten().map(|body| from_json(&body)).transpose()
}
