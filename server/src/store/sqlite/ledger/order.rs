//! Orders as devices see them: progress, and the goods each line can be picked from.
//!
//! A record that touches an order only marks it; what it looks like now is worked out when somebody asks for orders,
//! once for all that was marked. The mark is written with the record, so it is as durable.

use std::collections::hash_map::Entry;
use std::collections::{BTreeSet, HashMap};

use rusqlite::params;
use sparhund_shared::civil::swedish_day;
use sparhund_shared::event::{ArticleNo, OrderNo, Product, StockStatus, UnitKey};
use sparhund_shared::identity::PlaceCode;
use sparhund_shared::reference::{
    Article, LotOption, Order, OrderState, PackedGoods, Place, PlaceKind, fefo,
};
use sparhund_shared::wire::Topic;

use super::Ledger;
use crate::store::sqlite::codes::{date_of, from_json, parse, parse_some, status_number, unit_key};
use crate::store::sqlite::sql;
use crate::store::{Result, StoreError};

/// Most options a line carries: the first to expire, and enough of them to choose another shelf or serial.
const MOST_OPTIONS: usize = 100;

/// Orders worked out in one transaction: records that wait meanwhile wait a moment only.
const REFRESHED: i64 = 200;

/// How long devices keep an order after it is done: the last booking may be undone, and a device may come late.
const FED_MS: i64 = 24 * 3_600_000;

/// Goods that may be picked now, by article and site: the same for every order of one refresh.
type Options = HashMap<(ArticleNo, PlaceCode), Vec<LotOption>>;

/// Deepest nesting of places that is followed; a longer way is a circle.
const DEEPEST: usize = 16;

/// Places and what they are part of.
#[derive(Default)]
pub(in super::super) struct Shelves(HashMap<PlaceCode, (PlaceKind, Option<PlaceCode>)>);

impl Shelves {
    pub(in super::super) fn put(&mut self, place: &Place) {
        self.0
            .insert(place.code.clone(), (place.kind, place.parent.clone()));
    }

    /// Whether a place is a bin of a site.
    fn is_bin_of(&self, place: &PlaceCode, site: &PlaceCode) -> bool {
        let Some((PlaceKind::Bin, _)) = self.0.get(place) else {
            return false;
        };
        let mut at = Some(place);
        for _ in 0..DEEPEST {
            match at {
                Some(place) if place == site => return true,
                Some(place) => at = self.0.get(place).and_then(|(_, parent)| parent.as_ref()),
                None => return false,
            }
        }
        false
    }
}

impl Ledger {
    pub(super) fn remember_places(&mut self) -> Result<()> {
        for body in self.bodies(Topic::Places)? {
            let place: Place = from_json(&body)?;
            self.memory.shelves.put(&place);
        }
        Ok(())
    }

    pub(super) fn remember_orders(&mut self) -> Result<()> {
        for body in self.rows(sql!("customer_order/waiting"), [], |row| row.get::<_, String>(0))? {
            let order: Order = from_json(&body)?;
            self.await_goods(&order);
        }
        for no in self.rows(sql!("customer_order/marked"), [], |row| row.get::<_, String>(0))? {
            self.memory.marked.insert(parse(&no)?);
        }
        Ok(())
    }

    fn bodies(&self, topic: Topic) -> Result<Vec<String>> {
        self.rows(sql!("feed/bodies"), params![topic.word()], |row| row.get(0))
    }

    /// Remembers which articles an order waits for; a done order waits for none.
    fn await_goods(&mut self, order: &Order) {
        let done = order.state() == OrderState::Done;
        for line in &order.lines {
            let waiting: &mut BTreeSet<OrderNo> =
                self.memory.waiting.entry(line.article.clone()).or_default();
            if done {
                waiting.remove(&order.no);
            } else {
                waiting.insert(order.no.clone());
            }
        }
    }

    /// Every order that is not done is looked at again: what it may be picked from changed in a way that no single
    /// unit tells of.
    pub(in super::super) fn refresh_waiting(&mut self) {
        let waiting = self.memory.waiting.values().flatten().cloned();
        self.memory.pending.orders.extend(waiting);
    }

    /// Works out anew what was marked, and takes from devices what is done for long; whether more is left to do.
    pub(in super::super) fn refresh_orders(&mut self, now: i64) -> Result<bool> {
        self.memory.now = now;
        let bodies = self.rows(sql!("customer_order/dirty"), params![REFRESHED], |row| {
            row.get::<_, String>(0)
        })?;
        let mut options = Options::new();
        for body in &bodies {
            let order: Order = from_json(body)?;
            self.memory.marked.remove(&order.no);
            self.publish(order, &mut options)?;
        }
        let leaving = self.rows(
            sql!("customer_order/leaving"),
            params![fed_since(now), REFRESHED],
            |row| row.get::<_, String>(0),
        )?;
        for no in &leaving {
            self.put_row(Topic::Orders, no, None)?;
            self.run(sql!("customer_order/withdraw"), params![no])?;
        }
        let most = usize::try_from(REFRESHED).unwrap_or(usize::MAX);
        Ok(bodies.len() == most || leaving.len() == most)
    }

    /// Puts a new order before devices.
    pub(in super::super) fn publish_order(&mut self, order: Order) -> Result<()> {
        self.publish(order, &mut Options::new())
    }

    /// Keeps an order with its progress and options, and puts it before devices unless it left them.
    fn publish(&mut self, mut order: Order, options: &mut Options) -> Result<()> {
        let progress = self.progress_of(&order.no)?;
        for line in &mut order.lines {
            line.progress = progress.get(&line.line).copied().unwrap_or_default();
            line.options = Vec::new();
            line.picked = Vec::new();
            line.shipped = Vec::new();
            line.packed = Vec::new();
        }
        self.await_goods(&order);
        if order.state() != OrderState::Done {
            self.lay_out_goods(&mut order)?;
            for at in 0..order.lines.len() {
                let wanted = (order.lines[at].article.clone(), order.from.clone());
                order.lines[at].options = match options.entry(wanted) {
                    Entry::Occupied(known) => known.get().clone(),
                    Entry::Vacant(new) => {
                        let (article, site) = new.key();
                        let found = self.options(article, site)?;
                        new.insert(found).clone()
                    }
                };
            }
        }
        let body = serde_json::to_value(&order).map_err(|error| StoreError::Engine(error.to_string()))?;
        let no = order.no.as_str();
        let kept = self.row(sql!("customer_order/state"), params![no], |row| {
            Ok((row.get::<_, Option<i64>>(0)?, row.get::<_, bool>(1)?))
        })?;
        let (done_at, fed) = kept.unwrap_or((None, true));
        let (done_at, fed) = match order.state() {
            OrderState::Done => (Some(done_at.unwrap_or(self.memory.now)), fed),
            // Something was taken back: whoever let go of it needs it again.
            _ => (None, true),
        };
        self.run(
            sql!("customer_order/put"),
            params![no, order.placed_at, body.to_string(), done_at, fed],
        )?;
        if fed {
            self.put_row(Topic::Orders, no, Some(&body))?;
        }
        Ok(())
    }

    /// Goods of each line that are picked but not sent, and sent but not confirmed.
    fn lay_out_goods(&self, order: &mut Order) -> Result<()> {
        let rows = self.rows(
            sql!("progress/goods_of_order"),
            params![order.no.as_str()],
            |row| {
                Ok((
                    row.get::<_, u32>(0)?,
                    (
                        row.get::<_, String>(1)?,
                        row.get::<_, String>(2)?,
                        row.get::<_, Option<i64>>(3)?,
                    ),
                    (row.get::<_, i64>(4)?, row.get::<_, i64>(5)?),
                ))
            },
        )?;
        for (number, (lot, serial, expiry), (waiting, sent)) in rows {
            let Some(line) = order.lines.iter_mut().find(|line| line.line == number) else {
                continue;
            };
            let goods = LotOption {
                place: order.dispatch.clone(),
                lot: parse_some(&lot)?,
                serial: parse_some(&serial)?,
                expiry: expiry.map(date_of).transpose()?,
                units: waiting,
            };
            if sent > 0 {
                line.shipped.push(LotOption {
                    place: order.to.clone(),
                    units: sent,
                    ..goods.clone()
                });
            }
            if waiting > 0 {
                line.picked.push(goods);
            }
        }
        for line in &mut order.lines {
            fefo(&mut line.picked);
            fefo(&mut line.shipped);
        }
        self.lay_out_packed(order)
    }

    /// Which of them are in which logistic unit.
    fn lay_out_packed(&self, order: &mut Order) -> Result<()> {
        let rows = self.rows(sql!("packed/of_order"), params![order.no.as_str()], |row| {
            Ok((
                row.get::<_, u32>(0)?,
                (row.get::<_, String>(1)?, row.get::<_, String>(2)?),
                row.get::<_, String>(3)?,
                (row.get::<_, i64>(4)?, row.get::<_, i64>(5)?),
            ))
        })?;
        for (number, (lot, serial), sscc, (waiting, sent)) in rows {
            let line = order.lines.iter_mut().find(|line| line.line == number);
            let (Some(line), true) = (line, waiting > 0 || sent > 0) else {
                continue;
            };
            line.packed.push(PackedGoods {
                sscc: parse(&sscc)?,
                lot: parse_some(&lot)?,
                serial: parse_some(&serial)?,
                waiting: waiting.max(0),
                sent: sent.max(0),
            });
        }
        Ok(())
    }

    /// Marks the orders that the transaction touched, each once until it is worked out anew.
    pub(super) fn flush_orders(&mut self) -> Result<()> {
        if self.memory.rebuilding {
            return Ok(());
        }
        for no in std::mem::take(&mut self.memory.pending.orders) {
            // Goods may be picked for an order that this server has not heard of yet: then there is none to mark.
            if !self.memory.marked.contains(&no)
                && self.run(sql!("customer_order/mark"), params![no.as_str()])? > 0
            {
                self.memory.marked.insert(no);
            }
        }
        Ok(())
    }

    /// Goods an article may be picked from: free, in a bin of the site, not held, not expired today.
    fn options(&self, article: &ArticleNo, site: &PlaceCode) -> Result<Vec<LotOption>> {
        let Some(article) = self.feed_text(Topic::Articles, article.as_str())? else {
            return Ok(Vec::new());
        };
        let article: Article = from_json(&article)?;
        let Some(base) = article.base() else {
            return Ok(Vec::new());
        };
        let product = Product::Di(base.clone());
        let text = product.to_string();
        let rows = self.rows(
            sql!("stock/of_product"),
            params![text, status_number(StockStatus::Available)],
            |row| {
                Ok((
                    row.get::<_, String>(0)?,
                    row.get::<_, String>(1)?,
                    row.get::<_, Option<i64>>(2)?,
                    row.get::<_, String>(3)?,
                    row.get::<_, i64>(4)?,
                ))
            },
        )?;
        let holds = self.memory.holds.in_force(base);
        let today = swedish_day(self.memory.now);
        let mut options = Vec::new();
        for (lot, serial, expiry, place, units) in rows {
            let place: PlaceCode = parse(&place)?;
            let unit: UnitKey = unit_key(&text, &lot, &serial)?;
            let expiry = expiry.map(date_of).transpose()?;
            let held = holds.iter().any(|hold| hold.meets_unit(&unit).is_some());
            let expired = expiry
                .zip(today)
                .is_some_and(|(expiry, today)| expiry.is_past(today));
            if !held && !expired && self.memory.shelves.is_bin_of(&place, site) {
                options.push(LotOption {
                    place,
                    lot: unit.lot,
                    serial: unit.serial,
                    expiry,
                    units,
                });
            }
        }
        fefo(&mut options);
        options.truncate(MOST_OPTIONS);
        Ok(options)
    }
}

/// Orders that were done by then leave devices.
pub(in super::super) fn fed_since(now: i64) -> i64 {
    now.saturating_sub(FED_MS)
}
