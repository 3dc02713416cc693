//! The device's own records.

use rusqlite::{Connection, OptionalExtension, Row, params};
use sparhund_shared::log::{EventId, Hash, Head, LogId, Sealed, Tail};

use super::sql;
use crate::fault::Fault;

/// What became of a record.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Sent {
    /// The server has it for good.
    Acknowledged = 1,
    /// The server would not take it; it is kept.
    Refused = 2,
}

/// Starts an empty log.
pub(crate) fn begin(tx: &Connection, tail: &Tail) -> Result<(), Fault> {
    tx.execute(
        sql!("log/begin"),
        params![tail.head.log.0.as_bytes(), tail.head.hash.0],
    )?;
    Ok(())
}

/// The end of a log.
pub(crate) fn tail(db: &Connection, log: LogId) -> Result<Tail, Fault> {
    let mut statement = db.prepare_cached(sql!("log/tail"))?;
    let tail = statement
        .query_row([log.0.as_bytes()], |row| {
            Ok(Tail {
                head: Head {
                    log,
                    seq: unsigned(row, 0)?,
                    hash: Hash(row.get(1)?),
                },
                tick: row.get(2)?,
            })
        })
        .optional()?;
    Ok(tail.unwrap_or_else(|| Tail::empty(log)))
}

/// Appends the next record and moves the tail.
pub(crate) fn append(tx: &Connection, sealed: &Sealed) -> Result<(), Fault> {
    let record = sealed.record();
    let log = record.log.0.as_bytes();
    tx.prepare_cached(sql!("log/insert_record"))?.execute(params![
        log,
        signed(record.seq),
        sealed.hash().0,
        record.event_id.0.as_bytes(),
        record.at,
        sealed.bytes()
    ])?;
    tx.prepare_cached(sql!("log/set_tail"))?.execute(params![
        log,
        signed(record.seq),
        sealed.hash().0,
        record.tick
    ])?;
    Ok(())
}

/// Hash of the record at a place, if it is kept.
pub(crate) fn hash_at(db: &Connection, log: LogId, seq: u64) -> Result<Option<Hash>, Fault> {
    let mut statement = db.prepare_cached(sql!("log/hash_at"))?;
    Ok(statement
        .query_row(params![log.0.as_bytes(), signed(seq)], |row| row.get(0).map(Hash))
        .optional()?)
}

/// Records that wait to be sent, after a place, in order.
pub(crate) fn waiting(db: &Connection, log: LogId, after: u64, limit: usize) -> Result<Vec<Sealed>, Fault> {
    let mut statement = db.prepare_cached(sql!("log/waiting"))?;
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let rows = statement.query_map(params![log.0.as_bytes(), signed(after), limit], |row| {
        row.get::<_, Vec<u8>>(1)
    })?;
    rows.map(|bytes| open(bytes?)).collect()
}

/// How many records wait, of every life of this device.
pub(crate) fn count_waiting(db: &Connection) -> Result<u64, Fault> {
    let count: i64 = db
        .prepare_cached(sql!("log/count_waiting"))?
        .query_row([], |row| row.get(0))?;
    Ok(u64::try_from(count).unwrap_or(0))
}

/// Notes what became of one record; gives back whether that is news.
pub(crate) fn mark(tx: &Connection, log: LogId, seq: u64, sent: Sent) -> Result<bool, Fault> {
    let changed =
        tx.prepare_cached(sql!("log/mark"))?
            .execute(params![log.0.as_bytes(), signed(seq), sent as i64])?;
    Ok(changed > 0)
}

/// Notes that the server has everything up to a place; gives back how many are news.
pub(crate) fn mark_through(tx: &Connection, log: LogId, seq: u64) -> Result<u64, Fault> {
    let changed = tx.execute(sql!("log/mark_through"), params![log.0.as_bytes(), signed(seq)])?;
    Ok(changed as u64)
}

/// Highest head the server has told of a log.
pub(crate) fn peer(db: &Connection, log: LogId) -> Result<u64, Fault> {
    let peer = db
        .query_row(sql!("log/peer"), [log.0.as_bytes()], |row| unsigned(row, 0))
        .optional()?;
    Ok(peer.unwrap_or(0))
}

/// Keeps it.
pub(crate) fn set_peer(tx: &Connection, log: LogId, seq: u64) -> Result<(), Fault> {
    tx.execute(sql!("log/set_peer"), params![log.0.as_bytes(), signed(seq)])?;
    Ok(())
}

/// When the last record of a log was written, by this device's clock.
pub(crate) fn last_at(db: &Connection, log: LogId) -> Result<Option<i64>, Fault> {
    let mut statement = db.prepare_cached(sql!("log/last_at"))?;
    Ok(statement
        .query_row([log.0.as_bytes()], |row| row.get(0))
        .optional()?)
}

/// The server lost what came after a place: send it again.
pub(crate) fn send_again(tx: &Connection, log: LogId, after: u64) -> Result<(), Fault> {
    tx.execute(sql!("log/send_again"), params![log.0.as_bytes(), signed(after)])?;
    Ok(())
}

/// Records of earlier lives that were not told again yet, in the order they were written, each with its place in that
/// order.
pub(crate) fn untold(
    db: &Connection,
    present: LogId,
    after: i64,
    limit: usize,
) -> Result<Vec<(i64, Sealed)>, Fault> {
    let mut statement = db.prepare_cached(sql!("log/untold"))?;
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let rows = statement.query_map(params![present.0.as_bytes(), after, limit], |row| {
        Ok((row.get(0)?, row.get::<_, Vec<u8>>(1)?))
    })?;
    rows.map(|row| {
        let (place, bytes) = row?;
        Ok((place, open(bytes)?))
    })
    .collect()
}

/// What [`untold`] found is told again in the present log now.
pub(crate) fn retell(tx: &Connection, present: LogId) -> Result<(), Fault> {
    tx.execute(sql!("log/retell"), [present.0.as_bytes()])?;
    Ok(())
}

/// How far a verified backup covers a log, as the server says now.
pub(crate) fn set_covered(tx: &Connection, log: LogId, seq: u64) -> Result<(), Fault> {
    tx.execute(sql!("log/set_covered"), params![log.0.as_bytes(), signed(seq)])?;
    Ok(())
}

/// Forgets covered records that are older than a time, and those that stand in a later log too. Uncovered ones stay,
/// whatever their age (invariant I5).
pub(crate) fn forget(tx: &Connection, log: LogId, before: i64) -> Result<(), Fault> {
    tx.execute(sql!("log/forget"), params![log.0.as_bytes(), before])?;
    tx.execute(sql!("log/forget_retold"), params![before])?;
    Ok(())
}

/// The record of an event.
pub(crate) fn by_event(db: &Connection, event: EventId) -> Result<Option<Sealed>, Fault> {
    let mut statement = db.prepare_cached(sql!("log/by_event"))?;
    let bytes: Option<Vec<u8>> = statement
        .query_row([event.0.as_bytes()], |row| row.get(0))
        .optional()?;
    bytes.map(open).transpose()
}

fn open(bytes: Vec<u8>) -> Result<Sealed, Fault> {
    Sealed::open(bytes).map_err(|error| Fault::Damaged(error.to_string()))
}

/// SQLite has signed integers; sequence numbers never come near the limit.
fn signed(seq: u64) -> i64 {
    i64::try_from(seq).unwrap_or(i64::MAX)
}

fn unsigned(row: &Row<'_>, column: usize) -> rusqlite::Result<u64> {
    row.get::<_, i64>(column)
        .map(|seq| u64::try_from(seq).unwrap_or(0))
}
