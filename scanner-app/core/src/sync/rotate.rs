//! The device changes its key: another key, another log, vouched for by the one before.

use sparhund_shared::log::Succession;
use sparhund_shared::wire::Enrolled;

use super::{CallError, Halt, Server};
use crate::app::App;
use crate::env::{Env, Transport};
use crate::journal;
use crate::store::device::{self, Device, Life};

/// A key signs so long, milliseconds: half a year.
const KEY_MS: i64 = 182 * 24 * 3_600_000;

impl<E: Env, T: Transport> App<E, T> {
    /// Changes the key when it is old, or when a change was begun and its answer never came.
    pub(super) async fn rotate_if_due(&self, server: &Server<'_, T>, device: &Device) -> Result<(), Halt> {
        let begun = device::next_life(self.store.read())?;
        let is_old = self.env.now_ms().saturating_sub(born(device)) > KEY_MS;
        if begun.is_some() || is_old {
            self.rotate(server, device, begun).await?;
        }
        Ok(())
    }

    /// The next life is kept before the server hears of it, so that a lost answer is asked for again.
    async fn rotate(&self, server: &Server<'_, T>, device: &Device, begun: Option<Life>) -> Result<(), Halt> {
        let next = if let Some(next) = begun {
            next
        } else {
            let next = Life::random(&self.env)?;
            let tx = self.store.begin()?;
            device::set_next_life(&tx, Some(&next))?;
            tx.commit()?;
            next
        };
        let succession = Succession::sign(device.log, &device.key, next.log, &next.key);
        let answer = match server.rotate(&succession).await {
            // One of an earlier version knows nothing of it; the old key goes on.
            Err(CallError::Refused {
                status: 404 | 405, ..
            }) => return Ok(()),
            other => other?,
        };
        self.go_on_as(&next, &answer, device)
    }

    /// What is kept here is told again in the new log, under the same event ids: a server that is restored to a time before
    /// gets it from there.
    fn go_on_as(&self, next: &Life, answer: &Enrolled, before: &Device) -> Result<(), Halt> {
        let tx = self.store.begin()?;
        journal::go_on_as(&tx, next, None)?;
        let server = before.server.as_deref().unwrap_or_default();
        let name = before.name.as_deref().unwrap_or_default();
        device::enrolled(&tx, answer, server, name)?;
        tx.commit()?;
        Ok(())
    }
}

/// When the key was made, Unix milliseconds: the time in the id of its log (RFC 9562 section 5.7).
fn born(device: &Device) -> i64 {
    let bytes = device.log.0.as_bytes();
    bytes[..6].iter().fold(0, |ms, byte| ms << 8 | i64::from(*byte))
}
