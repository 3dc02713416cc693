//! Numbered migrations over `PRAGMA user_version`. A released migration is never edited.

use rusqlite::{Connection, TransactionBehavior};

use crate::store::{Result, StoreError};

/// Migration `n` (from 1) takes a database from version `n - 1` to `n`.
const MIGRATIONS: [&str; 23] = [
    include_str!("migrations/0001_facts.sql"),
    include_str!("migrations/0002_projections.sql"),
    include_str!("migrations/0003_tellers.sql"),
    include_str!("migrations/0004_orders.sql"),
    include_str!("migrations/0005_holds_by_identifier.sql"),
    include_str!("migrations/0006_scanners.sql"),
    include_str!("migrations/0007_projected.sql"),
    include_str!("migrations/0008_seen.sql"),
    include_str!("migrations/0009_backups.sql"),
    include_str!("migrations/0010_database.sql"),
    include_str!("migrations/0011_countersigned.sql"),
    include_str!("migrations/0012_ended_sessions.sql"),
    include_str!("migrations/0013_quarantine.sql"),
    include_str!("migrations/0014_audit.sql"),
    include_str!("migrations/0015_replaced.sql"),
    include_str!("migrations/0016_sites.sql"),
    include_str!("migrations/0017_decided.sql"),
    include_str!("migrations/0018_rows.sql"),
    include_str!("migrations/0019_closed_and_kept.sql"),
    include_str!("migrations/0020_told_as.sql"),
    include_str!("migrations/0021_told.sql"),
    include_str!("migrations/0022_patients.sql"),
    include_str!("migrations/0023_series.sql"),
];

/// The version that this program makes.
pub(super) fn newest() -> i64 {
    i64::try_from(MIGRATIONS.len()).unwrap_or(i64::MAX)
}

/// Refuses tables of another version than this program makes, and changes nothing.
pub(super) fn must_be_newest(conn: &Connection) -> Result<()> {
    let found: i64 = conn.pragma_query_value(None, "user_version", |row| row.get(0))?;
    let newest = newest();
    if found == newest {
        return Ok(());
    }
    Err(StoreError::Conflict(format!(
        "the database has version {found}, this program makes {newest}: use the program that serves it, or start \
         this one's server first"
    )))
}

/// Brings the database to the newest version; each step is one transaction.
pub(super) fn migrate(conn: &mut Connection) -> Result<()> {
    let found: i64 = conn.pragma_query_value(None, "user_version", |row| row.get(0))?;
    let newest = newest();
    if found < 0 || found > newest {
        return Err(StoreError::Conflict(format!(
            "the database has version {found}, this program knows {newest}: it was used by a newer program; \
             start that one, or restore a backup from before"
        )));
    }
    for (version, script) in (1_i64..).zip(MIGRATIONS).filter(|(version, _)| *version > found) {
        let transaction = conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
        transaction.execute_batch(script)?;
        transaction.pragma_update(None, "user_version", version)?;
        transaction.commit()?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use rusqlite::Connection;

    use super::{MIGRATIONS, migrate};

    /// Decisions were about whole logs: what had come again under another one counted, and goes on to.
    #[test]
    fn what_counts_already_is_not_left_out_by_an_old_decision() {
        let mut conn = Connection::open_in_memory().unwrap();
        let decided = |script: &&str| !script.contains("CREATE INDEX quarantine_rejected");
        let before: Vec<&str> = MIGRATIONS.into_iter().take_while(decided).collect();
        for script in &before {
            conn.execute_batch(script).unwrap();
        }
        conn.pragma_update(None, "user_version", i64::try_from(before.len()).unwrap())
            .unwrap();
        conn.execute_batch(
            "INSERT INTO claim (event, log_no, seq, mark) VALUES (x'01', 2, 1, 7);
             INSERT INTO quarantine (log_no, seq, hash, event, received_at, bytes, head_seq, head_hash, signature,
                                     rejected_by, rejected_at, reason)
             VALUES (1, 1, x'0a', x'01', 5, x'', 2, x'0b', x'', x'0c', 6, 'stulen'),
                    (1, 2, x'0b', x'02', 5, x'', 2, x'0b', x'', x'0c', 6, 'stulen')",
        )
        .unwrap();
        migrate(&mut conn).unwrap();
        let rejected: Vec<i64> = conn
            .prepare("SELECT seq FROM quarantine WHERE rejected_at IS NOT NULL")
            .unwrap()
            .query_map([], |row| row.get(0))
            .unwrap()
            .collect::<Result<_, _>>()
            .unwrap();
        assert_eq!(rejected, [2]);
        let kept = "SELECT records FROM quarantine_kept WHERE log_no = 1";
        assert_eq!(conn.query_row(kept, [], |row| row.get(0)), Ok(1));
    }

    #[test]
    fn a_database_of_a_newer_program_is_refused() {
        let mut conn = Connection::open_in_memory().unwrap();
        migrate(&mut conn).unwrap();
        migrate(&mut conn).unwrap();
        let version: usize = conn
            .pragma_query_value(None, "user_version", |row| row.get::<_, i64>(0))
            .unwrap()
            .try_into()
            .unwrap();
        assert_eq!(version, MIGRATIONS.len());
        conn.pragma_update(None, "user_version", 99).unwrap();
        let refusal = migrate(&mut conn).unwrap_err().to_string();
        assert!(refusal.contains("version 99"), "{refusal}");
    }
}
