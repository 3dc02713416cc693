//! Orders.

use std::collections::HashSet;

use rusqlite::params;
use sparhund_shared::reference::Order;

use super::conflict;
use crate::store::Result;
use crate::store::sqlite::ledger::Ledger;
use crate::store::sqlite::sql;

impl Ledger {
    /// Adds an order. Goods that were picked for it before it came count at once.
    pub(in super::super) fn add_order(&mut self, order: Order, now: i64) -> Result<()> {
        self.memory.now = now;
        let no = order.no.as_str();
        if self
            .row(sql!("customer_order/state"), params![no], |_| Ok(()))?
            .is_some()
        {
            return Err(conflict(format!(
                "there is an order {no} already; give another number"
            )));
        }
        let lines: HashSet<u32> = order.lines.iter().map(|line| line.line).collect();
        if order.lines.is_empty() || lines.len() != order.lines.len() {
            return Err(conflict(format!(
                "order {no} needs lines, each with a number of its own"
            )));
        }
        self.publish_order(order)
    }
}
