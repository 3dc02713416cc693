//! Goods that moved: the trace row, the stock, the order, the movement's own deviations.

use rusqlite::params;
use sparhund_shared::event::{Item, Movement, Product};
use sparhund_shared::fold::{Deviation, movement_deviations};
use sparhund_shared::log::{EventId, Record};

use super::Ledger;
use super::deviation::About;
use crate::store::sqlite::codes::{date_number, entry_number, signed, status_number, step_number, to_json};
use crate::store::sqlite::entry::Entry;
use crate::store::sqlite::sql;
use crate::store::{Result, Told};

/// A row of the trace that waits to be written.
pub(super) struct EventRow {
    lot_key: i64,
    unit_no: i64,
    tick: i64,
    event: EventId,
    step: i64,
    units: u32,
    from_no: Option<i64>,
    to_no: i64,
    user_no: i64,
    log_no: i64,
    seq: u64,
    at: i64,
    entry: i64,
    voided: bool,
    expiry: Option<i64>,
    order: Option<(String, u32)>,
    supplier: Option<String>,
    scanner_no: Option<i64>,
    seen: Option<String>,
    became: Option<i64>,
    told: Option<String>,
    sscc: Option<String>,
}

impl Ledger {
    pub(super) fn count_movement(
        &mut self,
        log_no: i64,
        entry: &Entry,
        movement: &Movement,
        voided: bool,
    ) -> Result<()> {
        let Some(effects) = &entry.effects else {
            return Ok(());
        };
        let record = entry.sealed.record();
        let at = self.unit(&effects.unit, entry.lot_key)?;
        let from_no = movement
            .from
            .as_ref()
            .map(|from| self.place_no(from))
            .transpose()?;
        let row = EventRow {
            lot_key: entry.lot_key,
            unit_no: self.memory.units.get(at).unit_no,
            tick: record.tick,
            event: record.event_id,
            step: step_number(movement.step),
            units: movement.quantity.get(),
            from_no,
            to_no: self.place_no(&movement.to)?,
            user_no: self.user_no(record.user)?,
            log_no,
            seq: record.seq,
            at: record.at,
            entry: entry_number(movement.capture.entry),
            voided,
            expiry: movement.item.expiry().copied().map(date_number),
            order: movement
                .order
                .as_ref()
                .map(|line| (line.order.to_string(), line.line)),
            supplier: movement.supplier.clone(),
            scanner_no: (movement.capture.profile.as_deref())
                .map(|profile| self.scanner_no(profile))
                .transpose()?,
            seen: Some(movement.capture.seen.join(" ")).filter(|seen| !seen.is_empty()),
            became: (movement.left() != movement.step.leaves()).then(|| status_number(movement.left())),
            told: movement
                .circumstances
                .as_deref()
                .and_then(Told::of)
                .map(|told| to_json(&told))
                .transpose()?,
            sscc: movement.sscc.map(|sscc| sscc.to_string()),
        };
        self.memory.pending.events.push(row);
        self.keep_seal(record, movement)?;
        if voided {
            Ok(())
        } else {
            self.book(entry, movement, at, 1)
        }
    }

    pub(super) fn uncount_movement(&mut self, entry: &Entry, voided: bool) -> Result<()> {
        let Some((effects, movement)) = entry.effects.as_ref().zip(entry.movement()) else {
            return Ok(());
        };
        let at = self.unit(&effects.unit, entry.lot_key)?;
        self.flush_events()?;
        let unit_no = self.memory.units.get(at).unit_no;
        let record = entry.sealed.record();
        self.run(
            sql!("event/delete"),
            params![entry.lot_key, unit_no, record.tick, record.event_id.0.as_bytes()],
        )?;
        self.run(sql!("patient_seal/delete"), params![record.event_id.0.as_bytes()])?;
        if voided {
            Ok(())
        } else {
            self.book(entry, movement, at, -1)
        }
    }

    /// Keeps a sealed identity for the patient-link service.
    fn keep_seal(&self, record: &Record, movement: &Movement) -> Result<()> {
        let circumstances = movement.circumstances.as_deref();
        if let Some(seal) = circumstances.and_then(|told| told.patient.as_ref()) {
            self.run(
                sql!("patient_seal/insert"),
                params![
                    record.event_id.0.as_bytes(),
                    record.tick,
                    seal.key.0,
                    seal.sealed.as_slice()
                ],
            )?;
        }
        Ok(())
    }

    /// Voids a counted movement or lets it count again; nothing when it is so already.
    pub(super) fn void_movement(&mut self, entry: &Entry, movement: &Movement, voided: bool) -> Result<()> {
        let Some(effects) = &entry.effects else {
            return Ok(());
        };
        let at = self.unit(&effects.unit, entry.lot_key)?;
        self.flush_events()?;
        let unit_no = self.memory.units.get(at).unit_no;
        let record = entry.sealed.record();
        let id = record.event_id.0;
        let known = self.row(
            sql!("event/is_voided"),
            params![entry.lot_key, unit_no, record.tick, id.as_bytes()],
            |row| row.get::<_, bool>(0),
        )?;
        if known == Some(voided) {
            return Ok(());
        }
        self.run(
            sql!("event/set_voided"),
            params![entry.lot_key, unit_no, record.tick, id.as_bytes(), voided],
        )?;
        self.book(entry, movement, at, if voided { -1 } else { 1 })
    }

    /// Applies what a movement changes, `sign` times; its trace row says already whether it counts.
    fn book(&mut self, entry: &Entry, movement: &Movement, at: usize, sign: i64) -> Result<()> {
        let Some(effects) = &entry.effects else {
            return Ok(());
        };
        self.move_stock(at, &effects.stock, sign)?;
        if let Some(order) = &effects.order {
            let unit_no = self.memory.units.get(at).unit_no;
            self.step_order(order, unit_no, sign);
        }
        if sign > 0 {
            if let Some(expiry) = movement.item.expiry() {
                self.see_expiry(at, *expiry);
            }
            self.judge_movement(entry, movement)
        } else {
            if movement.item.expiry().is_some() {
                self.find_expiry(at)?;
            }
            self.clear_movement(entry.id())
        }
    }

    fn judge_movement(&self, entry: &Entry, movement: &Movement) -> Result<()> {
        let holds = self.memory.holds.that_name(&movement.item);
        let found = movement_deviations(entry.id(), entry.rank().0, movement, &holds);
        for deviation in found {
            let about = match &deviation {
                Deviation::MovedUnderHold { event, hold, .. } => About::Hold(*event, *hold),
                _ => About::Event(entry.id()),
            };
            self.note(about, &deviation)?;
        }
        Ok(())
    }

    /// Remembers that a label of another packaging level was booked as its base product, so that a hold on that
    /// level finds the goods.
    pub(super) fn note_label(&mut self, movement: &Movement) -> Result<()> {
        let Item::Identified(item) = &movement.item else {
            return Ok(());
        };
        if item.di == item.base {
            return Ok(());
        }
        let pair = (item.di.clone(), item.base.clone());
        if self.memory.labels.insert(pair) {
            let product = Product::Di(item.base.clone());
            self.run(
                sql!("label/insert"),
                params![item.di.to_string(), product.to_string()],
            )?;
        }
        Ok(())
    }

    /// Writes waiting trace rows in key order.
    pub(super) fn flush_events(&mut self) -> Result<()> {
        let mut events = std::mem::take(&mut self.memory.pending.events);
        events.sort_unstable_by_key(|row| (row.lot_key, row.unit_no, row.tick, row.event));
        let mut insert = self.conn.prepare_cached(sql!("event/insert"))?;
        for row in &events {
            insert.execute(params![
                row.lot_key,
                row.unit_no,
                row.tick,
                row.event.0.as_bytes(),
                row.step,
                row.units,
                row.from_no,
                row.to_no,
                row.user_no,
                row.log_no,
                signed(row.seq),
                row.at,
                row.entry,
                row.voided,
                row.expiry,
                row.order.as_ref().map(|(no, _)| no),
                row.order.as_ref().map(|(_, line)| line),
                row.supplier,
                row.scanner_no,
                row.seen,
                row.became,
                row.told,
                row.sscc,
            ])?;
        }
        drop(insert);
        events.clear();
        self.memory.pending.events = events;
        Ok(())
    }
}
