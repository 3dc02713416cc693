//! What a signed head proves, and what becomes of the rest.

mod store_world;

use std::sync::Arc;

use minicbor::bytes::ByteVec;
use sparhund_server::ingest::{IngestError, OwnLog, prove, receive};
use sparhund_server::ops::DataDir;
use sparhund_server::store::sqlite::SqliteStore;
use sparhund_server::store::{Batch, Store};
use sparhund_shared::log::{Head, Sealed, SignatureError};
use sparhund_shared::wire::{MAX_RECORD_BYTES, RefusalCode, Upload};
use store_world::*;

fn device_with(number: u8, records: usize) -> Device {
    let mut device = Device::new(number);
    for _ in 0..records {
        device.write(&receive_one());
    }
    device
}

fn receive_one() -> sparhund_shared::event::Event {
    store_world::receive(lot_item("L1"), 1, BIN_A)
}

fn upload(device: &Device, head: &Sealed, records: &[Vec<u8>]) -> Upload {
    Upload {
        head: Head::of(head).sign(&device.key),
        records: records.iter().cloned().map(ByteVec::from).collect(),
    }
}

fn bytes(device: &Device) -> Vec<Vec<u8>> {
    device
        .records
        .iter()
        .map(|sealed| sealed.bytes().to_vec())
        .collect()
}

fn codes(refused: &[sparhund_shared::wire::Refusal]) -> Vec<(u32, RefusalCode)> {
    refused
        .iter()
        .map(|refusal| (refusal.index, refusal.code))
        .collect()
}

#[test]
fn a_whole_upload_is_proven_in_any_order() {
    let device = device_with(1, 5);
    let mut records = bytes(&device);
    records.reverse();
    let proven = prove(upload(&device, &device.records[4], &records), &device.public()).unwrap();
    assert!(proven.refused.is_empty());
    assert_eq!(proven.records, device.records);
}

#[test]
fn a_bad_record_is_named_and_what_stands_above_it_is_kept() {
    let device = device_with(1, 5);
    let mut records = bytes(&device);
    let last = records[2].len() - 1;
    records[2][last] ^= 1;
    let proven = prove(upload(&device, &device.records[4], &records), &device.public()).unwrap();
    assert_eq!(proven.records, device.records[3..]);
    assert_eq!(
        codes(&proven.refused),
        [
            (0, RefusalCode::Unproven),
            (1, RefusalCode::Unproven),
            (
                2,
                if Sealed::open(records[2].clone()).is_ok() {
                    RefusalCode::Unproven
                } else {
                    RefusalCode::Malformed
                }
            ),
        ]
    );
    records[2] = vec![0xff];
    let proven = prove(upload(&device, &device.records[4], &records), &device.public()).unwrap();
    assert_eq!(proven.records, device.records[3..]);
    assert_eq!(codes(&proven.refused)[2], (2, RefusalCode::Malformed));
}

#[test]
fn a_record_larger_than_any_device_writes_is_refused_with_the_reason() {
    let mut device = device_with(1, 1);
    device.write(&sparhund_shared::event::Event::Void(
        sparhund_shared::event::Voiding {
            target: event_id(1),
            reason: "x".repeat(MAX_RECORD_BYTES),
        },
    ));
    let records = bytes(&device);
    let proven = prove(upload(&device, &device.records[1], &records), &device.public()).unwrap();
    assert!(
        proven.records.is_empty(),
        "what is below it is proven by nothing else"
    );
    let [below, large] = proven.refused.as_slice() else {
        panic!("{:?}", proven.refused)
    };
    assert_eq!((below.index, below.code), (0, RefusalCode::Unproven));
    assert_eq!((large.index, large.code), (1, RefusalCode::Malformed));
    assert!(large.detail.contains("bytes"), "{}", large.detail);
}

#[test]
fn records_of_another_log_and_under_another_key_are_not_taken() {
    let (device, other) = (device_with(1, 3), device_with(2, 1));
    let mut records = bytes(&device);
    records.insert(1, other.records[0].bytes().to_vec());
    let proven = prove(upload(&device, &device.records[2], &records), &device.public()).unwrap();
    assert_eq!(proven.records, device.records);
    assert_eq!(codes(&proven.refused), [(1, RefusalCode::OtherLog)]);
    let refusal = prove(upload(&device, &device.records[2], &records), &other.public());
    assert!(matches!(refusal, Err(SignatureError::Mismatch { seq: 3 })));
}

#[test]
fn a_record_above_the_head_or_linked_to_stored_ones_only_is_not_proven() {
    let device = device_with(1, 4);
    let proven = prove(
        upload(&device, &device.records[1], &bytes(&device)),
        &device.public(),
    )
    .unwrap();
    assert_eq!(proven.records, device.records[..2]);
    assert_eq!(
        codes(&proven.refused),
        [(2, RefusalCode::Unproven), (3, RefusalCode::Unproven)]
    );
    let proven = prove(
        upload(&device, &device.records[3], &bytes(&device)[..3]),
        &device.public(),
    )
    .unwrap();
    assert!(proven.records.is_empty());
    assert_eq!(proven.refused.len(), 3);
}

#[tokio::test]
async fn an_upload_with_one_bad_record_stores_the_good_ones() {
    let dir = tempfile::tempdir().unwrap();
    let store = SqliteStore::open(dir.path().join("t.db")).unwrap();
    let device = device_with(1, 4);
    device.register(&store).await;
    let mut records = bytes(&device);
    records[1] = b"nonsense".to_vec();
    let sent = upload(&device, &device.records[3], &records);
    let receipt = receive(&store, device.log(), sent, T0).await.unwrap();
    assert_eq!((receipt.stored, receipt.known, receipt.refused.len()), (2, 0, 2));
    assert_eq!(receipt.head.seq, 0, "1 and 2 are missing");
    assert_eq!(store.logs().await.unwrap()[0].missing, 2);
    // The writer sends the unproven ones again under a head of their own.
    let again = upload(&device, &device.records[1], &bytes(&device)[..2]);
    let receipt = receive(&store, device.log(), again, T0).await.unwrap();
    assert_eq!((receipt.stored, receipt.head), (2, device.tail.head));
    let state = &store.logs().await.unwrap()[0];
    assert_eq!((state.missing, state.signed), (0, 4));

    let other = device_with(2, 1);
    let sent = upload(&other, &other.records[0], &bytes(&other));
    let refusal = receive(&store, device.log(), sent.clone(), T0).await;
    assert!(matches!(refusal, Err(IngestError::OtherLog { .. })));
    let refusal = receive(&store, other.log(), sent, T0).await;
    assert!(matches!(refusal, Err(IngestError::UnknownLog(_))));
}

#[tokio::test]
async fn the_servers_own_log_goes_on_after_a_restart_and_begins_anew_with_another_key() {
    let dir = tempfile::tempdir().unwrap();
    let data = DataDir::new(dir.path());
    let open = || async {
        let store: Arc<dyn Store> = Arc::new(SqliteStore::open(data.database()).unwrap());
        (OwnLog::open(Arc::clone(&store), &data, T0).await.unwrap(), store)
    };
    let (own, store) = open().await;
    let first = own.log();
    own.append(hold(1, &[BASE], Some("L1")), user(3), T0)
        .await
        .unwrap();
    own.append(hold(2, &[BASE], Some("L2")), user(3), T0)
        .await
        .unwrap();
    assert_eq!(store.holds().await.unwrap().len(), 2);
    drop((own, store));
    let (own, store) = open().await;
    assert_eq!(own.log(), first);
    own.append(hold(3, &[OTHER], None), user(3), T0 + 1)
        .await
        .unwrap();
    assert_eq!(store.heads(&[first]).await.unwrap()[0].seq, 3);
    let key = store.log_key(first).await.unwrap().unwrap();
    for signed in store.signed_heads(first).await.unwrap() {
        signed.verify(&key).unwrap();
    }
    drop((own, store));
    std::fs::remove_file(data.log_key()).unwrap();
    let (own, _) = open().await;
    assert_ne!(own.log(), first);
}

#[tokio::test]
async fn an_unknown_log_is_refused_alone() {
    let dir = tempfile::tempdir().unwrap();
    let store = SqliteStore::open(dir.path().join("t.db")).unwrap();
    let (known, stranger) = (device_with(1, 3), device_with(2, 3));
    known.register(&store).await;
    let batches: [Batch; 2] = [known.everything(), stranger.everything()];
    let [good, bad] = batches.map(|batch| store.append(batch));
    let (good, bad) = tokio::join!(good, bad);
    assert_eq!(good.unwrap().stored, 3);
    assert!(bad.unwrap_err().to_string().contains("not known here"));
}

/// Work that one record brings does not grow with what is torn already.
#[tokio::test]
async fn one_more_record_of_a_torn_log_writes_nothing_that_stands() {
    let dir = tempfile::tempdir().unwrap();
    let path = DataDir::new(dir.path()).database();
    let store = SqliteStore::open(&path).unwrap();
    let device = device_with(1, 200);
    device.register(&store).await;
    let odd = device.records.iter().step_by(2).cloned().collect();
    store.append(device.batch(odd)).await.unwrap();
    let beside = rusqlite::Connection::open(&path).unwrap();
    beside
        .execute_batch(
            "CREATE TABLE written (kind TEXT);
             CREATE TRIGGER put AFTER INSERT ON deviation BEGIN INSERT INTO written VALUES (NEW.kind); END;
             CREATE TRIGGER renewed AFTER UPDATE ON deviation BEGIN INSERT INTO written VALUES (NEW.kind); END;
             CREATE TRIGGER gone AFTER DELETE ON deviation BEGIN INSERT INTO written VALUES (OLD.kind); END;",
        )
        .unwrap();
    store
        .append(device.batch(device.records[41..42].to_vec()))
        .await
        .unwrap();
    let written = beside.query_row("SELECT count(*) FROM written", [], |row| row.get::<_, i64>(0));
    assert_eq!(written, Ok(1), "the gap that was closed");
}
