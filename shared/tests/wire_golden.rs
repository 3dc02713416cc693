//! The frozen messages of a sync: both ends are updated at different times, so what one version sends every later one
//! must read, and the other way round.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use ed25519_dalek::SigningKey;
use minicbor::bytes::ByteVec;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sparhund_shared::log::{Hash, Head, Incarnation, LogId, PublicKey, Seen};
use sparhund_shared::wire::{
    Covered, FeedPage, FeedRow, Heads, HeadsAnswer, OwnHead, Receipt, Refusal, RefusalCode, TopicDigest,
    Upload,
};
use uuid::Uuid;

/// Version 1 as it began, before the messages told whose life speaks and what was countersigned.
mod first {
    pub const HEADS: &str = r#"{"heads":[{"head":{"log":"01010101-0101-0101-0101-010101010101","seq":3,"hash":"0303030303030303030303030303030303030303030303030303030303030303"},"signature":"bb7b7e62ce8c69c6a57d8ac31da06ab09cc4ba6d7f2f8ec5ce28e5a54a3c7cf1bb7b7e62ce8c69c6a57d8ac31da06ab09cc4ba6d7f2f8ec5ce28e5a54a3c7cf1"}],"now":1795305600000,"holds":7}"#;
    pub const ANSWER: &str = r#"{"heads":[{"log":"01010101-0101-0101-0101-010101010101","seq":3,"hash":"0303030303030303030303030303030303030303030303030303030303030303"}],"now":1795305600000,"covered":[{"log":"01010101-0101-0101-0101-010101010101","seq":2}]}"#;
}

/// The answer as a client of the first version reads it.
#[derive(Deserialize)]
struct FirstAnswer {
    heads: Vec<Head>,
    now: i64,
    covered: Vec<Covered>,
}

/// What a device tells as a server of the first version reads it.
#[derive(Deserialize)]
struct FirstHeads {
    heads: Vec<Value>,
    now: i64,
    holds: u64,
}

fn key() -> SigningKey {
    SigningKey::from_bytes(&[7; 32])
}

fn head(log: u8, seq: u64) -> Head {
    Head {
        log: LogId(Uuid::from_bytes([log; 16])),
        seq,
        hash: Hash([u8::try_from(seq).unwrap(); 32]),
    }
}

fn seen() -> Seen {
    Seen::sign(head(2, 4), 1_795_305_600_000, head(1, 3).log, &key())
}

fn heads() -> Heads {
    Heads {
        heads: vec![head(1, 3).sign(&key())],
        now: 1_795_305_600_000,
        holds: 7,
        seen: vec![seen()],
        known: Some(head(2, 4)),
    }
}

fn answer() -> HeadsAnswer {
    HeadsAnswer {
        heads: vec![head(1, 3)],
        now: 1_795_305_600_500,
        incarnation: Some(Incarnation(Uuid::from_bytes([8; 16]))),
        covered: vec![Covered {
            log: head(1, 3).log,
            seq: 2,
        }],
        own: Some(OwnHead {
            key: PublicKey::of(&key()),
            head: head(2, 4).sign(&key()),
        }),
        known: Some(head(2, 4).hash),
        seen: vec![Seen::sign(head(1, 3), 1_795_305_600_500, head(2, 4).log, &key())],
        alone_since: None,
    }
}

fn receipt() -> Receipt {
    Receipt {
        head: head(1, 3),
        stored: 2,
        known: 1,
        refused: vec![Refusal {
            index: 3,
            seq: Some(4),
            hash: Some(head(1, 4).hash),
            code: RefusalCode::NotYours,
            detail: "holds are set at the server".to_owned(),
        }],
        now: 1_795_305_600_900,
    }
}

fn page() -> FeedPage {
    let body = serde_json::json!({"name": "Ortopeden", "code": "7350000000016"});
    let mut digest = TopicDigest::default();
    digest.add("7350000000016", &body);
    let row = |key: &str, rev, body| FeedRow {
        key: key.to_owned(),
        rev,
        body,
    };
    FeedPage {
        rows: vec![row("7350000000016", 5, Some(body)), row("gone", 6, None)],
        next: 6,
        more: false,
        digest,
    }
}

fn frozen<T: Serialize + DeserializeOwned + PartialEq + std::fmt::Debug>(name: &str, message: &T) -> String {
    let line = serde_json::to_string(message).unwrap();
    let read: T = serde_json::from_str(&line).unwrap();
    assert_eq!(&read, message, "{name} is read back");
    format!("{name} {line}")
}

/// An upload is signed and may lie in an outbox file for long.
fn upload() -> Upload {
    Upload {
        head: head(1, 3).sign(&key()),
        records: vec![ByteVec::from(vec![1, 2, 3]), ByteVec::from(vec![])],
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes
        .iter()
        .fold(String::new(), |text, byte| format!("{text}{byte:02x}"))
}

#[test]
fn messages_have_these_bytes() {
    let lines = [
        frozen("heads", &heads()),
        frozen("answer", &answer()),
        frozen("receipt", &receipt()),
        frozen("page", &page()),
        format!("upload {}", hex(&minicbor::to_vec(upload()).unwrap())),
    ];
    let known: Vec<&str> = include_str!("wire_golden.txt").lines().collect();
    assert_eq!(lines.to_vec(), known, "\n{}\n", lines.join("\n"));
}

#[test]
fn a_countersignature_verifies_under_the_key_that_made_it_only() {
    let seen = seen();
    seen.verify(&PublicKey::of(&key())).unwrap();
    assert!(
        seen.verify(&PublicKey::of(&SigningKey::from_bytes(&[8; 32])))
            .is_err()
    );
    for changed in [
        Seen {
            at: seen.at + 1,
            ..seen.clone()
        },
        Seen {
            by: head(3, 1).log,
            ..seen.clone()
        },
        Seen {
            head: head(2, 5),
            ..seen.clone()
        },
    ] {
        assert!(changed.verify(&PublicKey::of(&key())).is_err(), "{changed:?}");
    }
}

/// A device that was not updated yet syncs with a server that was, and the other way round.
#[test]
fn ends_one_version_apart_understand_each_other() {
    let old: Heads = serde_json::from_str(first::HEADS).unwrap();
    assert_eq!((old.heads.len(), old.holds), (1, 7));
    assert_eq!((old.seen.len(), old.known), (0, None));
    let old: HeadsAnswer = serde_json::from_str(first::ANSWER).unwrap();
    assert_eq!((old.incarnation, old.own, old.known), (None, None, None));
    let new: FirstAnswer = serde_json::from_str(&serde_json::to_string(&answer()).unwrap()).unwrap();
    assert_eq!((new.heads, new.now), (answer().heads, answer().now));
    assert_eq!(new.covered, answer().covered);
    let new: FirstHeads = serde_json::from_str(&serde_json::to_string(&heads()).unwrap()).unwrap();
    assert_eq!((new.heads.len(), new.now, new.holds), (1, heads().now, 7));
}
