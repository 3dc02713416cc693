//! Retur and kassation: the place and the reason once, then each scan takes goods off the shelf.

use sparhund_shared::event::{BizStep, Circumstances, Event, ReasonCode, StockStatus};
use sparhund_shared::identity::PlaceCode;
use sparhund_shared::reference::{Place, Role};
use sparhund_shared::verdict::{Judgement, judge_aside};

use super::super::desk::Desk;
use super::super::events::movement;
use super::super::places::place_view;
use super::super::scan::Judged;
use super::super::state::TaskState;
use super::places::{no_goods, seen};
use super::{Deed, Goods, is_gone, standing};
use crate::api::{DeedView, Prompt};
use crate::fault::Fault;
use crate::journal::Draft;
use crate::problems;

/// A way off the shelf.
pub(super) struct OffShelf {
    step: BizStep,
    reasons: &'static [ReasonCode],
}

/// Back to the store: whoever answers for quality decides.
pub(super) const RETURN: OffShelf = OffShelf {
    step: BizStep::Returning,
    reasons: &[
        ReasonCode::NotNeeded,
        ReasonCode::WrongItem,
        ReasonCode::Surplus,
        ReasonCode::Damaged,
        ReasonCode::ShortLife,
        ReasonCode::Recalled,
        ReasonCode::Other,
    ],
};

/// Into the waste.
pub(super) const DISCARD: OffShelf = OffShelf {
    step: BizStep::Destroying,
    reasons: &[
        ReasonCode::Expired,
        ReasonCode::Damaged,
        ReasonCode::Opened,
        ReasonCode::Contaminated,
        ReasonCode::Recalled,
        ReasonCode::WornOut,
        ReasonCode::Other,
    ],
};

impl Deed for OffShelf {
    fn roles(&self) -> &'static [Role] {
        &[Role::Ward, Role::Picker]
    }

    fn judge(&self, goods: &Goods<'_>) -> Result<Judgement, Fault> {
        let mut reasons = judge_aside(goods.scanned, goods.known).reasons;
        reasons.extend(is_gone(goods)?);
        Ok(Judgement::of(reasons))
    }

    fn place(
        &self,
        desk: Desk<'_>,
        task: &mut TaskState,
        code: &PlaceCode,
        place: Option<Place>,
    ) -> Result<Judged, Fault> {
        let reason = no_goods(place.as_ref());
        if reason.is_none() {
            task.place = Some(code.clone());
        }
        seen(desk, code, reason.into_iter().collect())
    }

    fn prompt(&self, _desk: Desk<'_>, task: &TaskState) -> Result<Prompt, Fault> {
        Ok(match (&task.place, task.said.reason) {
            (None, _) => Prompt::ScanFrom,
            (Some(_), None) => Prompt::Reason {
                reasons: self.reasons.to_vec(),
            },
            (Some(_), Some(_)) if task.basket.is_empty() => Prompt::ScanGoods,
            (Some(_), Some(_)) => Prompt::Book,
        })
    }

    fn at_once(&self) -> bool {
        true
    }

    /// Held and expired goods come off the shelf this way: that it is said is enough.
    fn told_is_enough(&self) -> bool {
        true
    }

    /// The next goods come from the same place for the same reason.
    fn go_on(&self, _task: &mut TaskState) {}

    fn draw_up(&self, desk: Desk<'_>, task: &TaskState) -> Result<Vec<Draft>, Fault> {
        let place = task.place.as_ref().ok_or_else(problems::place_needed)?;
        let mut events = Vec::new();
        for entry in &task.basket {
            let status = standing(desk, place, entry)?.filter(|status| self.step.may_take().contains(status));
            let status = status.unwrap_or(StockStatus::Available);
            let mut moved = movement(desk, self.step, entry, Some(place.clone()), place)?;
            moved.circumstances = Circumstances {
                was: (self.step.takes() != Some(status)).then_some(status),
                reason: task.said.reason,
                note: task.said.note.clone(),
                ..Circumstances::default()
            }
            .told();
            events.push(Event::Move(moved).into());
        }
        Ok(events)
    }

    fn view(&self, desk: Desk<'_>, task: &TaskState) -> Result<DeedView, Fault> {
        let place = task.place.as_ref();
        Ok(DeedView {
            from: place.map(|place| place_view(desk.db, place)).transpose()?,
            ..DeedView::default()
        })
    }
}
