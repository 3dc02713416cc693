//! Lastning och körning: the vehicle, the units that are loaded, and at each stop those that are for it.
//!
//! Loading tells where a unit is and moves no goods: they leave the store when they are handed over at their stop, so a
//! unit that comes back on the vehicle was never sent.

use sparhund_shared::carrier::Reading;
use sparhund_shared::event::{BizStep, Event, Handling, Movement, UnitStep};
use sparhund_shared::identity::{PlaceCode, Sscc};
use sparhund_shared::reference::{Order, Place, PlaceKind, Role};
use sparhund_shared::verdict::{Judgement, Reason, Verdict};

use super::super::desk::Desk;
use super::super::events::{capture, line_ref, quantity};
use super::super::expected::{item_of_line, judge_unit};
use super::super::parcel::{goods_in, handed_over, order_of};
use super::super::places::place_view;
use super::super::scan::Judged;
use super::super::state::{Booking, Said, TaskState};
use super::places::seen;
use super::{Deed, Goods};
use crate::api::{DeedView, HintReason, PlaceHint, Prompt, ScanOutcome, UnitCard};
use crate::fault::Fault;
use crate::journal::Draft;
use crate::problems;
use crate::store::{catalogue, label, load};

/// See the module.
pub(super) struct Load;

impl Deed for Load {
    fn roles(&self) -> &'static [Role] {
        &[Role::Picker]
    }

    fn takes(&self, reading: &Reading) -> bool {
        matches!(reading, Reading::Place(_) | Reading::Logistic(_))
    }

    fn judge(&self, _goods: &Goods<'_>) -> Result<Judgement, Fault> {
        Err(problems::not_here("item").into())
    }

    /// The vehicle, or a stop of its load.
    fn place(
        &self,
        desk: Desk<'_>,
        task: &mut TaskState,
        code: &PlaceCode,
        place: Option<Place>,
    ) -> Result<Judged, Fault> {
        task.sscc = None;
        if place.is_some_and(|place| place.kind == PlaceKind::Vehicle) {
            task.from = Some(code.clone());
            task.place = None;
            return seen(desk, code, Vec::new());
        }
        let Some(vehicle) = &task.from else {
            return seen(desk, code, vec![Reason::UnknownPlace]);
        };
        let stops = stops(desk, vehicle, task.training)?;
        for stop in &stops {
            if catalogue::is_within(desk.db, code, &stop.place.code)? {
                task.place = Some(stop.place.code.clone());
                return seen(desk, code, Vec::new());
            }
        }
        let next = stops.iter().find(|stop| !stop.done);
        let reason = next.map_or(Reason::UnknownPlace, |stop| Reason::WrongPlace {
            expected: stop.place.code.clone(),
        });
        seen(desk, code, vec![reason])
    }

    fn unit(&self, desk: Desk<'_>, task: &mut TaskState, sscc: Sscc) -> Result<Judged, Fault> {
        let vehicle = task.from.as_ref().ok_or_else(problems::vehicle_needed)?;
        task.sscc = None;
        let known = load::on(desk.db, vehicle, task.training)?
            .into_iter()
            .find(|loaded| loaded.sscc == sscc);
        let order = order_of(desk.db, sscc)?.filter(|order| waits(order, sscc));
        let Some(order) = order else {
            return Ok(match known {
                // Handed over already: the second scan is of the same carton.
                Some(loaded) if loaded.delivered => (ScanOutcome::KnownAlready, Judgement::of(Vec::new())),
                _ => told(sscc, vec![Reason::UnknownUnit]),
            });
        };
        let mut reasons = Vec::new();
        match &task.place {
            None if known.is_some() => {
                return Ok((ScanOutcome::KnownAlready, Judgement::of(Vec::new())));
            }
            Some(stop) if order.to != *stop => reasons.push(Reason::WrongStop {
                expected: place_view(desk.db, &order.to)?.name,
            }),
            Some(_) if known.is_none() => reasons.push(Reason::NotLoaded),
            _ => {}
        }
        // Held goods neither go onto a vehicle nor off it to a ward.
        for part in goods_in(&order, sscc) {
            let judgement = judge_unit(desk, part.line, &part.goods)?;
            let grave = judgement.reasons.into_iter();
            reasons.extend(grave.filter(|reason| reason.verdict() == Verdict::Stop));
        }
        let judged = told(sscc, reasons);
        if judged.1.verdict != Verdict::Stop {
            task.sscc = Some(sscc);
        }
        Ok(judged)
    }

    fn prompt(&self, _desk: Desk<'_>, task: &TaskState) -> Result<Prompt, Fault> {
        Ok(match (&task.from, task.sscc) {
            (None, _) => Prompt::ScanFrom,
            (Some(_), None) => Prompt::ScanUnit,
            (Some(_), Some(_)) => Prompt::Book,
        })
    }

    fn at_once(&self) -> bool {
        true
    }

    fn may_be_empty(&self) -> bool {
        true
    }

    fn has_work(&self, task: &TaskState) -> bool {
        task.sscc.is_some()
    }

    fn draw_up(&self, desk: Desk<'_>, task: &TaskState) -> Result<Vec<Draft>, Fault> {
        let vehicle = task.from.as_ref().ok_or_else(problems::vehicle_needed)?;
        let sscc = task.sscc.ok_or_else(problems::unit_needed)?;
        let order = order_of(desk.db, sscc)?.ok_or_else(problems::unit_needed)?;
        let (step, place) = match &task.place {
            None => (UnitStep::Loading, vehicle),
            Some(stop) => (UnitStep::Unloading, stop),
        };
        let mut drafts = vec![Draft::from(Event::Handle(Handling {
            step,
            sscc,
            place: place.clone(),
            route: None,
            order: Some(order.no.clone()),
            capture: capture(desk, &[], None)?,
        }))];
        if task.place.is_some() {
            drafts.extend(shipped(desk, &order, sscc)?);
        }
        Ok(drafts)
    }

    fn booked(&self, desk: Desk<'_>, task: &TaskState) -> Result<(), Fault> {
        let unit = |sscc| load::Unit {
            sscc,
            training: task.training,
        };
        match (&task.from, task.sscc, &task.place) {
            (Some(vehicle), Some(sscc), None) => load::put(desk.db, unit(sscc), vehicle, desk.now),
            (Some(_), Some(sscc), Some(_)) => load::set_delivered(desk.db, unit(sscc), true),
            _ => Ok(()),
        }
    }

    fn undone(&self, desk: Desk<'_>, task: &mut TaskState, booking: &Booking) -> Result<(), Fault> {
        let unit = |sscc| load::Unit {
            sscc,
            training: task.training,
        };
        match booking.sscc {
            // Only what was handed over moved goods.
            Some(sscc) if booking.units > 0 => load::set_delivered(desk.db, unit(sscc), false),
            Some(sscc) => load::take_back(desk.db, unit(sscc)),
            None => Ok(()),
        }
    }

    /// Vehicle and stop stay: the next unit goes the same way.
    fn go_on(&self, task: &mut TaskState) {
        task.said = Said::default();
        task.sscc = None;
    }

    fn view(&self, desk: Desk<'_>, task: &TaskState) -> Result<DeedView, Fault> {
        let Some(vehicle) = &task.from else {
            return Ok(DeedView::default());
        };
        Ok(DeedView {
            from: Some(place_view(desk.db, vehicle)?),
            hints: stops(desk, vehicle, task.training)?,
            units: cards(desk, vehicle, task.training)?,
            ..DeedView::default()
        })
    }
}

fn told(sscc: Sscc, reasons: Vec<Reason>) -> Judged {
    (ScanOutcome::Logistic { sscc }, Judgement::of(reasons))
}

/// Whether goods in a unit have not left the store.
fn waits(order: &Order, sscc: Sscc) -> bool {
    let packed = order.lines.iter().flat_map(|line| &line.packed);
    packed
        .into_iter()
        .any(|packed| packed.sscc == sscc && packed.waiting > 0)
}

/// The movements that hand a unit over.
fn shipped(desk: Desk<'_>, order: &Order, sscc: Sscc) -> Result<Vec<Draft>, Fault> {
    let mut drafts = Vec::new();
    for part in goods_in(order, sscc) {
        let packed = part.line.packed.iter();
        let waiting = packed
            .filter(|packed| packed.sscc == sscc)
            .find(|packed| packed.lot == part.goods.lot && packed.serial == part.goods.serial)
            .map_or(0, |packed| packed.waiting);
        if waiting <= 0 {
            continue;
        }
        drafts.push(Draft::from(Event::Move(Movement {
            step: BizStep::Shipping,
            item: item_of_line(desk, part.line, &part.goods)?,
            quantity: quantity(waiting)?,
            from: Some(part.goods.place.clone()),
            to: order.to.clone(),
            supplier: None,
            order: line_ref(order, Some(part.line.line)),
            sscc: Some(sscc),
            capture: capture(desk, &[], None)?,
            circumstances: handed_over(desk.db, &part.goods.place, &order.to)?,
        })));
    }
    Ok(drafts)
}

/// The units of a load.
fn cards(desk: Desk<'_>, vehicle: &PlaceCode, training: bool) -> Result<Vec<UnitCard>, Fault> {
    let mut cards = Vec::new();
    for loaded in load::on(desk.db, vehicle, training)? {
        // What its ward has confirmed is known here no more.
        let Some(order) = order_of(desk.db, loaded.sscc)? else {
            continue;
        };
        cards.push(UnitCard {
            sscc: loaded.sscc,
            to: place_view(desk.db, &order.to)?,
            order: order.no.clone(),
            units: goods_in(&order, loaded.sscc)
                .iter()
                .map(|part| part.goods.units)
                .sum(),
            done: loaded.delivered,
            label: label::state(desk.db, loaded.sscc)?,
        });
    }
    Ok(cards)
}

/// The wards of a load by name, with how many units are left for each.
fn stops(desk: Desk<'_>, vehicle: &PlaceCode, training: bool) -> Result<Vec<PlaceHint>, Fault> {
    let mut stops: Vec<PlaceHint> = Vec::new();
    for card in cards(desk, vehicle, training)? {
        let left = i64::from(!card.done);
        match stops.iter_mut().find(|stop| stop.place.code == card.to.code) {
            Some(stop) => stop.units += left,
            None => stops.push(PlaceHint {
                place: card.to,
                name: None,
                units: left,
                lot: None,
                serial: None,
                expiry: None,
                why: HintReason::Stop,
                done: false,
            }),
        }
    }
    for stop in &mut stops {
        stop.done = stop.units == 0;
    }
    stops.sort_by(|a, b| (a.done, &a.place.name, &a.place.code).cmp(&(b.done, &b.place.name, &b.place.code)));
    Ok(stops)
}
