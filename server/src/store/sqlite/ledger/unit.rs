//! Units of the books and what stands of them where.

use std::collections::{BTreeSet, HashMap};

use rusqlite::params;
use sparhund_shared::event::{ArticleNo, Product, StockStatus, UnitKey};
use sparhund_shared::fold::{StockDelta, unit_deviations};
use sparhund_shared::identity::{LabelDate, Lot, PlaceCode, Serial};

use super::Ledger;
use super::deviation::About;
use crate::store::Result;
use crate::store::sqlite::codes::{date_number, date_of, parse, status_number, status_of};
use crate::store::sqlite::sql;

/// What can be wrong with a unit.
const KINDS: [&str; 4] = [
    "negative-stock",
    "serial-doubled",
    "unknown-product",
    "counted-in-packages",
];

/// Goods of a unit at one place in one state.
struct Shelf {
    place: PlaceCode,
    place_no: i64,
    status: StockStatus,
    units: i64,
    /// As in the database; `None` = no row.
    kept: Option<i64>,
}

/// A unit as the writer remembers it.
pub(super) struct UnitState {
    key: UnitKey,
    lot_key: i64,
    lot_no: i64,
    pub(super) unit_no: i64,
    pub(super) article: Option<ArticleNo>,
    /// Base units the catalogue says one of the product holds.
    units_per_package: Option<u32>,
    expiry: Option<LabelDate>,
    shelves: Vec<Shelf>,
    /// Not in the database yet.
    new: bool,
    expiry_changed: bool,
    changed: bool,
}

/// The units the writer remembers.
#[derive(Default)]
pub(super) struct Units {
    index: HashMap<UnitKey, usize>,
    states: Vec<UnitState>,
    lots: HashMap<(Product, Option<Lot>), i64>,
    changed: Vec<usize>,
    next_no: i64,
}

impl Units {
    pub(super) fn forget_beyond(&mut self, most: usize) {
        if self.states.len() > most {
            self.forget();
        }
        if self.lots.len() > most {
            self.lots.clear();
        }
    }

    /// Only when nothing waits to be written.
    pub(super) fn forget(&mut self) {
        self.index.clear();
        self.states.clear();
    }

    /// Numbers of new units go on from here.
    pub(super) fn start_at(&mut self, next_no: i64) {
        self.next_no = self.next_no.max(next_no);
    }

    pub(super) fn get(&self, at: usize) -> &UnitState {
        &self.states[at]
    }

    fn change(&mut self, at: usize) -> &mut UnitState {
        let state = &mut self.states[at];
        if !state.changed {
            state.changed = true;
            self.changed.push(at);
        }
        state
    }
}

impl Ledger {
    pub(super) fn remember_units(&mut self) -> Result<()> {
        let last = self.row(sql!("unit/last_no"), [], |row| row.get::<_, i64>(0))?;
        self.memory.units.next_no = last.unwrap_or(0) + 1;
        let flagged = self.rows(sql!("deviation/flagged"), [], |row| row.get(0))?;
        self.memory.flagged = flagged.into_iter().collect();
        for product in self.rows(sql!("stock/pooled"), [], |row| row.get::<_, String>(0))? {
            self.memory.pooled.insert(parse(&product)?);
        }
        Ok(())
    }

    /// The place of a unit in memory; read or made when it is not there.
    pub(in super::super) fn unit(&mut self, key: &UnitKey, lot_key: i64) -> Result<usize> {
        if let Some(at) = self.memory.units.index.get(key) {
            return Ok(*at);
        }
        let (lot_no, new_lot) = self.lot_no(key, lot_key)?;
        let serial = key.serial.as_ref().map_or("", Serial::as_str);
        let known = if new_lot {
            None
        } else {
            self.row(sql!("unit/get"), params![lot_no, serial], |row| {
                Ok((row.get::<_, i64>(0)?, row.get::<_, Option<i64>>(1)?))
            })?
        };
        let new = known.is_none();
        let (unit_no, expiry) = match known {
            Some((unit_no, expiry)) => (unit_no, expiry.map(date_of).transpose()?),
            None => (self.new_unit_no(lot_no, serial)?, None),
        };
        let shelves = if new {
            Vec::new()
        } else {
            self.shelves_of(lot_key, unit_no)?
        };
        let (article, units_per_package) = self.article_of(&key.product)?.unzip();
        let units = &mut self.memory.units;
        let at = units.states.len();
        units.states.push(UnitState {
            key: key.clone(),
            lot_key,
            lot_no,
            unit_no,
            article,
            units_per_package,
            expiry,
            shelves,
            new,
            expiry_changed: false,
            changed: false,
        });
        units.index.insert(key.clone(), at);
        if new {
            units.change(at);
        }
        Ok(at)
    }

    fn lot_no(&mut self, key: &UnitKey, lot_key: i64) -> Result<(i64, bool)> {
        let pair = (key.product.clone(), key.lot.clone());
        if let Some(lot_no) = self.memory.units.lots.get(&pair) {
            return Ok((*lot_no, false));
        }
        let product = key.product.to_string();
        let lot = key.lot.as_ref().map_or("", Lot::as_str);
        let known = self.row(sql!("lot/get"), params![lot_key, product, lot], |row| {
            row.get::<_, i64>(0)
        })?;
        let lot_no = if let Some(lot_no) = known {
            lot_no
        } else {
            self.run(sql!("lot/insert"), params![lot_key, product, lot])?;
            self.conn.last_insert_rowid()
        };
        self.memory.units.lots.insert(pair, lot_no);
        Ok((lot_no, known.is_none()))
    }

    /// A rebuild keeps the numbers units had.
    fn new_unit_no(&mut self, lot_no: i64, serial: &str) -> Result<i64> {
        if self.memory.rebuilding {
            let kept = self.row(sql!("unit/kept_no"), params![lot_no, serial], |row| row.get(0))?;
            if let Some(unit_no) = kept {
                return Ok(unit_no);
            }
        }
        let unit_no = self.memory.units.next_no;
        self.memory.units.next_no += 1;
        Ok(unit_no)
    }

    fn shelves_of(&self, lot_key: i64, unit_no: i64) -> Result<Vec<Shelf>> {
        let rows = self.rows(sql!("stock/of_unit"), params![lot_key, unit_no], |row| {
            Ok((
                row.get::<_, i64>(0)?,
                row.get::<_, String>(1)?,
                row.get::<_, i64>(2)?,
                row.get::<_, i64>(3)?,
            ))
        })?;
        rows.into_iter()
            .map(|(place_no, place, status, units)| {
                Ok(Shelf {
                    place: parse(&place)?,
                    place_no,
                    status: status_of(status)?,
                    units,
                    kept: Some(units),
                })
            })
            .collect()
    }

    /// Moves goods of a unit, `sign` times.
    pub(super) fn move_stock(&mut self, at: usize, changes: &[StockDelta], sign: i64) -> Result<()> {
        for change in changes {
            let place_no = self.place_no(&change.place)?;
            let units = sign * change.units;
            let unit = self.memory.units.change(at);
            let known = unit
                .shelves
                .iter_mut()
                .find(|shelf| shelf.place_no == place_no && shelf.status == change.status);
            match known {
                Some(row) => row.units += units,
                None => unit.shelves.push(Shelf {
                    place: change.place.clone(),
                    place_no,
                    status: change.status,
                    units,
                    kept: None,
                }),
            }
        }
        Ok(())
    }

    /// A label of the unit showed this expiry; the earliest one stands.
    pub(super) fn see_expiry(&mut self, at: usize, expiry: LabelDate) {
        if self
            .memory
            .units
            .get(at)
            .expiry
            .is_none_or(|known| expiry < known)
        {
            self.set_expiry(at, Some(expiry));
        }
    }

    /// An event of the unit does not count any more: the earliest expiry of those that do stands.
    pub(super) fn find_expiry(&mut self, at: usize) -> Result<()> {
        let state = self.memory.units.get(at);
        let shown = self.rows(
            sql!("event/expiries"),
            params![state.lot_key, state.unit_no],
            |row| row.get::<_, i64>(0),
        )?;
        let dates: Vec<LabelDate> = shown.into_iter().map(date_of).collect::<Result<_>>()?;
        self.set_expiry(at, dates.into_iter().min());
        Ok(())
    }

    fn set_expiry(&mut self, at: usize, expiry: Option<LabelDate>) {
        let state = self.memory.units.change(at);
        state.expiry_changed |= state.expiry != expiry;
        state.expiry = expiry;
    }

    /// Looks at a unit again although its stock did not change: the catalogue did.
    pub(in super::super) fn look_again(&mut self, at: usize) {
        self.memory.units.change(at);
    }

    /// Writes changed units in key order, with their deviations.
    pub(super) fn flush_units(&mut self) -> Result<()> {
        let mut changed = std::mem::take(&mut self.memory.units.changed);
        changed.sort_unstable_by_key(|at| {
            let state = &self.memory.units.states[*at];
            (state.lot_key, state.unit_no)
        });
        for at in changed.iter().copied() {
            let state = &self.memory.units.states[at];
            self.write_unit(state)?;
            self.write_shelves(state)?;
            if let Some(article) = &self.memory.units.states[at].article
                && let Some(orders) = self.memory.waiting.get(article)
            {
                self.memory.pending.orders.extend(orders.iter().cloned());
            }
            let state = &mut self.memory.units.states[at];
            state.new = false;
            state.changed = false;
            state.expiry_changed = false;
            // Goods that only lie longer where they are gone to concern nobody at work.
            let shown = state.shelves.iter().filter(|shelf| !shelf.status.is_gone());
            self.memory
                .pending
                .places
                .extend(shown.map(|shelf| shelf.place_no));
            let state = &mut self.memory.units.states[at];
            state.shelves.retain(|shelf| shelf.units != 0);
            for shelf in &mut state.shelves {
                shelf.kept = Some(shelf.units);
            }
        }
        // When all stands written: what was taken without its lot is judged by all lots of its place.
        let pools = self.pools_of(&changed)?;
        for at in changed.into_iter().chain(pools) {
            self.judge_unit(at)?;
        }
        Ok(())
    }

    /// Units without lot and serial that stand below zero somewhere, of products that changed.
    fn pools_of(&mut self, changed: &[usize]) -> Result<Vec<usize>> {
        let mut pools = BTreeSet::new();
        for at in changed {
            let state = &self.memory.units.states[*at];
            let short = state.shelves.iter().any(|shelf| shelf.units < 0);
            if state.key.is_unlotted() {
                if short {
                    self.memory.pooled.insert(state.key.product.clone());
                }
            } else if self.memory.pooled.contains(&state.key.product) {
                pools.insert(state.key.product.clone());
            }
        }
        pools
            .into_iter()
            .map(|product| {
                let key = UnitKey {
                    product,
                    lot: None,
                    serial: None,
                };
                self.unit(&key, key.lot_key())
            })
            .collect()
    }

    /// What stands of a product on shelves in all, whatever its lot.
    fn pools(&self, product: &Product) -> Result<Vec<(PlaceCode, i64)>> {
        let asked = params![product.to_string(), status_number(StockStatus::Available)];
        let rows = self.rows(sql!("stock/pool"), asked, |row| {
            Ok((row.get::<_, String>(0)?, row.get::<_, i64>(1)?))
        })?;
        rows.into_iter()
            .map(|(place, units)| Ok((parse(&place)?, units)))
            .collect()
    }

    fn write_unit(&self, state: &UnitState) -> Result<()> {
        let expiry = state.expiry.map(date_number);
        if state.new {
            let serial = state.key.serial.as_ref().map_or("", Serial::as_str);
            self.run(
                sql!("unit/insert"),
                params![state.unit_no, state.lot_no, serial, expiry],
            )?;
        } else if state.expiry_changed {
            self.run(sql!("unit/set_expiry"), params![state.unit_no, expiry])?;
        }
        Ok(())
    }

    fn write_shelves(&self, state: &UnitState) -> Result<()> {
        for shelf in &state.shelves {
            let key = (
                state.lot_key,
                state.unit_no,
                shelf.place_no,
                status_number(shelf.status),
            );
            match shelf.kept {
                Some(kept) if kept == shelf.units => {}
                Some(_) if shelf.units == 0 => {
                    self.run(sql!("stock/delete"), key)?;
                }
                Some(_) => {
                    self.run(
                        sql!("stock/update"),
                        params![key.0, key.1, key.2, key.3, shelf.units],
                    )?;
                }
                None if shelf.units == 0 => {}
                None => {
                    self.run(
                        sql!("stock/insert"),
                        params![key.0, key.1, key.2, key.3, shelf.units],
                    )?;
                }
            }
        }
        Ok(())
    }

    fn judge_unit(&mut self, at: usize) -> Result<()> {
        let state = &self.memory.units.states[at];
        let rows: Vec<(PlaceCode, StockStatus, i64)> = state
            .shelves
            .iter()
            .filter(|shelf| shelf.units != 0)
            .map(|shelf| (shelf.place.clone(), shelf.status, shelf.units))
            .collect();
        let below = |(_, status, units): &(PlaceCode, StockStatus, i64)| {
            *status == StockStatus::Available && *units < 0
        };
        let pools = if state.key.is_unlotted() && rows.iter().any(below) {
            self.pools(&state.key.product)?
        } else {
            Vec::new()
        };
        let found = unit_deviations(&state.key, &rows, &pools, state.units_per_package);
        let unit_no = state.unit_no;
        if found.is_empty() && !self.memory.flagged.contains(&unit_no) {
            return Ok(());
        }
        self.replace_deviations(About::Unit(unit_no), &KINDS, &found)?;
        if found.is_empty() {
            self.memory.flagged.remove(&unit_no);
        } else {
            self.memory.flagged.insert(unit_no);
        }
        Ok(())
    }
}
