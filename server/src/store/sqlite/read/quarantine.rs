//! What waits in quarantine, and what was decided.

use rusqlite::{Connection, params};
use sparhund_shared::log::{Hash, LogId, Sealed, UserId};

use super::{row, rows, sql};
use crate::store::sqlite::codes::{Id, mark, unsigned};
use crate::store::{QuarantineDecided, QuarantinePage, Quarantined, Result, StoreError, Verdict};

/// A record that waits.
pub(in super::super) struct Aside {
    pub(in super::super) sealed: Sealed,
    pub(in super::super) received_at: i64,
    /// Another enrolment told just the same, and it counts: nobody need decide about it.
    told_again: bool,
}

impl Aside {
    /// Whether a person decides about it.
    pub(in super::super) fn is_shown(&self) -> bool {
        !self.told_again
    }
}

/// Everything of a log that waits, in the order of its places.
pub(in super::super) fn aside(conn: &Connection, log: LogId) -> Result<Vec<Aside>> {
    let kept = rows(conn, sql!("quarantine/aside"), params![log.0.as_bytes()], |row| {
        Ok((row.get::<_, Vec<u8>>(0)?, row.get(1)?))
    })?;
    kept.into_iter()
        .map(|(bytes, received_at)| {
            let sealed = open(bytes)?;
            let told_again = counts_already(conn, &sealed)?;
            Ok(Aside {
                sealed,
                received_at,
                told_again,
            })
        })
        .collect()
}

/// Whether the record that counts for its event tells just the same.
fn counts_already(conn: &Connection, sealed: &Sealed) -> Result<bool> {
    let event = sealed.record().event_id;
    let claim = row(conn, sql!("claim/get"), params![event.0.as_bytes()], |row| {
        Ok((
            row.get::<_, i64>(0)?,
            row.get::<_, i64>(1)?,
            row.get::<_, i64>(2)?,
        ))
    })?;
    let Some((log_no, seq, wanted)) = claim else {
        return Ok(false);
    };
    let held = rows(conn, sql!("record/at"), params![log_no, seq], |row| {
        Ok((Hash(row.get(0)?), row.get::<_, Vec<u8>>(1)?))
    })?;
    for (hash, bytes) in held {
        if mark(hash) == wanted {
            return Ok(open(bytes)?.record().tells_the_same(sealed.record()));
        }
    }
    Ok(false)
}

fn open(bytes: Vec<u8>) -> Result<Sealed> {
    Sealed::open(bytes).map_err(|error| StoreError::Damaged(format!("a record in quarantine: {error}")))
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
    let mut shown = aside(conn, log)?;
    shown.retain(Aside::is_shown);
    Ok(QuarantinePage {
        records: shown.len() as u64,
        received_at: shown.iter().map(|aside| aside.received_at).max().unwrap_or(0),
        rows: shown
            .into_iter()
            .skip(offset)
            .take(max)
            .map(|aside| aside.sealed)
            .collect(),
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
