//! What stands where, from the records it holds.

use std::collections::BTreeMap;

use sparhund_shared::event::{Event, Product, UnitKey};
use sparhund_shared::identity::{LabelDate, PlaceCode};
use sparhund_shared::reference::{Goods, PlaceStock};
use sparhund_shared::wire::Topic;

use super::State;
use crate::common::region;

impl State {
    /// Tells devices what its books have, place by place.
    pub(super) fn publish_stock(&mut self) {
        let mut books = sparhund_shared::fold::Books::default();
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
                    counts: Vec::new(),
                    searched: Vec::new(),
                })
            });
            if told.get(&key).is_none_or(|(_, known)| *known != body) {
                self.rev += 1;
                told.insert(key, (self.rev, body));
            }
        }
    }
}
