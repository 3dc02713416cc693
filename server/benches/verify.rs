//! How long `verify-log` takes over a million records.
//!
//! `cargo bench -p sparhund-server --bench verify -- [records]`. A real store is filled, exported to a file, and the file is checked as
//! the command does it: from the disk, with public keys alone.
#![allow(clippy::unwrap_used, reason = "a bench that cannot go on has failed")]

#[path = "../tests/store_world/mod.rs"]
mod store_world;

use std::fs::File;
use std::io::{BufReader, BufWriter};
use std::time::Instant;

use sparhund_server::ops::log_file::{verify, write};
use sparhund_server::store::Store;
use sparhund_server::store::sqlite::SqliteStore;
use sparhund_shared::log::{Head, Seen, Tail};
use store_world::{BASE, BIN_A, Device, T0, item, receive};

const DEVICES: u8 = 64;
/// As a device sends them.
const BATCH: usize = 500;

#[tokio::main]
async fn main() {
    let told = std::env::args().find_map(|word| word.parse().ok());
    let records: usize = told.unwrap_or(1_000_000);
    let dir = tempfile::tempdir().unwrap();
    let store = SqliteStore::open(dir.path().join("t.db")).unwrap();
    let witness = Device::new(DEVICES);
    witness.register(&store).await;
    let begun = Instant::now();
    for number in 0..DEVICES {
        fill(&store, number, records.div_ceil(usize::from(DEVICES)), &witness).await;
    }
    println!("filled in {:.1} s", begun.elapsed().as_secs_f64());
    let begun = Instant::now();
    let path = dir.path().join("export.jsonl");
    let mut file = BufWriter::new(File::create(&path).unwrap());
    let exported = write(&store, T0, &mut file).await.unwrap();
    drop(file);
    let bytes = std::fs::metadata(&path).unwrap().len();
    println!(
        "exported {} records, {} MB, in {:.1} s",
        exported.records,
        bytes / 1_000_000,
        begun.elapsed().as_secs_f64()
    );
    let begun = Instant::now();
    let verified = verify(BufReader::new(File::open(&path).unwrap())).unwrap();
    let took = begun.elapsed();
    println!(
        "verified {} records of {} logs under {} signatures and {} countersignatures in {:.1} s: {} records/s",
        verified.records,
        verified.logs,
        verified.heads,
        verified.seen,
        took.as_secs_f64(),
        u128::from(verified.records) * 1_000 / took.as_millis().max(1)
    );
}

/// A device's life, batch by batch, so that the memory does not hold a million records.
async fn fill(store: &SqliteStore, number: u8, records: usize, witness: &Device) {
    let mut device = Device::new(number);
    device.register(store).await;
    let mut written = 0;
    while written < records {
        while device.records.len() < BATCH.min(records - written) {
            let unit = written + device.records.len();
            let serial = format!("S{number:03}{unit:08}");
            let lot = format!("L{:05}", unit / 50);
            let goods = item(BASE, BASE, Some(&lot), Some(&serial), Some("2028-01-31"));
            device.write(&receive(goods, 1, BIN_A));
        }
        let last = device.records.last().unwrap().clone();
        written += device.records.len();
        store.append(device.everything()).await.unwrap();
        device.records.clear();
        device.tail = Tail::after(&last);
        if written >= records {
            let seen = Seen::sign(Head::of(&last), T0, witness.log(), &witness.key);
            store.keep_seen(vec![seen], T0).await.unwrap();
        }
    }
}
