//! The stock of a place as devices see it: worked out when somebody asks, once for all that changed until then.

use rusqlite::params;
use sparhund_shared::event::{CountOutcome, Event};
use sparhund_shared::identity::PlaceCode;
use sparhund_shared::log::{EventId, UserId};
use sparhund_shared::reference::{Goods, OpenCount, PlaceStock, Searched};
use sparhund_shared::wire::Topic;

use super::Ledger;
use crate::store::sqlite::codes::{Id, date_of, from_json, parse, status_of, unit_key};
use crate::store::sqlite::sql;
use crate::store::{Result, StoreError};

/// Places worked out in one transaction: records that wait meanwhile wait a moment only.
const REFRESHED: i64 = 200;

impl Ledger {
    pub(super) fn remember_marks(&mut self) -> Result<()> {
        let marks = self.rows(sql!("place_mark/all"), [], |row| row.get(0))?;
        self.memory.marked_places = marks.into_iter().collect();
        Ok(())
    }

    /// Devices are told anew what stands at a place.
    pub(super) fn mark_place(&mut self, place_no: Option<i64>) {
        self.memory.pending.places.extend(place_no);
    }

    pub(super) fn flush_marks(&mut self) -> Result<()> {
        let places = std::mem::take(&mut self.memory.pending.places);
        if self.memory.rebuilding {
            return Ok(());
        }
        for place_no in places {
            if self.memory.marked_places.insert(place_no) {
                self.run(sql!("place_mark/insert"), params![place_no])?;
            }
        }
        Ok(())
    }

    /// Works out what was marked; whether more is left to do.
    pub(in super::super) fn refresh_stock(&mut self, now: i64) -> Result<bool> {
        self.memory.now = now;
        let marked = self.rows(sql!("place_mark/some"), params![REFRESHED], |row| {
            Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?))
        })?;
        for (place_no, code) in &marked {
            let stock = self.place_stock(*place_no, parse(code)?)?;
            let empty = stock.goods.is_empty() && stock.counts.is_empty() && stock.searched.is_empty();
            let body = serde_json::to_value(&stock).map_err(|error| StoreError::Engine(error.to_string()))?;
            self.put_row(Topic::Stock, code, Some(&body).filter(|_| !empty))?;
            self.run(sql!("place_mark/delete"), params![place_no])?;
            self.memory.marked_places.remove(place_no);
        }
        Ok(i64::try_from(marked.len()).is_ok_and(|count| count == REFRESHED))
    }

    fn place_stock(&mut self, place_no: i64, place: PlaceCode) -> Result<PlaceStock> {
        let rows = self.rows(sql!("stock/goods_at"), params![place_no], |row| {
            Ok((
                (
                    row.get::<_, String>(0)?,
                    row.get::<_, String>(1)?,
                    row.get::<_, String>(2)?,
                ),
                row.get::<_, Option<i64>>(3)?,
                row.get::<_, i64>(4)?,
                row.get::<_, i64>(5)?,
            ))
        })?;
        let mut goods = Vec::new();
        for ((product, lot, serial), expiry, status, units) in rows {
            let status = status_of(status)?;
            if status.is_gone() {
                continue;
            }
            let unit = unit_key(&product, &lot, &serial)?;
            goods.push(Goods {
                article: self.article_of(&unit.product)?.map(|(article, _)| article),
                product: unit.product,
                lot: unit.lot,
                serial: unit.serial,
                expiry: expiry.map(date_of).transpose()?,
                status,
                units,
            });
        }
        Ok(PlaceStock {
            place,
            goods,
            counts: self.open_counts(place_no)?,
            searched: self.searched(place_no)?,
        })
    }

    fn open_counts(&self, place_no: i64) -> Result<Vec<OpenCount>> {
        let rows = self.rows(sql!("telling/open_counts"), params![place_no], |row| {
            Ok((
                EventId(row.get::<_, Id>(0)?.0),
                row.get::<_, i64>(1)?,
                UserId(row.get::<_, Id>(2)?.0),
                row.get::<_, String>(3)?,
            ))
        })?;
        let mut open = Vec::new();
        for (event, at, by, body) in rows {
            if let Event::Count(counting) = from_json(&body)?
                && counting.outcome == CountOutcome::AwaitsAnother
            {
                open.push(OpenCount {
                    event,
                    item: counting.item,
                    units: counting.units,
                    by,
                    at,
                });
            }
        }
        Ok(open)
    }

    fn searched(&self, place_no: i64) -> Result<Vec<Searched>> {
        let rows = self.rows(sql!("telling/searches"), params![place_no], |row| {
            Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?))
        })?;
        let mut found = Vec::new();
        for (at, body) in rows {
            if let Event::Search(searching) = from_json(&body)?
                && self.memory.holds.is_in_force(searching.hold)
            {
                found.push(Searched {
                    hold: searching.hold,
                    units: searching.units,
                    at,
                });
            }
        }
        found.sort_unstable_by_key(|searched| searched.hold);
        Ok(found)
    }
}
