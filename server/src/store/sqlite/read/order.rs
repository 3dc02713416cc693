//! Orders.

use rusqlite::{Connection, params};
use sparhund_shared::event::OrderNo;
use sparhund_shared::reference::Order;
use sparhund_shared::wire::Topic;

use super::{of_topic, rows, sql};
use crate::store::Result;
use crate::store::sqlite::codes::from_json;
use crate::store::sqlite::ledger::day_of;

pub(in super::super) fn orders(conn: &Connection) -> Result<Vec<Order>> {
    let bodies = rows(conn, sql!("customer_order/newest"), params![], |row| {
        row.get::<_, String>(0)
    })?;
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
    let mut order: Option<Order> = of_topic(conn, Topic::Orders, no.as_str())?;
    if let Some((order, today)) = order.as_mut().zip(day_of(now)) {
        for line in &mut order.lines {
            line.options
                .retain(|option| !option.expiry.is_some_and(|expiry| expiry.is_past(today)));
        }
    }
    Ok(order)
}
