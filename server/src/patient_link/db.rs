//! The database of the service: how it is opened, and the little that is read of it in several places.

use std::path::Path;
use std::time::Duration;

use rusqlite::{Connection, OptionalExtension as _, TransactionBehavior, params};
use sparhund_shared::log::Hash;

use super::LinkError;
use super::keys::Epoch;

/// What was deleted is overwritten, and there is no log beside the database that keeps it.
pub(super) fn connect(path: &Path) -> Result<Connection, LinkError> {
    if !path.exists() {
        drop(crate::ops::private(path).map_err(LinkError::file(path))?);
    }
    let mut conn = Connection::open(path)?;
    conn.busy_timeout(Duration::from_secs(5))?;
    conn.execute_batch(
        "PRAGMA trusted_schema = OFF; PRAGMA secure_delete = ON; PRAGMA journal_mode = DELETE; PRAGMA synchronous = FULL;",
    )?;
    let transaction = conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let found: i64 = transaction.pragma_query_value(None, "user_version", |row| row.get(0))?;
    match found {
        0 => transaction.execute_batch(concat!(include_str!("0001.sql"), "PRAGMA user_version = 1;"))?,
        1 => {}
        newer => {
            return Err(LinkError::Refused(format!(
                "the database of the patient-link service has version {newer}, this program knows 1: use the newer program"
            )));
        }
    }
    transaction.commit()?;
    Ok(conn)
}

pub(super) fn fault_of_key(db: &Connection, key: Hash) -> Result<&'static str, LinkError> {
    let known = epochs(db)?.into_iter().any(|epoch| epoch.public.id() == key);
    Ok(if known { "key_destroyed" } else { "unknown_key" })
}

pub(super) fn epochs(conn: &Connection) -> Result<Vec<Epoch>, LinkError> {
    let mut statement =
        conn.prepare_cached("SELECT no, public, made_at, closed_at, destroyed_at FROM epoch ORDER BY no")?;
    let rows = statement.query_map([], |row| {
        Ok((
            Hash(row.get(1)?),
            row.get(0)?,
            row.get(2)?,
            row.get(3)?,
            row.get(4)?,
        ))
    })?;
    rows.map(|row| {
        let (public, no, made_at, closed_at, destroyed_at) = row?;
        Ok(Epoch {
            no,
            public: public
                .to_string()
                .parse()
                .map_err(|_| LinkError::Damaged(format!("epoch {no} has no key")))?,
            made_at,
            closed_at,
            destroyed_at,
        })
    })
    .collect()
}

pub(super) fn setting(conn: &Connection, name: &str) -> Result<Option<String>, LinkError> {
    let found = conn.query_row(
        "SELECT value FROM setting WHERE name = ?1",
        params![name],
        |row| row.get(0),
    );
    Ok(found.optional()?)
}

pub(super) fn set(conn: &Connection, name: &str, value: &str) -> Result<(), LinkError> {
    conn.execute(
        "INSERT INTO setting (name, value) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        params![name, value],
    )?;
    Ok(())
}
