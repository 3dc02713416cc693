//! What a server itself wrote after a backup, taken from the database that the backup replaces: nobody else has it.

use std::collections::HashSet;
use std::path::Path;

use rusqlite::Connection;
use sparhund_shared::log::{Hash, LogId, Sealed, SignedHead};

use super::entry::{Prepared, Sender};
use super::ledger::Ledger;
use super::{copy, life, migrate, read};
use crate::store::{Batch, LogKind, LogState, Result, SERVER_LOG, StoreError};

/// Records of one batch.
const PAGE: usize = 500;

/// The end of one of the server's own logs, proven.
pub(super) struct Rest {
    state: LogState,
    head: SignedHead,
    records: Vec<Sealed>,
}

/// Appends what the server's own logs had more: all of it, or nothing. How many records that were.
///
/// # Errors
/// When it cannot be written.
pub(super) fn carry_over(rests: &[Rest], ledger: &mut Ledger, now: i64) -> Result<u64> {
    ledger.transact(|ledger| {
        let mut carried = 0;
        for rest in rests {
            ledger.open_log(
                rest.state.log,
                rest.state.key,
                &rest.state.writer,
                LogKind::Server,
            )?;
            for records in rest.records.chunks(PAGE) {
                let batch = Batch {
                    head: rest.head.clone(),
                    records: records.to_vec(),
                    received_at: now,
                };
                let batch = Prepared::of(batch, Sender::Bringer);
                carried += u64::from(ledger.append_known(&batch)??.stored);
            }
        }
        Ok(carried)
    })
}

/// What the server's own logs have more in another database than here, read to its end.
///
/// # Errors
/// When the other database cannot be read, is of another version, a record of these logs is not reached by its signed head, or the chain
/// does not come down to what is here.
pub(super) fn rests(old: &Path, ledger: &Ledger) -> Result<Vec<Rest>> {
    let old = life::open_to_look(old)?;
    migrate::must_be_newest(&old)?;
    let devices: HashSet<LogId> = read::devices(&old)?.iter().map(|device| device.log).collect();
    let own = read::logs(&old)?
        .into_iter()
        .filter(|state| state.writer == SERVER_LOG && !devices.contains(&state.log) && state.head.seq > 0);
    own.map(|state| rest(&old, state, ledger)).collect()
}

/// Follows the chain from the signed head down to what is there already.
fn rest(old: &Connection, state: LogState, ledger: &Ledger) -> Result<Rest> {
    let damaged = |what: &str| StoreError::Damaged(format!("log {} of the server: {what}", state.log));
    let signed = read::signed_heads(old, state.log)?.into_iter();
    let head = signed
        .max_by_key(|signed| signed.head.seq)
        .ok_or_else(|| damaged("nothing is signed"))?;
    head.verify(&state.key)
        .map_err(|_| damaged("the signature of its head does not fit its key"))?;
    let there = read::heads(&ledger.conn, &[state.log])?;
    let known = there
        .first()
        .map_or((0, Hash::ZERO), |head| (head.seq, head.hash));
    let (mut seq, mut hash) = (head.head.seq, head.head.hash);
    let mut records = Vec::new();
    while seq > known.0 {
        let sealed = copy::record_at(old, state.log, seq, hash)?
            .ok_or_else(|| damaged(&format!("its head does not reach record {seq}")))?;
        (seq, hash) = (seq - 1, sealed.record().prev);
        records.push(sealed);
    }
    // One that ends below what is here may be a part of it, or another history: a copied data directory has the same key.
    let joins = if seq == known.0 {
        seq == 0 || hash == known.1
    } else {
        copy::record_at(&ledger.conn, state.log, seq, hash)?.is_some()
    };
    if !joins {
        return Err(damaged(&format!(
            "its history is another one below record {}",
            seq + 1
        )));
    }
    records.reverse();
    Ok(Rest { state, head, records })
}
