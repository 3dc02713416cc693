//! What was scanned against what the server has in the end.

use std::collections::BTreeMap;
use std::path::Path;

use sparhund_shared::event::{BizStep, Event, Item};

use super::work::Task;
use crate::torture::export::Export;

/// Who all goods of a run come from.
pub const SUPPLIER: &str = "Snabbprov AB";

/// Goods that can be told from others.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Unit {
    /// GTIN-14.
    pub gtin: String,
    /// Lot.
    pub lot: String,
    /// Serial.
    pub serial: Option<String>,
}

/// Units of goods by the step they went through.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Tally(BTreeMap<(&'static str, Unit), i64>);

impl Tally {
    /// One more was put into a basket that was booked.
    pub fn add(&mut self, task: Task, unit: Unit) {
        let step = match task {
            Task::Receive => "received",
            Task::Pick => "picked",
        };
        *self.0.entry((step, unit)).or_default() += 1;
    }

    /// All units.
    pub fn units(&self) -> i64 {
        self.0.values().sum()
    }

    /// What the records of a run at the server come to.
    ///
    /// # Errors
    /// What is wrong with the server's log.
    pub fn at_server(data: &Path, out: &Path) -> Result<Self, String> {
        let export = Export::of(data, out)?;
        let mut tally = Self::default();
        for sealed in &export.records {
            let record = sealed.record();
            let Ok(Event::Move(moved)) = record.event() else {
                continue;
            };
            let step = match moved.step {
                BizStep::Receiving if moved.supplier.as_deref() == Some(SUPPLIER) => "received",
                BizStep::Picking => "picked",
                _ => continue,
            };
            let Item::Identified(item) = &moved.item else {
                return Err(format!("a label of this run was not read: {moved:?}"));
            };
            if step == "picked"
                && !item
                    .article
                    .as_ref()
                    .is_some_and(|no| no.as_str().starts_with("HAST-"))
            {
                continue;
            }
            let unit = Unit {
                gtin: item.di.code().to_owned(),
                lot: item.lot.as_ref().map(ToString::to_string).unwrap_or_default(),
                serial: item.serial.as_ref().map(ToString::to_string),
            };
            *tally.0.entry((step, unit)).or_default() += i64::from(moved.quantity.get());
        }
        Ok(tally)
    }

    /// Units that stand here and not there, and the other way round.
    pub fn against(&self, other: &Self) -> (i64, i64) {
        let more = |a: &Self, b: &Self| -> i64 {
            let units = |key| b.0.get(key).copied().unwrap_or(0);
            a.0.iter().map(|(key, count)| (count - units(key)).max(0)).sum()
        };
        (more(self, other), more(other, self))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_lost_and_what_is_too_much_are_told_apart() {
        let unit = |lot: &str| Unit {
            gtin: "07359980000009".to_owned(),
            lot: lot.to_owned(),
            serial: None,
        };
        let (mut wanted, mut found) = (Tally::default(), Tally::default());
        wanted.add(Task::Receive, unit("A"));
        wanted.add(Task::Receive, unit("A"));
        wanted.add(Task::Pick, unit("A"));
        found.add(Task::Receive, unit("A"));
        found.add(Task::Receive, unit("B"));
        assert_eq!(wanted.against(&found), (2, 1));
        assert_eq!(wanted.against(&wanted.clone()), (0, 0));
    }
}
