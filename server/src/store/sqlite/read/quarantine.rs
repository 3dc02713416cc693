//! What waits in quarantine, and what was decided.

use rusqlite::types::ValueRef;
use rusqlite::{Connection, params};
use sparhund_shared::log::{Hash, LogId, Record, Sealed, UserId};

use super::{row, rows, sql};
use crate::store::sqlite::codes::{Id, unsigned};
use crate::store::{QuarantineDecided, QuarantinePage, Quarantined, Result, StoreError, Verdict};

/// A record that waits for a person.
pub(in super::super) struct Shown {
    pub(in super::super) seq: i64,
    pub(in super::super) hash: Hash,
    pub(in super::super) received_at: i64,
}

/// Which records of a log wait, in the order of its places. What another enrolment told just the same, and counts, is left out:
/// nobody need decide about it.
pub(in super::super) fn shown(conn: &Connection, log: LogId) -> Result<Vec<Shown>> {
    let waiting = rows(
        conn,
        sql!("quarantine/waiting"),
        params![log.0.as_bytes()],
        |row| {
            let shown = Shown {
                seq: row.get(0)?,
                hash: Hash(row.get(1)?),
                received_at: row.get(2)?,
            };
            // Compared here and dropped: all that wait are too many to hold at once.
            let told_again = match (row.get_ref(3)?, row.get_ref(4)?) {
                (ValueRef::Blob(counts), ValueRef::Blob(waits)) => told_again(counts, waits),
                _ => Ok(false),
            };
            Ok(told_again.map(|told_again| (!told_again).then_some(shown)))
        },
    )?;
    waiting.into_iter().filter_map(Result::transpose).collect()
}

fn told_again(counts: &[u8], waits: &[u8]) -> Result<bool> {
    let record = |bytes| minicbor::decode::<Record>(bytes).map_err(|error| damaged(&error));
    Ok(record(counts)?.tells_the_same(&record(waits)?))
}

fn damaged(error: &dyn std::fmt::Display) -> StoreError {
    StoreError::Damaged(format!("a record in quarantine: {error}"))
}

pub(in super::super) fn quarantined(conn: &Connection) -> Result<Vec<Quarantined>> {
    let logs = rows(conn, sql!("quarantine/logs"), [], |row| {
        Ok(LogId(row.get::<_, Id>(0)?.0))
    })?;
    let mut waiting = Vec::new();
    for log in logs {
        let page = quarantine_page(conn, log, 0, 0)?;
        if page.records > 0 {
            waiting.push(Quarantined {
                log,
                records: page.records,
                received_at: page.received_at,
            });
        }
    }
    Ok(waiting)
}

pub(in super::super) fn quarantine_page(
    conn: &Connection,
    log: LogId,
    offset: usize,
    max: usize,
) -> Result<QuarantinePage> {
    let shown = shown(conn, log)?;
    let page = shown.iter().skip(offset).take(max).map(|place| {
        let place = params![log.0.as_bytes(), place.seq, place.hash.0];
        let bytes = row(conn, sql!("quarantine/bytes"), place, |row| {
            row.get::<_, Vec<u8>>(0)
        })?;
        Sealed::open(bytes.unwrap_or_default()).map_err(|error| damaged(&error))
    });
    Ok(QuarantinePage {
        rows: page.collect::<Result<_>>()?,
        records: shown.len() as u64,
        received_at: shown.iter().map(|place| place.received_at).max().unwrap_or(0),
    })
}

pub(in super::super) fn quarantine_decided(conn: &Connection, log: LogId) -> Result<Vec<QuarantineDecided>> {
    rows(
        conn,
        sql!("quarantine/decided"),
        params![log.0.as_bytes()],
        |row| {
            let taken: bool = row.get(0)?;
            Ok(QuarantineDecided {
                verdict: if taken { Verdict::TakeIn } else { Verdict::Reject },
                by: UserId(row.get::<_, Id>(1)?.0),
                at: row.get(2)?,
                reason: row.get(3)?,
                records: unsigned(row.get(4)?),
            })
        },
    )
}
