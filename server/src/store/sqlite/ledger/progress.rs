//! How far order lines have come.

use std::collections::HashMap;

use rusqlite::params;
use sparhund_shared::event::{OrderLineRef, OrderNo};
use sparhund_shared::fold::{InUnit, OrderDelta, Progress};
use sparhund_shared::identity::Sscc;

use super::Ledger;
use crate::store::Result;
use crate::store::sqlite::sql;

/// Steps that wait to be written, by order line and unit.
pub(super) type Steps = HashMap<(OrderLineRef, i64), Progress>;

/// The same in logistic units.
pub(super) type PackedSteps = HashMap<(OrderLineRef, i64, Sscc), InUnit>;

impl Ledger {
    pub(super) fn step_order(&mut self, order: &OrderDelta, unit_no: i64, sign: i64) {
        let pending = &mut self.memory.pending;
        let step = pending.steps.entry((order.line.clone(), unit_no)).or_default();
        step.add(order.progress, sign);
        if let Some((sscc, in_unit)) = &order.in_unit {
            let key = (order.line.clone(), unit_no, *sscc);
            pending.packed.entry(key).or_default().add(*in_unit, sign);
        }
        pending.orders.insert(order.line.order.clone());
    }

    pub(super) fn flush_steps(&mut self) -> Result<()> {
        let mut steps: Vec<_> = std::mem::take(&mut self.memory.pending.steps)
            .into_iter()
            .collect();
        steps.sort_unstable_by(|(a, _), (b, _)| a.cmp(b));
        for ((line, unit_no), step) in steps {
            let key = params![
                line.order.as_str(),
                line.line,
                unit_no,
                step.picked,
                step.shipped,
                step.accepted
            ];
            self.run(sql!("progress/add"), key)?;
            // What was set aside may come back: the sum decides, not the sign of the step.
            self.run(
                sql!("progress/drop_empty"),
                params![line.order.as_str(), line.line, unit_no],
            )?;
        }
        self.flush_packed()
    }

    fn flush_packed(&mut self) -> Result<()> {
        let mut steps: Vec<_> = std::mem::take(&mut self.memory.pending.packed)
            .into_iter()
            .collect();
        steps.sort_unstable_by(|(a, _), (b, _)| a.cmp(b));
        for ((line, unit_no, sscc), step) in steps {
            let (no, sscc) = (line.order.as_str(), sscc.to_string());
            self.run(
                sql!("packed/add"),
                params![
                    no,
                    line.line,
                    unit_no,
                    sscc,
                    step.packed,
                    step.shipped,
                    step.accepted
                ],
            )?;
            self.run(sql!("packed/drop_empty"), params![no, line.line, unit_no, sscc])?;
        }
        Ok(())
    }

    /// Progress of each line of an order.
    pub(super) fn progress_of(&self, order: &OrderNo) -> Result<HashMap<u32, Progress>> {
        let lines = self.rows(sql!("progress/of_order"), params![order.as_str()], |row| {
            let progress = Progress {
                picked: row.get(1)?,
                shipped: row.get(2)?,
                accepted: row.get(3)?,
            };
            Ok((row.get::<_, u32>(0)?, progress))
        })?;
        Ok(lines.into_iter().collect())
    }
}
