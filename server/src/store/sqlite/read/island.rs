//! What another server asks for: logs by their sums, chains of records, reference data with its versions.

use rusqlite::{Connection, Row, params};
use serde_json::{Value, json};
use sparhund_shared::log::{
    Hash, Head, LogId, MAX_SEQ, PublicKey, Sealed, SignatureBytes, SignedHead, UserId,
};
use sparhund_shared::reference::Order;
use sparhund_shared::wire::Topic;
use uuid::Uuid;

use super::{account_by_id, row, rows, sql};
use crate::store::sqlite::codes::{Id, from_json, signed, unsigned};
use crate::store::{
    Account, Conflict, ConflictsAbout, JoinedSite, LogIntro, LogKind, LogSum, PAGE_BYTES, Result, RowKind,
    SharedRow, StoreError,
};

pub(in super::super) fn log_sums(conn: &Connection, after: Option<LogId>, max: usize) -> Result<Vec<LogSum>> {
    // The empty blob comes before every id.
    let after: Vec<u8> = after.map_or_else(Vec::new, |log| log.0.as_bytes().to_vec());
    rows(conn, sql!("log/sums"), params![after, most(max)], |row| {
        Ok(LogSum {
            intro: LogIntro {
                log: LogId(row.get::<_, Id>(0)?.0),
                key: PublicKey(row.get(1)?),
                kind: kind(row.get(2)?),
                name: row.get(3)?,
            },
            records: unsigned(row.get(4)?),
            sum: row.get(5)?,
            covered: unsigned(row.get(6)?),
        })
    })
}

pub(in super::super) fn log_kind(conn: &Connection, log: LogId) -> Result<Option<LogKind>> {
    row(conn, sql!("log/kind"), params![log.0.as_bytes()], |row| {
        row.get(0).map(kind)
    })
}

fn kind(by_device: bool) -> LogKind {
    if by_device {
        LogKind::Device
    } else {
        LogKind::Server
    }
}

pub(in super::super) fn wanted(conn: &Connection, log: LogId, max: usize) -> Result<Vec<Head>> {
    rows(
        conn,
        sql!("orphan/wanted"),
        params![log.0.as_bytes(), most(max)],
        |row| {
            Ok(Head {
                log,
                seq: unsigned(row.get(0)?),
                hash: Hash(row.get(1)?),
            })
        },
    )
}

pub(in super::super) fn lacking(conn: &Connection, records: &[Head]) -> Result<Vec<Head>> {
    let mut lacking = Vec::new();
    for head in records {
        let key = params![head.log.0.as_bytes(), signed(head.seq), head.hash.0];
        if head.seq > 0 && row(conn, sql!("record/is_held"), key, |_| Ok(()))?.is_none() {
            lacking.push(*head);
        }
    }
    Ok(lacking)
}

pub(in super::super) fn signed_heads_after(
    conn: &Connection,
    after: Head,
    max: usize,
) -> Result<Vec<SignedHead>> {
    let key = params![
        after.log.0.as_bytes(),
        signed(after.seq.min(MAX_SEQ)),
        after.hash.0,
        most(max)
    ];
    rows(conn, sql!("signed_head/after"), key, |row| {
        Ok(SignedHead {
            head: Head {
                log: after.log,
                seq: unsigned(row.get(0)?),
                hash: Hash(row.get(1)?),
            },
            signature: SignatureBytes(row.get(2)?),
        })
    })
}

pub(in super::super) fn chain(
    conn: &Connection,
    from: Head,
    until: Head,
    max: usize,
) -> Result<Vec<Vec<u8>>> {
    let mut chain = Vec::new();
    let mut bytes_read = 0;
    let mut at = from;
    while at.seq > 0 && chain.len() < max && (at.seq, at.hash) != (until.seq, until.hash) {
        let key = params![at.log.0.as_bytes(), signed(at.seq), at.hash.0];
        let Some(bytes) = row(conn, sql!("record/of_hash"), key, |row| row.get::<_, Vec<u8>>(0))? else {
            break;
        };
        bytes_read += bytes.len();
        if bytes_read > PAGE_BYTES && !chain.is_empty() {
            break;
        }
        let sealed = Sealed::open(bytes.clone()).map_err(|error| StoreError::Damaged(error.to_string()))?;
        at.seq -= 1;
        at.hash = sealed.record().prev;
        chain.push(bytes);
    }
    Ok(chain)
}

/// A row as it is exchanged; `None` when there is none. Of an order only what was placed: the rest follows from records.
pub(in super::super) fn row_body(conn: &Connection, kind: RowKind, key: &str) -> Result<Option<Value>> {
    match kind {
        RowKind::Article => super::of_topic(conn, Topic::Articles, key),
        RowKind::Place => super::of_topic(conn, Topic::Places, key),
        RowKind::Rule => removable(conn, Topic::Rules, key),
        RowKind::Delivery => Ok(removable(conn, Topic::Deliveries, key)?.map(as_announced)),
        RowKind::Order => {
            let body = row(conn, sql!("customer_order/body"), params![key], |row| {
                row.get::<_, String>(0)
            })?;
            let Some(body) = body else { return Ok(None) };
            let value = serde_json::to_value(as_placed(from_json(&body)?));
            Ok(Some(
                value.map_err(|error| StoreError::Engine(error.to_string()))?,
            ))
        }
        RowKind::Account => {
            // Another server may say anything: nobody has such an id.
            let Ok(id) = key.parse() else { return Ok(None) };
            let account = account_by_id(conn, UserId(id))?;
            Ok(account.as_ref().map(account_body))
        }
        RowKind::Conflict => {
            let body = row(conn, sql!("conflict/get"), params![key], |row| {
                row.get::<_, String>(0)
            })?;
            body.map(|body| from_json(&body)).transpose()
        }
    }
}

/// A row that may have been taken away: then the other servers must hear that.
fn removable(conn: &Connection, topic: Topic, key: &str) -> Result<Option<Value>> {
    let body = row(conn, sql!("feed/get"), params![topic.word(), key], |row| {
        row.get::<_, Option<String>>(0)
    })?;
    body.map(|body| body.map_or_else(|| Ok(gone(key)), |body| from_json(&body)))
        .transpose()
}

/// A delivery as it was announced: what was received of it follows from records.
pub(in super::super) fn as_announced(mut delivery: Value) -> Value {
    if let Some(fields) = delivery.as_object_mut() {
        fields.remove("received");
    }
    delivery
}

/// That a row was taken away, as servers exchange it. It names the row, as every other body does.
pub(in super::super) fn gone(key: &str) -> Value {
    json!({ "gone": key })
}

/// Of an order only what was placed.
pub(in super::super) fn as_placed(mut order: Order) -> Order {
    for line in &mut order.lines {
        line.progress = sparhund_shared::fold::Progress::default();
        line.options = Vec::new();
        line.picked = Vec::new();
        line.shipped = Vec::new();
    }
    order
}

/// An account as servers exchange it.
pub(in super::super) fn account_body(account: &Account) -> Value {
    json!({
        "user": account.user,
        "password_hash": account.password_hash,
        "active": account.active,
    })
}

/// Which version a row is.
pub(in super::super) fn version(kind: RowKind, key: &str, body: &Value) -> Hash {
    let text = format!("{}\u{0}{key}\u{0}{body}", kind.word());
    Hash::of("sparhund/row/1", text.as_bytes())
}

pub(in super::super) fn rows_after(conn: &Connection, rev: u64, max: usize) -> Result<Vec<SharedRow>> {
    let rev = signed(rev.min(1 << 53));
    let found = rows(conn, sql!("shared_row/after"), params![rev, most(max)], kept)?;
    with_bodies(conn, found)
}

pub(in super::super) fn rows_to_offer(conn: &Connection, rev: u64, max: usize) -> Result<Vec<SharedRow>> {
    let rev = signed(rev.min(1 << 53));
    let found = rows(conn, sql!("shared_row/to_offer"), params![rev, most(max)], kept)?;
    with_bodies(conn, found)
}

pub(in super::super) fn rows_sum(conn: &Connection) -> Result<(u64, i64)> {
    let kept = row(conn, sql!("shared_sum/get"), [], |row| {
        Ok((unsigned(row.get(0)?), row.get(1)?))
    })?;
    Ok(kept.unwrap_or_default())
}

struct Kept {
    kind: String,
    key: String,
    rev: u64,
    version: Hash,
    base: Option<Hash>,
    changed_at: i64,
}

fn kept(row: &Row<'_>) -> rusqlite::Result<Kept> {
    Ok(Kept {
        kind: row.get(0)?,
        key: row.get(1)?,
        rev: unsigned(row.get(2)?),
        version: Hash(row.get(3)?),
        base: base(row.get(4)?),
        changed_at: row.get(5)?,
    })
}

/// An empty base was agreed with an earlier life of the central server: this one is not known to have any.
pub(in super::super) fn base(kept: Option<Vec<u8>>) -> Option<Hash> {
    kept.and_then(|kept| kept.try_into().ok()).map(Hash)
}

fn with_bodies(conn: &Connection, found: Vec<Kept>) -> Result<Vec<SharedRow>> {
    let mut full = Vec::with_capacity(found.len());
    let mut bytes = 0;
    for kept in found {
        let kind = RowKind::from_word(&kept.kind)
            .ok_or_else(|| StoreError::Damaged(format!("{} is no kind of row", kept.kind)))?;
        let Some(body) = row_body(conn, kind, &kept.key)? else {
            return Err(StoreError::Damaged(format!(
                "the {} {} has no row",
                kept.kind, kept.key
            )));
        };
        bytes += body.to_string().len();
        if bytes > PAGE_BYTES && !full.is_empty() {
            break;
        }
        full.push(SharedRow {
            kind,
            key: kept.key,
            rev: kept.rev,
            version: kept.version,
            base: kept.base,
            changed_at: kept.changed_at,
            body,
        });
    }
    Ok(full)
}

pub(in super::super) fn conflicts(
    conn: &Connection,
    about: ConflictsAbout,
    max: usize,
) -> Result<Vec<Conflict>> {
    let people = about == ConflictsAbout::People;
    let bodies = rows(conn, sql!("conflict/all"), params![people, most(max)], |row| {
        row.get::<_, String>(0)
    })?;
    bodies.iter().map(|body| from_json(body)).collect()
}

pub(in super::super) fn conflict(conn: &Connection, id: &str) -> Result<Option<Conflict>> {
    let body = row(conn, sql!("conflict/get"), params![id], |row| {
        row.get::<_, String>(0)
    })?;
    body.map(|body| from_json(&body)).transpose()
}

pub(in super::super) fn open_conflicts(conn: &Connection, about: ConflictsAbout) -> Result<u64> {
    let people = about == ConflictsAbout::People;
    let count = row(conn, sql!("conflict/count_open"), params![people], |row| {
        row.get(0)
    })?;
    Ok(count.map_or(0, unsigned))
}

pub(in super::super) fn joined(row: &Row<'_>) -> rusqlite::Result<JoinedSite> {
    let behind: Option<i64> = row.get(7)?;
    Ok(JoinedSite {
        id: row.get::<_, Id>(0)?.0,
        name: row.get(1)?,
        log: row.get::<_, Option<Id>>(2)?.map(|id| LogId(id.0)),
        joined_at: row.get(3)?,
        revoked_at: row.get(4)?,
        seen_at: row.get(5)?,
        offset: row.get(6)?,
        behind: behind.map(unsigned),
    })
}

pub(in super::super) fn site(conn: &Connection, id: Uuid) -> Result<Option<JoinedSite>> {
    row(conn, sql!("site/get"), params![id.as_bytes()], joined)
}

pub(in super::super) fn sites(conn: &Connection) -> Result<Vec<JoinedSite>> {
    rows(conn, sql!("site/all"), [], joined)
}

fn most(max: usize) -> i64 {
    i64::try_from(max).unwrap_or(i64::MAX)
}
