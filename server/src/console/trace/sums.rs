//! The figures that must add up, and where each unit is.

use std::collections::{BTreeMap, HashMap};

use sparhund_shared::event::{BizStep, StockStatus, UnitKey};
use sparhund_shared::identity::PlaceCode;

use crate::store::{StockLine, TraceEvent};

/// What was received against what stands where.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Sums {
    /// Base units by place and state.
    pub rows: Vec<(PlaceCode, StockStatus, i64)>,
    /// Sum of the rows.
    pub now: i64,
    /// Base units received from outside, without receipts that were declared wrong.
    pub received: i64,
    /// Places that gave more of something than the books say they had, and how much: a receipt or a move was never
    /// booked.
    pub owed: Vec<(PlaceCode, i64)>,
}

impl Sums {
    /// Adds up a trace.
    pub fn of(now: &[StockLine], history: &[TraceEvent]) -> Self {
        let mut rows: BTreeMap<(PlaceCode, StockStatus), i64> = BTreeMap::new();
        let mut owed: BTreeMap<&PlaceCode, i64> = BTreeMap::new();
        for line in now {
            if line.units < 0 {
                *owed.entry(&line.place).or_default() -= line.units;
            }
            *rows.entry((line.place.clone(), line.status)).or_default() += line.units;
        }
        let received = history
            .iter()
            .filter(|event| event.step == BizStep::Receiving && !event.voided)
            .map(|event| i64::from(event.units))
            .sum();
        Self {
            now: rows.values().sum(),
            rows: rows
                .into_iter()
                .map(|((place, status), units)| (place, status, units))
                .collect(),
            received,
            owed: owed
                .into_iter()
                .map(|(place, units)| (place.clone(), units))
                .collect(),
        }
    }

    /// Whether the figures can be true: what was received is what there is, and no place owes goods. The sums alone
    /// would always agree, as whatever one place gave another got.
    pub fn add_up(&self) -> bool {
        self.now == self.received && self.owed.is_empty()
    }
}

/// One row of goods with the event that put it there.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Whereabout<'a> {
    /// The goods.
    pub line: &'a StockLine,
    /// The latest event that put goods of this unit there in this state; absent when the books owe them.
    pub since: Option<&'a TraceEvent>,
}

/// Every row of goods once, with the event that put it there. `history` is oldest first.
pub fn whereabouts<'a>(now: &'a [StockLine], history: &'a [TraceEvent]) -> Vec<Whereabout<'a>> {
    let mut latest: HashMap<(&UnitKey, &PlaceCode, StockStatus), &TraceEvent> = HashMap::new();
    for event in history.iter().filter(|event| !event.voided) {
        // A later one takes the place of an earlier one.
        latest.insert((&event.unit, &event.to, event.left), event);
    }
    now.iter()
        .map(|line| Whereabout {
            line,
            since: latest.get(&(&line.unit, &line.place, line.status)).copied(),
        })
        .collect()
}
