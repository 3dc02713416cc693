//! What names a person is told, and kept nowhere.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod common;

use common::region::{bin, early, ward};
use common::{Rig, scan};
use sparhund_scanner_core::api::{Answer, Command, DeedKind};
use sparhund_shared::event::ReasonCode;

/// A number that belongs to nobody: Skatteverket's own example.
const NUMBER: &str = "191212121212";

/// Everything the store holds on disk, its write-ahead log included.
fn stored(rig: &Rig) -> Vec<u8> {
    let mut bytes = Vec::new();
    for entry in std::fs::read_dir(rig.dir.path()).unwrap() {
        bytes.extend(std::fs::read(entry.unwrap().path()).unwrap());
    }
    bytes
}

fn has(bytes: &[u8], text: &str) -> bool {
    bytes.windows(text.len()).any(|part| part == text.as_bytes())
}

#[test]
fn a_wristband_is_refused_in_every_task_and_leaves_nothing() {
    let rig = Rig::ready();
    let codes = [
        NUMBER.to_owned(),
        "19121212-1212".to_owned(),
        "]C0121212+1212".to_owned(),
        format!("{NUMBER} TOLVAN TOLVANSSON"),
        "(8018)735000000000000012".to_owned(),
    ];
    let tries = |rig: &Rig| {
        for code in &codes {
            for _ in 0..2 {
                assert_eq!(rig.problem(scan(code)).code, "person", "{code}");
            }
        }
    };
    rig.receive("Prov AB");
    tries(&rig);
    rig.scan(&early());
    rig.place(&bin(1));
    rig.book();
    rig.pick();
    tries(&rig);
    for kind in [DeedKind::Use, DeedKind::Store, DeedKind::Count, DeedKind::Discard] {
        rig.task(Command::StartDeed { kind });
        tries(&rig);
    }
    rig.sync();
    let everywhere = [stored(&rig), rig.server.bytes()].concat();
    for part in [
        NUMBER,
        "12121212-1212",
        "121212+1212",
        "TOLVANSSON",
        "735000000000000012",
    ] {
        assert!(!has(&everywhere, part), "{part}");
    }
    assert!(has(&everywhere, "EARLY"), "the search finds what is there");
}

/// One personal number of ten has the check digit of a product's number too. Only the catalogue makes it a product.
#[test]
fn a_number_that_reads_like_a_product_is_a_person_all_the_same() {
    let rig = Rig::ready();
    rig.receive("Prov AB");
    assert_eq!(rig.problem(scan("191212120065")).code, "person");
    assert!(!has(&stored(&rig), "191212120065"));
}

#[test]
fn a_number_in_a_text_is_refused() {
    let rig = Rig::ready();
    let receive = |supplier: &str, reference: Option<&str>| Command::StartReceive {
        supplier: supplier.to_owned(),
        reference: reference.map(str::to_owned),
    };
    assert_eq!(
        rig.problem(receive("Tolvan 121212-1212", None)).code,
        "person-in-text"
    );
    assert_eq!(
        rig.problem(receive("Prov AB", Some(NUMBER))).code,
        "person-in-text"
    );
    rig.task(Command::StartDeed {
        kind: DeedKind::Discard,
    });
    rig.place(&ward());
    rig.ask(Command::Answer {
        answer: Answer::Reason {
            reason: Some(ReasonCode::Other),
        },
    });
    let note = |text: &str| Command::Answer {
        answer: Answer::Note {
            text: text.to_owned(),
        },
    };
    assert_eq!(rig.problem(note("hos 121212-1212")).code, "person-in-text");
    assert_eq!(rig.problem(note(&"x".repeat(201))).code, "note");
    rig.judged(note("blöt kartong"));
    assert!(!has(&stored(&rig), "121212-1212"));
}
