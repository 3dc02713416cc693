//! The status line.

use rusqlite::Connection;
use sparhund_shared::wire::{FEED_ORDER, Topic};

use crate::api::{KeyPlace, StatusView, UserView};
use crate::app::App;
use crate::env::{Env, Transport, Vault};
use crate::fault::Fault;
use crate::quick;
use crate::store::device::Key;
use crate::store::session::Session;
use crate::store::{alert, device, feed, log, session, setting, training};

/// State of the device.
pub(crate) fn status<E: Env, T: Transport, V: Vault>(app: &App<E, T, V>) -> Result<StatusView, Fault> {
    let db = app.store.read();
    let now = app.env.now_ms();
    let device = device::must_get(db)?;
    let session = session::get(db)?.filter(|session| now < session.until);
    let training = match &session {
        Some(session) => training::is_on(db, session.user.id)?,
        None => false,
    };
    let user = session.map(|session| user_view(db, session, now)).transpose()?;
    let mut complete = true;
    for topic in FEED_ORDER {
        complete &= feed::state(db, topic)?.equal_at.is_some();
    }
    Ok(StatusView {
        now,
        enrolled: device.token.is_some(),
        region: device.region,
        key: device.key.map(|key| match key {
            Key::Held(_) => KeyPlace::Platform,
            Key::Seed(_) => KeyPlace::Store,
        }),
        server: device.server,
        device: device.name,
        user,
        training,
        people: quick::people(db, now)?,
        online: app.reach.get().is_online(),
        last_contact: setting::get(db, setting::LAST_CONTACT)?,
        holds_at: holds_at(db)?,
        records: log::tail(db, device.log)?.head.seq,
        unsent: app.unsent()?,
        syncing: app.syncing.get(),
        room: app.room(),
        articles: feed::state(db, Topic::Articles)?.digest.count,
        complete,
        persisted: setting::get(db, setting::PERSISTED)?,
        lang: setting::get(db, setting::LANGUAGE)?.unwrap_or_default(),
        calibrated: setting::is_calibrated(db)?,
        profile: setting::get(db, setting::PROFILE)?,
        alerts: alert::latest(db)?,
    })
}

fn user_view(db: &Connection, session: Session, now: i64) -> Result<UserView, Fault> {
    Ok(UserView {
        may_choose_until: quick::may_choose_until(db, &session, now)?,
        login: session.user.login,
        name: session.user.name,
        roles: session.user.roles,
        until: session.until,
    })
}

/// Up to when every hold of the region is known here: a server that does not reach the central one gives what it had then.
fn holds_at(db: &Connection) -> Result<Option<i64>, Fault> {
    let equal = feed::state(db, Topic::Holds)?.equal_at;
    Ok(match setting::get(db, setting::SERVER_ALONE)? {
        Some(0) => None,
        Some(alone) => equal.map(|equal: i64| equal.min(alone)),
        None => equal,
    })
}
