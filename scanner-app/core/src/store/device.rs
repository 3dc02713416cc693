//! The device: its key, its log, and how the server knows it.

use ed25519_dalek::SigningKey;
use rusqlite::{Connection, Row, params};
use sparhund_shared::log::{LogId, PublicKey, Tail, uuid_v7};
use sparhund_shared::wire::Enrolled;

use super::{log, sql};
use crate::env::Env;
use crate::fault::Fault;

/// Where the key of a log is.
#[derive(Clone)]
pub(crate) enum Key {
    /// In the store.
    Seed(SigningKey),
    /// The machine holds it and signs with it; this is its public half.
    Held(PublicKey),
}

impl Key {
    pub(crate) fn public(&self) -> PublicKey {
        match self {
            Self::Seed(key) => PublicKey::of(key),
            Self::Held(key) => *key,
        }
    }

    /// As the columns `seed` and `public`.
    fn columns(key: Option<&Self>) -> (Option<[u8; 32]>, Option<[u8; 32]>) {
        match key {
            Some(Self::Seed(key)) => (Some(key.to_bytes()), None),
            Some(Self::Held(key)) => (None, Some(key.0)),
            None => (None, None),
        }
    }

    fn read(row: &Row<'_>) -> Result<Option<Self>, Fault> {
        let seed: Option<[u8; 32]> = row.get(1)?;
        let public: Option<[u8; 32]> = row.get(2)?;
        Ok(seed
            .map(|seed| Self::Seed(SigningKey::from_bytes(&seed)))
            .or(public.map(|public| Self::Held(PublicKey(public)))))
    }
}

/// The device row.
pub(crate) struct Device {
    pub(crate) log: LogId,
    /// `None` until something is to be signed with it.
    pub(crate) key: Option<Key>,
    pub(crate) token: Option<String>,
    pub(crate) region: Option<String>,
    pub(crate) server: Option<String>,
    pub(crate) name: Option<String>,
    pub(crate) skew: Option<i64>,
}

/// The device; `None` in a database that was never opened by the client.
pub(crate) fn get(db: &Connection) -> Result<Option<Device>, Fault> {
    let mut statement = db.prepare_cached(sql!("device/get"))?;
    let mut rows = statement.query([])?;
    let Some(row) = rows.next()? else { return Ok(None) };
    Ok(Some(Device {
        log: LogId(uuid::Uuid::from_bytes(row.get(0)?)),
        key: Key::read(row)?,
        token: row.get(3)?,
        region: row.get(4)?,
        server: row.get(5)?,
        name: row.get(6)?,
        skew: row.get(7)?,
    }))
}

/// The device, which every opened database has.
pub(crate) fn must_get(db: &Connection) -> Result<Device, Fault> {
    get(db)?.ok_or_else(|| Fault::Damaged("the device row is missing".to_owned()))
}

/// A name for a log that begins now, by the time, so that the age of its key is known.
pub(crate) fn new_log(env: &impl Env) -> Result<LogId, Fault> {
    let mut tail = [0; 10];
    env.random(&mut tail)?;
    Ok(LogId(uuid_v7(env.now_ms(), tail)))
}

/// Begins a life with a log: not enrolled, and its key is made when it is needed.
pub(crate) fn begin_life(tx: &Connection, new: LogId, key: Option<&Key>) -> Result<(), Fault> {
    let (seed, public) = Key::columns(key);
    tx.execute(sql!("device/begin"), params![new.0.as_bytes(), seed, public])?;
    log::begin(tx, &Tail::empty(new))
}

/// Keeps the key of the device's log, unless it has one by now or the device has gone on to another log.
pub(crate) fn set_key(tx: &Connection, of: LogId, key: &Key) -> Result<(), Fault> {
    let (seed, public) = Key::columns(Some(key));
    tx.execute(sql!("device/set_key"), params![of.0.as_bytes(), seed, public])?;
    Ok(())
}

/// The log and the key that a device goes on with.
pub(crate) struct Life {
    pub(crate) log: LogId,
    pub(crate) key: Key,
}

/// The life that was shown to the server as the next one and is not begun yet.
pub(crate) fn next_life(db: &Connection) -> Result<Option<Life>, Fault> {
    let mut statement = db.prepare_cached(sql!("device/next"))?;
    let mut rows = statement.query([])?;
    let Some(row) = rows.next()? else { return Ok(None) };
    let key = Key::read(row)?.ok_or_else(|| Fault::Damaged("the next life has no key".to_owned()))?;
    Ok(Some(Life {
        log: LogId(uuid::Uuid::from_bytes(row.get(0)?)),
        key,
    }))
}

/// Keeps it, or forgets it once it is begun.
pub(crate) fn set_next_life(tx: &Connection, next: Option<&Life>) -> Result<(), Fault> {
    tx.execute(sql!("device/forget_next"), [])?;
    if let Some(life) = next {
        let (seed, public) = Key::columns(Some(&life.key));
        tx.execute(
            sql!("device/set_next"),
            params![life.log.0.as_bytes(), seed, public],
        )?;
    }
    Ok(())
}

/// Keeps what the server answered to an enrolment.
pub(crate) fn enrolled(tx: &Connection, answer: &Enrolled, server: &str, name: &str) -> Result<(), Fault> {
    tx.execute(
        sql!("device/enrolled"),
        params![
            answer.device.0.as_bytes(),
            answer.token,
            answer.region,
            server,
            name
        ],
    )?;
    Ok(())
}

/// Keeps the measured difference of the clocks.
pub(crate) fn set_skew(tx: &Connection, skew: i64) -> Result<(), Fault> {
    tx.execute(sql!("device/set_skew"), [skew])?;
    Ok(())
}

/// The server no longer accepts the token.
pub(crate) fn refuse(tx: &Connection) -> Result<(), Fault> {
    tx.execute(sql!("device/refuse"), [])?;
    Ok(())
}
