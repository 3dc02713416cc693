//! Uploads take turns: what is unpacked and waits for the writer at one time is what they cost in memory.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::extract::{Request, State};
use axum::http::HeaderMap;
use axum::http::header::{CONTENT_ENCODING, CONTENT_LENGTH};
use axum::middleware::Next;
use axum::response::Response;
use tokio::sync::Semaphore;
use uuid::Uuid;

use super::problem::Problem;
use super::problem_code::Code;
use crate::auth::{SignedDevice, SignedSite};

/// Uploads of devices that are taken in at one time. Each is up to 4 MiB, and some times that as records.
const AT_ONCE: usize = 16;
/// Of sites, beside them: a house goes on exchanging while everybody's devices come back.
const SITES_AT_ONCE: usize = 4;
/// Of them, those of one device or site. It sends one after the other; the one before may still be given up.
const OF_ONE: usize = 2;
/// A body of so many bytes as it is costs less than the connection it comes by, and needs no turn: a scan or two, or a
/// heartbeat, does not wait behind those who catch up.
const SMALL: u64 = 64 << 10;
/// Seconds until it is worth asking again.
const RETRY: u32 = 5;

/// Who may send now.
pub(super) struct Turns {
    devices: Semaphore,
    sites: Semaphore,
    senders: Mutex<HashMap<Uuid, usize>>,
    wait: Duration,
}

impl Turns {
    /// `wait`: how long somebody waits for a turn.
    pub(super) fn new(wait: Duration) -> Arc<Self> {
        Arc::new(Self {
            devices: Semaphore::new(AT_ONCE),
            sites: Semaphore::new(SITES_AT_ONCE),
            senders: Mutex::default(),
            wait,
        })
    }

    /// Counts a sender in, unless too much of theirs is under way.
    fn enter(&self, sender: Uuid) -> Result<Entered<'_>, Problem> {
        let mut senders = self.senders.lock().unwrap_or_else(PoisonError::into_inner);
        let under_way = senders.entry(sender).or_default();
        if *under_way >= OF_ONE {
            return Err(busy(
                "other uploads of this sender are under way; send one after the other",
            ));
        }
        *under_way += 1;
        Ok(Entered { turns: self, sender })
    }
}

/// A sender that was counted in, until it is dropped.
struct Entered<'a> {
    turns: &'a Turns,
    sender: Uuid,
}

impl Drop for Entered<'_> {
    fn drop(&mut self) {
        let mut senders = self.turns.senders.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(under_way) = senders.get_mut(&self.sender) {
            *under_way -= 1;
            if *under_way == 0 {
                senders.remove(&self.sender);
            }
        }
    }
}

/// Waits for a turn before anything of the body is read. Whoever only reads has no body and needs none.
pub(super) async fn turn(
    State(turns): State<Arc<Turns>>,
    request: Request,
    next: Next,
) -> Result<Response, Problem> {
    let extensions = request.extensions();
    let device = extensions.get().map(|SignedDevice(device)| device.id.0);
    let site = extensions.get().map(|SignedSite(site)| site.id);
    if request.method().is_safe() || is_small(request.headers()) {
        return Ok(next.run(request).await);
    }
    let _entered = device.or(site).map(|sender| turns.enter(sender)).transpose()?;
    let free = if site.is_some() {
        &turns.sites
    } else {
        &turns.devices
    };
    let Ok(Ok(_turn)) = tokio::time::timeout(turns.wait, free.acquire()).await else {
        return Err(busy(
            "many send at this moment, and nothing of this upload was read; send it again in some seconds",
        ));
    };
    Ok(next.run(request).await)
}

/// Whether the body says that it is small, and cannot grow when it is unpacked.
fn is_small(headers: &HeaderMap) -> bool {
    let length = headers.get(CONTENT_LENGTH);
    let length = length.and_then(|length| length.to_str().ok()?.parse::<u64>().ok());
    length.is_some_and(|length| length <= SMALL) && !headers.contains_key(CONTENT_ENCODING)
}

fn busy(why: &'static str) -> Problem {
    Problem::new(Code::Busy, why).retry_after(RETRY)
}
