//! Häv karantän: whoever answers for quality decides where goods that were set aside go. They leave to a shelf that is
//! scanned, to the supplier, or into the waste, and a tap books it.

use sparhund_shared::event::{BizStep, Circumstances, Event, ReasonCode, StockStatus};
use sparhund_shared::identity::PlaceCode;
use sparhund_shared::reference::{Place, PlaceKind, Role};
use sparhund_shared::verdict::{Judgement, Reason, Verdict, judge_aside, judge_use};

use super::super::desk::Desk;
use super::super::events::movement;
use super::super::places::place_view;
use super::super::scan::Judged;
use super::super::state::{Entry, Said, TaskState};
use super::places::{no_goods, seen, unfit};
use super::{Deed, Goods};
use crate::api::{DeedView, Prompt, Way};
use crate::fault::Fault;
use crate::journal::Draft;
use crate::problems;
use crate::store::{catalogue, stock};

/// The decisions.
const WAYS: [Way; 3] = [Way::Release, Way::SendBack, Way::Discard];

/// Why goods go back to the supplier.
const SEND_BACK: [ReasonCode; 7] = [
    ReasonCode::Recalled,
    ReasonCode::Damaged,
    ReasonCode::WrongItem,
    ReasonCode::NonConforming,
    ReasonCode::Conditions,
    ReasonCode::ShortLife,
    ReasonCode::Other,
];

/// Why goods are destroyed.
const DISCARD: [ReasonCode; 5] = [
    ReasonCode::Expired,
    ReasonCode::Damaged,
    ReasonCode::Recalled,
    ReasonCode::Contaminated,
    ReasonCode::Other,
];

/// States in which goods wait for a decision.
const WAITING: [StockStatus; 2] = [StockStatus::Quarantined, StockStatus::Returned];

/// See the module.
pub(super) struct Release;

impl Deed for Release {
    fn roles(&self) -> &'static [Role] {
        &[Role::Quality]
    }

    /// What goes back on a shelf is weighed as goods that go on: a hold must be lifted first.
    fn judge(&self, goods: &Goods<'_>) -> Result<Judgement, Fault> {
        let judged = match goods.task.said.way {
            Some(Way::Release) => judge_use(goods.scanned, goods.known),
            _ => judge_aside(goods.scanned, goods.known),
        };
        let mut reasons = judged.reasons;
        if let Some(from) = &goods.task.from {
            reasons.extend(not_aside(goods, from)?);
        }
        Ok(Judgement::of(reasons))
    }

    fn place(
        &self,
        desk: Desk<'_>,
        task: &mut TaskState,
        code: &PlaceCode,
        place: Option<Place>,
    ) -> Result<Judged, Fault> {
        let mut reasons: Vec<Reason> = no_goods(place.as_ref()).into_iter().collect();
        let Some(place) = place.filter(|_| reasons.is_empty()) else {
            return seen(desk, code, reasons);
        };
        if task.basket.is_empty() {
            task.from = Some(code.clone());
        } else if task.said.way == Some(Way::Release) {
            // Released goods are free, and nobody picks in quarantine.
            if place.kind == PlaceKind::Quarantine {
                return Err(problems::free_in_quarantine().into());
            }
            reasons.extend(unfit(desk, task, &place)?);
            if reasons.iter().all(|reason| reason.verdict() != Verdict::Stop) {
                task.place = Some(code.clone());
            }
        } else {
            return Err(problems::not_here("place").into());
        }
        seen(desk, code, reasons)
    }

    fn prompt(&self, _desk: Desk<'_>, task: &TaskState) -> Result<Prompt, Fault> {
        let because = |reasons: &[ReasonCode]| match task.said.reason {
            None => Prompt::Reason {
                reasons: reasons.to_vec(),
            },
            Some(_) => Prompt::Book,
        };
        Ok(match (&task.from, task.said.way) {
            (None, _) => Prompt::ScanFrom,
            _ if task.basket.is_empty() => Prompt::ScanGoods,
            (_, Some(Way::Release)) if task.place.is_none() => Prompt::ScanTo,
            (_, Some(Way::Release)) => Prompt::Book,
            (_, Some(Way::SendBack)) => because(&SEND_BACK),
            (_, Some(Way::Discard)) => because(&DISCARD),
            _ => Prompt::Choose { ways: WAYS.to_vec() },
        })
    }

    /// The next goods stand in the same place.
    fn go_on(&self, task: &mut TaskState) {
        task.said = Said::default();
        task.place = None;
    }

    fn draw_up(&self, desk: Desk<'_>, task: &TaskState) -> Result<Vec<Draft>, Fault> {
        if self.prompt(desk, task)? != Prompt::Book {
            return Err(problems::way_needed().into());
        }
        let from = task.from.as_ref().ok_or_else(problems::from_needed)?;
        let (step, becomes) = match task.said.way {
            Some(Way::Release) => (BizStep::Inspecting, None),
            Some(Way::SendBack) => (BizStep::Returning, Some(StockStatus::SentBack)),
            _ => (BizStep::Destroying, None),
        };
        let to = task.place.as_ref().unwrap_or(from);
        let decided = task.basket.iter().map(|entry| {
            let (status, _) = waiting(desk, from, entry)?;
            let mut moved = movement(desk, step, entry, Some(from.clone()), to)?;
            moved.circumstances = Circumstances {
                was: (step.takes() != Some(status)).then_some(status),
                becomes,
                reason: task.said.reason,
                note: task.said.note.clone(),
                ..Circumstances::default()
            }
            .told();
            Ok(Draft::from(Event::Move(moved)))
        });
        decided.collect()
    }

    fn view(&self, desk: Desk<'_>, task: &TaskState) -> Result<DeedView, Fault> {
        let from = task.from.as_ref();
        Ok(DeedView {
            from: from.map(|place| place_view(desk.db, place)).transpose()?,
            ..DeedView::default()
        })
    }
}

/// In which state the book has an entry waiting at a place, and how many.
fn waiting(desk: Desk<'_>, at: &PlaceCode, entry: &Entry) -> Result<(StockStatus, i64), Fault> {
    let unit = entry.item.unit();
    let there = stock::at(desk.db, at)?.goods;
    let units = |status: StockStatus| -> i64 {
        let such = there
            .iter()
            .filter(|goods| goods.status == status && goods.unit() == unit);
        such.map(|goods| goods.units).sum()
    };
    let mut found = WAITING.map(|status| (status, units(status)));
    // The most first; the usual one where there is none.
    found.sort_by_key(|(_, units)| std::cmp::Reverse(*units));
    Ok(found[0])
}

/// Where the book has too few of the goods waiting. In a quarantine place the shelf is right: somebody set them aside on a
/// device that was not heard of yet.
fn not_aside(goods: &Goods<'_>, from: &PlaceCode) -> Result<Option<Reason>, Fault> {
    let (_, units) = waiting(goods.desk, from, goods.entry)?;
    if units >= i64::from(goods.scanned.quantity.get()) {
        return Ok(None);
    }
    let place = catalogue::place(goods.desk.db, from)?;
    let in_quarantine = place.is_some_and(|place| place.kind == PlaceKind::Quarantine);
    Ok(Some(if in_quarantine {
        Reason::NotInBook { units: units.max(0) }
    } else {
        Reason::NotSetAside
    }))
}
