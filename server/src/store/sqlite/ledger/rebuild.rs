//! Projections made anew from the records, beside the kept ones, and compared row by row.

use rusqlite::params;
use sparhund_shared::log::{Hash, Head, LogId, Sealed};

use super::Ledger;
use crate::store::sqlite::codes::{signed, unsigned};
use crate::store::sqlite::entry::Entry;
use crate::store::sqlite::sql;
use crate::store::{Rebuilt, Result, StoreError};

/// Tables that follow from the records, with the columns that are compared. When a deviation was first seen does
/// not follow from them and is kept.
const PROJECTIONS: [(&str, &str); 18] = [
    ("log_state", "*"),
    ("orphan", "*"),
    ("fork", "*"),
    ("claim", "*"),
    ("retold", "*"),
    ("void", "*"),
    ("unit", "*"),
    ("event", "*"),
    ("stock", "*"),
    ("progress", "*"),
    ("packed", "*"),
    ("telling", "*"),
    ("patient_seal", "event, tick, key, sealed"),
    ("label", "*"),
    ("hold_event", "*"),
    ("hold", "*"),
    ("hold_di", "*"),
    ("deviation", "kind, subject, body, unit_no, event, hold, log_no"),
];

/// What this program makes of the records; one more when it begins to make more of them.
///
/// 1. The event tells how the scanner wrote.
/// 2. The event tells what the person was warned of and went past.
/// 3. The log tells how many records it has and the sum of their marks.
/// 4. What a device takes back is judged by who writes the log, also where it came by another server.
/// 5. A log takes back what it tells a void of, not what it tells anything else under that void's event id.
/// 6. The event tells its circumstances, goods in a logistic unit are followed, and there is more than movements.
/// 7. Seals of patients are kept in order.
/// 8. Differences and receiving checks are found by their delivery.
const PROJECTED: i64 = 8;

/// Records read at a time.
const PAGE: i64 = 1_000;

impl Ledger {
    /// Makes the projections anew when another program made them that made less of the records: what it did not look up
    /// is not what is not there. Where that fails the old ones stay, and are tried again at the next start.
    pub(in super::super) fn project_as_now(&mut self, now: i64) -> Result<()> {
        let made_by = self.rows(sql!("projected/get"), [], |row| row.get::<_, i64>(0))?;
        if made_by == [PROJECTED] {
            return Ok(());
        }
        let some = self.rows(sql!("record/any"), [], |row| row.get::<_, i64>(0))?;
        if some.is_empty() {
            return self.transact(|ledger| ledger.run(sql!("projected/put"), params![PROJECTED]).map(|_| ()));
        }
        tracing::info!("projections are being made anew after an update of the program; this takes a while");
        let anew = self.transact(|ledger| {
            let rebuilt = ledger.rebuild(now)?;
            ledger.run(sql!("projected/put"), params![PROJECTED])?;
            Ok(rebuilt.records)
        });
        match anew {
            Ok(records) => tracing::info!(records, "projections are made anew"),
            Err(error) => {
                tracing::error!(%error, "projections could not be made anew: run `sparhund-server rebuild`");
            }
        }
        Ok(())
    }

    /// Makes every projection anew, reports how many rows of each table differed, and puts the new ones in place.
    pub(in super::super) fn rebuild(&mut self, now: i64) -> Result<Rebuilt> {
        self.shadow()?;
        self.memory.rebuilding = true;
        let done = self.refold(now).and_then(|records| {
            self.keep_actors()?;
            let tables = PROJECTIONS
                .iter()
                .map(|(table, columns)| Ok(((*table).to_owned(), self.replace(table, columns)?)))
                .collect::<Result<Vec<_>>>()?;
            Ok(Rebuilt { records, tables })
        });
        self.memory.rebuilding = false;
        let rebuilt = done?;
        self.remember()?;
        self.memory.now = now;
        self.publish_holds()?;
        self.publish_received()?;
        self.refresh_waiting();
        Ok(rebuilt)
    }

    /// A temporary table hides the kept one of the same name, so that the usual statements fill it.
    fn shadow(&mut self) -> Result<()> {
        for (table, _) in PROJECTIONS {
            let scripts = self.rows(sql!("schema/of_table"), params![table], |row| {
                row.get::<_, String>(0)
            })?;
            for script in scripts {
                let script = script
                    .replacen("CREATE TABLE ", "CREATE TABLE temp.", 1)
                    .replacen("CREATE INDEX ", "CREATE INDEX temp.", 1)
                    .replacen("CREATE UNIQUE INDEX ", "CREATE UNIQUE INDEX temp.", 1);
                self.conn.execute_batch(&script)?;
            }
        }
        self.conn.flush_prepared_statement_cache();
        Ok(())
    }

    /// Folds every record into the empty tables; how many there were.
    fn refold(&mut self, now: i64) -> Result<u64> {
        let logs: Vec<(LogId, i64)> = self
            .memory
            .logs
            .iter()
            .map(|(log, state)| (*log, state.log_no))
            .collect();
        for (_, log_no) in &logs {
            self.run(sql!("log/insert_state"), params![log_no, Hash::ZERO.0])?;
        }
        let kept_units = self
            .row(sql!("unit/kept_last_no"), [], |row| row.get::<_, i64>(0))?
            .unwrap_or(0);
        self.remember()?;
        self.memory.units.start_at(kept_units + 1);
        self.memory.now = now;
        let mut records = 0;
        for (log, log_no) in logs {
            let mut after = Head {
                log,
                seq: 0,
                hash: Hash::ZERO,
            };
            loop {
                let page = self.page(log_no, after)?;
                let Some((seq, hash, _)) = page.last() else { break };
                after = Head {
                    log,
                    seq: *seq,
                    hash: *hash,
                };
                records += u64::try_from(page.len()).unwrap_or(0);
                for (seq, hash, bytes) in page {
                    let sealed = Sealed::open(bytes)
                        .ok()
                        .filter(|sealed| sealed.hash() == hash && sealed.record().seq == seq)
                        .ok_or_else(|| {
                            StoreError::Damaged(format!(
                                "record {seq} of log {log} does not have its hash {hash}"
                            ))
                        })?;
                    let entry = Entry::of(sealed);
                    self.link(log, &entry)?;
                    self.take(log, log_no, &entry)?;
                }
                self.settle(log)?;
                self.flush()?;
                self.forget_some();
            }
        }
        Ok(records)
    }

    fn page(&self, log_no: i64, after: Head) -> Result<Vec<(u64, Hash, Vec<u8>)>> {
        self.rows(
            sql!("record/page"),
            params![log_no, signed(after.seq), after.hash.0, PAGE],
            |row| Ok((unsigned(row.get(0)?), Hash(row.get(1)?), row.get(2)?)),
        )
    }

    /// Puts a shadow in the place of the kept table; how many rows differed. The names are this file's own.
    fn replace(&mut self, table: &str, columns: &str) -> Result<u64> {
        let differing = |a: &str, b: &str| {
            let sql = format!(
                "SELECT count(*) FROM (SELECT {columns} FROM {a}.{table} EXCEPT SELECT {columns} FROM {b}.{table})"
            );
            self.conn.query_row(&sql, [], |row| row.get::<_, i64>(0))
        };
        let differ = differing("temp", "main")?.max(differing("main", "temp")?);
        if table == "deviation" {
            self.run(sql!("deviation/keep_found_at"), [])?;
        }
        if table == "patient_seal" {
            self.run(sql!("patient_seal/drop_changed"), [])?;
            self.run(sql!("patient_seal/add_new"), [])?;
        } else if differ > 0 {
            self.conn.execute_batch(&format!(
                "DELETE FROM main.{table}; INSERT INTO main.{table} SELECT * FROM temp.{table};"
            ))?;
        }
        self.conn.execute_batch(&format!("DROP TABLE temp.{table}"))?;
        self.conn.flush_prepared_statement_cache();
        Ok(unsigned(differ))
    }
}
