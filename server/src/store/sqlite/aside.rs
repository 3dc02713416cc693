//! How much waits in quarantine, as it was last looked through: that costs the more, the more a thief has sent, and pages that
//! everybody opens say whether something waits.

use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::sync::Mutex;

use super::readers::Readers;
use super::{read, sql};
use crate::store::Result;

/// What waits may count by now, as another device told it: that is seen so much later.
const LATE: Duration = Duration::from_secs(10);

/// Who asks waits for whoever looks through it, and takes what they found.
#[derive(Default)]
pub(super) struct Aside(Mutex<Option<Looked>>);

struct Looked {
    /// Records that wait and bytes that are kept: no record comes and none is decided about without a change of them.
    kept: (i64, i64),
    at: Instant,
    records: u64,
}

impl Aside {
    /// Records that wait.
    pub(super) async fn waits(&self, readers: &Arc<Readers>) -> Result<u64> {
        let mut last = self.0.lock().await;
        let known = last.take().filter(|looked| looked.at.elapsed() < LATE);
        let looked = readers
            .read(move |conn| {
                let kept = conn.query_row(sql!("quarantine/kept_in_all"), [], |row| {
                    Ok((row.get(0)?, row.get(1)?))
                })?;
                Ok(match known.filter(|looked| looked.kept == kept) {
                    Some(looked) => looked,
                    None => Looked {
                        kept,
                        at: Instant::now(),
                        records: read::quarantined(conn)?.iter().map(|log| log.records).sum(),
                    },
                })
            })
            .await?;
        let records = looked.records;
        *last = Some(looked);
        Ok(records)
    }
}
