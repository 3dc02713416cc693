//! Places.

use sparhund_shared::reference::Place;
use sparhund_shared::wire::Topic;

use super::value;
use crate::store::sqlite::ledger::Ledger;
use crate::store::{Result, RowKind};

impl Ledger {
    /// Adds or replaces places, all or nothing.
    pub(in super::super) fn put_places(&mut self, places: &[Place], now: i64) -> Result<()> {
        self.memory.now = now;
        for place in places {
            let key = place.code.to_string();
            self.put_row(Topic::Places, &key, Some(&value(place)?))?;
            self.touch(RowKind::Place, &key, now)?;
            self.memory.shelves.put(place);
        }
        self.refresh_waiting();
        Ok(())
    }
}
