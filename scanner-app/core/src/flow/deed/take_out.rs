//! Uttag: the place once, then each scan takes goods into use. Between patients nobody has time for a tap. Goods whose
//! rules link them to the patient wait for the scan of the wristband.

use sparhund_shared::event::{BizStep, Circumstances, Event, Item, Product, StockStatus};
use sparhund_shared::identity::PlaceCode;
use sparhund_shared::reference::{ArticleTrait, Place, PlaceKind, RiskClass, Role};
use sparhund_shared::verdict::{Judgement, Reason, judge_use};

use super::super::desk::Desk;
use super::super::events::movement;
use super::super::places::place_view;
use super::super::scan::Judged;
use super::super::state::{Said, TaskState};
use super::places::seen;
use super::{Deed, Goods, is_gone, patient};
use crate::api::{DeedView, Prompt};
use crate::fault::Fault;
use crate::journal::Draft;
use crate::problems;
use crate::store::stock;

/// See the module.
pub(super) struct TakeOut;

impl Deed for TakeOut {
    fn roles(&self) -> &'static [Role] {
        &[Role::Ward]
    }

    fn judge(&self, goods: &Goods<'_>) -> Result<Judgement, Fault> {
        let mut reasons = judge_use(goods.scanned, goods.known).reasons;
        reasons.extend(is_gone(goods)?);
        reasons.extend(against_book(goods)?);
        if goods.is(ArticleTrait::Implantable) {
            reasons.push(Reason::Implantable);
        }
        reasons.extend(half_udi(goods));
        Ok(Judgement::of(reasons))
    }

    fn place(
        &self,
        desk: Desk<'_>,
        task: &mut TaskState,
        code: &PlaceCode,
        place: Option<Place>,
    ) -> Result<Judged, Fault> {
        let reason = match place.map(|place| place.kind) {
            Some(PlaceKind::Ward | PlaceKind::Bin) => None,
            Some(kind @ (PlaceKind::Zone | PlaceKind::Dispatch | PlaceKind::Quarantine)) => {
                Some(Reason::NoShelf { kind })
            }
            Some(PlaceKind::Site | PlaceKind::Vehicle) | None => Some(Reason::UnknownPlace),
        };
        if reason.is_none() {
            task.place = Some(code.clone());
        }
        seen(desk, code, reason.into_iter().collect())
    }

    fn prompt(&self, desk: Desk<'_>, task: &TaskState) -> Result<Prompt, Fault> {
        Ok(match (&task.place, task.basket.is_empty()) {
            (None, _) => Prompt::ScanFrom,
            (Some(_), true) => Prompt::ScanGoods,
            (Some(_), false) if patient::is_awaited(desk, task)? => Prompt::ScanPatient,
            (Some(_), false) => Prompt::Book,
        })
    }

    fn at_once(&self) -> bool {
        true
    }

    /// Whoever takes goods into use stands where they stand.
    fn go_on(&self, task: &mut TaskState) {
        task.said = Said::default();
    }

    fn draw_up(&self, desk: Desk<'_>, task: &TaskState) -> Result<Vec<Draft>, Fault> {
        let place = task.place.as_ref().ok_or_else(problems::place_needed)?;
        if patient::is_awaited(desk, task)? {
            return Err(problems::wristband_needed().into());
        }
        let used = task.basket.iter().map(|entry| {
            let mut moved = movement(desk, BizStep::Dispensing, entry, Some(place.clone()), place)?;
            moved.circumstances = Circumstances {
                patient: patient::seal_of(desk, task, entry)?,
                ..Circumstances::default()
            }
            .told();
            Ok(Draft::from(Event::Move(moved)))
        });
        used.collect()
    }

    fn view(&self, desk: Desk<'_>, task: &TaskState) -> Result<DeedView, Fault> {
        Ok(DeedView {
            from: task
                .place
                .as_ref()
                .map(|place| place_view(desk.db, place))
                .transpose()?,
            ..DeedView::default()
        })
    }
}

/// What is implanted, and what is of class III, is recorded by its whole UDI (MDR Article 27(9)).
pub(super) fn half_udi(goods: &Goods<'_>) -> Option<Reason> {
    let highest = goods
        .known
        .article
        .is_some_and(|article| article.rules.class == Some(RiskClass::III));
    let asks = highest || goods.is(ArticleTrait::Implantable);
    (asks && !patient::has_whole_udi(goods.entry)).then_some(Reason::HalfUdi)
}

/// Where the book says otherwise. The shelf is right: it is told, and stops nobody.
pub(super) fn against_book(goods: &Goods<'_>) -> Result<Option<Reason>, Fault> {
    let (Some(place), Item::Identified(_)) = (&goods.task.place, &goods.entry.item) else {
        return Ok(None);
    };
    let unit = goods.entry.item.unit();
    let wanted = i64::from(goods.scanned.quantity.get());
    let stock = stock::at(goods.desk.db, place)?;
    let free = |product: &Product| {
        let such = stock.goods.iter();
        such.filter(|goods| goods.status == StockStatus::Available && goods.product == *product)
            .cloned()
            .collect::<Vec<_>>()
    };
    let such = free(&unit.product);
    let pool: i64 = such.iter().map(|goods| goods.units).sum();
    let same: i64 = such
        .iter()
        .filter(|goods| goods.unit() == unit)
        .map(|goods| goods.units)
        .sum();
    Ok(if pool < wanted {
        Some(Reason::NotInBook { units: pool.max(0) })
    } else if !unit.is_unlotted() && same < wanted {
        Some(Reason::LotNotInBook)
    } else {
        None
    })
}
