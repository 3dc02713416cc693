//! The device: its key, its log, and how the server knows it.

use ed25519_dalek::SigningKey;
use rusqlite::{Connection, params};
use sparhund_shared::log::{LogId, PublicKey, Tail, uuid_v7};
use sparhund_shared::wire::Enrolled;

use super::{log, sql};
use crate::env::Env;
use crate::fault::Fault;

/// The device row.
pub(crate) struct Device {
    pub(crate) log: LogId,
    pub(crate) key: SigningKey,
    pub(crate) token: Option<String>,
    pub(crate) region: Option<String>,
    pub(crate) server: Option<String>,
    pub(crate) name: Option<String>,
    pub(crate) skew: Option<i64>,
}

impl Device {
    pub(crate) fn public_key(&self) -> PublicKey {
        PublicKey::of(&self.key)
    }
}

/// The device; `None` in a database that was never opened by the client.
pub(crate) fn get(db: &Connection) -> Result<Option<Device>, Fault> {
    let mut statement = db.prepare_cached(sql!("device/get"))?;
    let mut rows = statement.query([])?;
    let Some(row) = rows.next()? else { return Ok(None) };
    let seed: [u8; 32] = row.get(1)?;
    Ok(Some(Device {
        log: LogId(uuid::Uuid::from_bytes(row.get(0)?)),
        key: SigningKey::from_bytes(&seed),
        token: row.get(2)?,
        region: row.get(3)?,
        server: row.get(4)?,
        name: row.get(5)?,
        skew: row.get(6)?,
    }))
}

/// The device, which every opened database has.
pub(crate) fn must_get(db: &Connection) -> Result<Device, Fault> {
    get(db)?.ok_or_else(|| Fault::Damaged("the device row is missing".to_owned()))
}

/// A life of this device: the log it writes and the key that signs for it.
pub(crate) struct Life {
    pub(crate) log: LogId,
    pub(crate) key: SigningKey,
}

impl Life {
    /// A new one. Its log is named by the time, so that the age of its key is known.
    pub(crate) fn random(env: &impl Env) -> Result<Self, Fault> {
        let mut seed = [0; 32];
        env.random(&mut seed)?;
        let mut tail = [0; 10];
        env.random(&mut tail)?;
        Ok(Self {
            log: LogId(uuid_v7(env.now_ms(), tail)),
            key: SigningKey::from_bytes(&seed),
        })
    }
}

/// Begins a life: its key, its log, not enrolled.
pub(crate) fn begin_life(tx: &Connection, life: &Life) -> Result<(), Fault> {
    let log = life.log.0.as_bytes();
    tx.execute(sql!("device/begin"), params![log, life.key.to_bytes()])?;
    log::begin(tx, &Tail::empty(life.log))
}

/// The life that was shown to the server as the next one and is not begun yet.
pub(crate) fn next_life(db: &Connection) -> Result<Option<Life>, Fault> {
    let mut statement = db.prepare_cached(sql!("device/next"))?;
    let mut rows = statement.query([])?;
    let Some(row) = rows.next()? else { return Ok(None) };
    let seed: [u8; 32] = row.get(1)?;
    Ok(Some(Life {
        log: LogId(uuid::Uuid::from_bytes(row.get(0)?)),
        key: SigningKey::from_bytes(&seed),
    }))
}

/// Keeps it, or forgets it once it is begun.
pub(crate) fn set_next_life(tx: &Connection, next: Option<&Life>) -> Result<(), Fault> {
    tx.execute(sql!("device/forget_next"), [])?;
    if let Some(life) = next {
        tx.execute(
            sql!("device/set_next"),
            params![life.log.0.as_bytes(), life.key.to_bytes()],
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
