//! Places that deeds name and judge.

use sparhund_shared::identity::PlaceCode;
use sparhund_shared::reference::{Article, Place, PlaceKind};
use sparhund_shared::verdict::{Judgement, Reason, fits};

use super::super::desk::Desk;
use super::super::places::place_view;
use super::super::scan::Judged;
use super::super::state::TaskState;
use super::rules_of;
use crate::api::ScanOutcome;
use crate::fault::Fault;
use crate::store::catalogue;

/// The outcome of a scanned place.
pub(super) fn seen(desk: Desk<'_>, code: &PlaceCode, reasons: Vec<Reason>) -> Result<Judged, Fault> {
    let place = place_view(desk.db, code)?;
    Ok((ScanOutcome::Place { place }, Judgement::of(reasons)))
}

/// Why goods cannot be taken from, or lie at, a place at all.
pub(super) fn no_goods(place: Option<&Place>) -> Option<Reason> {
    match place.map(|place| place.kind) {
        Some(PlaceKind::Site) | None => Some(Reason::UnknownPlace),
        Some(_) => None,
    }
}

/// What speaks against putting the basket into a place.
pub(super) fn unfit(desk: Desk<'_>, task: &TaskState, place: &Place) -> Result<Vec<Reason>, Fault> {
    // Whatever is set aside stands in quarantine, cold or not, until somebody decides; a person sees to it.
    if place.kind == PlaceKind::Quarantine {
        return Ok(Vec::new());
    }
    let rules = rules_of(desk, place)?;
    let mut reasons = Vec::new();
    for entry in &task.basket {
        let article: Option<Article> = match entry.item.article() {
            Some(no) => catalogue::article(desk.db, no)?,
            None => None,
        };
        for reason in article.iter().flat_map(|article| fits(article, &rules)) {
            if !reasons.contains(&reason) {
                reasons.push(reason);
            }
        }
    }
    Ok(reasons)
}
