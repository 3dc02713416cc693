//! Devices sync often: each is looked up in the store once in a few seconds.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use sparhund_shared::log::DeviceId;

use crate::store::{Device, Result, Store};

/// How long an answer is believed; revoking through this server ends it at once.
const FRESH_MS: i64 = 5_000;
/// Devices kept.
const CAPACITY: usize = 10_000;

/// Devices by id, as read lately.
#[derive(Default, Debug)]
pub struct DeviceCache(Mutex<HashMap<DeviceId, (i64, Arc<Device>)>>);

impl DeviceCache {
    /// The device, at most some seconds old.
    pub async fn get(&self, store: &dyn Store, id: DeviceId, now: i64) -> Result<Option<Arc<Device>>> {
        if let Some((read_at, device)) = self.lock().get(&id)
            && (0..FRESH_MS).contains(&(now - read_at))
        {
            return Ok(Some(Arc::clone(device)));
        }
        let Some(device) = store.device(id).await?.map(Arc::new) else {
            return Ok(None);
        };
        let mut devices = self.lock();
        if devices.len() >= CAPACITY {
            devices.clear();
        }
        devices.insert(id, (now, Arc::clone(&device)));
        Ok(Some(device))
    }

    /// Forgets a device that has changed.
    pub fn forget(&self, id: DeviceId) {
        self.lock().remove(&id);
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<DeviceId, (i64, Arc<Device>)>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
