//! Series of numbers for logistic units: each is handed out once.

use rusqlite::params;
use sparhund_shared::identity::CompanyPrefix;
use sparhund_shared::log::LogId;

use crate::store::sqlite::ledger::Ledger;
use crate::store::sqlite::{read, sql};
use crate::store::{INCARNATION_SETTING, NewSeries, Result};

/// In another life of the database so many parts of all series are passed over: those it handed out after the backup was
/// made are in use, and it does not know them.
const PASSED_OVER: u32 = 50;

/// Most series one log gets in a day. Nobody packs that much; a device gone wrong would use up the region's numbers.
const MOST_A_DAY: i64 = 20;

const DAY_MS: i64 = 24 * 3_600_000;

impl Ledger {
    pub(in super::super) fn next_series(
        &self,
        log: LogId,
        prefix: &CompanyPrefix,
        after: Option<u32>,
        now: i64,
    ) -> Result<NewSeries> {
        let id = log.0.as_bytes();
        let known = after.map_or(-1, i64::from);
        let told = self.row(
            sql!("series/of_log_after"),
            params![id, prefix.as_str(), known],
            |row| row.get::<_, Option<u32>>(0),
        )?;
        if let Some(no) = told.flatten() {
            return Ok(NewSeries::Given(no));
        }
        let today = self.row(sql!("series/since"), params![id, now - DAY_MS], |row| {
            row.get::<_, i64>(0)
        })?;
        if today.unwrap_or_default() >= MOST_A_DAY {
            return Ok(NewSeries::TooMany);
        }
        let life = read::setting(&self.conn, INCARNATION_SETTING)?.unwrap_or_default();
        let last = self.row(sql!("series/last"), params![prefix.as_str()], |row| {
            Ok((row.get::<_, u32>(0)?, row.get::<_, String>(1)?))
        })?;
        let next = match &last {
            None => 0,
            Some((no, same)) if *same == life => no.saturating_add(1),
            Some((no, _)) => no.saturating_add(1 + prefix.series() / PASSED_OVER),
        };
        // A device that has a later one got it in a life that is forgotten here.
        let next = next.max(after.map_or(0, |after| after.saturating_add(1)));
        if next >= prefix.series() {
            return Ok(NewSeries::UsedUp);
        }
        self.run(
            sql!("series/insert"),
            params![prefix.as_str(), next, id, life, now],
        )?;
        Ok(NewSeries::Given(next))
    }
}
