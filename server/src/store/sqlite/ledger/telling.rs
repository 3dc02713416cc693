//! Events that move no goods: counts, differences, checks, searches, logistic units, requisitions.

use rusqlite::params;
use sparhund_shared::event::Event;
use sparhund_shared::fold::told_deviation;

use super::Ledger;
use super::deviation::About;
use crate::store::Result;
use crate::store::sqlite::codes::{signed, to_json};
use crate::store::sqlite::entry::Entry;
use crate::store::sqlite::sql;

impl Ledger {
    pub(super) fn count_telling(
        &mut self,
        log_no: i64,
        entry: &Entry,
        event: &Event,
        voided: bool,
    ) -> Result<()> {
        let record = entry.sealed.record();
        let place_no = event.place().map(|place| self.place_no(place)).transpose()?;
        let user_no = self.user_no(record.user)?;
        self.run(
            sql!("telling/insert"),
            params![
                record.event_id.0.as_bytes(),
                event.kind(),
                record.tick,
                record.at,
                user_no,
                log_no,
                signed(record.seq),
                place_no,
                event.about().map(|about| about.as_bytes().to_vec()),
                voided,
                to_json(event)?
            ],
        )?;
        self.mark_place(place_no);
        self.show_telling(entry, event, voided)
    }

    pub(super) fn uncount_telling(&mut self, entry: &Entry, event: &Event) -> Result<()> {
        self.run(sql!("telling/delete"), params![entry.id().0.as_bytes()])?;
        self.mark_place_of(event)?;
        self.show_telling(entry, event, true)
    }

    pub(super) fn void_telling(&mut self, entry: &Entry, event: &Event, voided: bool) -> Result<()> {
        self.run(
            sql!("telling/set_voided"),
            params![entry.id().0.as_bytes(), voided],
        )?;
        self.mark_place_of(event)?;
        self.show_telling(entry, event, voided)
    }

    fn mark_place_of(&mut self, event: &Event) -> Result<()> {
        let place_no = event.place().map(|place| self.place_no(place)).transpose()?;
        self.mark_place(place_no);
        Ok(())
    }

    /// What it gives a person to look at stands as long as it counts.
    fn show_telling(&self, entry: &Entry, event: &Event, voided: bool) -> Result<()> {
        match told_deviation(entry.id(), event) {
            Some(deviation) if voided => self.drop_deviation(&deviation),
            Some(deviation) => self.note(About::Event(entry.id()), &deviation),
            None => Ok(()),
        }
    }
}
