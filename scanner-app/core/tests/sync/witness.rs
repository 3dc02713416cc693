//! The device keeps what the server signed, and says so when the server tells otherwise.

use ed25519_dalek::SigningKey;
use rusqlite::OptionalExtension as _;
use sparhund_scanner_core::api::{AlertCode, Command};
use sparhund_shared::log::{Hash, Head, LogId, PublicKey, Seen};
use sparhund_shared::wire::OwnHead;
use uuid::Uuid;

use super::book;
use crate::common::Rig;
use crate::common::server::Fault;

const SERVER: LogId = LogId(Uuid::from_u128(99));

fn key() -> SigningKey {
    SigningKey::from_bytes(&[5; 32])
}

fn head(seq: u64, hash: u8) -> Head {
    Head {
        log: SERVER,
        seq,
        hash: Hash([hash; 32]),
    }
}

fn own(head: Head) -> OwnHead {
    OwnHead {
        key: PublicKey::of(&key()),
        head: head.sign(&key()),
    }
}

fn rewrote(rig: &Rig) -> bool {
    let alerts = rig.now_status().alerts;
    alerts.iter().any(|alert| alert.code == AlertCode::ServerRewrote)
}

/// A rig whose server has shown the end of its own log once.
fn shown(at: Head) -> Rig {
    let rig = Rig::ready();
    rig.server.0.borrow_mut().own = Some(own(at));
    rig.sync();
    assert!(!rewrote(&rig));
    rig
}

#[test]
fn the_servers_head_is_signed_for_once() {
    let rig = shown(head(3, 3));
    assert!(rig.server.0.borrow().witnessed.is_empty(), "seen just now");
    rig.sync();
    rig.sync();
    let state = rig.server.0.borrow();
    let [seen] = state.witnessed.as_slice() else {
        panic!("{:?}", state.witnessed)
    };
    assert_eq!(seen.head, head(3, 3));
    seen.verify(&state.keys[&seen.by]).unwrap();
    drop(state);
    assert!(!rewrote(&rig));
}

#[test]
fn a_server_log_that_goes_on_is_believed() {
    let rig = shown(head(3, 3));
    rig.server.0.borrow_mut().own = Some(own(head(5, 5)));
    rig.sync();
    rig.sync();
    assert!(!rewrote(&rig));
}

#[test]
fn a_server_log_that_became_shorter_is_told() {
    let rig = shown(head(3, 3));
    rig.server.0.borrow_mut().own = Some(own(head(2, 2)));
    rig.sync();
    assert!(rewrote(&rig));
}

#[test]
fn another_record_at_a_place_that_was_seen_is_told() {
    let rig = shown(head(3, 3));
    let state = &rig.server.0;
    state.borrow_mut().own = Some(own(head(5, 5)));
    state.borrow_mut().own_then = Some(Hash([9; 32]));
    rig.sync();
    assert!(rewrote(&rig));
}

#[test]
fn a_head_that_the_server_did_not_sign_is_told() {
    let rig = Rig::ready();
    let mut forged = own(head(3, 3));
    forged.head.head.seq = 4;
    rig.server.0.borrow_mut().own = Some(forged);
    rig.sync();
    assert!(rewrote(&rig));
}

#[test]
fn records_that_the_server_signed_for_and_lost_are_told_and_sent_again() {
    for restored in [false, true] {
        let rig = shown(head(1, 1));
        book(&rig, 3);
        rig.sync();
        let log = *rig.server.0.borrow().keys.keys().next().unwrap();
        {
            let mut state = rig.server.0.borrow_mut();
            let seen = state.head(log);
            assert_eq!(seen.seq, 3);
            state.seen = vec![Seen::sign(seen, 7, SERVER, &key())];
        }
        rig.sync();
        {
            let mut state = rig.server.0.borrow_mut();
            state.records.retain(|(_, seq), _| *seq <= 1);
            state.seen.clear();
            state.incarnation += u128::from(restored);
        }
        assert_eq!(rig.sync().sent, 2);
        assert_eq!(
            rewrote(&rig),
            !restored,
            "a restore that is told of is none of the server's lies"
        );
    }
}

/// A setting as it stands in the store.
fn setting(rig: &Rig, name: &str) -> serde_json::Value {
    let db = rusqlite::Connection::open(rig.database()).unwrap();
    let text: Option<String> = db
        .query_row("SELECT value FROM setting WHERE name = ?1", [name], |row| {
            row.get(0)
        })
        .optional()
        .unwrap();
    text.map_or(serde_json::Value::Null, |text| {
        serde_json::from_str(&text).unwrap()
    })
}

/// A rig with three records that the server has signed for.
fn signed_for() -> (Rig, Seen) {
    let rig = shown(head(1, 1));
    book(&rig, 3);
    rig.sync();
    let seen = {
        let mut state = rig.server.0.borrow_mut();
        let log = *state.keys.keys().next().unwrap();
        let seen = Seen::sign(state.head(log), 7, SERVER, &key());
        state.seen = vec![seen.clone()];
        seen
    };
    rig.sync();
    assert!(!rewrote(&rig));
    (rig, seen)
}

#[test]
fn a_restored_server_is_believed_also_when_the_upload_is_cut_short() {
    let (rig, _) = signed_for();
    {
        let mut state = rig.server.0.borrow_mut();
        state.records.clear();
        // It holds nothing, so it signs for nothing.
        state.seen.clear();
        state.incarnation += 1;
        // Holds, heads, and then the upload.
        state.faults = vec![None, None, Some(Fault::Lost)];
    }
    rig.problem(Command::Sync);
    rig.sync();
    assert!(!rewrote(&rig));
    assert_eq!(rig.now_status().unsent, 0);
}

#[test]
fn what_it_signed_is_kept_when_the_server_speaks_as_another() {
    let (rig, seen) = signed_for();
    let kept = own(head(1, 1));
    rig.server.0.borrow_mut().incarnation += 1;
    rig.sync();
    let [earlier] = setting(&rig, "server_earlier")
        .as_array()
        .unwrap()
        .clone()
        .try_into()
        .unwrap();
    assert_eq!(earlier["own"], serde_json::to_value(&kept).unwrap());
    assert_eq!(earlier["seen"], serde_json::to_value(&seen).unwrap());
    for n in 0..40 {
        rig.server.0.borrow_mut().incarnation += 1 + n;
        rig.sync();
    }
    let list = setting(&rig, "server_earlier").as_array().unwrap().clone();
    assert_eq!(list.len(), 32, "bounded");
    assert_eq!(list[0], earlier, "the first stays");
}

#[test]
fn the_first_dispute_keeps_both_signatures() {
    let (rig, seen) = signed_for();
    rig.server.0.borrow_mut().own = Some(own(head(0, 0)));
    rig.sync();
    assert!(rewrote(&rig));
    let disputed = setting(&rig, "server_disputed");
    assert_eq!(disputed["own"], serde_json::to_value(own(head(1, 1))).unwrap());
    assert_eq!(disputed["seen"], serde_json::to_value(&seen).unwrap());
}

#[test]
fn a_server_that_signed_and_signs_nothing_now_is_told() {
    let rig = shown(head(3, 3));
    rig.server.0.borrow_mut().own = None;
    rig.sync();
    assert!(rewrote(&rig));
}

#[test]
fn a_head_that_did_not_verify_is_not_kept() {
    let rig = shown(head(3, 3));
    let mut forged = own(head(3, 3));
    forged.head.head.seq = 4;
    rig.server.0.borrow_mut().own = Some(forged);
    rig.sync();
    assert!(rewrote(&rig));
    assert_eq!(
        setting(&rig, "server_head"),
        serde_json::to_value(own(head(3, 3))).unwrap()
    );
}

#[test]
fn a_restored_server_with_a_shorter_log_is_believed() {
    let rig = shown(head(3, 3));
    {
        let mut state = rig.server.0.borrow_mut();
        state.own = Some(own(head(2, 2)));
        state.incarnation += 1;
    }
    rig.sync();
    rig.sync();
    assert!(!rewrote(&rig));
}
