//! Devices.

use rusqlite::{Connection, Row, params};
use sparhund_shared::log::{DeviceId, LogId, PublicKey};

use super::{row, rows, sql};
use crate::store::sqlite::codes::{Id, unsigned};
use crate::store::{Device, DeviceState, Result};

fn kept(row: &Row<'_>) -> rusqlite::Result<Device> {
    let revoked_at: Option<i64> = row.get(4)?;
    let replaced_by: Option<Id> = row.get(9)?;
    Ok(Device {
        id: DeviceId(row.get::<_, Id>(0)?.0),
        name: row.get(1)?,
        key: PublicKey(row.get(2)?),
        log: LogId(row.get::<_, Id>(3)?.0),
        state: match (revoked_at, replaced_by) {
            (None, _) => DeviceState::Active,
            (Some(_), None) => DeviceState::Revoked,
            (Some(_), Some(_)) => DeviceState::Replaced,
        },
        enrolled_at: row.get(5)?,
        seen_at: row.get(6)?,
        offset: row.get(7)?,
        holds: unsigned(row.get(8)?),
    })
}

pub(in super::super) fn device(conn: &Connection, id: DeviceId) -> Result<Option<Device>> {
    row(conn, sql!("device/get"), params![id.0.as_bytes()], kept)
}

pub(in super::super) fn devices(conn: &Connection) -> Result<Vec<Device>> {
    rows(conn, sql!("device/all"), [], kept)
}
