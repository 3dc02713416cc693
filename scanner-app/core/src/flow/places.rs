//! Places in a task.

use rusqlite::Connection;
use sparhund_shared::identity::PlaceCode;
use sparhund_shared::reference::{Place, PlaceKind};
use sparhund_shared::verdict::{Judgement, Reason, Verdict};

use super::bins::{Named, name_bin};
use super::desk::Desk;
use super::goods::order_now;
use super::state::{TaskState, Work};
use crate::api::{PlaceView, ScanOutcome};
use crate::fault::Fault;
use crate::store::catalogue;

/// Most places in one answer.
const MOST: usize = 200;

/// A place as a person sees it.
pub(crate) fn place_view(db: &Connection, code: &PlaceCode) -> Result<PlaceView, Fault> {
    Ok(view_of(code, catalogue::place(db, code)?))
}

/// The same from a desk, where the same few places are looked up again and again.
pub(crate) fn place_seen(desk: Desk<'_>, code: &PlaceCode) -> Result<PlaceView, Fault> {
    Ok(view_of(code, desk.place(code)?.map(|place| Place::clone(&place))))
}

fn view_of(code: &PlaceCode, place: Option<Place>) -> PlaceView {
    match place {
        Some(place) => PlaceView {
            code: place.code,
            name: place.name,
            kind: Some(place.kind),
        },
        None => PlaceView {
            code: code.clone(),
            name: code.to_string(),
            kind: None,
        },
    }
}

/// Places goods can be put in, bins first.
pub(crate) fn places(db: &Connection, text: &str) -> Result<Vec<PlaceView>, Fault> {
    let wanted = text.trim().to_lowercase();
    let mut places = catalogue::places(db)?;
    places.retain(|place| {
        takes_goods(place.kind)
            && (wanted.is_empty()
                || place.name.to_lowercase().contains(&wanted)
                || place.code.to_string().to_lowercase().contains(&wanted))
    });
    places.sort_by_cached_key(|place| (place.kind != PlaceKind::Bin, place.code.clone()));
    places.truncate(MOST);
    Ok(places
        .into_iter()
        .map(|place| view_of(&place.code.clone(), Some(place)))
        .collect())
}

fn takes_goods(kind: PlaceKind) -> bool {
    match kind {
        PlaceKind::Bin | PlaceKind::Dispatch | PlaceKind::Ward | PlaceKind::Zone | PlaceKind::Quarantine => {
            true
        }
        PlaceKind::Site | PlaceKind::Vehicle => false,
    }
}

/// A place was scanned or chosen: the place of the task, or a STOP, when picking also for goods it would hold for.
pub(crate) fn choose_place(
    desk: Desk<'_>,
    task: &mut TaskState,
    code: &PlaceCode,
) -> Result<(ScanOutcome, Judgement), Fault> {
    let place = catalogue::place(desk.db, code)?;
    if let Some(deed) = task.deed() {
        return deed.place(desk, task, code, place);
    }
    let reason = match task.work() {
        Work::Receive | Work::Deed => no_shelf(place.as_ref()),
        Work::Pick => wrong_bin(desk, task, code, place.as_ref())?,
        Work::Deliver | Work::Confirm => wrong_ward(desk, task, code)?,
    };
    let mut reasons: Vec<Reason> = reason.into_iter().collect();
    if reasons.iter().all(|reason| reason.verdict() != Verdict::Stop) {
        match task.work() {
            Work::Pick => match name_bin(desk, task, code)? {
                Named::Taken(disputes) => reasons.extend(disputes),
                Named::Stopped(item, judgement) => {
                    return Ok((ScanOutcome::Stopped { item: *item }, judgement));
                }
            },
            Work::Receive | Work::Deliver | Work::Confirm | Work::Deed => task.place = Some(code.clone()),
        }
    }
    let outcome = ScanOutcome::Place {
        place: view_of(code, place),
    };
    Ok((outcome, Judgement::of(reasons)))
}

/// A place for a receipt that is no shelf: goods go to a store, and only now and then straight to a ward.
fn no_shelf(place: Option<&Place>) -> Option<Reason> {
    let Some(place) = place else {
        return Some(Reason::UnknownPlace);
    };
    match place.kind {
        PlaceKind::Bin | PlaceKind::Zone | PlaceKind::Quarantine => None,
        kind if takes_goods(kind) => Some(Reason::NoShelf { kind }),
        _ => Some(Reason::UnknownPlace),
    }
}

/// A bin of another store than the order's.
fn wrong_bin(
    desk: Desk<'_>,
    task: &TaskState,
    code: &PlaceCode,
    place: Option<&Place>,
) -> Result<Option<Reason>, Fault> {
    let Some(no) = task.order() else { return Ok(None) };
    if place.is_none() {
        return Ok(Some(Reason::UnknownPlace));
    }
    let order = order_now(desk, no)?;
    let within = catalogue::is_within(desk.db, code, &order.from)?;
    Ok((!within).then_some(Reason::WrongPlace {
        expected: order.from.clone(),
    }))
}

/// Another ward than the one that ordered. A bin inside the ward is the ward.
fn wrong_ward(desk: Desk<'_>, task: &TaskState, code: &PlaceCode) -> Result<Option<Reason>, Fault> {
    let Some(no) = task.order() else { return Ok(None) };
    let order = order_now(desk, no)?;
    let within = catalogue::is_within(desk.db, code, &order.to)?;
    Ok((!within).then_some(Reason::WrongPlace {
        expected: order.to.clone(),
    }))
}
