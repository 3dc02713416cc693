//! A hold as it stands, from the events that tell of it.

use super::books::Counted;
use crate::event::{Event, Hold};
use crate::log::EventId;

/// Folds the events of one hold id that count and are not voided; `None` when nobody set it.
///
/// The earliest [`Event::Hold`] by `(tick, hash, event id)` says what the hold is, the earliest
/// [`Event::Release`] ends it.
pub fn hold_of(told: &[(EventId, &Counted)]) -> Option<Hold> {
    let mut told = told.to_vec();
    told.sort_by_key(|(id, counted)| (counted.rank, *id));
    let mut hold = told.iter().find_map(|(_, counted)| match &counted.event {
        Event::Hold(holding) => Some(Hold {
            id: holding.hold,
            dis: holding.dis.clone(),
            lot: holding.lot.clone(),
            serial: holding.serial.clone(),
            reason: holding.reason.clone(),
            set_at: counted.rank.0,
            set_by: counted.user,
            released_at: None,
            released_by: None,
            release_reason: None,
        }),
        _ => None,
    })?;
    let lifted = told.iter().find_map(|(_, counted)| match &counted.event {
        Event::Release(releasing) => Some((counted, releasing)),
        _ => None,
    });
    if let Some((counted, releasing)) = lifted {
        hold.released_at = Some(counted.rank.0);
        hold.released_by = Some(counted.user);
        hold.release_reason = Some(releasing.reason.clone());
    }
    Some(hold)
}
