//! Going past a rule of picking with a reason: another lot than the first, or stock that the site keeps. It takes a role
//! that pickers do not have by themselves.

use sparhund_shared::event::{Product, ReasonCode, StockStatus};
use sparhund_shared::identity::PlaceCode;
use sparhund_shared::reference::{Order, OrderLine, Role, Rule};
use sparhund_shared::verdict::Kept;

use super::desk::Desk;
use super::state::{TaskState, Work};
use crate::api::{Answer, ExcuseView};
use crate::fault::Fault;
use crate::problems;
use crate::store::{catalogue, stock};

/// Roles that may, the usual one first.
const ROLES: [Role; 2] = [Role::Planner, Role::Quality];

/// Why.
const REASONS: [ReasonCode; 4] = [
    ReasonCode::FirstLotUnusable,
    ReasonCode::FirstLotNotFound,
    ReasonCode::CareNeeds,
    ReasonCode::Crisis,
];

/// Whether the person signed in may go past a rule.
fn may(desk: Desk<'_>) -> bool {
    ROLES.iter().any(|role| desk.roles.contains(role))
}

/// The reason that was said, as long as the person who may say it is at work.
pub(crate) fn said(desk: Desk<'_>, task: &TaskState) -> Option<ReasonCode> {
    task.said
        .reason
        .filter(|_| task.work() == Work::Pick && may(desk))
}

/// Takes the reason; it holds until the basket is booked.
pub(crate) fn answer(desk: Desk<'_>, task: &mut TaskState, answer: &Answer) -> Result<(), Fault> {
    let Answer::Reason { reason } = answer else {
        return Err(problems::not_here("answer").into());
    };
    if task.work() != Work::Pick || reason.is_some_and(|reason| !REASONS.contains(&reason)) {
        return Err(problems::not_here("answer").into());
    }
    if !may(desk) {
        return Err(problems::role_missing(ROLES[0]).into());
    }
    task.said.reason = *reason;
    Ok(())
}

/// What the person sees of it; nothing for whoever may not.
pub(crate) fn view(desk: Desk<'_>, task: &TaskState) -> Option<ExcuseView> {
    (task.work() == Work::Pick && may(desk)).then(|| ExcuseView {
        reasons: REASONS.to_vec(),
        said: task.said.reason,
    })
}

/// What the sites around the order's store have and keep of a line's article, the basket taken off, one entry left out;
/// the floor that is nearest, when several keep some.
pub(crate) fn kept(
    desk: Desk<'_>,
    task: &TaskState,
    order: &Order,
    line: &OrderLine,
    at: Option<usize>,
) -> Result<Option<Kept>, Fault> {
    let mut site = Some(order.from.clone());
    let mut nearest: Option<Kept> = None;
    for _ in 0..catalogue::DEEPEST_PLACE {
        let Some(code) = site else { break };
        let key = format!("stock {code} {}", line.article);
        let rule = desk.rule(&key)?;
        if let Some(Rule::Stock(rule)) = rule.as_deref()
            && (rule.safety > 0 || rule.preparedness > 0)
        {
            let taken: i64 = task
                .others(at)
                .filter(|entry| entry.item.article() == Some(&line.article))
                .map(|entry| i64::from(entry.units()))
                .sum();
            let here = Kept {
                usable: usable(desk, line, &code)? - taken,
                safety: rule.safety,
                preparedness: rule.preparedness,
            };
            let room = |kept: &Kept| kept.usable - i64::from(kept.safety) - i64::from(kept.preparedness);
            nearest = match nearest {
                Some(before) if room(&before) <= room(&here) => Some(before),
                _ => Some(here),
            };
        }
        site = desk.place(&code)?.and_then(|place| place.parent.clone());
    }
    Ok(nearest)
}

/// Base units of an article within a site that can be used: free, not expired, not held (disponibelt saldo).
fn usable(desk: Desk<'_>, line: &OrderLine, site: &PlaceCode) -> Result<i64, Fault> {
    let article = desk.article(&line.article)?;
    let Some(base) = article.as_ref().and_then(|article| article.base()) else {
        return Ok(0);
    };
    let holds = desk.holds(base, base)?;
    let mut units = 0;
    for (place, goods) in stock::of_product(desk.db, &Product::Di(base.clone()))? {
        let fresh = goods
            .expiry
            .is_none_or(|expiry| desk.today <= expiry.last_usable_day());
        let held = holds.iter().any(|hold| {
            hold.meets(base, goods.lot.as_ref(), goods.serial.as_ref())
                .is_some()
        });
        if goods.status == StockStatus::Available
            && fresh
            && !held
            && catalogue::is_within(desk.db, &place, site)?
        {
            units += goods.units;
        }
    }
    Ok(units)
}
