//! What stands where, from the records it holds.

use std::collections::BTreeMap;

use sparhund_shared::event::{CountOutcome, Event, Product, UnitKey};
use sparhund_shared::fold::Books;
use sparhund_shared::identity::{LabelDate, PlaceCode};
use sparhund_shared::log::EventId;
use sparhund_shared::reference::{Goods, OpenCount, PlaceStock};
use sparhund_shared::wire::Topic;

use super::State;
use crate::common::region;

impl State {
    /// Tells devices what its books have, place by place.
    pub(super) fn publish_stock(&mut self) {
        let mut books = Books::default();
        let mut expiries: BTreeMap<UnitKey, LabelDate> = BTreeMap::new();
        for sealed in self.records.values().flatten() {
            books.add(sealed);
            if let Ok(Event::Move(movement)) = sealed.record().event()
                && let Some(expiry) = movement.item.expiry()
            {
                expiries.entry(movement.item.unit()).or_insert(*expiry);
            }
        }
        let mut places: BTreeMap<PlaceCode, Vec<Goods>> = BTreeMap::new();
        for (unit, place, status, units) in books.stock() {
            if status.is_gone() {
                continue;
            }
            let article = region::articles()
                .into_iter()
                .find(|article| match &unit.product {
                    Product::Di(di) => article.units_of(di).is_some(),
                    Product::Raw(_) => false,
                });
            places.entry(place).or_default().push(Goods {
                article: article.map(|article| article.no),
                expiry: expiries.get(&unit).copied(),
                product: unit.product,
                lot: unit.lot,
                serial: unit.serial,
                status,
                units,
            });
        }
        let counts = self.open_counts(&books);
        for place in counts.keys() {
            places.entry(place.clone()).or_default();
        }
        let told = self.feeds.entry(Topic::Stock).or_default();
        let keys: Vec<String> = told
            .keys()
            .cloned()
            .chain(places.keys().map(ToString::to_string))
            .collect();
        for key in keys {
            let body = places.get(&key.parse().unwrap()).map(|goods| {
                region::value(&PlaceStock {
                    place: key.parse().unwrap(),
                    goods: goods.clone(),
                    counts: counts.get(&key.parse().unwrap()).cloned().unwrap_or_default(),
                    searched: Vec::new(),
                })
            });
            if told.get(&key).is_none_or(|(_, known)| *known != body) {
                self.rev += 1;
                told.insert(key, (self.rev, body));
            }
        }
    }

    /// Counts that nobody else has checked.
    fn open_counts(&self, books: &Books) -> BTreeMap<PlaceCode, Vec<OpenCount>> {
        let told: BTreeMap<EventId, &Event> = books.told().into_iter().collect();
        let checked: Vec<EventId> = told
            .values()
            .filter_map(|event| match event {
                Event::Count(counting) => counting.first,
                _ => None,
            })
            .collect();
        let mut open: BTreeMap<PlaceCode, Vec<OpenCount>> = BTreeMap::new();
        for sealed in self.records.values().flatten() {
            let record = sealed.record();
            if let Some(Event::Count(counting)) = told.get(&record.event_id)
                && counting.outcome == CountOutcome::AwaitsAnother
                && !checked.contains(&record.event_id)
            {
                open.entry(counting.place.clone()).or_default().push(OpenCount {
                    event: record.event_id,
                    item: counting.item.clone(),
                    units: counting.units,
                    by: record.user,
                    at: record.tick,
                });
            }
        }
        open
    }
}
