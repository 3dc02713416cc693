//! A link that is cut after some calls.

use std::sync::atomic::{AtomicI64, Ordering};

use async_trait::async_trait;
use sparhund_server::island::{Greeted, Greeting, HeadsOfLog, Neighbour};
use sparhund_server::store::{LogIntro, LogSum, Offered, SharedRow};
use sparhund_shared::log::{Head, LogId};
use sparhund_shared::wire::{Receipt, Upload};

/// Why a call did not go through.
#[derive(Debug, thiserror::Error)]
#[error("{what}")]
pub struct Lost {
    what: String,
    /// The other end said no.
    refused: bool,
}

impl Lost {
    fn on_the_way(what: &str) -> Self {
        Self {
            what: what.to_owned(),
            refused: false,
        }
    }
}

/// A neighbour whose link is cut after `left` calls. With `after` the last call is done and its answer lost.
pub struct Cut<N> {
    pub there: N,
    pub left: AtomicI64,
    pub after: bool,
    /// What it says of how it writes rows; `None` = what is so.
    pub row_format: Option<u32>,
}

impl<N: Neighbour> Cut<N> {
    async fn call<T>(&self, call: impl Future<Output = Result<T, N::Error>>) -> Result<T, Lost> {
        let left = self.left.fetch_sub(1, Ordering::Relaxed);
        if left < 0 || (left == 0 && !self.after) {
            return Err(Lost::on_the_way("cut"));
        }
        let answer = call.await.map_err(|error| Lost {
            refused: self.there.refused(&error),
            what: error.to_string(),
        });
        if left == 0 {
            return Err(Lost::on_the_way("the answer was lost"));
        }
        answer
    }
}

#[async_trait]
impl<N: Neighbour> Neighbour for Cut<N> {
    type Error = Lost;

    fn refused(&self, error: &Lost) -> bool {
        error.refused
    }

    async fn greet(&self, greeting: &Greeting) -> Result<Greeted, Lost> {
        let mut greeted = self.call(self.there.greet(greeting)).await?;
        greeted.row_format = self.row_format.unwrap_or(greeted.row_format);
        Ok(greeted)
    }

    async fn logs(&self, after: Option<LogId>) -> Result<Vec<LogSum>, Lost> {
        self.call(self.there.logs(after)).await
    }

    async fn introduce(&self, logs: &[LogIntro]) -> Result<(), Lost> {
        self.call(self.there.introduce(logs)).await
    }

    async fn heads(&self, after: Head) -> Result<HeadsOfLog, Lost> {
        self.call(self.there.heads(after)).await
    }

    async fn lacking(&self, records: &[Head]) -> Result<Vec<Head>, Lost> {
        self.call(self.there.lacking(records)).await
    }

    async fn chain(&self, from: Head, until: Head) -> Result<Vec<Vec<u8>>, Lost> {
        self.call(self.there.chain(from, until)).await
    }

    async fn take(&self, upload: &Upload) -> Result<Receipt, Lost> {
        self.call(self.there.take(upload)).await
    }

    async fn rows(&self, after: u64) -> Result<Vec<SharedRow>, Lost> {
        self.call(self.there.rows(after)).await
    }

    async fn offer(&self, rows: &[SharedRow]) -> Result<Vec<Offered>, Lost> {
        self.call(self.there.offer(rows)).await
    }
}
