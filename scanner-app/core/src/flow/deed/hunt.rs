//! Hitta och spärra: a walk over the places that may have goods of a hold. Each place is searched, what is found is scanned
//! and set aside, and "none found" is said.

use sparhund_shared::event::{
    Circumstances, Event, Hold, HoldMatch, Item, Product, ReasonCode, Searching, StockStatus,
};
use sparhund_shared::identity::{PlaceCode, UdiDi};
use sparhund_shared::log::HoldId;
use sparhund_shared::reference::{Place, Role};
use sparhund_shared::verdict::{Judgement, Reason, judge_aside};

use super::super::desk::Desk;
use super::super::events::capture;
use super::super::places::place_view;
use super::super::scan::Judged;
use super::super::state::TaskState;
use super::places::{no_goods, seen};
use super::set_aside::held;
use super::{Deed, Goods, is_gone};
use crate::api::{DeedKind, DeedView, HintReason, PlaceHint, Prompt, TaskKind};
use crate::fault::Fault;
use crate::journal::Draft;
use crate::problems;
use crate::store::{catalogue, stock};

/// See the module.
pub(super) struct Hunt;

impl Deed for Hunt {
    fn roles(&self) -> &'static [Role] {
        &[Role::Picker, Role::Ward, Role::Quality]
    }

    fn judge(&self, goods: &Goods<'_>) -> Result<Judgement, Fault> {
        let hold = hold(goods.desk, goods.task)?;
        let met = match &goods.entry.item {
            Item::Identified(item) => {
                let (lot, serial) = (item.lot.as_ref(), item.serial.as_ref());
                hold.meets(&item.di, lot, serial)
                    .or_else(|| hold.meets(&item.base, lot, serial))
            }
            Item::Unread(_) => None,
        };
        let mut reasons = judge_aside(goods.scanned, goods.known).reasons;
        reasons.extend(is_gone(goods)?);
        if met.is_none() {
            reasons.push(Reason::NotHeld);
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
        if task.place.as_ref().is_some_and(|begun| begun != code) && !task.basket.is_empty() {
            return Err(problems::search_open().into());
        }
        let reason = no_goods(place.as_ref());
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

    /// "None found" books itself; what is found is counted first.
    fn at_once(&self) -> bool {
        false
    }

    fn may_be_empty(&self) -> bool {
        true
    }

    fn draw_up(&self, desk: Desk<'_>, task: &TaskState) -> Result<Vec<Draft>, Fault> {
        let place = task.place.as_ref().ok_or_else(problems::place_needed)?;
        let hold = hold(desk, task)?;
        let units: u64 = task.basket.iter().map(|entry| u64::from(entry.units())).sum();
        if units == 0 && !task.said.none_found {
            return Err(problems::basket_empty().into());
        }
        let mut drafts = vec![Draft::from(Event::Search(Searching {
            hold: hold.id,
            place: place.clone(),
            units: u32::try_from(units).unwrap_or(u32::MAX),
            capture: capture(desk, &[], None)?,
        }))];
        for entry in &task.basket {
            let mut moved = held(desk, entry, place, place)?;
            let told = moved.circumstances.take().map(|told| *told).unwrap_or_default();
            moved.circumstances = Circumstances {
                reason: Some(ReasonCode::Held),
                hold: Some(hold.id),
                ..told
            }
            .told();
            drafts.push(Draft {
                event: Event::Move(moved),
                cause: Some(0),
            });
        }
        Ok(drafts)
    }

    fn view(&self, desk: Desk<'_>, task: &TaskState) -> Result<DeedView, Fault> {
        let hold = hold(desk, task)?;
        let place = task.place.as_ref();
        Ok(DeedView {
            from: place.map(|place| place_view(desk.db, place)).transpose()?,
            may_be_none: task.place.is_some() && task.basket.is_empty(),
            hints: walk(desk, &hold)?,
            hold: Some(hold.reason.to_string()),
            ..DeedView::default()
        })
    }
}

fn hold(desk: Desk<'_>, task: &TaskState) -> Result<Hold, Fault> {
    let TaskKind::Deed {
        kind: DeedKind::Hunt { hold },
    } = &task.kind
    else {
        return Err(problems::no_task().into());
    };
    hold_of(desk, *hold)
}

fn hold_of(desk: Desk<'_>, id: HoldId) -> Result<Hold, Fault> {
    let hold = catalogue::hold(desk.db, id)?.filter(|hold| hold.released_at.is_none());
    Ok(hold.ok_or_else(problems::hold_gone)?)
}

/// The places to walk to: where the book has such goods, then where it may; searched ones last.
pub(crate) fn walk(desk: Desk<'_>, hold: &Hold) -> Result<Vec<PlaceHint>, Fault> {
    let mut bases: Vec<UdiDi> = Vec::new();
    for di in &hold.dis {
        let article = catalogue::article_by_di(desk.db, di)?;
        let base = article
            .as_ref()
            .and_then(|article| article.base())
            .unwrap_or(di)
            .clone();
        if !bases.contains(&base) {
            bases.push(base);
        }
    }
    let mut hints: Vec<PlaceHint> = Vec::new();
    for base in bases {
        for (code, goods) in stock::of_product(desk.db, &Product::Di(base.clone()))? {
            let why = match hold.meets(&base, goods.lot.as_ref(), goods.serial.as_ref()) {
                Some(HoldMatch::Exact) if goods.units > 0 => HintReason::InBook,
                // Taken without its lot, or read in other letter case: what is left may be of it.
                Some(_) => HintReason::Perhaps,
                None => continue,
            };
            if goods.status == StockStatus::Quarantined {
                continue;
            }
            match hints.iter_mut().find(|hint| hint.place.code == code) {
                Some(hint) => {
                    hint.units += goods.units.max(0);
                    hint.why = hint.why.min(why);
                }
                None => hints.push(PlaceHint {
                    done: searched(desk, &code, hold.id)?,
                    place: place_view(desk.db, &code)?,
                    name: None,
                    units: goods.units.max(0),
                    lot: goods.lot,
                    serial: goods.serial,
                    expiry: goods.expiry,
                    why,
                }),
            }
        }
    }
    hints.sort_by(|a, b| (a.done, a.why, &a.place.code).cmp(&(b.done, b.why, &b.place.code)));
    Ok(hints)
}

/// Whether somebody searched the place for the goods of a hold, on this device or another.
fn searched(desk: Desk<'_>, place: &PlaceCode, hold: HoldId) -> Result<bool, Fault> {
    let told = stock::at(desk.db, place)?;
    Ok(told.searched.iter().any(|searched| searched.hold == hold))
}
