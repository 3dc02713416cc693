//! Small things to remember.

use rusqlite::{Connection, OptionalExtension, params};
use serde::Serialize;
use serde::de::DeserializeOwned;
use sparhund_shared::event::EntryMethod;

use super::{from_json, sql, to_json};
use crate::api::ProfileView;
use crate::fault::Fault;

/// Language of the user interface.
pub(crate) const LANGUAGE: &str = "language";
/// How the scanner writes.
pub(crate) const PROFILE: &str = "wedge_profile";
/// Whether a separator came through the keyboard in a scan that was read right: the scanner is set up as it should be.
pub(crate) const SEPARATOR_CAME: &str = "separator_came";
/// The browser's promise to keep the store.
pub(crate) const PERSISTED: &str = "persisted";
/// Log that was shown to a server for enrolment; it may be known there even when no answer came.
pub(crate) const SHOWN_LOG: &str = "shown_log";
/// Which life of the server's database was last heard.
pub(crate) const INCARNATION: &str = "incarnation";
/// The end of the server's own log, signed, as it was last heard.
pub(crate) const SERVER_HEAD: &str = "server_head";
/// The end of the server's own log that this device has signed for and told of.
pub(crate) const SERVER_HEAD_TOLD: &str = "server_head_told";
/// What the server had signed when it first told otherwise.
pub(crate) const SERVER_DISPUTED: &str = "server_disputed";
/// What it had signed when it began another life, log or key.
pub(crate) const SERVER_EARLIER: &str = "server_earlier";
/// The newest countersignature of the server under this device's log.
pub(crate) const SEEN: &str = "seen";
/// Salt of the badges of this device: one for all, so that a scan is hashed once and not once for each person.
pub(crate) const BADGE_SALT: &str = "badge_salt";
/// When the server last answered.
pub(crate) const LAST_CONTACT: &str = "last_contact";
/// Since when the server had not exchanged with the central one when it last answered, by this device's clock; 0 = it never did.
pub(crate) const SERVER_ALONE: &str = "server_alone";
/// Who works for practice.
pub(crate) const TRAINING: &str = "training";
/// When the person signed in by password whose time to choose a PIN is over.
pub(crate) const CHOICE_OVER: &str = "choice_over";

/// A setting, if it was made.
pub(crate) fn get<T: DeserializeOwned>(db: &Connection, name: &str) -> Result<Option<T>, Fault> {
    let text: Option<String> = db
        .prepare_cached(sql!("setting/get"))?
        .query_row([name], |row| row.get(0))
        .optional()?;
    text.map(|text| from_json(name, &text)).transpose()
}

/// How the scanner writes a symbol that came so; what no scanner typed has no profile.
pub(crate) fn profile(db: &Connection, entry: EntryMethod) -> Result<Option<ProfileView>, Fault> {
    match entry {
        EntryMethod::Wedge => get(db, PROFILE),
        EntryMethod::Camera | EntryMethod::Typed | EntryMethod::Rfid | EntryMethod::Confirmed => Ok(None),
    }
}

/// Whether the scanner writes what the label says: somebody set it up, or a scan showed it.
pub(crate) fn is_calibrated(db: &Connection) -> Result<bool, Fault> {
    let shown = get::<bool>(db, SEPARATOR_CAME)?.unwrap_or_default();
    Ok(shown || get::<ProfileView>(db, PROFILE)?.is_some())
}

/// Makes a setting; `None` takes it back.
pub(crate) fn put<T: Serialize>(tx: &Connection, name: &str, value: Option<&T>) -> Result<(), Fault> {
    match value {
        Some(value) => tx.execute(sql!("setting/put"), params![name, to_json(value)?])?,
        None => tx.execute(sql!("setting/delete"), [name])?,
    };
    Ok(())
}
