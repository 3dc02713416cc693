//! The device changes its key: another key, another log, vouched for by the one before.

use sparhund_shared::log::Succession;
use sparhund_shared::wire::Enrolled;

use super::{CallError, Halt, Server};
use crate::api::Room;
use crate::app::App;
use crate::env::{Env, Transport, Vault};
use crate::fault::Fault;
use crate::flow::UNDO_MS;
use crate::journal;
use crate::keys::{KeyFault, Signer, held_key, stored_key};
use crate::store::device::{self, Device, Key, Life};
use crate::store::{log, setting};

/// A key signs so long, milliseconds: half a year.
const KEY_MS: i64 = 182 * 24 * 3_600_000;

impl<E: Env, T: Transport, V: Vault> App<E, T, V> {
    /// Changes the key when it is old, when it lies in the store and the machine could hold one, or when a change was begun
    /// and its answer never came.
    pub(super) async fn rotate_if_due(&self, server: &Server<'_, T>) -> Result<(), Halt> {
        let (device, key) = self.device_with_key().await?;
        let next = match device::next_life(self.store.read())? {
            Some(begun) => Some(begun),
            None => self.prepare_next(&device, &key).await?,
        };
        match next {
            Some(next) => self.rotate(server, &device, key, &next).await,
            None => Ok(()),
        }
    }

    /// Once the server knows the new key it knows the old one no more, and everything kept here must be told again: so a change is
    /// begun only where that can be stored, and when nothing hangs on the old key: nothing waits, and no booking can be taken
    /// back any more, which only the log that told it can do.
    fn may_begin(&self, device: &Device) -> Result<bool, Fault> {
        let db = self.store.read();
        let last = log::last_at(db, device.log)?;
        let now = self.env.now_ms();
        let fresh = last.is_some_and(|at| (at..=at.saturating_add(UNDO_MS)).contains(&now));
        Ok(self.room() == Room::Enough && log::count_waiting(db)? == 0 && !fresh)
    }

    /// The next life, if it is time for one. It is kept before the server hears of it, so that a lost answer is asked for
    /// again; a key that was made and not kept is forgotten at the next start.
    async fn prepare_next(&self, device: &Device, key: &Key) -> Result<Option<Life>, Halt> {
        let is_old = self.env.now_ms().saturating_sub(born(device)) > KEY_MS;
        if !is_old && matches!(key, Key::Held(_)) || !self.may_begin(device)? {
            return Ok(None);
        }
        let log = device::new_log(&self.env)?;
        let key = match held_key(&self.vault, log).await {
            Some(key) => key,
            None if is_old => stored_key(&self.env)?,
            None => return Ok(None),
        };
        let next = Life { log, key };
        let tx = self.store.begin()?;
        device::set_next_life(&tx, Some(&next))?;
        tx.commit()?;
        Ok(Some(next))
    }

    async fn rotate(
        &self,
        server: &Server<'_, T>,
        device: &Device,
        key: Key,
        next: &Life,
    ) -> Result<(), Halt> {
        let public = next.key.public();
        let bytes = Succession::signing_bytes(device.log, next.log, public);
        let (old, new) = (
            Signer::new(&self.vault, device.log, key),
            Signer::new(&self.vault, next.log, next.key.clone()),
        );
        let by_new = match new.sign(&bytes).await {
            Err(KeyFault::Lost(log)) => {
                self.lose_key(log)?;
                return Ok(());
            }
            other => other?,
        };
        let succession = Succession {
            old: device.log,
            log: next.log,
            key: public,
            by_old: old.sign(&bytes).await?,
            by_new,
        };
        let answer = match server.rotate(&succession).await {
            // One of an earlier version knows nothing of it; the old key goes on.
            Err(CallError::Refused {
                status: 404 | 405, ..
            }) => return Ok(()),
            other => other?,
        };
        self.go_on_as(next, &answer, device)?;
        // One that stays is worth nothing, and is forgotten at the next start.
        drop(self.vault.forget(device.log).await);
        Ok(())
    }

    /// What is kept here is told again in the new log, under the same event ids: a server that is restored to a time before
    /// gets it from there.
    fn go_on_as(&self, next: &Life, answer: &Enrolled, before: &Device) -> Result<(), Halt> {
        let tx = self.store.begin()?;
        journal::go_on_as(&tx, next.log, Some(&next.key), None)?;
        let server = before.server.as_deref().unwrap_or_default();
        let name = before.name.as_deref().unwrap_or_default();
        device::enrolled(&tx, answer, server, name)?;
        // The server knows it: enrolled again, the device shows another one.
        setting::put(&tx, setting::SHOWN_LOG, Some(&next.log))?;
        tx.commit()?;
        Ok(())
    }
}

/// When the key was made, Unix milliseconds: the time in the id of its log (RFC 9562 section 5.7).
fn born(device: &Device) -> i64 {
    let bytes = device.log.0.as_bytes();
    bytes[..6].iter().fold(0, |ms, byte| ms << 8 | i64::from(*byte))
}
