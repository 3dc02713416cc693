//! What waits to be sent, as a file.
#![allow(clippy::unwrap_used)]

mod common;

use common::Rig;
use common::region::{bin, pump_label};
use sparhund_scanner_core::api::{Command, OutboxView, Reply};
use sparhund_shared::log::{PublicKey, Sealed};
use sparhund_shared::wire::OutboxFile;

fn receive(rig: &Rig, serials: std::ops::Range<u32>) {
    rig.receive("Provverken AB");
    for serial in serials {
        rig.scan(&pump_label(&format!("P-{serial}")));
        rig.place(&bin(1));
        rig.book();
    }
}

fn export(rig: &Rig) -> OutboxView {
    match rig.ask(Command::ExportOutbox) {
        Reply::Outbox(view) => view,
        other => panic!("expected a file, got {other:?}"),
    }
}

/// Key of the device, and what else in its store must not leave it.
fn secrets(rig: &Rig) -> (PublicKey, Vec<Vec<u8>>) {
    let db = rusqlite::Connection::open(rig.database()).unwrap();
    let (seed, token): ([u8; 32], String) = db
        .query_row("SELECT seed, token FROM device", [], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })
        .unwrap();
    let key = ed25519_dalek::SigningKey::from_bytes(&seed);
    (PublicKey::of(&key), vec![seed.to_vec(), token.into_bytes()])
}

#[test]
fn the_file_holds_each_waiting_record_once_under_signed_heads_and_no_secret() {
    let rig = Rig::ready();
    receive(&rig, 1..3);
    rig.sync();
    rig.server.offline(true);
    receive(&rig, 3..8);
    rig.status(Command::SignOut);
    let (key, secrets) = secrets(&rig);

    let view = export(&rig);
    assert_eq!((view.records, rig.now_status().unsent), (5, 5));
    let bytes = &view.file.0;
    for secret in secrets {
        assert!(!bytes.windows(secret.len()).any(|part| *part == secret));
    }
    let file = OutboxFile::read(bytes).unwrap();
    assert_eq!(file.device.as_deref(), Some("Handdator 1"));
    let mut seqs = Vec::new();
    for upload in &file.uploads {
        upload.head.verify(&key).unwrap();
        seqs.extend(upload.records.iter().map(|bytes| {
            let sealed = Sealed::open(bytes.to_vec()).unwrap();
            sealed.record().seq
        }));
    }
    assert_eq!(seqs, [3, 4, 5, 6, 7], "what the server acknowledged stays out");

    // Saving changes nothing: all is sent when the server is back.
    rig.server.offline(false);
    assert_eq!(rig.sync().sent, 5);
    assert_eq!(rig.problem(Command::ExportOutbox).code, "nothing-to-export");
}

#[test]
fn many_records_make_several_uploads_that_a_server_takes() {
    let rig = Rig::fresh();
    rig.server.offline(true);
    assert_eq!(rig.problem(Command::ExportOutbox).code, "nothing-to-export");
    let rig = Rig::ready();
    rig.server.offline(true);
    rig.receive("Provverken AB");
    for serial in 0..501 {
        rig.scan(&pump_label(&format!("P-{serial}")));
    }
    rig.place(&bin(1));
    rig.book();
    let file = OutboxFile::read(&export(&rig).file.0).unwrap();
    let sizes: Vec<_> = file.uploads.iter().map(|upload| upload.records.len()).collect();
    assert_eq!(sizes, [500, 1]);
}
