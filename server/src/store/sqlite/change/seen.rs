//! Countersignatures.

use rusqlite::params;
use sparhund_shared::log::Seen;

use crate::store::Result;
use crate::store::sqlite::codes::signed;
use crate::store::sqlite::ledger::Ledger;
use crate::store::sqlite::sql;

const DAY_MS: i64 = 24 * 3_600_000;

impl Ledger {
    /// Keeps the last of each day: an earlier one tells nothing more, as a chain is seen with all before it.
    pub(in super::super) fn keep_seen(&self, seen: &[Seen], now: i64) -> Result<()> {
        for seen in seen {
            self.run(
                sql!("countersigned/put"),
                params![
                    seen.head.log.0.as_bytes(),
                    seen.by.0.as_bytes(),
                    now.div_euclid(DAY_MS),
                    signed(seen.head.seq),
                    seen.head.hash.0,
                    seen.at,
                    seen.signature.0
                ],
            )?;
        }
        Ok(())
    }
}
