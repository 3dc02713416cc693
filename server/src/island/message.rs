//! What two servers tell each other. JSON, but for records, which are CBOR.

use serde::{Deserialize, Serialize};
use sparhund_shared::log::{Head, Incarnation, LogId, Seen, SignedHead};
use sparhund_shared::wire::OwnHead;
use utoipa::ToSchema;

use crate::store::{LogIntro, SharedRow, Store, StoreError};

/// Most records one message carries.
pub const MAX_RECORDS: usize = 1_000;
/// Most logs one message names.
pub const MAX_LOGS: usize = 1_000;
/// How rows are written. It grows with each field of a row, also of what stands in one: a program that does not know a field would take it
/// away at every server.
pub const ROW_FORMAT: u32 = 2;
/// Most rows one message carries.
pub const MAX_ROWS: usize = 200;

/// `POST /api/v1/sites/join`: a site's server asks to be let in.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
pub struct Join {
    /// One-time code from the central server's console.
    pub code: String,
    /// The log that the site's server writes, and its key.
    pub log: LogIntro,
}

/// It is let in.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
pub struct Joined {
    /// Name of the site.
    pub name: String,
    /// Name of the region.
    pub region: String,
    /// Token of the site's server; shown once.
    pub token: String,
}

/// All that a server holds, in four figures: equal figures mean the same content (up to a collision).
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug, Serialize, Deserialize, ToSchema)]
pub struct Summary {
    /// Records.
    pub records: u64,
    /// Sum over the logs.
    pub sum: i64,
    /// Rows of reference data.
    pub rows: u64,
    /// Sum of their versions.
    pub versions: i64,
}

impl Summary {
    /// Whether the records are the same, whatever the rows are.
    pub(super) fn same_records(self, other: Self) -> bool {
        (self.records, self.sum) == (other.records, other.sum)
    }

    /// Whether the rows are the same, whatever the records are.
    pub(super) fn same_rows(self, other: Self) -> bool {
        (self.rows, self.versions) == (other.rows, other.versions)
    }
}

/// `POST /api/v1/sites/greet`: a site tells what it holds.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
pub struct Greeting {
    /// The end of the log that the site's server writes.
    pub own: OwnHead,
    /// Its clock, Unix milliseconds.
    pub now: i64,
    /// What it holds.
    pub holds: Summary,
    /// How it writes rows.
    #[serde(default)]
    pub row_format: u32,
    /// The central server's own log as this site last saw it, countersigned.
    #[serde(default)]
    pub seen: Option<Seen>,
}

/// The central server's answer.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
pub struct Greeted {
    /// Which life of its database speaks.
    pub incarnation: Incarnation,
    /// The end of the log that it writes itself.
    pub own: OwnHead,
    /// Its clock, Unix milliseconds.
    pub now: i64,
    /// What it holds.
    pub holds: Summary,
    /// How it writes rows: where the two differ, rows wait until both have one program.
    #[serde(default)]
    pub row_format: u32,
    /// Newest verified backup, Unix milliseconds: what is covered changes with it.
    pub backup: Option<i64>,
    /// The site's head countersigned, when it is held here.
    #[serde(default)]
    pub seen: Option<Seen>,
}

/// `GET /api/v1/sites/heads`: what proves a log, and what is missing of it.
#[derive(Clone, PartialEq, Eq, Default, Debug, Serialize, Deserialize, ToSchema)]
pub struct HeadsOfLog {
    /// Signed heads by place, at most 1000.
    pub signed: Vec<SignedHead>,
    /// Its highest record without a hole; `None` when the log is not known.
    pub head: Option<Head>,
    /// Records that others name as their predecessors and that are missing.
    pub wanted: Vec<Head>,
}

/// `POST /api/v1/sites/rows`: rows that a site changed.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, ToSchema)]
pub struct RowOffers {
    /// At most 200.
    pub rows: Vec<SharedRow>,
}

/// What a store holds.
pub(crate) async fn summary(store: &dyn Store) -> Result<Summary, StoreError> {
    let mut all = Summary::default();
    let mut after: Option<LogId> = None;
    loop {
        let page = store.log_sums(after, MAX_LOGS).await?;
        for log in &page {
            all.records += log.records;
            all.sum = all.sum.wrapping_add(log.sum);
        }
        after = page.last().map(|log| log.intro.log);
        if page.len() < MAX_LOGS {
            break;
        }
    }
    (all.rows, all.versions) = store.rows_sum().await?;
    Ok(all)
}
