//! Orders.

use rusqlite::{Connection, params};
use sparhund_shared::civil::swedish_day;
use sparhund_shared::event::OrderNo;
use sparhund_shared::reference::Order;

use super::{row, rows, sql};
use crate::store::sqlite::codes::from_json;
use crate::store::sqlite::ledger::fed_since;
use crate::store::{OrderQuery, Result};

/// Whether orders must be worked out anew before they are read.
pub(in super::super) fn orders_stale(conn: &Connection, now: i64) -> Result<bool> {
    let stale = row(
        conn,
        sql!("customer_order/stale"),
        params![fed_since(now)],
        |row| row.get(0),
    )?;
    Ok(stale.unwrap_or(false))
}

pub(in super::super) fn orders(conn: &Connection, query: &OrderQuery) -> Result<Vec<Order>> {
    let statement = if query.open {
        sql!("customer_order/open_page")
    } else {
        sql!("customer_order/page")
    };
    let bound = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
    let page = params![bound(query.limit), bound(query.offset)];
    let bodies = rows(conn, statement, page, |row| row.get::<_, String>(0))?;
    bodies
        .iter()
        .map(|body| {
            let mut order: Order = from_json(body)?;
            for line in &mut order.lines {
                line.options.clear();
                line.picked.clear();
                line.shipped.clear();
            }
            Ok(order)
        })
        .collect()
}

/// One order. Its options were worked out when something changed; what expired since is left out.
pub(in super::super) fn order(conn: &Connection, no: &OrderNo, now: i64) -> Result<Option<Order>> {
    let body = row(conn, sql!("customer_order/body"), params![no.as_str()], |row| {
        row.get::<_, String>(0)
    })?;
    let mut order: Option<Order> = body.map(|body| from_json(&body)).transpose()?;
    if let Some((order, today)) = order.as_mut().zip(swedish_day(now)) {
        for line in &mut order.lines {
            line.options
                .retain(|option| !option.expiry.is_some_and(|expiry| expiry.is_past(today)));
        }
    }
    Ok(order)
}
