//! The row of the order, as the records say.

use std::collections::BTreeMap;

use sparhund_shared::event::{Event, OrderLineRef, Product, StockStatus};
use sparhund_shared::fold::Books;
use sparhund_shared::reference::{LotOption, PackedGoods, fefo};
use sparhund_shared::wire::Topic;

use super::State;
use crate::common::region;

impl State {
    /// What the records make of the order: progress, and goods by lot and serial in each state.
    pub(super) fn refresh_order(&mut self) {
        let mut books = Books::default();
        let mut expiries = BTreeMap::new();
        for sealed in self.records.values().flatten() {
            books.add(sealed);
            if let Event::Move(movement) = sealed.record().event().unwrap() {
                expiries.insert(movement.item.unit(), movement.item.expiry().copied());
            }
        }
        let mut order = region::order();
        for line in &mut order.lines {
            let article = region::articles()
                .into_iter()
                .find(|article| article.no == line.article)
                .unwrap();
            let base = Product::Di(article.base().unwrap().clone());
            let key = OrderLineRef {
                order: order.no.clone(),
                line: line.line,
            };
            line.progress = books.orders().get(&key).copied().unwrap_or_default();
            for (unit, place, status, units) in books.stock() {
                if unit.product != base {
                    continue;
                }
                let list = match status {
                    StockStatus::Available if place.extension().is_some() => &mut line.options,
                    StockStatus::Picked => &mut line.picked,
                    StockStatus::InTransit => &mut line.shipped,
                    _ => continue,
                };
                let there = list.iter_mut().find(|option| {
                    option.place == place && option.lot == unit.lot && option.serial == unit.serial
                });
                match there {
                    Some(option) => option.units += units,
                    None => list.push(LotOption {
                        place,
                        expiry: expiries.get(&unit).copied().flatten(),
                        lot: unit.lot,
                        serial: unit.serial,
                        units,
                    }),
                }
            }
            for ((of, unit, sscc), in_unit) in books.packed() {
                let (waiting, sent) = (
                    in_unit.packed - in_unit.shipped,
                    in_unit.shipped - in_unit.accepted,
                );
                if *of == key && (waiting > 0 || sent > 0) {
                    line.packed.push(PackedGoods {
                        sscc: *sscc,
                        lot: unit.lot.clone(),
                        serial: unit.serial.clone(),
                        waiting: waiting.max(0),
                        sent: sent.max(0),
                    });
                }
            }
            for list in [&mut line.options, &mut line.picked, &mut line.shipped] {
                list.retain(|option| option.units > 0);
                fefo(list);
            }
        }
        self.rev += 1;
        let row = (self.rev, Some(region::value(&order)));
        self.feeds
            .entry(Topic::Orders)
            .or_default()
            .insert(order.no.to_string(), row);
    }
}
