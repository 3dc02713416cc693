//! What the card of an implant says, from what this device knows at the moment of booking.

use sparhund_shared::identity::PlaceCode;
use sparhund_shared::log::EventId;
use sparhund_shared::reference::PlaceKind;

use super::super::basket::view_of;
use super::super::desk::Desk;
use super::super::places::place_view;
use super::super::state::{Entry, TaskState};
use crate::api::ImplantCard;
use crate::fault::Fault;
use crate::store::catalogue;

/// The card of an entry that is booked as this event.
pub(super) fn of(
    desk: Desk<'_>,
    task: &TaskState,
    event: EventId,
    entry: &Entry,
    place: &PlaceCode,
) -> Result<ImplantCard, Fault> {
    let article = match entry.item.article() {
        Some(no) => catalogue::article(desk.db, no)?,
        None => None,
    };
    let rules = article
        .as_ref()
        .map(|article| article.rules.clone())
        .unwrap_or_default();
    let institution = catalogue::place(desk.db, place)?.map(|place| place.entity.name);
    let maker = article.as_ref().and_then(|article| article.manufacturer.clone());
    Ok(ImplantCard {
        event,
        item: view_of(desk, entry)?,
        symbols: entry.symbols.iter().map(|symbol| symbol.raw.clone()).collect(),
        reference: article.and_then(|article| article.reference),
        maker,
        maker_address: rules.maker_address,
        maker_site: rules.maker_site,
        place: place_view(desk.db, place)?,
        site: site(desk, place)?,
        institution,
        day: desk.today,
        training: task.training,
    })
}

/// Name of the site that a place is part of.
fn site(desk: Desk<'_>, place: &PlaceCode) -> Result<Option<String>, Fault> {
    let mut code = Some(place.clone());
    for _ in 0..catalogue::DEEPEST_PLACE {
        let Some(place) = code
            .map(|code| catalogue::place(desk.db, &code))
            .transpose()?
            .flatten()
        else {
            break;
        };
        if place.kind == PlaceKind::Site {
            return Ok(Some(place.name));
        }
        code = place.parent;
    }
    Ok(None)
}
