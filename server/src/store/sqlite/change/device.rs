//! Devices and the codes they are enrolled by.

use rusqlite::params;
use sparhund_shared::log::DeviceId;

use super::conflict;
use crate::store::sqlite::codes::{Id, signed};
use crate::store::sqlite::ledger::Ledger;
use crate::store::sqlite::read;
use crate::store::sqlite::sql;
use crate::store::{Device, EnrolmentCode, LogKind, NewDevice, Result, StoreError};

impl Ledger {
    pub(in super::super) fn add_enrolment(&self, code: &EnrolmentCode) -> Result<()> {
        self.run(
            sql!("enrolment_code/insert"),
            params![code.hash, code.created_by.0.as_bytes(), code.expires_at],
        )?;
        Ok(())
    }

    /// Uses up a code. The same code, key and log again answer the same device.
    pub(in super::super) fn enrol(
        &mut self,
        code: [u8; 32],
        new: &NewDevice,
        now: i64,
    ) -> Result<Option<Device>> {
        let kept = self.row(sql!("enrolment_code/get"), params![code], |row| {
            Ok((
                row.get::<_, i64>(0)?,
                row.get::<_, Option<Id>>(1)?.map(|id| DeviceId(id.0)),
            ))
        })?;
        match kept {
            None => Ok(None),
            Some((_, Some(id))) => {
                let device = read::device(&self.conn, id)?;
                Ok(device.filter(|device| device.key == new.key && device.log == new.log))
            }
            Some((expires_at, None)) if expires_at <= now => Ok(None),
            Some((_, None)) => {
                let device = self.add_device(new, now)?;
                self.run(sql!("enrolment_code/use"), params![code, new.id.0.as_bytes()])?;
                Ok(Some(device))
            }
        }
    }

    fn add_device(&mut self, new: &NewDevice, now: i64) -> Result<Device> {
        if self.memory.logs.contains_key(&new.log) {
            return Err(conflict(format!(
                "log {} is known already; a device begins a new log when it is enrolled",
                new.log
            )));
        }
        let log_no = self.open_log(new.log, new.key, &new.name, LogKind::Device)?;
        self.run(
            sql!("device/insert"),
            params![new.id.0.as_bytes(), new.name, log_no, now],
        )?;
        read::device(&self.conn, new.id)?.ok_or_else(|| gone(new.id))
    }

    /// A device changed its key. Under the old one it may not sync any more.
    pub(in super::super) fn replace_device(
        &mut self,
        old: DeviceId,
        new: &NewDevice,
        now: i64,
    ) -> Result<Device> {
        let by = self
            .row(sql!("device/replaced_by"), params![old.0.as_bytes()], |row| {
                row.get::<_, Option<Id>>(0)
            })?
            .ok_or_else(|| gone(old))?;
        if let Some(by) = by {
            let device = read::device(&self.conn, DeviceId(by.0))?;
            return device
                .filter(|device| device.key == new.key && device.log == new.log)
                .ok_or_else(|| conflict("the device has changed to another key already".to_owned()));
        }
        let device = self.add_device(new, now)?;
        self.run(
            sql!("device/replace"),
            params![old.0.as_bytes(), now, new.id.0.as_bytes()],
        )?;
        Ok(device)
    }

    pub(in super::super) fn heartbeat(
        &self,
        device: DeviceId,
        now: i64,
        offset: i64,
        holds: u64,
    ) -> Result<()> {
        self.run(
            sql!("device/heartbeat"),
            params![device.0.as_bytes(), now, offset, signed(holds)],
        )?;
        Ok(())
    }

    pub(in super::super) fn revoke_device(&self, device: DeviceId, now: i64) -> Result<()> {
        self.run(sql!("device/revoke"), params![device.0.as_bytes(), now])?;
        Ok(())
    }
}

fn gone(device: DeviceId) -> StoreError {
    StoreError::Damaged(format!("device {device} is not there"))
}
