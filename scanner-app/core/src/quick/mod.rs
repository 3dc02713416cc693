//! People who share a device: a badge or a tap picks the person, a PIN proves them, without network
//! (docs/decisions/0020-quick-switch.md).

mod badge;
mod choose;
mod lock;
mod pin;
mod problems;
mod slow;
mod switch;

use rusqlite::Connection;
use sparhund_shared::carrier::WedgeProfile;

use crate::api::PersonView;
use crate::fault::Fault;
use crate::store::session::Session;
use crate::store::{catalogue, device, quick, setting};

/// So long after signing in by password a person may choose PIN and badge, milliseconds: nobody else who finds the device
/// signed in may.
const FRESH_MS: i64 = 15 * 60_000;

/// Until when the person signed in may choose PIN and badge; `None` = not at all. A time that was over does not come again
/// by a clock that is set back.
pub(crate) fn may_choose_until(db: &Connection, session: &Session, now: i64) -> Result<Option<i64>, Fault> {
    let Some(there) = session.at_server() else {
        return Ok(None);
    };
    let over: Option<i64> = setting::get(db, setting::CHOICE_OVER)?;
    let open = over != Some(there.at) && now >= there.at;
    Ok(open.then(|| there.at.saturating_add(FRESH_MS)))
}

/// Whether a code is the badge of somebody who shares this device.
pub(crate) fn is_badge(db: &Connection, raw: &[u8], profile: &WedgeProfile) -> Result<bool, Fault> {
    Ok(switch::owner_of(db, raw, profile)?.is_some())
}

/// Who may switch to themselves here, by name: a device that the server does not accept lets nobody in, and somebody whom
/// the users do not name any more is nobody.
pub(crate) fn people(db: &Connection, now: i64) -> Result<Vec<PersonView>, Fault> {
    let mut people = Vec::new();
    if device::must_get(db)?.token.is_some() {
        for person in quick::all(db)? {
            if let Some(user) = catalogue::user(db, person.user)? {
                people.push(person.view(user, now));
            }
        }
    }
    people.sort_by(|a, b| (&a.name, a.id).cmp(&(&b.name, b.id)));
    Ok(people)
}

/// Forgets whoever the users do not name any more.
pub(crate) fn forget_the_gone(tx: &Connection) -> Result<(), Fault> {
    for person in quick::all(tx)? {
        if catalogue::user(tx, person.user)?.is_none() {
            quick::delete(tx, person.user)?;
        }
    }
    Ok(())
}
