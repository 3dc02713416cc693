//! Inlagring: goods are scanned, then the shelf they are put in. The scan of the shelf books them.

use sparhund_shared::event::{BizStep, Circumstances, Event, StockStatus};
use sparhund_shared::identity::PlaceCode;
use sparhund_shared::reference::{Place, PlaceKind, Role};
use sparhund_shared::verdict::{Judgement, Verdict, judge_aside};

use super::super::desk::Desk;
use super::super::events::movement;
use super::super::places::place_view;
use super::super::scan::Judged;
use super::super::state::{Entry, TaskState};
use super::places::{no_goods, seen, unfit};
use super::{Deed, Goods, standing};
use crate::api::{DeedView, HintReason, PlaceHint, Prompt};
use crate::fault::Fault;
use crate::journal::Draft;
use crate::problems;
use crate::store::{catalogue, stock};

/// Most places named to go to.
const MOST_HINTS: usize = 5;

/// See the module.
pub(super) struct Store;

impl Deed for Store {
    fn roles(&self) -> &'static [Role] {
        &[Role::Picker, Role::Ward]
    }

    fn judge(&self, goods: &Goods<'_>) -> Result<Judgement, Fault> {
        Ok(judge_aside(goods.scanned, goods.known))
    }

    /// Before goods it is where they are taken; after them it is where they are put, unless where they are taken is not
    /// known.
    fn place(
        &self,
        desk: Desk<'_>,
        task: &mut TaskState,
        code: &PlaceCode,
        place: Option<Place>,
    ) -> Result<Judged, Fault> {
        let mut reasons: Vec<_> = no_goods(place.as_ref()).into_iter().collect();
        let Some(place) = place.filter(|_| reasons.is_empty()) else {
            return seen(desk, code, reasons);
        };
        if task.basket.is_empty() || self.prompt(desk, task)? == Prompt::ScanFrom {
            task.from = Some(code.clone());
            return seen(desk, code, reasons);
        }
        reasons.extend(unfit(desk, task, &place)?);
        if reasons.iter().all(|reason| reason.verdict() != Verdict::Stop) {
            task.place = Some(code.clone());
        }
        seen(desk, code, reasons)
    }

    fn prompt(&self, desk: Desk<'_>, task: &TaskState) -> Result<Prompt, Fault> {
        if task.basket.is_empty() {
            return Ok(Prompt::ScanGoods);
        }
        for entry in &task.basket {
            if from(desk, task, entry)?.is_none() {
                return Ok(Prompt::ScanFrom);
            }
        }
        Ok(match task.place {
            Some(_) => Prompt::Book,
            None => Prompt::ScanTo,
        })
    }

    fn at_once(&self) -> bool {
        true
    }

    fn draw_up(&self, desk: Desk<'_>, task: &TaskState) -> Result<Vec<Draft>, Fault> {
        let to = task.place.as_ref().ok_or_else(problems::place_needed)?;
        let mut events = Vec::new();
        for entry in &task.basket {
            let (place, status) = from(desk, task, entry)?.ok_or_else(problems::from_needed)?;
            let mut moved = movement(desk, BizStep::Storing, entry, Some(place), to)?;
            let usual = BizStep::Storing.takes() == Some(status);
            moved.circumstances = Circumstances {
                was: (!usual).then_some(status),
                ..Circumstances::default()
            }
            .told();
            events.push(Event::Move(moved).into());
        }
        Ok(events)
    }

    fn view(&self, desk: Desk<'_>, task: &TaskState) -> Result<DeedView, Fault> {
        let only = match task.basket.first() {
            Some(entry) => from(desk, task, entry)?.map(|(place, _)| place),
            None => task.from.clone(),
        };
        Ok(DeedView {
            from: only.map(|place| place_view(desk.db, &place)).transpose()?,
            hints: match task.basket.last() {
                Some(entry) => hints(desk, task, entry)?,
                None => Vec::new(),
            },
            ..DeedView::default()
        })
    }
}

/// Where an entry is taken and in what state: the place that was scanned, or the only one where the book has such goods.
fn from(desk: Desk<'_>, task: &TaskState, entry: &Entry) -> Result<Option<(PlaceCode, StockStatus)>, Fault> {
    if let Some(place) = &task.from {
        let status = standing(desk, place, entry)?;
        let storable = status.filter(|status| BizStep::Storing.may_take().contains(status));
        return Ok(Some((place.clone(), storable.unwrap_or(StockStatus::Available))));
    }
    let unit = entry.item.unit();
    let found = stock::of_product(desk.db, &unit.product)?;
    let mut there = found.into_iter().filter(|(_, goods)| {
        goods.units > 0 && goods.unit() == unit && BizStep::Storing.may_take().contains(&goods.status)
    });
    Ok(match (there.next(), there.next()) {
        (Some((place, goods)), None) => Some((place, goods.status)),
        _ => None,
    })
}

/// Shelves to put goods in: where the same lot stands, then where the same article does.
fn hints(desk: Desk<'_>, task: &TaskState, entry: &Entry) -> Result<Vec<PlaceHint>, Fault> {
    let unit = entry.item.unit();
    let taken = from(desk, task, entry)?.map(|(place, _)| place);
    let mut hints = Vec::new();
    for (code, goods) in stock::of_product(desk.db, &unit.product)? {
        let Some(place) = catalogue::place(desk.db, &code)? else {
            continue;
        };
        let free = goods.units > 0 && goods.status == StockStatus::Available;
        if !free || place.kind != PlaceKind::Bin || taken.as_ref() == Some(&code) {
            continue;
        }
        if unfit(desk, task, &place)?
            .iter()
            .any(|reason| reason.verdict() == Verdict::Stop)
        {
            continue;
        }
        hints.push(PlaceHint {
            place: place_view(desk.db, &code)?,
            name: None,
            units: goods.units,
            why: if goods.lot == unit.lot {
                HintReason::SameLot
            } else {
                HintReason::SameArticle
            },
            lot: goods.lot,
            serial: None,
            expiry: goods.expiry,
            done: false,
        });
    }
    hints.sort_by(|a, b| (a.why, &a.place.code).cmp(&(b.why, &b.place.code)));
    hints.dedup_by(|a, b| a.place.code == b.place.code);
    hints.truncate(MOST_HINTS);
    Ok(hints)
}
