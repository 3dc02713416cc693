//! The fold in memory: the reference every store is compared with.

use std::collections::{BTreeMap, BTreeSet};

use super::effect::{Effects, InUnit, Progress, Sighting, effects};
use super::hold::hold_of;
use crate::event::{Event, Hold, OrderLineRef, StockStatus, UnitKey};
use crate::identity::{PlaceCode, Sscc};
use crate::log::{EventId, Hash, HoldId, LogId, Record, Sealed, UserId};

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
    /// Logs that devices write: see [`Books::with_devices`].
    devices: BTreeSet<LogId>,
    records: BTreeSet<(LogId, u64, Hash)>,
    /// Each event with the record of it that counts.
    events: BTreeMap<EventId, (Record, Counted)>,
    /// Every log that tells an event, with what it takes back by it: under one id two may tell different things.
    tellers: BTreeMap<EventId, BTreeSet<(LogId, Option<EventId>)>>,
    conflicts: BTreeSet<EventId>,
    /// Target of a void, with every counted event that voids it.
    voids: BTreeMap<EventId, BTreeSet<EventId>>,
    stock: BTreeMap<(UnitKey, PlaceCode, StockStatus), i64>,
    sightings: BTreeMap<UnitKey, BTreeSet<Sighting>>,
    orders: BTreeMap<OrderLineRef, Progress>,
    packed: BTreeMap<(OrderLineRef, UnitKey, Sscc), InUnit>,
}

impl Books {
    /// Empty books in which these logs have only the rights of a device: it neither sets nor lifts holds, takes back
    /// only movements that no other log tells without taking them back as well, and an event it tells does not displace
    /// the server's own.
    pub fn with_devices(devices: impl IntoIterator<Item = LogId>) -> Self {
        Self {
            devices: devices.into_iter().collect(),
            ..Self::default()
        }
    }

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
        let known = self.events.get(&id).cloned();
        let told = known
            .iter()
            .map(|(_, known)| &known.event)
            .chain([&counted.event]);
        let mut touched: BTreeSet<EventId> = told.filter_map(voided_by).collect();
        touched.insert(id);
        for event in &touched {
            self.book(*event, -1);
        }
        let teller = (record.log, voided_by(&counted.event));
        self.tellers.entry(id).or_default().insert(teller);
        if known
            .as_ref()
            .is_some_and(|(known, _)| !known.tells_the_same(record))
        {
            self.conflicts.insert(id);
        }
        let rank = |log: LogId, counted: &Counted| (self.devices.contains(&log), counted.rank);
        let counts = known
            .as_ref()
            .is_none_or(|(told, known)| rank(record.log, &counted) < rank(told.log, known));
        if counts {
            if let Some(target) = known.as_ref().and_then(|(_, known)| voided_by(&known.event))
                && let Some(voids) = self.voids.get_mut(&target)
            {
                voids.remove(&id);
                if voids.is_empty() {
                    self.voids.remove(&target);
                }
            }
            if let Some(target) = voided_by(&counted.event) {
                self.voids.entry(target).or_default().insert(id);
            }
            self.events.insert(id, (record.clone(), counted));
        }
        for event in touched {
            self.book(event, 1);
        }
    }

    /// Applies what a counted event changes, `sign` times, unless it is voided.
    fn book(&mut self, id: EventId, sign: i64) {
        if let Some((_, counted)) = self.events.get(&id)
            && !self.is_voided(id)
        {
            let effects = effects(id, counted.rank.0, &counted.event);
            self.apply(effects, sign);
        }
    }

    /// Whether a void that may reach a counted event names it.
    fn is_voided(&self, target: EventId) -> bool {
        let Some((_, counted)) = self.events.get(&target) else {
            return false;
        };
        let own = counted.event.may_be_taken_back();
        let none = BTreeSet::new();
        let tellers = |id: &EventId| self.tellers.get(id).unwrap_or(&none).iter();
        let told_by: BTreeSet<LogId> = tellers(&target).map(|(log, _)| *log).collect();
        self.voids.get(&target).into_iter().flatten().any(|void| {
            let by: BTreeSet<LogId> = tellers(void)
                .filter(|(_, what)| *what == Some(target))
                .map(|(log, _)| *log)
                .collect();
            by.iter().any(|log| !self.devices.contains(log)) || (own && told_by.is_subset(&by))
        })
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
            if let Some((sscc, in_unit)) = order.in_unit {
                let key = (order.line.clone(), effects.unit.clone(), sscc);
                let packed = self.packed.entry(key.clone()).or_default();
                packed.add(in_unit, sign);
                if *packed == InUnit::default() {
                    self.packed.remove(&key);
                }
            }
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

    /// How far goods of each order line have come in each logistic unit.
    pub fn packed(&self) -> &BTreeMap<(OrderLineRef, UnitKey, Sscc), InUnit> {
        &self.packed
    }

    /// Events that move no goods and set no hold: counts, differences, checks and their like, voided ones left out.
    pub fn told(&self) -> Vec<(EventId, &Event)> {
        let stands = |event: &Event| event.may_be_taken_back() && !matches!(event, Event::Move(_));
        self.events
            .iter()
            .filter(|(id, (_, counted))| stands(&counted.event) && !self.is_voided(**id))
            .map(|(id, (_, counted))| (*id, &counted.event))
            .collect()
    }

    /// Event ids that two records tell otherwise: another person, time or content.
    pub fn conflicts(&self) -> &BTreeSet<EventId> {
        &self.conflicts
    }

    /// Holds as they stand, see [`hold_of`].
    pub fn holds(&self) -> Vec<Hold> {
        let mut tellers: BTreeMap<HoldId, Vec<(EventId, &Counted)>> = BTreeMap::new();
        for (id, (record, counted)) in &self.events {
            let hold = match &counted.event {
                Event::Hold(holding) => holding.hold,
                Event::Release(releasing) => releasing.hold,
                _ => continue,
            };
            if !self.devices.contains(&record.log) && !self.is_voided(*id) {
                tellers.entry(hold).or_default().push((*id, counted));
            }
        }
        tellers.into_values().filter_map(|told| hold_of(&told)).collect()
    }
}

/// What an event declares wrong.
fn voided_by(event: &Event) -> Option<EventId> {
    match event {
        Event::Void(void) => Some(void.target),
        _ => None,
    }
}
