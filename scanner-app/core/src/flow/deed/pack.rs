//! Packning: a logistic unit gets a number, picked goods of one order are scanned into it, and it is closed.

use sparhund_shared::carrier::Reading;
use sparhund_shared::event::{BizStep, Event, Handling, OrderLineRef, OrderNo, UnitStep};
use sparhund_shared::identity::{PlaceCode, Sscc};
use sparhund_shared::label::{LabelPlace, UnitLabel};
use sparhund_shared::reference::{Order, Place, PlaceKind, Role};
use sparhund_shared::verdict::{Judgement, LineView, Reason, judge_accept};

use super::super::desk::Desk;
use super::super::events::{capture, movement, quantity};
use super::super::goods::order_now;
use super::super::parcel::{OfLine, allot, in_basket, is_in_use, open_goods, put_all, sums};
use super::super::places::place_view;
use super::super::scan::Judged;
use super::super::state::{Booking, Entry, Said, TaskState};
use super::{Deed, Goods};
use crate::api::{Answer, DeedKind, DeedView, ExpectedGoods, Prompt, ScanOutcome, TaskKind, UnitCard};
use crate::fault::Fault;
use crate::journal::Draft;
use crate::problems;
use crate::scan::item_view;
use crate::store::{catalogue, label, series};

/// See the module.
pub(super) struct Pack;

impl Deed for Pack {
    fn roles(&self) -> &'static [Role] {
        &[Role::Picker]
    }

    fn takes(&self, reading: &Reading) -> bool {
        matches!(
            reading,
            Reading::Item(_) | Reading::ProductionOnly(_) | Reading::Logistic(_)
        )
    }

    fn judge(&self, goods: &Goods<'_>) -> Result<Judgement, Fault> {
        let order = order_now(goods.desk, order_no(goods.task)?)?;
        let open = open_goods(&order);
        let item = &goods.entry.item;
        let all = sums(
            goods.desk,
            &of_article(&open, goods.known.article.map(|article| &article.no)),
        )?;
        let same = all.iter().find(|(other, _)| other.is_same_unit(item));
        let view = same.zip(goods.known.article).map(|((_, units), article)| {
            let left = units - in_basket(goods.task, item, goods.at);
            LineView::of(&article.no, left.max(0), &[])
        });
        Ok(judge_accept(goods.scanned, goods.known, view.as_ref()))
    }

    fn place(
        &self,
        _desk: Desk<'_>,
        _task: &mut TaskState,
        _code: &PlaceCode,
        _place: Option<Place>,
    ) -> Result<Judged, Fault> {
        Err(problems::not_here("place").into())
    }

    /// A printed label that is not in use.
    fn unit(&self, desk: Desk<'_>, task: &mut TaskState, sscc: Sscc) -> Result<Judged, Fault> {
        let mut reasons = Vec::new();
        if task.sscc != Some(sscc) {
            if is_in_use(desk.db, sscc)? {
                reasons.push(Reason::UnitInUse);
            } else {
                task.sscc = Some(sscc);
            }
        }
        Ok((ScanOutcome::Logistic { sscc }, Judgement::of(reasons)))
    }

    fn answer(
        &self,
        desk: Desk<'_>,
        task: &mut TaskState,
        answer: &Answer,
    ) -> Result<Option<Judgement>, Fault> {
        match answer {
            Answer::NewUnit => {
                // A second tap is no second unit.
                if task.sscc.is_none() {
                    task.sscc = Some(series::take(desk.db)?.ok_or_else(problems::no_unit_numbers)?);
                }
                Ok(Some(Judgement::of(Vec::new())))
            }
            Answer::AllThere => {
                let order = order_now(desk, order_no(task)?)?;
                put_all(desk, task, &open_goods(&order)).map(Some)
            }
            _ => Ok(None),
        }
    }

    fn prompt(&self, _desk: Desk<'_>, task: &TaskState) -> Result<Prompt, Fault> {
        Ok(match (task.sscc, task.basket.is_empty()) {
            (None, _) => Prompt::ScanUnit,
            (Some(_), true) => Prompt::ScanGoods,
            (Some(_), false) => Prompt::Book,
        })
    }

    fn booked(&self, desk: Desk<'_>, task: &TaskState) -> Result<(), Fault> {
        let order = order_now(desk, order_no(task)?)?;
        let units = task.basket.iter().map(Entry::units).fold(0, u32::saturating_add);
        match task.sscc {
            // What is packed for practice has no carton to stick a label on.
            Some(sscc) if !task.training => {
                label::put(desk.db, &label_of(desk, &order, sscc, units)?, desk.now)
            }
            _ => Ok(()),
        }
    }

    fn undone(&self, desk: Desk<'_>, task: &mut TaskState, booking: &Booking) -> Result<(), Fault> {
        match booking.sscc {
            Some(sscc) if !task.training => label::take_back(desk.db, sscc),
            _ => Ok(()),
        }
    }

    fn go_on(&self, task: &mut TaskState) {
        task.said = Said::default();
        task.sscc = None;
    }

    fn draw_up(&self, desk: Desk<'_>, task: &TaskState) -> Result<Vec<Draft>, Fault> {
        let sscc = task.sscc.ok_or_else(problems::unit_needed)?;
        let order = order_now(desk, order_no(task)?)?;
        let mut open = open_goods(&order);
        let mut drafts = Vec::new();
        for entry in &task.basket {
            for (line, goods) in allot(&mut open, &entry.item, i64::from(entry.units())) {
                let from = Some(goods.place.clone());
                let mut moved = movement(desk, BizStep::Packing, entry, from, &goods.place)?;
                moved.quantity = quantity(goods.units)?;
                moved.sscc = Some(sscc);
                moved.order = Some(OrderLineRef {
                    order: order.no.clone(),
                    line: line.line,
                });
                drafts.push(Draft::from(Event::Move(moved)));
            }
        }
        drafts.push(Draft::from(Event::Handle(Handling {
            step: UnitStep::Packing,
            sscc,
            place: order.dispatch.clone(),
            route: None,
            order: Some(order.no.clone()),
            capture: capture(desk, &[], None)?,
        })));
        Ok(drafts)
    }

    fn view(&self, desk: Desk<'_>, task: &TaskState) -> Result<DeedView, Fault> {
        let order = order_now(desk, order_no(task)?)?;
        let expected = expected(desk, task, &open_goods(&order))?;
        let mut offers = Vec::new();
        if task.sscc.is_none() && series::has_any(desk.db)? {
            offers.push(Answer::NewUnit);
        }
        if task.sscc.is_some() && expected.iter().any(|goods| goods.in_basket < goods.units) {
            offers.push(Answer::AllThere);
        }
        Ok(DeedView {
            order: Some(order.no.clone()),
            offers,
            expected,
            units: units_of(desk, &order)?,
            ..DeedView::default()
        })
    }
}

fn order_no(task: &TaskState) -> Result<&OrderNo, Fault> {
    match &task.kind {
        TaskKind::Deed {
            kind: DeedKind::Pack { order },
        } => Ok(order),
        _ => Err(problems::no_task().into()),
    }
}

/// What stands on the label. Goods are brought to the site that the ward is part of, or to the ward itself.
fn label_of(desk: Desk<'_>, order: &Order, sscc: Sscc, units: u32) -> Result<UnitLabel, Fault> {
    let named = |code: &PlaceCode| -> Result<LabelPlace, Fault> {
        Ok(LabelPlace {
            name: place_view(desk.db, code)?.name,
            gln: code.gln(),
        })
    };
    let ward = named(&order.to)?;
    let mut site = None;
    let mut at = catalogue::place(desk.db, &order.to)?;
    for _ in 0..catalogue::DEEPEST_PLACE {
        let Some(parent) = at.and_then(|place| place.parent) else {
            break;
        };
        at = catalogue::place(desk.db, &parent)?;
        if at.as_ref().is_some_and(|place| place.kind == PlaceKind::Site) && parent.gln() != ward.gln {
            site = Some(named(&parent)?);
        }
    }
    let (ship_to, for_ward) = match site {
        Some(site) => (site, Some(ward)),
        None => (ward, None),
    };
    Ok(UnitLabel {
        sscc,
        ship_to,
        for_ward,
        order: order.no.clone(),
        units,
        packed_at: order.dispatch.clone(),
    })
}

fn of_article<'a>(
    open: &[OfLine<'a>],
    article: Option<&sparhund_shared::event::ArticleNo>,
) -> Vec<OfLine<'a>> {
    let same = open.iter().filter(|part| Some(&part.line.article) == article);
    same.cloned().collect()
}

/// Goods that are to be scanned, and how many of them lie in the basket.
pub(super) fn expected(
    desk: Desk<'_>,
    task: &TaskState,
    goods: &[OfLine<'_>],
) -> Result<Vec<ExpectedGoods>, Fault> {
    // Of an article that the device does not know there is nothing to show.
    let mut known = Vec::new();
    for part in goods {
        if catalogue::article(desk.db, &part.line.article)?.is_some_and(|article| article.base().is_some()) {
            known.push(part.clone());
        }
    }
    let mut shown = Vec::new();
    for (item, units) in sums(desk, &known)? {
        let article = match item.article() {
            Some(no) => catalogue::article(desk.db, no)?,
            None => None,
        };
        shown.push(ExpectedGoods {
            in_basket: in_basket(task, &item, None),
            item: item_view(&item, article.as_ref(), 1, &[]),
            units,
            differs: Vec::new(),
            may_differ: Vec::new(),
        });
    }
    Ok(shown)
}

/// Logistic units of an order that have not left.
fn units_of(desk: Desk<'_>, order: &Order) -> Result<Vec<UnitCard>, Fault> {
    let mut cards: Vec<UnitCard> = Vec::new();
    for packed in order.lines.iter().flat_map(|line| &line.packed) {
        if packed.waiting <= 0 {
            continue;
        }
        match cards.iter_mut().find(|card| card.sscc == packed.sscc) {
            Some(card) => card.units += packed.waiting,
            None => cards.push(UnitCard {
                sscc: packed.sscc,
                to: place_view(desk.db, &order.to)?,
                order: order.no.clone(),
                units: packed.waiting,
                done: false,
                label: label::state(desk.db, packed.sscc)?,
            }),
        }
    }
    Ok(cards)
}
