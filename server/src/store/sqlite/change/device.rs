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

    /// Uses up a code. The same code, key and log again answer the same device as long as the code is good: a sheet found in a
    /// bin is worth nothing.
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
            Some((expires_at, _)) if expires_at <= now => Ok(None),
            Some((_, Some(id))) => {
                let device = read::device(&self.conn, id)?;
                Ok(device.filter(|device| device.key == new.key && device.log == new.log))
            }
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

    /// A device changed its key. Under the old one it may not sync any more. `None` when it was revoked meanwhile: it names no
    /// other key.
    pub(in super::super) fn replace_device(
        &mut self,
        old: DeviceId,
        new: &NewDevice,
        now: i64,
    ) -> Result<Option<Device>> {
        let (by, revoked) = self.replaced_by(old)?;
        if let Some(by) = by {
            let device = read::device(&self.conn, by)?;
            return device
                .filter(|device| device.key == new.key && device.log == new.log)
                .map(Some)
                .ok_or_else(|| conflict("the device has changed to another key already".to_owned()));
        }
        if revoked {
            return Ok(None);
        }
        let device = self.add_device(new, now)?;
        self.run(
            sql!("device/replace"),
            params![old.0.as_bytes(), now, new.id.0.as_bytes()],
        )?;
        self.remember_silenced()?;
        Ok(Some(device))
    }

    /// Which device it goes on as, and whether it may not sync any more.
    fn replaced_by(&self, device: DeviceId) -> Result<(Option<DeviceId>, bool)> {
        self.row(sql!("device/replaced_by"), params![device.0.as_bytes()], |row| {
            let by = row.get::<_, Option<Id>>(0)?;
            Ok((by.map(|id| DeviceId(id.0)), row.get(1)?))
        })?
        .ok_or_else(|| gone(device))
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

    /// Revokes the device that goes on in its place, where it changed its key; which one that was.
    pub(in super::super) fn revoke_device(&mut self, device: DeviceId, now: i64) -> Result<DeviceId> {
        let mut last = device;
        while let (Some(by), _) = self.replaced_by(last)? {
            last = by;
        }
        self.run(sql!("device/revoke"), params![last.0.as_bytes(), now])?;
        self.remember_silenced()?;
        Ok(last)
    }
}

fn gone(device: DeviceId) -> StoreError {
    StoreError::Damaged(format!("device {device} is not there"))
}
