//! Implantera: the place, the implants, the wristband; a tap records them. Each is recorded by its whole UDI, and linked to
//! the patient whatever the catalogue says of it: it is implanted.

use sparhund_shared::event::{BizStep, Circumstances, Event};
use sparhund_shared::identity::PlaceCode;
use sparhund_shared::reference::{ArticleTrait, Place, Role};
use sparhund_shared::verdict::{Judgement, Reason, judge_use};

use super::super::desk::Desk;
use super::super::events::movement;
use super::super::scan::Judged;
use super::super::state::{Booking, Said, TaskState};
use super::take_out::{TakeOut, against_book};
use super::{Deed, Goods, implant_card, is_gone, patient};
use crate::api::{DeedView, Prompt};
use crate::fault::Fault;
use crate::journal::Draft;
use crate::problems;
use crate::store::implant as cards;

/// See the module.
pub(super) struct Implant;

impl Deed for Implant {
    fn roles(&self) -> &'static [Role] {
        TakeOut.roles()
    }

    fn judge(&self, goods: &Goods<'_>) -> Result<Judgement, Fault> {
        let mut reasons = judge_use(goods.scanned, goods.known).reasons;
        reasons.extend(is_gone(goods)?);
        reasons.extend(against_book(goods)?);
        if !patient::has_whole_udi(goods.entry) {
            reasons.push(Reason::HalfUdi);
        }
        // Of goods that the catalogue does not know at all that is said already.
        if goods.known.article.is_some() && !goods.is(ArticleTrait::Implantable) {
            reasons.push(Reason::NotImplantable);
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
        TakeOut.place(desk, task, code, place)
    }

    fn prompt(&self, _desk: Desk<'_>, task: &TaskState) -> Result<Prompt, Fault> {
        Ok(match &task.place {
            None => Prompt::ScanFrom,
            Some(_) if task.basket.is_empty() => Prompt::ScanGoods,
            Some(_) if task.said.patient.is_none() => Prompt::ScanPatient,
            Some(_) => Prompt::Book,
        })
    }

    /// The next patient is another one; the place is the same.
    fn go_on(&self, task: &mut TaskState) {
        task.said = Said::default();
    }

    fn draw_up(&self, desk: Desk<'_>, task: &TaskState) -> Result<Vec<Draft>, Fault> {
        let place = task.place.as_ref().ok_or_else(problems::place_needed)?;
        let patient = task
            .said
            .patient
            .as_ref()
            .ok_or_else(problems::wristband_needed)?;
        let implanted = task.basket.iter().map(|entry| {
            let mut moved = movement(desk, BizStep::Installing, entry, Some(place.clone()), place)?;
            moved.circumstances = Circumstances {
                patient: Some(patient.clone()),
                ..Circumstances::default()
            }
            .told();
            Ok(Draft::from(Event::Move(moved)))
        });
        implanted.collect()
    }

    /// One event for each entry, in the order of the basket.
    fn booked(&self, desk: Desk<'_>, task: &TaskState) -> Result<(), Fault> {
        let (Some(place), Some(booking)) = (&task.place, &task.booking) else {
            return Ok(());
        };
        for (event, entry) in booking.events.iter().zip(&task.basket) {
            let card = implant_card::of(desk, task, *event, entry, place)?;
            cards::put(desk.db, &card, desk.now, task.training)?;
        }
        Ok(())
    }

    fn undone(&self, desk: Desk<'_>, _task: &mut TaskState, booking: &Booking) -> Result<(), Fault> {
        for event in &booking.events {
            cards::take_back(desk.db, *event)?;
        }
        Ok(())
    }

    fn view(&self, desk: Desk<'_>, task: &TaskState) -> Result<DeedView, Fault> {
        let mut last = Vec::new();
        if let Some(booking) = task.booking.as_ref().filter(|_| task.basket.is_empty()) {
            last = cards::of_day(desk.db, desk.today, task.training)?;
            last.retain(|card| booking.events.contains(&card.event));
        }
        Ok(DeedView {
            cards: last,
            ..TakeOut.view(desk, task)?
        })
    }
}
