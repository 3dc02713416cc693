//! Orders.

use std::collections::HashSet;

use rusqlite::params;
use sparhund_shared::reference::Order;

use super::conflict;
use crate::store::sqlite::ledger::Ledger;
use crate::store::sqlite::sql;
use crate::store::{Result, RowKind};

impl Ledger {
    /// Adds an order. Goods that were picked for it before it came count at once.
    pub(in super::super) fn add_order(&mut self, order: Order, now: i64) -> Result<()> {
        if self
            .row(sql!("customer_order/state"), params![order.no.as_str()], |_| {
                Ok(())
            })?
            .is_some()
        {
            return Err(conflict(format!(
                "there is an order {} already; give another number",
                order.no
            )));
        }
        self.put_order(order, now)
    }

    /// Adds an order, or puts another in the place of one.
    pub(in super::super) fn put_order(&mut self, order: Order, now: i64) -> Result<()> {
        self.memory.now = now;
        let no = order.no.clone();
        check_lines(&order)?;
        self.publish_order(order)?;
        self.touch(RowKind::Order, no.as_str(), now)
    }
}

/// Whether an order can stand as it is.
pub(super) fn check_lines(order: &Order) -> Result<()> {
    let lines: HashSet<u32> = order.lines.iter().map(|line| line.line).collect();
    if order.lines.is_empty() || lines.len() != order.lines.len() {
        return Err(conflict(format!(
            "order {} needs lines, each with a number of its own",
            order.no
        )));
    }
    Ok(())
}
