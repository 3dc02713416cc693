//! Events that move no goods: counts, differences, checks, searches, logistic units, requisitions. Those of a delivery
//! tell that it was received.

use rusqlite::params;
use sparhund_shared::event::{DeliveryRef, Event};
use sparhund_shared::fold::told_deviation;
use sparhund_shared::reference::{AnnouncedDelivery, Received, delivery_mark};
use sparhund_shared::wire::Topic;

use super::Ledger;
use super::deviation::About;
use crate::store::sqlite::codes::{from_json, signed, to_json};
use crate::store::sqlite::entry::Entry;
use crate::store::sqlite::sql;
use crate::store::{Result, StoreError};

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
        self.tell_received_by(event)?;
        self.show_telling(entry, event, voided)
    }

    pub(super) fn uncount_telling(&mut self, entry: &Entry, event: &Event) -> Result<()> {
        self.run(sql!("telling/delete"), params![entry.id().0.as_bytes()])?;
        self.mark_place_of(event)?;
        self.tell_received_by(event)?;
        self.show_telling(entry, event, true)
    }

    pub(super) fn void_telling(&mut self, entry: &Entry, event: &Event, voided: bool) -> Result<()> {
        self.run(
            sql!("telling/set_voided"),
            params![entry.id().0.as_bytes(), voided],
        )?;
        self.mark_place_of(event)?;
        self.tell_received_by(event)?;
        self.show_telling(entry, event, voided)
    }

    fn mark_place_of(&mut self, event: &Event) -> Result<()> {
        let place_no = event.place().map(|place| self.place_no(place)).transpose()?;
        self.mark_place(place_no);
        Ok(())
    }

    fn tell_received_by(&self, event: &Event) -> Result<()> {
        match event.delivery().and_then(DeliveryRef::key) {
            Some(key) if !self.memory.rebuilding => self.tell_received(&key),
            _ => Ok(()),
        }
    }

    /// Devices are told what of an announced delivery was received; nothing is told of one that nobody announced.
    fn tell_received(&self, key: &str) -> Result<()> {
        let Some(body) = self.feed_text(Topic::Deliveries, key)? else {
            return Ok(());
        };
        let mut delivery: AnnouncedDelivery = from_json(&body)?;
        delivery.received = self.received(key)?;
        let body = serde_json::to_value(&delivery).map_err(|error| StoreError::Engine(error.to_string()))?;
        self.put_row(Topic::Deliveries, key, Some(&body))
    }

    /// What the records say of a delivery.
    pub(in super::super) fn received(&self, key: &str) -> Result<Received> {
        let about = delivery_mark(key).as_bytes().to_vec();
        let mut received = Received::default();
        for body in self.rows(sql!("telling/of_delivery"), params![about], |row| {
            row.get::<_, String>(0)
        })? {
            if let Some(delivery) = from_json::<Event>(&body)?.delivery() {
                received.add(delivery.sscc);
            }
        }
        Ok(received)
    }

    /// Tells of every announced delivery anew what was received.
    pub(super) fn publish_received(&self) -> Result<()> {
        let keys = self.rows(sql!("feed/keys"), params![Topic::Deliveries.word()], |row| {
            row.get::<_, String>(0)
        })?;
        keys.iter().try_for_each(|key| self.tell_received(key))
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
