//! Places.

use sparhund_shared::reference::Place;
use sparhund_shared::wire::Topic;

use super::value;
use crate::store::Result;
use crate::store::sqlite::ledger::Ledger;

impl Ledger {
    /// Adds or replaces places, all or nothing.
    pub(in super::super) fn put_places(&mut self, places: &[Place], now: i64) -> Result<()> {
        self.memory.now = now;
        for place in places {
            self.put_row(Topic::Places, &place.code.to_string(), Some(&value(place)?))?;
            self.memory.shelves.put(place);
        }
        self.refresh_waiting();
        Ok(())
    }
}
