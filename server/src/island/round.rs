//! A round of the exchange while it is under way: holds do not wait for its end, and one thing that fails keeps nothing else back.

use std::time::{Duration, Instant};

use super::logs::{exchange_logs, known_logs, pairs};
use super::{ExchangeError, Exchanged, LeftOut, Neighbour};
use crate::store::{CENTRAL_WRITER, LogIntro, LogKind, LogSum, SERVER_LOG, Store};

/// A round under way.
pub(super) struct Round<'a, N> {
    pub(super) store: &'a dyn Store,
    pub(super) central: &'a N,
    pub(super) now: i64,
    pub(super) done: Exchanged,
    pub(super) holds_every: Duration,
    /// When holds were last exchanged; `None` while they are.
    pub(super) heard: Option<Instant>,
}

impl<N: Neighbour> Round<'_, N> {
    /// Exchanges holds again when the last time is long ago: a catch-up may take long, and a hold that was set meanwhile must not
    /// wait for its end.
    pub(super) async fn holds_first(&mut self) -> Result<(), ExchangeError<N::Error>> {
        if self.heard.is_none_or(|heard| heard.elapsed() < self.holds_every) {
            return Ok(());
        }
        self.heard = None;
        let exchanged = Box::pin(self.exchange_holds()).await;
        self.heard = Some(Instant::now());
        exchanged
    }

    /// Exchanges what servers wrote since.
    async fn exchange_holds(&mut self) -> Result<(), ExchangeError<N::Error>> {
        let theirs = known_logs(self.central).await?;
        self.hear_of(&theirs).await?;
        let mut servers = pairs(self, theirs).await?;
        servers.retain(|log| log.kind == LogKind::Server);
        exchange_logs(self, &servers).await
    }

    /// Makes the other server's logs known here.
    pub(super) async fn hear_of(&mut self, theirs: &[LogSum]) -> Result<(), ExchangeError<N::Error>> {
        let news: Vec<LogIntro> = theirs.iter().map(|log| named(&log.intro)).collect();
        if self.store.introduce(news.clone()).await.is_ok() {
            return Ok(());
        }
        // One of them is known under another key: the others are none the worse for it.
        for log in news {
            if let Err(error) = self.store.introduce(vec![log.clone()]).await {
                self.leave_out(Some(&log), error.into())?;
            }
        }
        Ok(())
    }

    /// Goes on without a log, or without reference data, when nothing else fails for the same reason.
    pub(super) fn leave_out(
        &mut self,
        log: Option<&LogIntro>,
        error: ExchangeError<N::Error>,
    ) -> Result<(), ExchangeError<N::Error>> {
        let why = error.about_one_thing(self.central)?;
        tracing::debug!(log.id = log.map(|log| log.log.to_string()), %why, "left out of the exchange");
        let left_out = &mut self.done.left_out;
        if log.is_none() || left_out.iter().all(|left| left.log.as_ref() != log) {
            let log = log.cloned();
            left_out.push(LeftOut { log, why });
        }
        Ok(())
    }
}

/// Under the name of its own log a server looks for what it wrote itself.
fn named(intro: &LogIntro) -> LogIntro {
    let mut intro = intro.clone();
    if intro.name == SERVER_LOG {
        CENTRAL_WRITER.clone_into(&mut intro.name);
    }
    intro
}
