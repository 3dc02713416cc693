//! Holds: what they say, who must hear of them, and which movements went past them.

use std::collections::{BTreeSet, HashMap, HashSet};

use rusqlite::params;
use sparhund_shared::event::{Hold, Item};
use sparhund_shared::fold::{Deviation, hold_of, movement_deviations};
use sparhund_shared::identity::{Lot, UdiDi};
use sparhund_shared::log::{EventId, HoldId};
use sparhund_shared::wire::Topic;

use super::Ledger;
use super::deviation::About;
use crate::store::sqlite::codes::{Id, from_json, to_json};
use crate::store::sqlite::sql;
use crate::store::{Result, StoreError};

/// Every hold, found by the identifiers it names.
#[derive(Default)]
pub(super) struct HoldBook {
    by_id: HashMap<HoldId, Hold>,
    by_di: HashMap<UdiDi, BTreeSet<HoldId>>,
}

impl HoldBook {
    fn put(&mut self, hold: Hold) {
        self.take(hold.id);
        for di in &hold.dis {
            self.by_di.entry(di.clone()).or_default().insert(hold.id);
        }
        self.by_id.insert(hold.id, hold);
    }

    fn take(&mut self, id: HoldId) -> Option<Hold> {
        let hold = self.by_id.remove(&id)?;
        for di in &hold.dis {
            if let Some(holds) = self.by_di.get_mut(di) {
                holds.remove(&id);
            }
        }
        Some(hold)
    }

    /// Holds that name an item's label or its base unit; all that can meet it.
    pub(super) fn that_name(&self, item: &Item) -> Vec<Hold> {
        let Item::Identified(item) = item else {
            return Vec::new();
        };
        let mut ids: Vec<HoldId> = [&item.di, &item.base]
            .into_iter()
            .filter_map(|di| self.by_di.get(di))
            .flatten()
            .copied()
            .collect();
        ids.sort_unstable();
        ids.dedup();
        ids.iter().filter_map(|id| self.by_id.get(id).cloned()).collect()
    }

    pub(super) fn is_in_force(&self, id: HoldId) -> bool {
        self.by_id.get(&id).is_some_and(|hold| hold.released_at.is_none())
    }

    /// Holds that name an identifier and are not lifted.
    pub(super) fn in_force(&self, di: &UdiDi) -> Vec<&Hold> {
        let ids = self.by_di.get(di).into_iter().flatten();
        ids.filter_map(|id| self.by_id.get(id))
            .filter(|hold| hold.released_at.is_none())
            .collect()
    }
}

impl Ledger {
    pub(super) fn remember_holds(&mut self) -> Result<()> {
        for body in self.rows(sql!("hold/all"), [], |row| row.get::<_, String>(0))? {
            self.memory.holds.put(from_json(&body)?);
        }
        Ok(())
    }

    pub(super) fn count_hold(&mut self, hold: HoldId, event: EventId, voided: bool) -> Result<()> {
        self.run(
            sql!("hold_event/insert"),
            params![hold.0.as_bytes(), event.0.as_bytes(), voided],
        )?;
        self.refresh_hold(hold)
    }

    pub(super) fn uncount_hold(&mut self, hold: HoldId, event: EventId) -> Result<()> {
        self.run(
            sql!("hold_event/delete"),
            params![hold.0.as_bytes(), event.0.as_bytes()],
        )?;
        self.refresh_hold(hold)
    }

    pub(super) fn void_hold(&mut self, hold: HoldId, event: EventId, voided: bool) -> Result<()> {
        self.run(
            sql!("hold_event/set_voided"),
            params![hold.0.as_bytes(), event.0.as_bytes(), voided],
        )?;
        self.refresh_hold(hold)
    }

    /// Folds a hold anew from its events and lets everyone concerned know.
    fn refresh_hold(&mut self, id: HoldId) -> Result<()> {
        let events = self.rows(sql!("hold_event/counted"), params![id.0.as_bytes()], |row| {
            Ok(EventId(row.get::<_, Id>(0)?.0))
        })?;
        let mut told = Vec::new();
        for event in events {
            let claimed = self.claimed(event)?.and_then(|(_, entry)| entry.counted());
            let counted =
                claimed.ok_or_else(|| StoreError::Damaged(format!("event {event} of hold {id}")))?;
            told.push((event, counted));
        }
        let told: Vec<_> = told.iter().map(|(event, counted)| (*event, counted)).collect();
        let new = hold_of(&told);
        let old = self.memory.holds.take(id);
        if let Some(hold) = &new {
            self.memory.holds.put(hold.clone());
        }
        if old == new {
            return Ok(());
        }
        match &new {
            Some(hold) => self.run(sql!("hold/put"), params![id.0.as_bytes(), to_json(hold)?])?,
            None => self.run(sql!("hold/delete"), params![id.0.as_bytes()])?,
        };
        self.run(sql!("hold_di/delete"), params![id.0.as_bytes()])?;
        for di in new
            .iter()
            .filter(|hold| hold.released_at.is_none())
            .flat_map(|hold| &hold.dis)
        {
            self.run(sql!("hold_di/insert"), params![di.to_string(), id.0.as_bytes()])?;
        }
        self.publish_hold(id, new.as_ref())?;
        self.judge_hold(id, new.as_ref())?;
        for di in [&old, &new].into_iter().flatten().flat_map(|hold| &hold.dis) {
            if let Some(article) = self.article_by_di(di)?
                && let Some(orders) = self.memory.waiting.get(&article)
            {
                self.memory.pending.orders.extend(orders.iter().cloned());
            }
        }
        Ok(())
    }

    /// While projections are made anew, devices are told only at the end.
    fn publish_hold(&self, id: HoldId, hold: Option<&Hold>) -> Result<()> {
        if self.memory.rebuilding {
            return Ok(());
        }
        let body = hold.map(serde_json::to_value).transpose();
        let body = body.map_err(|error| StoreError::Engine(error.to_string()))?;
        self.put_row(Topic::Holds, &id.to_string(), body.as_ref())
    }

    /// Publishes every hold; the feed moves only where it differs.
    pub(super) fn publish_holds(&self) -> Result<()> {
        for key in self.rows(sql!("feed/keys"), params![Topic::Holds.word()], |row| {
            row.get::<_, String>(0)
        })? {
            let known = key
                .parse()
                .ok()
                .is_some_and(|id| self.memory.holds.by_id.contains_key(&id));
            if !known {
                self.put_row(Topic::Holds, &key, None)?;
            }
        }
        let mut holds: Vec<&Hold> = self.memory.holds.by_id.values().collect();
        holds.sort_by_key(|hold| hold.id);
        holds
            .into_iter()
            .try_for_each(|hold| self.publish_hold(hold.id, Some(hold)))
    }

    /// Finds the movements that went past a hold, however it came to be known.
    fn judge_hold(&mut self, id: HoldId, hold: Option<&Hold>) -> Result<()> {
        self.flush_events()?;
        self.flush_units()?;
        let mut stands = HashSet::new();
        if let Some(hold) = hold {
            for event in self.movements_under(hold)? {
                let Some((_, entry)) = self.claimed(event)? else {
                    continue;
                };
                let Some(movement) = entry.movement() else {
                    continue;
                };
                let found = movement_deviations(event, entry.rank().0, movement, std::slice::from_ref(hold));
                for deviation in found {
                    if matches!(deviation, Deviation::MovedUnderHold { .. }) {
                        self.note(About::Hold(event, id), &deviation)?;
                        stands.insert(deviation.subject());
                    }
                }
            }
        }
        let kept = self.rows(sql!("deviation/of_hold"), params![id.0.as_bytes()], |row| {
            row.get::<_, String>(0)
        })?;
        for subject in kept.into_iter().filter(|subject| !stands.contains(subject)) {
            self.run(sql!("deviation/delete"), params!["moved-under-hold", subject])?;
        }
        Ok(())
    }

    /// Counted movements while the hold was in force, of goods it may meet.
    fn movements_under(&self, hold: &Hold) -> Result<Vec<EventId>> {
        let lot = hold.lot.as_ref().map(Lot::as_str);
        let until = hold.released_at.unwrap_or(i64::MAX);
        let mut events = BTreeSet::new();
        for di in &hold.dis {
            let found = self.rows(
                sql!("event/under_hold"),
                params![di.to_string(), lot, hold.set_at, until],
                |row| Ok(EventId(row.get::<_, Id>(0)?.0)),
            )?;
            events.extend(found);
        }
        Ok(events.into_iter().collect())
    }
}
