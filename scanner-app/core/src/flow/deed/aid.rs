//! Hjälpmedel: one scan shows the state of an aid and the few ways that are open from it. A way is chosen, what it needs is
//! scanned or said, and that books it.

use sparhund_shared::event::{BizStep, Circumstances, Event, Item, ReasonCode, StockStatus};
use sparhund_shared::identity::PlaceCode;
use sparhund_shared::reference::{ArticleTrait, Goods as Standing, Place, Role};
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
use crate::store::stock;

/// Why an aid is scrapped.
const SCRAP: [ReasonCode; 5] = [
    ReasonCode::WornOut,
    ReasonCode::Contaminated,
    ReasonCode::Damaged,
    ReasonCode::Recalled,
    ReasonCode::Other,
];

/// See the module.
pub(super) struct Aid;

impl Deed for Aid {
    fn roles(&self) -> &'static [Role] {
        &[Role::Picker, Role::Ward]
    }

    fn judge(&self, goods: &Goods<'_>) -> Result<Judgement, Fault> {
        if goods
            .task
            .basket
            .iter()
            .any(|other| other.item != goods.entry.item)
        {
            return Err(problems::aid_open().into());
        }
        let judged = match goods.task.said.way {
            Some(way) if goes_on(way) => judge_use(goods.scanned, goods.known),
            _ => judge_aside(goods.scanned, goods.known),
        };
        let mut reasons = judged.reasons;
        // Of goods that the catalogue does not know at all that is said already.
        if goods.known.article.is_some() && !goods.is(ArticleTrait::Aid) {
            reasons.push(Reason::NotAid);
        } else if goods.entry.item.unit().serial.is_none() {
            reasons.push(Reason::NoSerial);
            reasons.dedup();
        } else if whereabouts(goods.desk, goods.entry)?.is_none() {
            reasons.push(Reason::AidNowhere);
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
        if self.prompt(desk, task)? != Prompt::ScanTo {
            return Err(problems::not_here("place").into());
        }
        let mut reasons: Vec<Reason> = no_goods(place.as_ref()).into_iter().collect();
        if let Some(place) = &place {
            reasons.extend(unfit(desk, task, place)?);
        }
        if reasons.iter().all(|reason| reason.verdict() != Verdict::Stop) {
            task.place = Some(code.clone());
        }
        seen(desk, code, reasons)
    }

    fn prompt(&self, desk: Desk<'_>, task: &TaskState) -> Result<Prompt, Fault> {
        let Some(entry) = task.basket.first() else {
            return Ok(Prompt::ScanGoods);
        };
        Ok(match task.said.way {
            None => Prompt::Choose {
                ways: open(desk, entry)?,
            },
            Some(Way::Lend) if task.said.patient.is_none() => Prompt::ScanPatient,
            Some(Way::TakeBack | Way::ToStock) if task.place.is_none() => Prompt::ScanTo,
            Some(Way::Scrap) if task.said.reason.is_none() => Prompt::Reason {
                reasons: SCRAP.to_vec(),
            },
            Some(_) => Prompt::Book,
        })
    }

    fn at_once(&self) -> bool {
        true
    }

    fn told_is_enough(&self) -> bool {
        true
    }

    /// The same aid may go on at once: cleaned, inspected, back on its shelf.
    fn go_on(&self, task: &mut TaskState) {
        task.said = Said::default();
        task.place = None;
        task.handled.clear();
    }

    fn draw_up(&self, desk: Desk<'_>, task: &TaskState) -> Result<Vec<Draft>, Fault> {
        let (Some(way), Prompt::Book) = (task.said.way, self.prompt(desk, task)?) else {
            return Err(problems::way_needed().into());
        };
        let mut drafts = Vec::new();
        for entry in &task.basket {
            let (from, standing) = whereabouts(desk, entry)?.ok_or_else(problems::from_needed)?;
            let (step, becomes) = step_of(way);
            // Meanwhile somebody else may have moved it on.
            if !ways_from(standing.status).contains(&way) {
                return Err(problems::way_closed().into());
            }
            let to = task.place.as_ref().unwrap_or(&from);
            let mut moved = movement(desk, step, entry, Some(from.clone()), to)?;
            // Another label of it may tell no lot: the book has one unit.
            if let Item::Identified(item) = &mut moved.item {
                item.lot.clone_from(&standing.lot);
            }
            moved.circumstances = Circumstances {
                was: (step.takes() != Some(standing.status)).then_some(standing.status),
                becomes: (step.leaves() != becomes).then_some(becomes),
                reason: if way == Way::Lost {
                    Some(ReasonCode::Lost)
                } else {
                    task.said.reason
                },
                note: task.said.note.clone(),
                patient: if way == Way::Lend {
                    task.said.patient.clone()
                } else {
                    None
                },
                ..Circumstances::default()
            }
            .told();
            drafts.push(Event::Move(moved).into());
        }
        Ok(drafts)
    }

    fn view(&self, desk: Desk<'_>, task: &TaskState) -> Result<DeedView, Fault> {
        let found = match task.basket.first() {
            Some(entry) => whereabouts(desk, entry)?,
            None => None,
        };
        Ok(match found {
            Some((place, standing)) => DeedView {
                from: Some(place_view(desk.db, &place)?),
                state: Some(standing.status),
                ..DeedView::default()
            },
            None => DeedView::default(),
        })
    }
}

/// Where an aid is and in what state.
fn whereabouts(desk: Desk<'_>, entry: &Entry) -> Result<Option<(PlaceCode, Standing)>, Fault> {
    let unit = entry.item.unit();
    let found = stock::of_product(desk.db, &unit.product)?;
    Ok(found
        .into_iter()
        .find(|(_, goods)| goods.units > 0 && goods.serial == unit.serial))
}

/// The ways that are open for an aid: a held or expired one goes to nobody.
fn open(desk: Desk<'_>, entry: &Entry) -> Result<Vec<Way>, Fault> {
    let Some((_, standing)) = whereabouts(desk, entry)? else {
        return Ok(Vec::new());
    };
    let held = entry.judgement.reasons.iter().any(Reason::is_aside);
    let mut ways = ways_from(standing.status).to_vec();
    ways.retain(|way| !(held && goes_on(*way)));
    Ok(ways)
}

/// The ways from a state, the usual one first.
fn ways_from(status: StockStatus) -> &'static [Way] {
    match status {
        StockStatus::Available => &[Way::Lend, Way::Reserve, Way::Repair],
        StockStatus::Reserved => &[Way::Lend, Way::Unreserve],
        StockStatus::Lent => &[Way::OrderPickUp, Way::TakeBack, Way::Lost],
        StockStatus::ToCollect => &[Way::TakeBack, Way::Lost],
        StockStatus::Returned => &[Way::Clean, Way::Scrap],
        StockStatus::Cleaning => &[Way::Inspect],
        StockStatus::Inspection => &[Way::ToStock, Way::Repair, Way::Clean, Way::Scrap],
        StockStatus::Repair => &[Way::Inspect, Way::Scrap],
        // On its way, set aside or gone: other work brings it on.
        StockStatus::Picked
        | StockStatus::InTransit
        | StockStatus::Quarantined
        | StockStatus::Used
        | StockStatus::Destroyed
        | StockStatus::SentBack
        | StockStatus::TransferredOut
        | StockStatus::Missing => &[],
    }
}

/// Whether it brings an aid towards somebody.
fn goes_on(way: Way) -> bool {
    matches!(way, Way::Reserve | Way::Lend | Way::ToStock)
}

/// The step of a way, and the state it leaves the aid in.
fn step_of(way: Way) -> (BizStep, StockStatus) {
    match way {
        Way::Reserve => (BizStep::Reserving, StockStatus::Reserved),
        Way::Unreserve => (BizStep::Collecting, StockStatus::Available),
        Way::Lend => (BizStep::Lending, StockStatus::Lent),
        Way::OrderPickUp => (BizStep::Collecting, StockStatus::ToCollect),
        Way::TakeBack => (BizStep::Collecting, StockStatus::Returned),
        Way::Clean => (BizStep::Cleaning, StockStatus::Cleaning),
        Way::Inspect => (BizStep::Inspecting, StockStatus::Inspection),
        Way::ToStock | Way::Release => (BizStep::Inspecting, StockStatus::Available),
        Way::Repair => (BizStep::Repairing, StockStatus::Repair),
        Way::Scrap | Way::Discard => (BizStep::Destroying, StockStatus::Destroyed),
        Way::SendBack => (BizStep::Returning, StockStatus::SentBack),
        Way::Lost => (BizStep::StockTaking, StockStatus::Missing),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_way_is_a_step_that_the_books_take() {
        let mut steps = 0;
        for status in StockStatus::ALL {
            for way in ways_from(status) {
                let (step, becomes) = step_of(*way);
                assert!(step.may_take().contains(&status), "{way:?} from {status:?}");
                assert!(step.may_leave().contains(&becomes), "{way:?} to {becomes:?}");
                steps += 1;
            }
        }
        assert!(steps > 15);
    }
}
