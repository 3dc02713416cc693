//! Inventering: the place, then all that stands there. Nobody is told what the book has: who knows it counts it.
//!
//! What differs by more than the limit is counted again by somebody else before the book is changed. Goods that were
//! used without their lot get it here: what is left of each lot tells how much of it was used.

use std::collections::BTreeMap;

use sparhund_shared::event::{
    BizStep, Circumstances, CountOutcome, Counting, Event, Identified, Item, Movement, Quantity, ReasonCode,
    StockStatus, UnitKey,
};
use sparhund_shared::identity::PlaceCode;
use sparhund_shared::reference::{Goods as Standing, OpenCount, Place, PlaceStock, Role, Rule};
use sparhund_shared::verdict::{Judgement, judge_aside};
use sparhund_shared::wire::Topic;

use super::super::desk::Desk;
use super::super::events::capture;
use super::super::places::place_view;
use super::super::scan::Judged;
use super::super::state::{Entry, TaskState};
use super::places::{no_goods, seen};
use super::{Deed, Goods};
use crate::api::{DeedView, HintReason, PlaceHint, Prompt};
use crate::fault::Fault;
use crate::journal::Draft;
use crate::problems;
use crate::store::{feed, from_json, stock};

/// See the module.
pub(super) struct Count;

impl Deed for Count {
    fn roles(&self) -> &'static [Role] {
        &[Role::Picker, Role::Ward]
    }

    fn judge(&self, goods: &Goods<'_>) -> Result<Judgement, Fault> {
        Ok(judge_aside(goods.scanned, goods.known))
    }

    fn place(
        &self,
        desk: Desk<'_>,
        task: &mut TaskState,
        code: &PlaceCode,
        place: Option<Place>,
    ) -> Result<Judged, Fault> {
        let reason = no_goods(place.as_ref());
        // What was counted so far was counted where it was begun.
        if task.place.as_ref().is_some_and(|begun| begun != code) && !task.basket.is_empty() {
            return Err(problems::count_open().into());
        }
        if reason.is_none() {
            task.place = Some(code.clone());
        }
        seen(desk, code, reason.into_iter().collect())
    }

    fn prompt(&self, _desk: Desk<'_>, task: &TaskState) -> Result<Prompt, Fault> {
        Ok(match &task.place {
            None => Prompt::ScanFrom,
            Some(_) if task.basket.is_empty() && !task.said.none_found => Prompt::ScanGoods,
            Some(_) => Prompt::Book,
        })
    }

    fn may_be_empty(&self) -> bool {
        true
    }

    fn draw_up(&self, desk: Desk<'_>, task: &TaskState) -> Result<Vec<Draft>, Fault> {
        let place = task.place.as_ref().ok_or_else(problems::place_needed)?;
        let book = stock::at(desk.db, place)?;
        let limit = limit(desk)?;
        let mut counted = counted(task);
        // What the book has here and nobody found was counted too: there is none of it.
        for goods in &book.goods {
            if goods.status == StockStatus::Available && goods.units > 0 {
                counted
                    .entry(goods.unit())
                    .or_insert_with(|| (item_of(goods), 0, None));
            }
        }
        let mut drafts = Vec::new();
        let mut pools = Pools::of(&book);
        for (unit, (item, units, entry)) in &counted {
            let there = free(&book, unit);
            let found = i64::from(*units);
            let first = book
                .counts
                .iter()
                .find(|open| open.item.unit() == *unit && open.by != desk.user);
            let outcome = outcome(found, there, first, &limit);
            let symbols = entry.map(|entry| entry.symbols.as_slice()).unwrap_or_default();
            let judgement = entry.map(|entry| &entry.judgement);
            drafts.push(Draft::from(Event::Count(Counting {
                place: place.clone(),
                item: item.clone(),
                units: *units,
                book: there,
                outcome,
                first: first.map(|open| open.event),
                capture: capture(desk, symbols, judgement)?,
            })));
            if outcome == CountOutcome::Settles {
                let cause = Some(drafts.len() - 1);
                let adjusted = adjust(desk, place, (unit, item), found - there, &mut pools)?;
                drafts.extend(adjusted.into_iter().map(|event| Draft { event, cause }));
            }
        }
        if drafts.is_empty() {
            return Err(problems::nothing_to_count().into());
        }
        Ok(drafts)
    }

    fn view(&self, desk: Desk<'_>, task: &TaskState) -> Result<DeedView, Fault> {
        let place = task.place.as_ref();
        Ok(DeedView {
            from: place.map(|place| place_view(desk.db, place)).transpose()?,
            may_be_none: task.place.is_some() && task.basket.is_empty(),
            hints: match place {
                Some(_) => Vec::new(),
                None => to_check(desk)?,
            },
            ..DeedView::default()
        })
    }
}

/// What was counted by unit: labels of several packaging levels add up.
fn counted(task: &TaskState) -> BTreeMap<UnitKey, (Item, u32, Option<&Entry>)> {
    let mut counted: BTreeMap<UnitKey, (Item, u32, Option<&Entry>)> = BTreeMap::new();
    for entry in &task.basket {
        let of_unit = counted
            .entry(entry.item.unit())
            .or_insert_with(|| (entry.item.clone(), 0, Some(entry)));
        of_unit.1 = of_unit.1.saturating_add(entry.units());
    }
    counted
}

/// Goods as the book names them.
fn item_of(goods: &Standing) -> Item {
    match &goods.product {
        sparhund_shared::event::Product::Di(di) => Item::Identified(Identified {
            di: di.clone(),
            base: di.clone(),
            article: goods.article.clone(),
            lot: goods.lot.clone(),
            serial: goods.serial.clone(),
            expiry: goods.expiry,
            made: None,
        }),
        sparhund_shared::event::Product::Raw(raw) => Item::Unread(sparhund_shared::event::Unread {
            raw: *raw,
            agency: None,
        }),
    }
}

fn free(book: &PlaceStock, unit: &UnitKey) -> i64 {
    let such = book.goods.iter();
    such.filter(|goods| goods.status == StockStatus::Available && goods.unit() == *unit)
        .map(|goods| goods.units)
        .sum()
}

/// Largest difference that one person settles alone: base units, and per cent of the book.
struct Limit {
    units: i64,
    percent: i64,
}

fn limit(desk: Desk<'_>) -> Result<Limit, Fault> {
    let rule = feed::body(desk.db, Topic::Rules, "count-limit")?;
    let rule: Option<Rule> = rule.map(|body| from_json("a rule", &body)).transpose()?;
    Ok(match rule {
        Some(Rule::CountLimit { units, percent }) => Limit {
            units: i64::from(units),
            percent: i64::from(percent),
        },
        // Nobody said what is little.
        _ => Limit { units: 0, percent: 0 },
    })
}

fn outcome(found: i64, book: i64, first: Option<&OpenCount>, limit: &Limit) -> CountOutcome {
    let differs = (found - book).abs();
    if differs == 0 {
        CountOutcome::Agrees
    } else if first.is_some()
        || (differs <= limit.units && differs.saturating_mul(100) <= book.abs().saturating_mul(limit.percent))
    {
        CountOutcome::Settles
    } else {
        CountOutcome::AwaitsAnother
    }
}

/// Goods of each product that were used without their lot, as far as no count has told which.
struct Pools(BTreeMap<String, i64>);

impl Pools {
    fn of(book: &PlaceStock) -> Self {
        let mut pools = BTreeMap::new();
        for goods in &book.goods {
            if goods.status == StockStatus::Available && goods.unit().is_unlotted() && goods.units < 0 {
                pools.insert(goods.product.to_string(), -goods.units);
            }
        }
        Self(pools)
    }

    /// Takes as many as there are, up to `units`.
    fn take(&mut self, unit: &UnitKey, units: i64) -> i64 {
        if unit.is_unlotted() {
            return 0;
        }
        let Some(pool) = self.0.get_mut(&unit.product.to_string()) else {
            return 0;
        };
        let taken = units.min(*pool);
        *pool -= taken;
        taken
    }
}

/// The movements that bring the book to what was found. What is less than the book was used without its lot, as far as
/// such use was told; the rest is missing. What is more was missing, or never came.
fn adjust(
    desk: Desk<'_>,
    place: &PlaceCode,
    (unit, item): (&UnitKey, &Item),
    differs: i64,
    pools: &mut Pools,
) -> Result<Vec<Event>, Fault> {
    let mut events = Vec::new();
    if differs > 0 {
        let (was, becomes) = (StockStatus::Missing, StockStatus::Available);
        events.push(moved(desk, place, item, differs, was, becomes)?);
        return Ok(events);
    }
    let used = pools.take(unit, -differs);
    if used > 0 {
        let of_pool = match item {
            Item::Identified(item) => Item::Identified(Identified {
                lot: None,
                serial: None,
                expiry: None,
                made: None,
                ..item.clone()
            }),
            Item::Unread(_) => item.clone(),
        };
        let (free, gone) = (StockStatus::Available, StockStatus::Used);
        events.push(moved(desk, place, item, used, free, gone)?);
        events.push(moved(desk, place, &of_pool, used, gone, free)?);
    }
    let missing = -differs - used;
    if missing > 0 {
        let (free, gone) = (StockStatus::Available, StockStatus::Missing);
        events.push(moved(desk, place, item, missing, free, gone)?);
    }
    Ok(events)
}

fn moved(
    desk: Desk<'_>,
    place: &PlaceCode,
    item: &Item,
    units: i64,
    was: StockStatus,
    becomes: StockStatus,
) -> Result<Event, Fault> {
    let step = BizStep::StockTaking;
    let quantity = u32::try_from(units)
        .ok()
        .and_then(|units| Quantity::new(units).ok());
    let quantity = quantity.ok_or_else(|| problems::quantity(u32::try_from(units).unwrap_or(u32::MAX)))?;
    Ok(Event::Move(Movement {
        step,
        item: item.clone(),
        quantity,
        from: Some(place.clone()),
        to: place.clone(),
        supplier: None,
        order: None,
        sscc: None,
        capture: capture(desk, &[], None)?,
        circumstances: Circumstances {
            was: (step.takes() != Some(was)).then_some(was),
            becomes: (step.leaves() != becomes).then_some(becomes),
            reason: Some(ReasonCode::Counted),
            ..Circumstances::default()
        }
        .told(),
    }))
}

/// Places where somebody else counted otherwise than the book has it.
fn to_check(desk: Desk<'_>) -> Result<Vec<PlaceHint>, Fault> {
    let mut hints = Vec::new();
    for stock in stock::with_counts(desk.db)? {
        if stock.counts.iter().any(|open| open.by != desk.user) {
            hints.push(PlaceHint {
                place: place_view(desk.db, &stock.place)?,
                name: None,
                units: 0,
                lot: None,
                serial: None,
                expiry: None,
                why: HintReason::ToCheck,
                done: false,
            });
        }
    }
    Ok(hints)
}
