//! Karantän: goods are scanned where they stand, with a reason; the scan of the quarantine place books them. Without such
//! a place they are set aside where they stand.

use sparhund_shared::event::{
    BizStep, Circumstances, Event, Movement, OrderLineRef, ReasonCode, StockStatus,
};
use sparhund_shared::identity::PlaceCode;
use sparhund_shared::reference::{Place, PlaceKind, Role};
use sparhund_shared::verdict::{Judgement, Reason, judge_aside};

use super::super::desk::Desk;
use super::super::events::movement;
use super::super::goods::order_now;
use super::super::places::place_view;
use super::super::scan::Judged;
use super::super::state::{Entry, Said, TaskState};
use super::places::{no_goods, seen};
use super::{Deed, Goods, is_gone, standing};
use crate::api::{DeedView, Prompt};
use crate::fault::Fault;
use crate::journal::Draft;
use crate::problems;
use crate::store::catalogue;

/// Why goods are set aside.
const REASONS: [ReasonCode; 8] = [
    ReasonCode::Held,
    ReasonCode::Damaged,
    ReasonCode::Expired,
    ReasonCode::Conditions,
    ReasonCode::Label,
    ReasonCode::NonConforming,
    ReasonCode::Falsified,
    ReasonCode::Other,
];

/// See the module.
pub(super) struct SetAside;

impl Deed for SetAside {
    fn roles(&self) -> &'static [Role] {
        &[Role::Picker, Role::Ward, Role::Quality]
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
        let mut reasons: Vec<Reason> = no_goods(place.as_ref()).into_iter().collect();
        let quarantine = place.is_some_and(|place| place.kind == PlaceKind::Quarantine);
        if reasons.is_empty() {
            match (&task.from, quarantine) {
                (None, _) => task.from = Some(code.clone()),
                // The place where they stand is where they stay, marked.
                (Some(from), false) if from != code => reasons.push(Reason::NotQuarantine),
                (Some(_), _) => task.place = Some(code.clone()),
            }
        }
        seen(desk, code, reasons)
    }

    fn prompt(&self, _desk: Desk<'_>, task: &TaskState) -> Result<Prompt, Fault> {
        Ok(match (&task.from, task.said.reason, &task.place) {
            (None, _, _) => Prompt::ScanFrom,
            (_, None, _) => Prompt::Reason {
                reasons: REASONS.to_vec(),
            },
            _ if task.basket.is_empty() => Prompt::ScanGoods,
            (_, _, None) => Prompt::ScanTo,
            (_, _, Some(_)) => Prompt::Book,
        })
    }

    fn at_once(&self) -> bool {
        true
    }

    fn told_is_enough(&self) -> bool {
        true
    }

    fn go_on(&self, task: &mut TaskState) {
        task.said = Said::default();
        task.place = None;
        task.from = None;
    }

    fn draw_up(&self, desk: Desk<'_>, task: &TaskState) -> Result<Vec<Draft>, Fault> {
        let (from, to) = task
            .from
            .as_ref()
            .zip(task.place.as_ref())
            .ok_or_else(problems::place_needed)?;
        let mut events = Vec::new();
        for entry in &task.basket {
            let moved = held(desk, entry, from, to)?;
            let told = Circumstances {
                reason: task.said.reason,
                note: task.said.note.clone(),
                ..moved.circumstances.as_deref().cloned().unwrap_or_default()
            };
            let moved = Movement {
                circumstances: told.told(),
                ..moved
            };
            events.push(Event::Move(moved).into());
        }
        Ok(events)
    }

    fn view(&self, desk: Desk<'_>, task: &TaskState) -> Result<DeedView, Fault> {
        let from = task.from.as_ref();
        Ok(DeedView {
            from: from.map(|place| place_view(desk.db, place)).transpose()?,
            ..DeedView::default()
        })
    }
}

/// The movement that sets an entry aside, from the state the book has it in. Picked goods are of an order line, which
/// wants others then.
pub(super) fn held(
    desk: Desk<'_>,
    entry: &Entry,
    from: &PlaceCode,
    to: &PlaceCode,
) -> Result<Movement, Fault> {
    let step = BizStep::Holding;
    let status = standing(desk, from, entry)?.filter(|status| step.may_take().contains(status));
    let status = status.unwrap_or(StockStatus::Available);
    let mut moved = movement(desk, step, entry, Some(from.clone()), to)?;
    moved.circumstances = Circumstances {
        was: (step.takes() != Some(status)).then_some(status),
        ..Circumstances::default()
    }
    .told();
    if status == StockStatus::Picked {
        moved.order = picked_for(desk, entry, from)?;
    }
    Ok(moved)
}

/// The order line that goods at a dispatch place were picked for.
fn picked_for(desk: Desk<'_>, entry: &Entry, at: &PlaceCode) -> Result<Option<OrderLineRef>, Fault> {
    let unit = entry.item.unit();
    for order in catalogue::orders(desk.db)? {
        let order = order_now(desk, &order.no)?;
        let line = order.lines.iter().find(|line| {
            entry.item.article() == Some(&line.article)
                && line
                    .picked
                    .iter()
                    .any(|goods| goods.place == *at && goods.lot == unit.lot && goods.serial == unit.serial)
        });
        if let Some(line) = line {
            return Ok(Some(OrderLineRef {
                order: order.no.clone(),
                line: line.line,
            }));
        }
    }
    Ok(None)
}
