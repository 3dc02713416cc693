//! Fetching seals and sending tokens, again and again. Each step is kept before the next: it goes on where it was cut off.

use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::Duration;

use super::{LinkError, LinkService};
use crate::island::Central;
use crate::ops::now_ms;

/// Seals of a page, and tokens of a call.
const PAGE: u32 = 200;
/// Pages of a round: whoever wants to stop the service does not wait long.
const PAGES: u32 = 50;
/// The longest wait after failures.
const LONGEST_WAIT: Duration = Duration::from_mins(5);

/// What a round did.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Done {
    /// Seals that were fetched.
    pub fetched: usize,
    /// Tokens that were sent.
    pub sent: usize,
    /// Whether there is more to fetch.
    pub more: bool,
    /// Epochs whose keys were destroyed.
    pub destroyed: Vec<u32>,
}

/// Fetches what is new, opens it, sends the tokens, and destroys keys whose time is over.
///
/// # Errors
/// When the server is not reached or says no, or the store fails; what was done is kept.
pub fn round(service: &LinkService, server: &Central) -> Result<Done, LinkError> {
    let store = &service.store;
    let mut done = Done {
        more: true,
        ..Done::default()
    };
    let secrets = store.secrets()?;
    for _ in 0..PAGES {
        let asked_at = now_ms();
        let (incarnation, after) = store.cursor()?;
        let page = server.patient_seals(after, PAGE)?;
        if page.incarnation != incarnation {
            store.begin_anew(&page.incarnation)?;
            if after > 0 {
                continue;
            }
        }
        store.take(&page.seals, &secrets, asked_at)?;
        done.fetched += page.seals.len();
        if page.seals.is_empty() {
            store.complete(asked_at)?;
            done.more = false;
            break;
        }
    }
    for _ in 0..PAGES {
        let tokens = store.to_post(PAGE)?;
        if tokens.is_empty() {
            break;
        }
        server.keep_patient_tokens(&tokens)?;
        store.posted(&tokens)?;
        done.sent += tokens.len();
    }
    done.destroyed = store.destroy_due(now_ms())?;
    Ok(done)
}

/// Does rounds until `stop` says so or is gone: at once while there is more, later and later while it fails.
pub fn keep_fetching(service: &Arc<LinkService>, server: &Central, every: Duration, stop: &Receiver<()>) {
    let mut wait = every;
    loop {
        match round(service, server) {
            Ok(done) => {
                if done.fetched > 0 || done.sent > 0 {
                    tracing::info!(
                        seals.fetched = done.fetched,
                        tokens.sent = done.sent,
                        "seals were fetched"
                    );
                }
                for epoch in &done.destroyed {
                    tracing::warn!(
                        epoch.no = epoch,
                        "the private key of a closed epoch was destroyed"
                    );
                }
                wait = if done.more { Duration::ZERO } else { every };
            }
            Err(error) => {
                wait = (wait * 2).clamp(Duration::from_secs(2), LONGEST_WAIT);
                tracing::warn!(error.message = %error, wait.seconds = wait.as_secs(), "a round failed");
            }
        }
        match stop.recv_timeout(wait) {
            Err(RecvTimeoutError::Timeout) => {}
            Ok(()) | Err(RecvTimeoutError::Disconnected) => return,
        }
    }
}
