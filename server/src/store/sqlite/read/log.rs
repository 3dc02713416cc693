//! Logs, heads and records.

use rusqlite::{Connection, params};
use sparhund_shared::log::{Hash, Head, LogId, PublicKey, SignatureBytes, SignedHead};

use super::{row, rows, sql};
use crate::store::sqlite::codes::{Id, signed, unsigned};
use crate::store::{LogState, Result, StoredRecord};

pub(in super::super) fn heads(conn: &Connection, logs: &[LogId]) -> Result<Vec<Head>> {
    logs.iter()
        .map(|log| {
            let head = row(conn, sql!("log/head"), params![log.0.as_bytes()], |row| {
                Ok(Head {
                    log: *log,
                    seq: unsigned(row.get(0)?),
                    hash: Hash(row.get(1)?),
                })
            })?;
            Ok(head.unwrap_or(Head {
                log: *log,
                seq: 0,
                hash: Hash::ZERO,
            }))
        })
        .collect()
}

pub(in super::super) fn logs(conn: &Connection) -> Result<Vec<LogState>> {
    rows(conn, sql!("log/all"), [], |row| {
        let log = LogId(row.get::<_, Id>(0)?.0);
        Ok(LogState {
            log,
            key: PublicKey(row.get(1)?),
            writer: row.get(2)?,
            head: Head {
                log,
                seq: unsigned(row.get(3)?),
                hash: Hash(row.get(4)?),
            },
            last: unsigned(row.get(5)?),
            missing: unsigned(row.get(6)?),
            forks: unsigned(row.get(7)?),
            signed: unsigned(row.get(8)?),
        })
    })
}

pub(in super::super) fn log_page(
    conn: &Connection,
    log: LogId,
    from: u64,
    max: usize,
) -> Result<Vec<StoredRecord>> {
    let max = i64::try_from(max).unwrap_or(i64::MAX);
    rows(
        conn,
        sql!("record/of_log"),
        params![log.0.as_bytes(), signed(from), max],
        |row| {
            Ok(StoredRecord {
                seq: unsigned(row.get(0)?),
                hash: Hash(row.get(1)?),
                bytes: row.get(2)?,
            })
        },
    )
}

pub(in super::super) fn signed_heads(conn: &Connection, log: LogId) -> Result<Vec<SignedHead>> {
    rows(
        conn,
        sql!("signed_head/of_log"),
        params![log.0.as_bytes()],
        |row| {
            Ok(SignedHead {
                head: Head {
                    log,
                    seq: unsigned(row.get(0)?),
                    hash: Hash(row.get(1)?),
                },
                signature: SignatureBytes(row.get(2)?),
            })
        },
    )
}

pub(in super::super) fn log_key(conn: &Connection, log: LogId) -> Result<Option<PublicKey>> {
    row(conn, sql!("log/key"), params![log.0.as_bytes()], |row| {
        Ok(PublicKey(row.get(0)?))
    })
}
