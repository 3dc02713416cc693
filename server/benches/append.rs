//! Records a second into the store alone, beside the same rows by raw rusqlite in bulk, in one run.
//!
//! `cargo bench -p sparhund-server --bench append`. The raw figure writes the very rows the run left behind, in order
//! of arrival, sorted within each commit of 10 000 records, with the same indexes and durability.
#![allow(clippy::unwrap_used, reason = "a bench that cannot go on has failed")]

#[path = "../tests/store_world/mod.rs"]
mod store_world;

use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use rusqlite::Connection;
use rusqlite::types::Value;
use sparhund_server::store::sqlite::SqliteStore;
use sparhund_server::store::{Batch, Store};
use sparhund_shared::event::{BizStep, Event};
use sparhund_shared::log::{Head, Sealed};
use store_world::{
    BASE, BIN_A, BIN_B, CASE, Device, T0, accept, article, item, movement, pick, receive, ship,
};

const DEVICES: u8 = 64;
const RECORDS: usize = 60_000;

/// Tables a record leaves rows in, with what orders them by arrival and by key.
const TABLES: [(&str, &str); 5] = [
    ("record", "seq, log_no"),
    ("claim", "seq, log_no"),
    ("event", "tick, log_no"),
    ("unit", "unit_no"),
    ("stock", "unit_no"),
];

/// What one device does: receipts of lots and serials, put away, picked, sent and confirmed.
fn write_shift(device: &mut Device, number: u8, records: usize) {
    while device.records.len() < records {
        let unit = device.records.len();
        let lot = format!("L{}", (unit / 50) % 40 + usize::from(number) * 40);
        let serial = format!("S{number:03}{unit:08}");
        let goods = || {
            item(
                BASE,
                BASE,
                Some(&lot),
                unit.is_multiple_of(2).then_some(&serial),
                Some("2028-01-31"),
            )
        };
        device.write(&receive(goods(), 1, BIN_A));
        device.write(&Event::Move(movement(
            BizStep::Storing,
            goods(),
            1,
            Some(BIN_A),
            BIN_B,
        )));
        device.write(&pick(goods(), 1, BIN_B, None));
        device.write(&ship(goods(), 1, None));
        device.write(&accept(goods(), 1, None));
    }
    device.records.truncate(records);
}

fn batches(device: &Device, size: usize) -> Vec<Batch> {
    let batch = |part: &[Sealed]| Batch {
        head: Head::of(part.last().unwrap()).sign(&device.key),
        records: part.to_vec(),
        received_at: T0,
    };
    device.records.chunks(size).map(batch).collect()
}

/// Appends everything, `tasks` devices at a time; records a second.
fn through_store(devices: &[Device], size: usize, path: &Path) -> f64 {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let store = Arc::new(SqliteStore::open(path).unwrap());
        store
            .put_articles(vec![article("1001", &[(BASE, 1), (CASE, 10)])])
            .await
            .unwrap();
        for device in devices {
            device.register(store.as_ref()).await;
        }
        let work: Vec<_> = devices.iter().map(|device| batches(device, size)).collect();
        let begun = Instant::now();
        let tasks: Vec<_> = work
            .into_iter()
            .map(|batches| {
                let store = Arc::clone(&store);
                tokio::spawn(async move {
                    for batch in batches {
                        store.append(batch).await.unwrap();
                    }
                })
            })
            .collect();
        for task in tasks {
            task.await.unwrap();
        }
        rate(begun)
    })
}

#[expect(clippy::cast_precision_loss, reason = "far fewer than 2^52")]
fn rate(begun: Instant) -> f64 {
    RECORDS as f64 / begun.elapsed().as_secs_f64()
}

/// Rows in order of arrival, cut into shares and sorted by key within each.
fn rows(database: &Path, table: &str, order: &str, commits: usize) -> (String, Vec<Vec<Vec<Value>>>) {
    let conn = Connection::open(database).unwrap();
    let mut select = conn
        .prepare(&format!("SELECT * FROM {table} ORDER BY {order}"))
        .unwrap();
    let columns = select.column_count();
    let rows: Vec<Vec<Value>> = select
        .query_map([], |row| (0..columns).map(|column| row.get(column)).collect())
        .unwrap()
        .collect::<Result<_, _>>()
        .unwrap();
    let share = rows.len().div_ceil(commits).max(1);
    let mut shares: Vec<Vec<Vec<Value>>> = rows.chunks(share).map(<[_]>::to_vec).collect();
    for share in &mut shares {
        share.sort_by(|a, b| a.iter().map(key).partial_cmp(b.iter().map(key)).unwrap());
    }
    let marks = vec!["?"; columns].join(",");
    (format!("INSERT INTO {table} VALUES ({marks})"), shares)
}

fn key(value: &Value) -> (i64, &[u8]) {
    match value {
        Value::Integer(number) => (*number, &[]),
        Value::Blob(bytes) => (0, bytes),
        Value::Text(text) => (0, text.as_bytes()),
        Value::Null | Value::Real(_) => (0, &[]),
    }
}

/// Writes the same rows with one connection, 10 000 records a commit; records a second.
fn raw(database: &Path, path: &Path) -> f64 {
    let commits = RECORDS.div_ceil(10_000);
    let tables: Vec<_> = TABLES
        .iter()
        .map(|(table, order)| rows(database, table, order, commits))
        .collect();
    drop(SqliteStore::open(path).unwrap());
    let conn = Connection::open(path).unwrap();
    conn.execute_batch(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -262144;
         PRAGMA wal_autocheckpoint = 16000;",
    )
    .unwrap();
    let begun = Instant::now();
    for commit in 0..commits {
        conn.execute_batch("BEGIN IMMEDIATE").unwrap();
        for (insert, shares) in &tables {
            let mut statement = conn.prepare_cached(insert).unwrap();
            for row in shares.get(commit).into_iter().flatten() {
                statement.execute(rusqlite::params_from_iter(row)).unwrap();
            }
        }
        conn.execute_batch("COMMIT").unwrap();
    }
    rate(begun)
}

fn main() {
    let mut devices: Vec<Device> = (1..=DEVICES).map(Device::new).collect();
    for (number, device) in (1..).zip(&mut devices) {
        write_shift(device, number, RECORDS / usize::from(DEVICES));
    }
    // All of them together must fit into the queue: 64 times 200.
    for size in [1, 50, 200] {
        let (mut best, mut best_raw) = (0.0_f64, 0.0_f64);
        for _ in 0..3 {
            let dir = tempfile::tempdir().unwrap();
            let database = dir.path().join("store.db");
            best = best.max(through_store(&devices, size, &database));
            best_raw = best_raw.max(raw(&database, &dir.path().join("raw.db")));
        }
        println!(
            "batches of {size} from {DEVICES} tasks: {best:.0} records/s into the store, {best_raw:.0} by raw rusqlite \
             in bulk, ratio {:.2}",
            best / best_raw
        );
    }
}
