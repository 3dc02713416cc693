//! The fold in memory: the reference every store is compared with.

use std::collections::{BTreeMap, BTreeSet};

use super::effect::{Effects, Progress, Sighting, effects};
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
    voided: BTreeSet<EventId>,
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
            self.void(void.target);
        }
        if !self.voided.contains(&id) {
            self.apply(effects(id, counted.rank.0, &counted.event), 1);
        }
        self.events.insert(id, counted);
    }

    fn uncount(&mut self, id: EventId, counted: &Counted) {
        if !self.voided.contains(&id) {
            self.apply(effects(id, counted.rank.0, &counted.event), -1);
        }
        self.events.remove(&id);
    }

    fn void(&mut self, target: EventId) {
        if self.voided.insert(target)
            && let Some(counted) = self.events.get(&target).cloned()
        {
            self.apply(effects(target, counted.rank.0, &counted.event), -1);
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
            let seen = self.sightings.entry(effects.unit).or_default();
            if sign > 0 {
                seen.insert(sighting);
            } else {
                seen.remove(&sighting);
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

    /// Holds as they stand. The earliest record of a hold id says what it is, the earliest release ends it.
    pub fn holds(&self) -> Vec<Hold> {
        let mut holds: BTreeMap<HoldId, Hold> = BTreeMap::new();
        let mut events: Vec<_> = self
            .events
            .iter()
            .filter(|(id, _)| !self.voided.contains(id))
            .collect();
        events.sort_by_key(|(id, counted)| (counted.rank, **id));
        for (_, counted) in &events {
            if let Event::Hold(holding) = &counted.event {
                holds.entry(holding.hold).or_insert_with(|| Hold {
                    id: holding.hold,
                    dis: holding.dis.clone(),
                    lot: holding.lot.clone(),
                    serial: holding.serial.clone(),
                    reason: holding.reason.clone(),
                    set_at: counted.rank.0,
                    set_by: counted.user,
                    released_at: None,
                });
            }
        }
        for (_, counted) in &events {
            if let Event::Release(releasing) = &counted.event
                && let Some(hold) = holds.get_mut(&releasing.hold)
            {
                hold.released_at.get_or_insert(counted.rank.0);
            }
        }
        holds.into_values().collect()
    }
}
