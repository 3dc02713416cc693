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
pub struct DeviceCache(Mutex<Kept>);

#[derive(Default, Debug)]
struct Kept {
    devices: HashMap<DeviceId, (i64, Arc<Device>)>,
    /// How often a device was forgotten: what was read before that is old.
    changes: u64,
}

impl DeviceCache {
    /// The device, at most some seconds old.
    pub async fn get(&self, store: &dyn Store, id: DeviceId, now: i64) -> Result<Option<Arc<Device>>> {
        let changes = match self.fresh(id, now) {
            Ok(device) => return Ok(Some(device)),
            Err(changes) => changes,
        };
        let Some(device) = store.device(id).await?.map(Arc::new) else {
            return Ok(None);
        };
        self.keep(Arc::clone(&device), changes, now);
        Ok(Some(device))
    }

    /// The device as kept, or how many changes there were before it is read anew.
    fn fresh(&self, id: DeviceId, now: i64) -> std::result::Result<Arc<Device>, u64> {
        let kept = self.lock();
        match kept.devices.get(&id) {
            Some((read_at, device)) if (0..FRESH_MS).contains(&(now - read_at)) => Ok(Arc::clone(device)),
            Some(_) | None => Err(kept.changes),
        }
    }

    /// Keeps what was read, unless a device changed while it was.
    fn keep(&self, device: Arc<Device>, changes: u64, now: i64) {
        let mut kept = self.lock();
        if kept.changes != changes {
            return;
        }
        if kept.devices.len() >= CAPACITY {
            kept.devices.clear();
        }
        kept.devices.insert(device.id, (now, device));
    }

    /// Forgets a device that has changed.
    pub fn forget(&self, id: DeviceId) {
        let mut kept = self.lock();
        kept.devices.remove(&id);
        kept.changes += 1;
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Kept> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use sparhund_shared::log::{LogId, PublicKey};
    use uuid::Uuid;

    use super::*;
    use crate::store::DeviceState;

    #[test]
    fn what_was_read_before_a_change_is_not_kept_after_it() {
        let cache = DeviceCache::default();
        let id = DeviceId(Uuid::from_u128(1));
        let device = Arc::new(Device {
            id,
            name: "Handdator 1".to_owned(),
            key: PublicKey([1; 32]),
            log: LogId(Uuid::from_u128(2)),
            state: DeviceState::Active,
            enrolled_at: 0,
            seen_at: None,
            offset: None,
            holds: 0,
        });
        let before = cache.fresh(id, 0).unwrap_err();
        cache.forget(id);
        cache.keep(Arc::clone(&device), before, 0);
        let before = cache.fresh(id, 0).unwrap_err();
        cache.keep(device, before, 0);
        assert_eq!(cache.fresh(id, 0).map(|device| device.id), Ok(id));
    }
}
