//! The fold in memory: the reference every store is compared with.

use std::collections::{BTreeMap, BTreeSet};

use super::effect::{Effects, Progress, Sighting, effects};
use super::hold::hold_of;
use crate::event::{Event, Hold, OrderLineRef, StockStatus, UnitKey};
use crate::identity::PlaceCode;
use crate::log::{EventId, Hash, HoldId, LogId, Sealed, UserId};

/// One row of the stock: goods, place, state, base units.
pub type StockRow = (UnitKey, PlaceCode, StockStatus, i64);

/// The event that counts under an event id, by which record it came first.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Counted {
    /// Logical time and hash of the record: the smaller counts when two records claim one event id.
    pub rank: (i64, Hash),
    /// Who acted.
    pub user: UserId,
    /// What happened.
    pub event: Event,
}

/// Stock, whereabouts, orders and holds, folded from a set of records.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Books {
    records: BTreeSet<(LogId, u64, Hash)>,
    events: BTreeMap<EventId, Counted>,
    conflicts: BTreeSet<EventId>,
    /// Target of a void, with every counted event that voids it.
    voids: BTreeMap<EventId, BTreeSet<EventId>>,
    stock: BTreeMap<(UnitKey, PlaceCode, StockStatus), i64>,
    sightings: BTreeMap<UnitKey, BTreeSet<Sighting>>,
    orders: BTreeMap<OrderLineRef, Progress>,
}

impl Books {
    /// Adds a record; adding it again changes nothing.
    pub fn add(&mut self, sealed: &Sealed) {
        let record = sealed.record();
        if !self.records.insert((record.log, record.seq, sealed.hash())) {
            return;
        }
        let Ok(event) = record.event() else { return };
        let id = record.event_id;
        let counted = Counted {
            rank: (record.tick, sealed.hash()),
            user: record.user,
            event,
        };
        match self.events.get(&id).cloned() {
            None => self.count(id, counted),
            Some(known) => {
                if known.event != counted.event {
                    self.conflicts.insert(id);
                }
                if counted.rank < known.rank {
                    self.uncount(id, &known);
                    self.count(id, counted);
                }
            }
        }
    }

    fn count(&mut self, id: EventId, counted: Counted) {
        if let Event::Void(void) = &counted.event {
            self.void(void.target, id);
        }
        if !self.voids.contains_key(&id) {
            self.apply(effects(id, counted.rank.0, &counted.event), 1);
        }
        self.events.insert(id, counted);
    }

    fn uncount(&mut self, id: EventId, counted: &Counted) {
        if !self.voids.contains_key(&id) {
            self.apply(effects(id, counted.rank.0, &counted.event), -1);
        }
        self.events.remove(&id);
        if let Event::Void(void) = &counted.event {
            self.unvoid(void.target, id);
        }
    }

    fn void(&mut self, target: EventId, by: EventId) {
        let voids = self.voids.entry(target).or_default();
        let first = voids.is_empty();
        voids.insert(by);
        if first && let Some(counted) = self.events.get(&target).cloned() {
            self.apply(effects(target, counted.rank.0, &counted.event), -1);
        }
    }

    /// The event `by` turned out to say something else: an earlier record claims its id.
    fn unvoid(&mut self, target: EventId, by: EventId) {
        let Some(voids) = self.voids.get_mut(&target) else {
            return;
        };
        voids.remove(&by);
        if voids.is_empty() {
            self.voids.remove(&target);
            if let Some(counted) = self.events.get(&target).cloned() {
                self.apply(effects(target, counted.rank.0, &counted.event), 1);
            }
        }
    }

    fn apply(&mut self, effects: Option<Effects>, sign: i64) {
        let Some(effects) = effects else { return };
        for delta in effects.stock {
            let key = (effects.unit.clone(), delta.place, delta.status);
            let units = self.stock.entry(key.clone()).or_default();
            *units += sign * delta.units;
            if *units == 0 {
                self.stock.remove(&key);
            }
        }
        if let Some(sighting) = effects.sighting {
            let seen = self.sightings.entry(effects.unit.clone()).or_default();
            if sign > 0 {
                seen.insert(sighting);
            } else {
                seen.remove(&sighting);
            }
            if seen.is_empty() {
                self.sightings.remove(&effects.unit);
            }
        }
        if let Some(order) = effects.order {
            let progress = self.orders.entry(order.line.clone()).or_default();
            progress.add(order.progress, sign);
            if *progress == Progress::default() {
                self.orders.remove(&order.line);
            }
        }
    }

    /// Stock rows with goods or a debt, by goods, place and state.
    pub fn stock(&self) -> Vec<StockRow> {
        self.stock
            .iter()
            .map(|((unit, place, status), units)| (unit.clone(), place.clone(), *status, *units))
            .collect()
    }

    /// Where each serial was seen last.
    pub fn whereabouts(&self) -> Vec<(UnitKey, Sighting)> {
        self.sightings
            .iter()
            .filter_map(|(unit, seen)| Some((unit.clone(), seen.last()?.clone())))
            .collect()
    }

    /// How far each order line has come.
    pub fn orders(&self) -> &BTreeMap<OrderLineRef, Progress> {
        &self.orders
    }

    /// Event ids with two different contents.
    pub fn conflicts(&self) -> &BTreeSet<EventId> {
        &self.conflicts
    }

    /// Holds as they stand, see [`hold_of`].
    pub fn holds(&self) -> Vec<Hold> {
        let mut tellers: BTreeMap<HoldId, Vec<(EventId, &Counted)>> = BTreeMap::new();
        for (id, counted) in &self.events {
            let hold = match &counted.event {
                Event::Hold(holding) => holding.hold,
                Event::Release(releasing) => releasing.hold,
                Event::Move(_) | Event::Void(_) => continue,
            };
            if !self.voids.contains_key(id) {
                tellers.entry(hold).or_default().push((*id, counted));
            }
        }
        tellers.into_values().filter_map(|told| hold_of(&told)).collect()
    }
}
