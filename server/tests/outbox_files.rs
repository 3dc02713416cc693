//! What a device saved to a file goes in as if the device had sent it, or not at all.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

#[allow(unused_imports, reason = "what the other tests need of it")]
mod common;

use common::{DeviceSim, TestServer};
use sparhund_server::ingest::{ImportError, TakenIn, take_in};
use sparhund_server::ops::now_ms;
use sparhund_shared::event::{BizStep, Event, Releasing};
use sparhund_shared::log::Sealed;
use sparhund_shared::wire::{OutboxFile, OutboxFileError, Upload};

/// Five records in two uploads.
async fn device(server: &TestServer) -> DeviceSim {
    let mut device = DeviceSim::enrolled(server, 1).await;
    for lot in ["L1", "L2", "L3", "L4", "L5"] {
        device.moves(BizStep::Receiving, lot, 10, None);
    }
    device
}

fn upload(device: &DeviceSim, records: &[Sealed]) -> Upload {
    minicbor::decode(&device.upload_of(records)).unwrap()
}

fn file_of(uploads: Vec<Upload>) -> Vec<u8> {
    OutboxFile {
        saved_at: 1_790_000_000_000,
        device: Some("Handdator 7".to_owned()),
        uploads,
    }
    .to_bytes()
}

fn file(device: &DeviceSim) -> Vec<u8> {
    let (first, second) = device.records.split_at(3);
    file_of(vec![upload(device, first), upload(device, second)])
}

async fn import(server: &TestServer, bytes: &[u8]) -> Result<TakenIn, ImportError> {
    take_in(server.state.store.as_ref(), bytes, now_ms(), false).await
}

/// Records of the device at the server, and units in the books.
async fn held(server: &TestServer, device: &DeviceSim) -> (usize, u64) {
    let store = server.state.store.as_ref();
    let records = store.log_page(device.log, 1, 100).await.unwrap();
    (records.len(), store.heads(&[device.log]).await.unwrap()[0].seq)
}

#[tokio::test]
async fn a_file_goes_in_once_however_it_comes() {
    let server = TestServer::with_world().await;
    let device = device(&server).await;
    let bytes = file(&device);
    let dry = take_in(server.state.store.as_ref(), &bytes, now_ms(), true);
    assert_eq!(dry.await.unwrap().stored, 5);
    assert_eq!(held(&server, &device).await, (0, 0), "a dry run writes nothing");

    let taken = import(&server, &file(&device)).await.unwrap();
    assert_eq!((taken.device.as_str(), taken.records), ("Handdator 7", 5));
    assert_eq!((taken.stored, taken.known), (5, 0));
    let again = import(&server, &file(&device)).await.unwrap();
    assert_eq!((again.stored, again.known), (0, 5));
    // The device reaches the server after all.
    let receipt = device.send(&server).await;
    assert_eq!(
        (&receipt["stored"], &receipt["known"]),
        (&0.into(), &5.into()),
        "{receipt}"
    );
    assert_eq!(held(&server, &device).await, (5, 5));
    let logs = server.state.store.logs().await.unwrap();
    let log = logs.iter().find(|log| log.log == device.log).unwrap();
    assert_eq!(log.signed, 5, "every record is proven");
}

#[tokio::test]
async fn no_byte_of_a_file_can_be_changed_and_none_be_left_out() {
    let server = TestServer::with_world().await;
    let device = device(&server).await;
    let sound = file(&device);
    // The name and the time of the file are signed by nobody and decide nothing.
    let free = sound.windows(11).position(|part| part == b"Handdator 7").unwrap() + 11;
    for at in (0..18).chain(free..sound.len()) {
        let mut bytes = sound.clone();
        bytes[at] ^= 0x01;
        let error = import(&server, &bytes).await.unwrap_err().to_string();
        assert!(error.starts_with("nothing was written: "), "byte {at}: {error}");
    }
    for length in [0, 1, 17, sound.len() / 2, sound.len() - 1] {
        assert!(import(&server, &sound[..length]).await.is_err(), "{length} bytes");
    }
    assert_eq!(held(&server, &device).await, (0, 0), "nothing half written");
}

#[tokio::test]
async fn a_file_that_does_not_fit_says_what_to_do() {
    let server = TestServer::with_world().await;
    let sound = device(&server).await;
    let refused = async |bytes: &[u8]| import(&server, bytes).await.unwrap_err();

    let error = refused(b"no;name;di").await;
    assert!(
        matches!(error, ImportError::File(OutboxFileError::AnotherFormat)),
        "{error}"
    );

    let mut stranger = DeviceSim::new(9);
    stranger.moves(BizStep::Receiving, "L9", 1, None);
    let both = vec![
        upload(&sound, &sound.records),
        upload(&stranger, &stranger.records),
    ];
    let error = refused(&file_of(both)).await;
    assert!(
        matches!(error, ImportError::UnknownLog(log) if log == stranger.log),
        "{error}"
    );
    assert!(error.to_string().contains("enrol it"), "{error}");

    // A record was taken out of the middle: the head does not reach what is before it.
    let mut holed = upload(&sound, &sound.records);
    holed.records.remove(2);
    let error = refused(&file_of(vec![holed])).await;
    assert!(
        matches!(&error, ImportError::Changed(refusal) if refusal.seq == Some(1)),
        "{error}"
    );

    let mut forged = upload(&sound, &sound.records);
    forged.head.signature.0[5] ^= 1;
    assert!(matches!(
        refused(&file_of(vec![forged])).await,
        ImportError::Signature(_)
    ));

    assert_eq!(held(&server, &sound).await, (0, 0), "nothing of any of them");
}

#[tokio::test]
async fn the_file_of_a_revoked_device_waits_for_a_person() {
    let server = TestServer::with_world().await;
    let device = device(&server).await;
    let store = server.state.store.as_ref();
    let devices = store.devices().await.unwrap();
    let id = devices.iter().find(|known| known.log == device.log).unwrap().id;
    store.revoke_device(id, now_ms()).await.unwrap();
    for _ in 0..2 {
        let taken = import(&server, &file(&device)).await.unwrap();
        assert_eq!((taken.stored, taken.aside), (0, device.records.len() as u64));
        assert_eq!(held(&server, &device).await, (0, 0), "it counts for nothing");
        let waiting = store.quarantined().await.unwrap();
        assert_eq!(waiting[0].records, device.records.len() as u64);
    }
}

#[tokio::test]
async fn a_file_cannot_lift_a_hold() {
    let server = TestServer::with_world().await;
    let mut device = device(&server).await;
    device.write(&Event::Release(Releasing {
        hold: "01920000-0000-7000-8000-000000000001".parse().unwrap(),
        reason: "förfalskad".parse().unwrap(),
    }));
    let (good, bad) = device.records.split_at(5);
    let error = import(
        &server,
        &file_of(vec![upload(&device, good), upload(&device, bad)]),
    )
    .await
    .unwrap_err();
    assert!(
        error
            .to_string()
            .contains("holds are set and lifted at the server"),
        "{error}"
    );
    assert_eq!(held(&server, &device).await, (0, 0));
}
