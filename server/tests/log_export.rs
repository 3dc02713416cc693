//! An export is whole, and no byte of it changes unseen.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod store_world;

use std::sync::LazyLock;

use proptest::prelude::*;
use sha2::Digest as _;
use sparhund_server::ops::log_file::{Fault, FaultKind, verify, verify_after, write};
use sparhund_server::store::Store;
use sparhund_server::store::sqlite::SqliteStore;
use sparhund_shared::log::{Head, Seen, Tail};
use store_world::*;
use tempfile::TempDir;

/// An empty database, and the folder it lies in.
fn new_store() -> (TempDir, SqliteStore) {
    let dir = tempfile::tempdir().unwrap();
    let store = SqliteStore::open(dir.path().join("t.db")).unwrap();
    (dir, store)
}

/// A device that wrote so many records.
fn writer_of(records: usize) -> Device {
    let mut writer = Device::new(2);
    for _ in 0..records {
        writer.write(&receive(lot_item("L1"), 1, BIN_A));
    }
    writer
}

/// Two logs: one with a gap and a fork, one straight; each writer signed for what it saw of the other.
fn export() -> Vec<u8> {
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    runtime.block_on(async {
        let (_dir, store) = new_store();
        store.set_setting("region", "Region Nordmark").await.unwrap();
        let (mut straight, mut torn) = (Device::new(1), Device::new(2));
        straight.register(&store).await;
        torn.register(&store).await;
        for _ in 0..12 {
            straight.write(&receive(lot_item("L1"), 1, BIN_A));
            store.append(straight.everything()).await.unwrap();
            torn.write(&receive(lot_item("L2"), 2, BIN_B));
        }
        let mut copy = Device {
            tail: Tail::after(&torn.records[1]),
            ..torn.clone()
        };
        let branch = copy.write_as(event_id(77), 0, &receive(lot_item("L3"), 1, BIN_B));
        store
            .append(torn.batch(torn.records[..4].to_vec()))
            .await
            .unwrap();
        store
            .append(torn.batch(torn.records[7..].to_vec()))
            .await
            .unwrap();
        store.append(copy.batch(vec![branch])).await.unwrap();
        store
            .keep_seen(vec![saw(&straight, &torn, 9), saw(&torn, &straight, 12)], T0)
            .await
            .unwrap();
        let mut file = Vec::new();
        let exported = write(&store, T0, &mut file).await.unwrap();
        assert_eq!((exported.logs, exported.records), (2, 12 + 4 + 5 + 1));
        file
    })
}

#[tokio::test]
async fn a_head_whose_record_has_not_come_yet_is_left_out() {
    let (_dir, store) = new_store();
    let device = writer_of(5);
    device.register(&store).await;
    // The first part of a chain that another server hands on.
    store
        .append(device.batch(device.records[..2].to_vec()))
        .await
        .unwrap();
    let mut part = device.everything();
    part.records.drain(3..);
    store.append(part).await.unwrap();
    let mut file = Vec::new();
    let exported = write(&store, T0, &mut file).await.unwrap();
    assert_eq!(
        (exported.records, exported.cut),
        (2, vec![("handdator".to_owned(), 2)])
    );
    verify(file.as_slice()).unwrap();
}

#[tokio::test]
async fn a_head_whose_record_was_taken_away_is_not_left_out() {
    let (dir, store) = new_store();
    let device = writer_of(3);
    device.register(&store).await;
    store.append(device.everything()).await.unwrap();
    let mut file = Vec::new();
    let exported = write(&store, T0, &mut file).await.unwrap();
    assert!(exported.cut.is_empty(), "{exported:?}");
    // Another history goes on from the first record, farther than this one.
    let mut copy = Device {
        tail: Tail::after(&device.records[0]),
        ..device.clone()
    };
    copy.records.truncate(1);
    for _ in 0..4 {
        copy.write(&receive(lot_item("L3"), 1, BIN_B));
    }
    let taken_away = async || {
        let disk = rusqlite::Connection::open(dir.path().join("t.db")).unwrap();
        let gone = disk.execute(
            "DELETE FROM record WHERE seq = 3 AND hash = ?1",
            [device.records[2].hash().0],
        );
        assert_eq!(gone.unwrap(), 1);
        let mut file = Vec::new();
        write(&store, T0, &mut file).await.unwrap();
        let fault = check(&file).unwrap_err();
        assert!(matches!(fault.kind, FaultKind::HeadWithoutRecord(_)), "{fault}");
        assert_eq!(fault.record, Some(3));
    };
    taken_away().await;
    store.append(device.everything()).await.unwrap();
    store.append(copy.everything()).await.unwrap();
    taken_away().await;
}

/// Nothing says that the log was longer but what the server remembers of it.
#[tokio::test]
async fn records_that_no_signature_reaches_are_named() {
    let (dir, store) = new_store();
    let device = writer_of(3);
    device.register(&store).await;
    store.append(device.everything()).await.unwrap();
    let disk = rusqlite::Connection::open(dir.path().join("t.db")).unwrap();
    assert_eq!(disk.execute("DELETE FROM signed_head", []).unwrap(), 1);
    let exported = write(&store, T0, &mut Vec::new()).await.unwrap();
    assert_eq!(
        (exported.records, exported.cut),
        (0, vec![("handdator".to_owned(), 0)])
    );
}

/// What the first writer says of the record at a place of the second one's log.
fn saw(witness: &Device, writer: &Device, seq: usize) -> Seen {
    let head = Head::of(&writer.records[seq - 1]);
    Seen::sign(head, T0 + 5_000, witness.log(), &witness.key)
}

static EXPORT: LazyLock<Vec<u8>> = LazyLock::new(export);

fn check(file: &[u8]) -> Result<sparhund_server::ops::log_file::Verified, Box<Fault>> {
    verify(file)
}

/// The lines of the file with their first byte.
fn lines(file: &[u8]) -> Vec<(usize, &[u8])> {
    let mut at = 0;
    file.split_inclusive(|byte| *byte == b'\n')
        .map(|line| {
            at += line.len();
            (at - line.len(), line)
        })
        .collect()
}

fn seq_of(line: &[u8]) -> Option<u64> {
    let line: serde_json::Value = serde_json::from_slice(line).unwrap();
    line.get("record")?.get("seq")?.as_u64()
}

#[test]
fn what_was_written_verifies_and_says_what_is_missing() {
    let verified = check(&EXPORT).unwrap();
    assert_eq!(verified.region, "Region Nordmark");
    assert_eq!((verified.logs, verified.records, verified.heads), (2, 22, 4));
    let until = (T0 + 5_000, "handdator".to_owned());
    assert_eq!((verified.seen, verified.seen_until), (2, Some(until)));
    assert_eq!(verified.gaps, [("handdator".to_owned(), 5, 7)]);
    assert_eq!(verified.forks, [("handdator".to_owned(), 3)]);
}

#[test]
fn a_clock_that_went_back_is_named_though_it_is_signed() {
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let (file, event) = runtime.block_on(async {
        let (_dir, store) = new_store();
        let mut device = Device::new(1);
        device.register(&store).await;
        device.write_as(event_id(1), 60_000, &receive(lot_item("L1"), 1, BIN_A));
        device.tail.tick = 0;
        let back = device.write_as(event_id(2), 0, &pick(lot_item("L1"), 1, BIN_A, None));
        device.write(&receive(lot_item("L1"), 1, BIN_A));
        store.append(device.everything()).await.unwrap();
        let mut file = Vec::new();
        write(&store, T0, &mut file).await.unwrap();
        (file, back.record().event_id)
    });
    let verified = check(&file).unwrap();
    assert_eq!(verified.back, [("handdator".to_owned(), 2, event)]);
    assert!(check(&EXPORT).unwrap().back.is_empty());
}

#[test]
fn lines_that_are_taken_away_or_moved_are_missed() {
    let whole: Vec<&[u8]> = lines(&EXPORT).into_iter().map(|(_, line)| line).collect();
    for at in 0..whole.len() {
        let mut without = whole.clone();
        without.remove(at);
        assert!(check(&without.concat()).is_err(), "line {} taken away", at + 1);
        let mut twice = whole.clone();
        twice.insert(at, whole[at]);
        assert!(check(&twice.concat()).is_err(), "line {} twice", at + 1);
        let mut cut = whole.clone();
        cut.truncate(at);
        assert!(check(&cut.concat()).is_err(), "cut before line {}", at + 1);
    }
    let more = [whole.concat(), b"\n".to_vec()].concat();
    assert!(matches!(check(&more).unwrap_err().kind, FaultKind::Trailing));
}

/// Whoever changes the file and works the digest out anew is found by chain and signatures.
#[test]
fn a_new_digest_does_not_hide_what_was_taken_away() {
    let again = |lines: &[&[u8]], records: usize| -> Vec<u8> {
        let mut file = lines.concat();
        let digest = <sha2::Sha256 as sha2::Digest>::digest(&file);
        let sha256 = digest
            .iter()
            .fold(String::new(), |text, byte| format!("{text}{byte:02x}"));
        let end = format!("{{\"end\":{{\"logs\":2,\"records\":{records},\"sha256\":\"{sha256}\"}}}}\n");
        file.extend(end.into_bytes());
        file
    };
    let mut whole: Vec<&[u8]> = lines(&EXPORT).into_iter().map(|(_, line)| line).collect();
    whole.pop();
    assert!(
        check(&again(&whole, 22)).is_ok(),
        "the test makes the digest as the export does"
    );
    for at in 0..whole.len() {
        let Some(seq) = seq_of(whole[at]) else { continue };
        let mut without = whole.clone();
        without.remove(at);
        let fault = check(&again(&without, 21)).unwrap_err();
        let kind = format!("{:?}", fault.kind);
        assert!(
            matches!(
                fault.kind,
                FaultKind::Missing { .. }
                    | FaultKind::HeadWithoutRecord(_)
                    | FaultKind::Unsigned
                    | FaultKind::Summary
            ),
            "record {seq}: {kind}"
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, ..ProptestConfig::default() })]

    /// Any byte anywhere; inside a record line, that record is named.
    #[test]
    fn a_changed_byte_is_found_and_its_record_named(at in any::<prop::sample::Index>(), by in 1..=255_u8) {
        let mut file = EXPORT.clone();
        let at = at.index(file.len());
        let lines = lines(&EXPORT);
        let number = lines.iter().rposition(|(begin, _)| *begin <= at).unwrap();
        file[at] ^= by;
        let fault = check(&file).unwrap_err();
        let told = fault.to_string();
        let (begin, line) = lines[number];
        // The end of a line belongs to the line after it as well.
        if let Some(seq) = seq_of(line).filter(|_| at + 1 < begin + line.len()) {
            prop_assert_eq!(fault.line, u64::try_from(number).unwrap() + 1, "{}", told);
            prop_assert_eq!(fault.record, Some(seq), "{}", told);
        }
    }

    /// Whatever is given to it, the check ends with an answer.
    #[test]
    fn any_bytes_are_answered(bytes in prop::collection::vec(any::<u8>(), 0..400), after in 0..25_usize) {
        let begin: Vec<u8> = lines(&EXPORT).into_iter().take(after).flat_map(|(_, line)| line.to_vec()).collect();
        prop_assert!(check(&[begin, bytes].concat()).is_err());
    }
}

/// A server that writes its file anew, digest and all, but cannot sign for others.
fn redigested(lines: &[Vec<u8>]) -> Vec<u8> {
    let mut file: Vec<u8> = lines[..lines.len() - 1].concat();
    let sha256 = sha2::Sha256::digest(&file)
        .iter()
        .fold(String::new(), |text, byte| format!("{text}{byte:02x}"));
    let mut end: serde_json::Value = serde_json::from_slice(&lines[lines.len() - 1]).unwrap();
    end["end"]["sha256"] = sha256.into();
    let end = &end["end"];
    let text = format!(
        "{{\"end\":{{\"logs\":{},\"records\":{},\"sha256\":{}}}}}\n",
        end["logs"], end["records"], end["sha256"]
    );
    file.extend_from_slice(text.as_bytes());
    file
}

#[test]
fn a_log_written_anew_by_its_own_writer_contradicts_what_others_signed_for() {
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let file = runtime.block_on(async {
        let (_dir, store) = new_store();
        let (witness, mut writer) = (Device::new(1), writer_of(3));
        witness.register(&store).await;
        writer.register(&store).await;
        let before = saw(&witness, &writer, 2);
        // It has its key, so the new chain is signed as it should be.
        writer.records.truncate(1);
        writer.tail = Tail::after(&writer.records[0]);
        for _ in 0..4 {
            writer.write(&receive(lot_item("L2"), 1, BIN_A));
        }
        store.append(writer.everything()).await.unwrap();
        store.keep_seen(vec![before], T0).await.unwrap();
        let mut file = Vec::new();
        write(&store, T0, &mut file).await.unwrap();
        file
    });
    let fault = check(&file).unwrap_err();
    assert!(
        matches!(fault.kind, FaultKind::SeenWithoutRecord { .. }),
        "{fault}"
    );
    assert_eq!(fault.record, Some(2));
}

/// Records and heads are gone from the database, and what another signed to have seen of them was forgotten.
#[tokio::test]
async fn a_log_that_was_shortened_on_the_disk_contradicts_what_others_signed_for() {
    let (_dir, store) = new_store();
    let (witness, writer) = (Device::new(1), writer_of(3));
    witness.register(&store).await;
    writer.register(&store).await;
    store
        .append(writer.batch(writer.records[..2].to_vec()))
        .await
        .unwrap();
    store
        .keep_seen(vec![saw(&witness, &writer, 3)], T0)
        .await
        .unwrap();
    let mut file = Vec::new();
    write(&store, T0, &mut file).await.unwrap();
    let fault = check(&file).unwrap_err();
    assert!(
        matches!(fault.kind, FaultKind::SeenWithoutRecord { .. }),
        "{fault}"
    );
    assert_eq!(fault.record, Some(3));
}

#[test]
fn a_countersignature_that_was_changed_is_named() {
    let whole: Vec<Vec<u8>> = lines(&EXPORT)
        .into_iter()
        .map(|(_, line)| line.to_vec())
        .collect();
    assert!(check(&redigested(&whole)).is_ok(), "the same file again");
    let at = whole
        .iter()
        .position(|line| line.starts_with(b"{\"seen\""))
        .unwrap();
    let text = String::from_utf8(whole[at].clone()).unwrap();
    let later = text.replace(
        &format!("\"at\":{}", T0 + 5_000),
        &format!("\"at\":{}", T0 + 5_001),
    );
    let mut changed = whole.clone();
    changed[at] = later.into_bytes();
    let fault = check(&redigested(&changed)).unwrap_err();
    assert!(matches!(fault.kind, FaultKind::BadSeen { .. }), "{fault}");
    assert_eq!(fault.line, at as u64 + 1);
    let nobody = uuid::Uuid::from_u128(77).to_string();
    let (from, to) = (
        text.find("\"by\":\"").unwrap() + 6,
        text.find("\",\"signature").unwrap(),
    );
    let mut by_nobody = text.clone();
    by_nobody.replace_range(from..to, &nobody);
    changed[at] = by_nobody.into_bytes();
    let fault = check(&redigested(&changed)).unwrap_err();
    assert!(matches!(fault.kind, FaultKind::UnknownWitness(_)), "{fault}");
}

#[test]
fn a_writer_is_no_witness_of_its_own_log() {
    let mut log = None;
    let selfish: Vec<Vec<u8>> = lines(&EXPORT)
        .into_iter()
        .map(|(_, line)| {
            let told: serde_json::Value = serde_json::from_slice(line).unwrap();
            if let Some(id) = told["log"]["id"].as_str() {
                log = Some(id.to_owned());
            }
            let Some(by) = told["seen"]["by"].as_str() else {
                return line.to_vec();
            };
            let text = String::from_utf8(line.to_vec()).unwrap();
            text.replace(by, log.as_ref().unwrap()).into_bytes()
        })
        .collect();
    let fault = check(&redigested(&selfish)).unwrap_err();
    assert!(matches!(fault.kind, FaultKind::OwnWitness), "{fault}");
}

/// A file in which every line that is written lets a device come.
struct Meanwhile<F>(Vec<u8>, F);

impl<F: FnMut()> std::io::Write for Meanwhile<F> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        (self.1)();
        self.0.write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_device_that_comes_and_signs_meanwhile_is_left_out() {
    let (_dir, store) = new_store();
    let mut first = Device::new(1);
    first.register(&store).await;
    first.write(&receive(lot_item("L1"), 1, BIN_A));
    store.append(first.everything()).await.unwrap();
    let mut written = 0;
    let mut file = Meanwhile(Vec::new(), || {
        written += 1;
        // The header is before, the line of the first log after the logs were listed.
        if written == 2 {
            let late = Device::new(2);
            let seen = vec![saw(&late, &first, 1)];
            tokio::task::block_in_place(|| {
                tokio::runtime::Handle::current().block_on(async {
                    late.register(&store).await;
                    store.keep_seen(seen, T0).await.unwrap();
                });
            });
        }
    });
    write(&store, T0, &mut file).await.unwrap();
    assert_eq!(store.seen(first.log()).await.unwrap().len(), 1, "it came in time");
    let verified = check(&file.0).unwrap();
    assert_eq!((verified.logs, verified.seen), (1, 0));
}

/// One who has no key at all can make up a file that verifies, with keys of his own; not one that goes on from an earlier file.
#[tokio::test]
async fn a_later_export_goes_on_from_an_earlier_one() {
    let (dir, store) = new_store();
    let (mut one, mut other) = (Device::new(1), Device::new(2));
    for device in [&mut one, &mut other] {
        device.register(&store).await;
        device.write(&receive(lot_item("L1"), 1, BIN_A));
        store.append(device.everything()).await.unwrap();
    }
    let mut old = Vec::new();
    write(&store, T0, &mut old).await.unwrap();
    let earlier = check(&old).unwrap();
    assert_eq!(earlier.writers.len(), 2);
    assert_eq!(earlier.writers[0].ends, [Head::of(&one.records[0])]);
    one.write(&receive(lot_item("L1"), 1, BIN_A));
    store.append(one.everything()).await.unwrap();
    let mut new = Vec::new();
    write(&store, T0 + 1, &mut new).await.unwrap();
    let later = verify_after(new.as_slice(), &earlier).unwrap();
    assert_eq!(later, check(&new).unwrap());
    let fault = verify_after(old.as_slice(), &later).unwrap_err();
    assert!(matches!(fault.kind, FaultKind::NotLater), "{fault}");

    let made_up = async |devices: &[&Device]| {
        let store = SqliteStore::open(dir.path().join("made-up.db")).unwrap();
        for device in devices {
            device.register(&store).await;
            store.append(device.everything()).await.unwrap();
        }
        let mut file = Vec::new();
        write(&store, T0 + 2, &mut file).await.unwrap();
        drop(store);
        std::fs::remove_file(dir.path().join("made-up.db")).unwrap();
        assert!(check(&file).is_ok(), "nothing in the file itself is wrong");
        verify_after(file.as_slice(), &earlier).unwrap_err()
    };
    let fault = made_up(&[&one]).await;
    assert!(matches!(fault.kind, FaultKind::LogGone { .. }), "{fault}");
    let mut anew = Device::new(2);
    anew.write(&receive(lot_item("L9"), 1, BIN_A));
    let fault = made_up(&[&one, &anew]).await;
    assert!(
        matches!(fault.kind, FaultKind::EarlierWithoutRecord(_)),
        "{fault}"
    );
    let key = ed25519_dalek::SigningKey::from_bytes(&[99; 32]);
    let fault = made_up(&[&one, &Device { key, ..other.clone() }]).await;
    assert!(matches!(fault.kind, FaultKind::OtherKey(_)), "{fault}");
}

#[test]
fn a_log_that_comes_twice_is_refused() {
    let whole: Vec<Vec<u8>> = lines(&EXPORT)
        .into_iter()
        .map(|(_, line)| line.to_vec())
        .collect();
    let ends: Vec<usize> = (0..whole.len())
        .filter(|at| whole[*at].starts_with(b"{\"log_end\""))
        .collect();
    let mut twice = whole[..=ends[0]].to_vec();
    twice.extend_from_slice(&whole[1..]);
    let fault = check(&redigested(&twice)).unwrap_err();
    assert!(
        matches!(fault.kind, FaultKind::Order("the file holds this log already")),
        "{fault}"
    );
    assert_eq!(fault.line, ends[0] as u64 + 2);
}

/// Files of the first version have no countersignatures.
#[test]
fn an_export_of_an_earlier_program_still_verifies() {
    let old: Vec<Vec<u8>> = lines(&EXPORT)
        .into_iter()
        .map(|(_, line)| line.to_vec())
        .filter(|line| !line.starts_with(b"{\"seen\""))
        .map(|line| {
            let text = String::from_utf8(line).unwrap();
            let header = text.starts_with("{\"sparhund_log_export\"");
            let old = if header {
                text.replacen(":2,", ":1,", 1)
            } else {
                text
            };
            old.into_bytes()
        })
        .collect();
    let verified = check(&redigested(&old)).unwrap();
    assert_eq!(
        (verified.records, verified.seen, verified.seen_until),
        (22, 0, None)
    );
}
