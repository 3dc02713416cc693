//! The link to the central server: a thread that exchanges by the clock, and what the console shows of it.

use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use super::{CallError, Central, Credential, ExchangeError, Exchanged, begin_anew, exchange};
use crate::ingest::OwnLog;
use crate::ops::{now_ms, random_bytes};
use crate::store::{CENTRAL_SETTING, Store, StoreError};

/// Longest pause while the central server is not reached.
const LONGEST: Duration = Duration::from_mins(1);

/// Rows that differ for good are compared from the beginning so often.
const ANEW_EVERY: Duration = Duration::from_hours(1);

/// Setting with the time of the last round that went through, Unix milliseconds: who has been alone for long must know it after a
/// restart too. It is written once a minute.
const LAST_SETTING: &str = "central-last";
const KEPT_EVERY_MS: i64 = 60_000;

/// Settles whose backups let devices forget, before anything is served: the file says whom this server exchanges with, the
/// database which backups count, and a restore brings back only the one of the two.
///
/// # Errors
/// When the store cannot do it.
pub async fn settle_central(store: &dyn Store, credential: Option<&Credential>) -> Result<(), StoreError> {
    let known = store.setting(CENTRAL_SETTING).await?;
    match (credential, known) {
        (Some(credential), known) if known.as_deref() != Some(credential.url.as_str()) => {
            store.set_setting(CENTRAL_SETTING, &credential.url).await
        }
        (None, Some(url)) => {
            metrics::gauge!("sparhund_central_reached").set(0.0);
            tracing::warn!(
                central.url = %url,
                "this server had joined a central server, and central.json is not in the data directory: nothing is exchanged; \
                 put the file back, or join anew with `sparhund-server join`"
            );
            Ok(())
        }
        _ => Ok(()),
    }
}

/// Why no round goes through.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Why {
    /// The central server is not reached, or nothing of what it says can be taken.
    Away,
    /// It does not let this server in: that will not come right by itself.
    ShutOut,
    /// The own database cannot be read or written.
    OwnStore,
}

impl From<&ExchangeError<CallError>> for Why {
    fn from(error: &ExchangeError<CallError>) -> Self {
        match error {
            ExchangeError::Call(CallError::Refused {
                status: 401 | 403, ..
            }) => Self::ShutOut,
            ExchangeError::Call(_) | ExchangeError::Relay(_) => Self::Away,
            ExchangeError::Store(_) => Self::OwnStore,
        }
    }
}

/// A round that did not go through.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Stopped {
    /// Why.
    pub why: Why,
    /// The same for who runs the server.
    pub error: String,
}

/// What is known of the link.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct LinkState {
    /// When a round last went through, Unix milliseconds.
    pub last_ok: Option<i64>,
    /// What that round did.
    pub last: Exchanged,
    /// Why the last round did not go through; `None` = it did.
    pub stopped: Option<Stopped>,
}

/// The link of a site.
pub struct Link {
    /// Address of the central server.
    pub url: String,
    /// Name of this site there.
    pub name: String,
    state: Mutex<LinkState>,
}

impl Link {
    /// As it stands.
    pub fn state(&self) -> LinkState {
        self.state.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Since when nothing is exchanged, Unix milliseconds; 0 = nothing ever was, `None` = the last round went through.
    pub fn alone_since(&self) -> Option<i64> {
        let state = self.state();
        state.stopped.map(|_| state.last_ok.unwrap_or(0))
    }

    fn note(&self, result: Result<Exchanged, ExchangeError<CallError>>, now: i64) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        match result {
            Ok(done) => {
                if state.stopped.take().is_some() {
                    tracing::info!(central.url = %self.url, "the exchange with the central server goes on again");
                }
                metrics::gauge!("sparhund_central_reached").set(1.0);
                metrics::gauge!("sparhund_central_equal").set(if done.equal { 1.0 } else { 0.0 });
                if done.left_out != state.last.left_out {
                    for left in &done.left_out {
                        let log = left.log.as_ref();
                        let id = log.map(|log| log.log.to_string());
                        tracing::warn!(central.url = %self.url, log.id = id, why = %left.why, "this cannot be exchanged; all else is");
                    }
                }
                state.last_ok = Some(now);
                state.last = done;
            }
            Err(error) => {
                let stopped = Stopped {
                    why: Why::from(&error),
                    error: error.to_string(),
                };
                if state.stopped.as_ref() != Some(&stopped) {
                    tracing::warn!(central.url = %self.url, error = %stopped.error, "no exchange with the central server; this server goes on alone");
                }
                metrics::gauge!("sparhund_central_reached").set(0.0);
                state.stopped = Some(stopped);
            }
        }
    }
}

/// Starts the exchange with the central server, `every` so often, for as long as the process lives: every step of it is durable by
/// itself, so it may be cut off anywhere.
///
/// # Errors
/// When the credential cannot be used, or no thread can be had.
pub fn keep_exchanging(
    credential: &Credential,
    store: Arc<dyn Store>,
    own_log: Arc<OwnLog>,
    every: Duration,
) -> Result<Arc<Link>, Box<dyn std::error::Error>> {
    let central = Central::new(credential)?;
    let link = Arc::new(Link {
        url: credential.url.clone(),
        name: credential.name.clone(),
        state: Mutex::default(),
    });
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    let noted = Arc::clone(&link);
    thread::Builder::new().name("island".into()).spawn(move || {
        let mut pause = every;
        let mut anew: Option<Instant> = None;
        let mut kept_at = runtime.block_on(last_exchange(store.as_ref()));
        noted.state.lock().unwrap_or_else(PoisonError::into_inner).last_ok = kept_at;
        loop {
            let now = now_ms();
            let backup = noted.state().last.backup;
            let round = runtime.block_on(exchange(store.as_ref(), &own_log, &central, now, backup));
            pause = match &round {
                // More may have come meanwhile.
                Ok(done) if done.moved() && !done.equal => every.min(Duration::from_secs(1)),
                Ok(_) => every,
                Err(_) => (pause * 2).min(LONGEST).max(every),
            };
            if let Ok(done) = &round
                && done.moved()
            {
                tracing::info!(
                    records.came = done.came,
                    records.went = done.went,
                    rows.came = done.rows_came,
                    rows.went = done.rows_went,
                    conflicts = done.conflicts,
                    equal = done.equal,
                    "exchanged with the central server"
                );
            }
            if let Ok(done) = &round
                && anew.is_none_or(|at| at.elapsed() >= ANEW_EVERY)
            {
                match runtime.block_on(begin_anew(store.as_ref(), done)) {
                    Ok(true) => anew = Some(Instant::now()),
                    Ok(false) => {}
                    Err(error) => {
                        tracing::warn!(%error, "the rows of the central server cannot be asked for anew");
                    }
                }
            }
            if round.is_ok() && kept_at.is_none_or(|at| now.saturating_sub(at) >= KEPT_EVERY_MS) {
                kept_at = Some(now);
                if let Err(error) = runtime.block_on(store.set_setting(LAST_SETTING, &now.to_string())) {
                    tracing::warn!(%error, "the time of the exchange cannot be kept");
                }
            }
            noted.note(round, now);
            thread::sleep(jittered(pause));
        }
    })?;
    Ok(link)
}

/// When a round last went through, in this run of the program or an earlier one.
async fn last_exchange(store: &dyn Store) -> Option<i64> {
    store.setting(LAST_SETTING).await.ok()??.parse().ok()
}

/// A tenth more or less, so that sites do not come all at once.
fn jittered(pause: Duration) -> Duration {
    let random = random_bytes::<1>().map_or(128, |bytes| bytes[0]);
    pause.mul_f64(0.9 + f64::from(random) / 255.0 * 0.2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_disk_that_fails_is_no_cut_link() {
        let link = Link {
            url: "https://central.example".to_owned(),
            name: "Väster".to_owned(),
            state: Mutex::default(),
        };
        let why = |error| {
            link.note(Err(error), 1);
            link.state().stopped.unwrap().why
        };
        let refused = |status| {
            let detail = String::new();
            ExchangeError::Call(CallError::Refused { status, detail })
        };
        assert_eq!(why(ExchangeError::Store(StoreError::DiskFull)), Why::OwnStore);
        assert_eq!(why(refused(401)), Why::ShutOut);
        assert_eq!(why(refused(503)), Why::Away);
        assert_eq!(link.alone_since(), Some(0));
        link.note(Ok(Exchanged::default()), 2);
        assert_eq!((link.state().stopped, link.alone_since()), (None, None));
        link.note(Err(refused(503)), 3);
        assert_eq!(link.alone_since(), Some(2));
    }
}
