//! Avdelningsmottagning: one scan of the unit, then everything is there, or each difference is told with its reason.
//!
//! It is booked when every piece is accounted for. The goods need not have been told as sent: the driver's handheld may be
//! without network.

use sparhund_shared::carrier::Reading;
use sparhund_shared::event::{
    BizStep, Circumstances, DeliveryRef, Difference, Event, Item, Movement, OrderLineRef, ReasonCode,
    StockStatus,
};
use sparhund_shared::identity::{PlaceCode, Sscc};
use sparhund_shared::reference::{LotOption, Order, OrderLine, Place, Role};
use sparhund_shared::verdict::{Judgement, LineView, Reason, judge_accept};

use super::super::desk::Desk;
use super::super::events::{capture, line_ref, movement, quantity};
use super::super::parcel::{OfLine, allot, goods_in, in_basket, order_of, put_all, sums};
use super::super::places::place_view;
use super::super::scan::Judged;
use super::super::state::{Said, TaskState};
use super::pack::expected;
use super::places::seen;
use super::{Deed, Goods};
use crate::api::{Answer, DeedView, Differs, Prompt, ScanOutcome};
use crate::fault::Fault;
use crate::journal::Draft;
use crate::problems;
use crate::store::catalogue;

/// How goods of a unit may differ.
const REASONS: [ReasonCode; 5] = [
    ReasonCode::Missing,
    ReasonCode::Damaged,
    ReasonCode::WrongItem,
    ReasonCode::Surplus,
    ReasonCode::Held,
];

/// See the module.
pub(super) struct Accept;

impl Deed for Accept {
    fn roles(&self) -> &'static [Role] {
        &[Role::Ward]
    }

    fn takes(&self, reading: &Reading) -> bool {
        matches!(
            reading,
            Reading::Item(_) | Reading::ProductionOnly(_) | Reading::Place(_) | Reading::Logistic(_)
        )
    }

    fn judge(&self, goods: &Goods<'_>) -> Result<Judgement, Fault> {
        let desk = goods.desk;
        let order = order_at_hand(desk, goods.task)?;
        let item = &goods.entry.item;
        let all = sums(desk, &inside(&order, goods.task))?;
        let same = all.iter().find(|(other, _)| other.is_same_unit(item));
        let view = same.zip(goods.known.article).map(|((_, units), article)| {
            let left = units - in_basket(goods.task, item, goods.at) - differing(goods.task, item);
            LineView::of(&article.no, left.max(0), &[])
        });
        Ok(judge_accept(goods.scanned, goods.known, view.as_ref()))
    }

    /// Only to be told that it is the wrong ward.
    fn place(
        &self,
        desk: Desk<'_>,
        task: &mut TaskState,
        code: &PlaceCode,
        _place: Option<Place>,
    ) -> Result<Judged, Fault> {
        let order = order_at_hand(desk, task)?;
        let right = catalogue::is_within(desk.db, code, &order.to)?;
        let reason = (!right).then(|| Reason::WrongPlace {
            expected: order.to.clone(),
        });
        seen(desk, code, reason.into_iter().collect())
    }

    fn unit(&self, desk: Desk<'_>, task: &mut TaskState, sscc: Sscc) -> Result<Judged, Fault> {
        let begun = !task.basket.is_empty() || !task.said.differs.is_empty();
        if begun && task.sscc.is_some_and(|at_hand| at_hand != sscc) {
            return Err(problems::unit_open().into());
        }
        let known = order_of(desk.db, sscc)?.is_some();
        if known {
            task.sscc = Some(sscc);
        }
        let reason = (!known).then_some(Reason::UnknownUnit);
        let judgement = Judgement::of(reason.into_iter().collect());
        Ok((ScanOutcome::Logistic { sscc }, judgement))
    }

    fn answer(
        &self,
        desk: Desk<'_>,
        task: &mut TaskState,
        answer: &Answer,
    ) -> Result<Option<Judgement>, Fault> {
        match answer {
            Answer::AllThere => {
                let order = order_at_hand(desk, task)?;
                let open = less_differing(desk, &inside(&order, task), task)?;
                put_all(desk, task, &open).map(Some)
            }
            Answer::Differs { goods, reason, units } => {
                let order = order_at_hand(desk, task)?;
                let all = sums(desk, &inside(&order, task))?;
                let (item, wanted) = all.get(*goods).ok_or_else(|| problems::no_entry(*goods))?;
                if !REASONS.contains(reason) {
                    return Err(problems::not_here("answer").into());
                }
                let others = task.said.differs.iter();
                task.said.differs = others
                    .filter(|(other, how, _)| !(other.is_same_unit(item) && how == reason))
                    .cloned()
                    .collect();
                let left = wanted - in_basket(task, item, None) - differing(task, item);
                if counts(*reason) && i64::from(*units) > left {
                    return Err(problems::differs_more(left).into());
                }
                if *units > 0 {
                    quantity(i64::from(*units))?;
                    task.said.differs.push((item.clone(), *reason, *units));
                }
                Ok(Some(Judgement::of(Vec::new())))
            }
            _ => Ok(None),
        }
    }

    fn prompt(&self, desk: Desk<'_>, task: &TaskState) -> Result<Prompt, Fault> {
        if task.sscc.is_none() {
            return Ok(Prompt::ScanUnit);
        }
        let order = order_at_hand(desk, task)?;
        for (item, units) in sums(desk, &inside(&order, task))? {
            if in_basket(task, &item, None) + differing(task, &item) < units {
                return Ok(Prompt::ScanGoods);
            }
        }
        Ok(Prompt::Book)
    }

    fn at_once(&self) -> bool {
        true
    }

    fn may_be_empty(&self) -> bool {
        true
    }

    fn has_work(&self, task: &TaskState) -> bool {
        !task.basket.is_empty() || !task.said.differs.is_empty()
    }

    fn go_on(&self, task: &mut TaskState) {
        task.said = Said::default();
        task.sscc = None;
    }

    fn draw_up(&self, desk: Desk<'_>, task: &TaskState) -> Result<Vec<Draft>, Fault> {
        let order = order_at_hand(desk, task)?;
        let mut open = inside(&order, task);
        let mut drafts = Vec::new();
        for entry in &task.basket {
            for (line, goods) in allot(&mut open, &entry.item, i64::from(entry.units())) {
                let at = Some(order.to.clone());
                let mut moved = movement(desk, BizStep::Accepting, entry, at, &order.to)?;
                moved.quantity = quantity(goods.units)?;
                moved.sscc = task.sscc;
                moved.order = line_ref(&order, Some(line.line));
                drafts.push(Draft::from(Event::Move(moved)));
            }
        }
        for (item, reason, units) in &task.said.differs {
            let parts = if counts(*reason) {
                allot(&mut open, item, i64::from(*units))
            } else {
                Vec::new()
            };
            let line = parts
                .first()
                .and_then(|(line, _)| line_ref(&order, Some(line.line)));
            drafts.push(Draft::from(Event::Differ(difference(
                desk, task, &order, item, *reason, *units, line,
            )?)));
            if is_here(*reason) {
                let cause = Some(drafts.len() - 1);
                for (line, goods) in parts {
                    let event = Event::Move(set_aside(desk, task, &order, item, *reason, (line, &goods))?);
                    drafts.push(Draft { event, cause });
                }
            }
        }
        Ok(drafts)
    }

    fn view(&self, desk: Desk<'_>, task: &TaskState) -> Result<DeedView, Fault> {
        if task.sscc.is_none() {
            return Ok(DeedView::default());
        }
        let order = order_at_hand(desk, task)?;
        let mut expected = expected(desk, task, &inside(&order, task))?;
        for goods in &mut expected {
            goods.may_differ = REASONS.to_vec();
            let told = task.said.differs.iter();
            goods.differs = told
                .filter(|(item, _, _)| item.is_same_unit(&goods.item.item))
                .map(|(_, reason, units)| Differs {
                    reason: *reason,
                    units: *units,
                })
                .collect();
        }
        Ok(DeedView {
            from: Some(place_view(desk.db, &order.to)?),
            order: Some(order.no.clone()),
            expected,
            offers: vec![Answer::AllThere],
            ..DeedView::default()
        })
    }
}

/// The order of the unit at hand.
fn order_at_hand(desk: Desk<'_>, task: &TaskState) -> Result<Order, Fault> {
    let sscc = task.sscc.ok_or_else(problems::unit_needed)?;
    order_of(desk.db, sscc)?.ok_or_else(|| problems::unit_needed().into())
}

fn inside<'a>(order: &'a Order, task: &TaskState) -> Vec<OfLine<'a>> {
    task.sscc.map(|sscc| goods_in(order, sscc)).unwrap_or_default()
}

/// Whether it is said of goods that were sent: surplus comes on top of them.
fn counts(reason: ReasonCode) -> bool {
    reason != ReasonCode::Surplus
}

/// Whether the goods are here all the same, and are set aside.
fn is_here(reason: ReasonCode) -> bool {
    matches!(reason, ReasonCode::Damaged | ReasonCode::Held)
}

/// Base units of an item that were sent and differ.
fn differing(task: &TaskState, item: &Item) -> i64 {
    let told = task.said.differs.iter();
    told.filter(|(other, reason, _)| other.is_same_unit(item) && counts(*reason))
        .map(|(_, _, units)| i64::from(*units))
        .sum()
}

/// What is expected without what differs.
fn less_differing<'a>(
    desk: Desk<'_>,
    goods: &[OfLine<'a>],
    task: &TaskState,
) -> Result<Vec<OfLine<'a>>, Fault> {
    let mut open = goods.to_vec();
    for (item, units) in sums(desk, goods)? {
        let gone = differing(task, &item).min(units);
        if gone > 0 {
            allot(&mut open, &item, gone);
        }
    }
    open.retain(|part| part.goods.units > 0);
    Ok(open)
}

fn difference(
    desk: Desk<'_>,
    task: &TaskState,
    order: &Order,
    item: &Item,
    reason: ReasonCode,
    units: u32,
    line: Option<OrderLineRef>,
) -> Result<Difference, Fault> {
    Ok(Difference {
        delivery: DeliveryRef {
            supplier: None,
            delivery: None,
            sscc: task.sscc,
            line,
        },
        place: order.to.clone(),
        article: item.article().cloned(),
        item: Some(item.clone()),
        reason,
        units: quantity(i64::from(units))?,
        note: task.said.note.clone(),
        photos: None,
        capture: capture(desk, &[], None)?,
    })
}

/// Goods that came and nobody may use: they stand at the ward in quarantine.
fn set_aside(
    desk: Desk<'_>,
    task: &TaskState,
    order: &Order,
    item: &Item,
    reason: ReasonCode,
    (line, goods): (&OrderLine, &LotOption),
) -> Result<Movement, Fault> {
    Ok(Movement {
        step: BizStep::Accepting,
        item: item.clone(),
        quantity: quantity(goods.units)?,
        from: Some(order.to.clone()),
        to: order.to.clone(),
        supplier: None,
        order: line_ref(order, Some(line.line)),
        sscc: task.sscc,
        capture: capture(desk, &[], None)?,
        circumstances: Circumstances {
            becomes: Some(StockStatus::Quarantined),
            reason: Some(reason),
            ..Circumstances::default()
        }
        .told(),
    })
}
