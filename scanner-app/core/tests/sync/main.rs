//! Synchronising: holds first, what is missing, and what happens when things go wrong.
#![allow(clippy::unwrap_used)]

#[path = "../common/mod.rs"]
mod common;

mod clock;
mod enrolment;
mod feeds;
mod held_key;
mod outbox;
mod refusal;
mod restore;
mod rotation;
mod run;
mod witness;

use common::Rig;
use common::region::{bin, early};
use sparhund_shared::log::LogId;

/// The log that the device writes now.
fn log(rig: &Rig) -> LogId {
    let db = rusqlite::Connection::open(rig.database()).unwrap();
    let id: [u8; 16] = db
        .query_row("SELECT log FROM device", [], |row| row.get(0))
        .unwrap();
    LogId(uuid::Uuid::from_bytes(id))
}

/// No booking can be taken back any more: a key is changed only then.
const UNDO_MS: i64 = 10_001;

/// Books single receipts.
fn book(rig: &Rig, times: usize) {
    rig.receive("Prov AB");
    for _ in 0..times {
        rig.scan(&early());
        rig.place(&bin(1));
        rig.book();
    }
}

/// Units in stock at the server, and whether the books are free of conflicts.
fn units(rig: &Rig) -> i64 {
    let books = rig.server.books();
    assert!(books.conflicts().is_empty());
    books.stock().iter().map(|(_, _, _, units)| units).sum()
}
