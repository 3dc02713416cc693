//! The frozen bytes: what devices have signed must verify for ever. These never change; a new schema gets new ones.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use ed25519_dalek::SigningKey;
use sparhund_shared::event::{
    BizStep, Capture, EntryMethod, Event, Holding, Identified, Item, Movement, OrderLineRef, Quantity,
    Releasing, Unread, Voiding,
};
use sparhund_shared::log::{
    EventId, Head, HoldId, LogId, Moment, PublicKey, Record, RecordError, Sealed, Tail, UserId,
};
use uuid::Uuid;

fn hex(bytes: &[u8]) -> String {
    bytes
        .iter()
        .fold(String::new(), |text, byte| format!("{text}{byte:02x}"))
}

fn id(byte: u8) -> Uuid {
    Uuid::from_bytes([byte; 16])
}

fn pick() -> Event {
    Event::Move(Movement {
        step: BizStep::Picking,
        item: Item::Identified(Identified {
            di: "GS1:17350000000013".parse().unwrap(),
            base: "GS1:07350000000016".parse().unwrap(),
            article: Some("1001".parse().unwrap()),
            lot: Some("L-1".parse().unwrap()),
            serial: Some("S/1".parse().unwrap()),
            expiry: Some("2027-02".parse().unwrap()),
            made: Some("2026-01-31".parse().unwrap()),
        }),
        quantity: Quantity::new(300).unwrap(),
        from: Some("7350000000016/A-01".parse().unwrap()),
        to: "7350000000016".parse().unwrap(),
        supplier: None,
        order: Some(OrderLineRef {
            order: "O-1".parse().unwrap(),
            line: 2,
        }),
        sscc: None,
        capture: Capture {
            entry: EntryMethod::Wedge,
            raw: vec![b"]d20117350000000018\x1d".to_vec().into()],
            parser: 1,
            profile: Some("Zebra".into()),
            catalogue: 70_000,
            holds: 7,
            seen: vec!["possible-hold".into()],
            entries: None,
        },
    })
}

fn events() -> [Event; 6] {
    let receive = Event::Move(Movement {
        step: BizStep::Receiving,
        item: Item::Unread(Unread::of(b"???", None)),
        quantity: Quantity::ONE,
        from: None,
        to: "7350000000016".parse().unwrap(),
        supplier: Some("Nordmark Medicinteknik AB".into()),
        order: None,
        sscc: Some("073500000000000016".parse().unwrap()),
        capture: Capture {
            // Of the day when these bytes were frozen.
            parser: 1,
            ..Capture::confirmed(0, 0)
        },
    });
    let hold = Event::Hold(Holding {
        hold: HoldId(id(5)),
        dis: vec!["IFA:111234567842".parse().unwrap()],
        lot: None,
        serial: None,
        reason: "FSN 2026-117: läckage".parse().unwrap(),
    });
    let release = Event::Release(Releasing {
        hold: HoldId(id(5)),
        reason: "utredd".parse().unwrap(),
    });
    let void = Event::Void(Voiding {
        target: EventId(id(2)),
        reason: "fel hylla".into(),
    });
    // One label, half of it by the wedge and half by the camera.
    let mut by_both = pick();
    if let Event::Move(movement) = &mut by_both {
        movement.capture.raw.push(b"]d210L-1".to_vec().into());
        movement.capture.entries = Some(vec![EntryMethod::Wedge, EntryMethod::Camera]);
    }
    [pick(), receive, hold, release, void, by_both]
}

fn chain() -> Vec<Sealed> {
    let mut tail = Tail::empty(LogId(id(1)));
    (1_u8..)
        .zip(events())
        .map(|(number, event)| {
            let moment = Moment {
                at: 1_795_305_600_000 + i64::from(number),
                offset: (number > 1).then_some(-1_500),
            };
            let sealed = tail.next(EventId(id(number)), moment, UserId(id(9)), &event);
            tail = Tail::after(&sealed);
            sealed
        })
        .collect()
}

#[test]
fn records_have_these_bytes() {
    let lines: Vec<String> = chain()
        .iter()
        .map(|sealed| format!("{} {}", sealed.hash(), hex(sealed.bytes())))
        .collect();
    let frozen: Vec<&str> = include_str!("log_golden.txt").lines().collect();
    assert_eq!(lines, frozen, "\n{}\n", lines.join("\n"));
}

#[test]
fn a_signed_head_has_these_bytes() {
    let key = SigningKey::from_bytes(&[7; 32]);
    let signed = Head::of(&chain()[4]).sign(&key);
    signed.verify(&PublicKey::of(&key)).unwrap();
    assert_eq!(
        hex(&minicbor::to_vec(&signed).unwrap()),
        include_str!("log_golden_head.txt").trim()
    );
}

#[test]
fn frozen_records_are_read_back() {
    for (sealed, event) in chain().into_iter().zip(events()) {
        let read = Sealed::open(sealed.bytes().to_vec()).unwrap();
        assert_eq!(read, sealed);
        assert_eq!(read.record().event().unwrap(), event);
    }
}

/// The same content in other CBOR: longer integers, indefinite lengths, something after the end.
#[test]
fn other_spellings_of_a_record_are_refused() {
    let sealed = &chain()[0];
    let bytes = sealed.bytes();
    assert_eq!(
        (bytes[0], bytes[18]),
        (0x8a, 0x01),
        "an array of ten; sequence number 1"
    );
    let mut longer = bytes.to_vec();
    longer.splice(18..19, [0x18, 0x01]);
    let mut indefinite = bytes.to_vec();
    indefinite[0] = 0x9f;
    indefinite.push(0xff);
    let mut trailing = bytes.to_vec();
    trailing.push(0);
    let mut chunked = bytes.to_vec();
    chunked.splice(1..18, [&[0x5f, 0x50][..], &bytes[2..18], &[0xff]].concat());
    for other in [longer, indefinite, trailing, chunked] {
        let refusal = Sealed::open(other.clone()).unwrap_err();
        assert!(
            matches!(
                refusal,
                RecordError::NotCanonical { seq: 1 } | RecordError::Malformed(_)
            ),
            "{refusal} for {}",
            hex(&other)
        );
    }
    for at in 0..bytes.len() {
        assert!(Sealed::open(bytes[..at].to_vec()).is_err(), "cut at {at}");
    }
}

#[test]
fn places_that_no_writer_gives_are_refused() {
    let first = chain().remove(0).record().clone();
    let reopened = |record: Record| Sealed::open(Sealed::new(record).bytes().to_vec());
    let other = chain().remove(1).hash();
    assert!(reopened(first.clone()).is_ok());
    let zero = Record {
        seq: 0,
        ..first.clone()
    };
    assert!(matches!(reopened(zero), Err(RecordError::SeqZero)));
    let high = Record {
        seq: 1 << 53,
        prev: other,
        ..first.clone()
    };
    assert!(matches!(reopened(high), Err(RecordError::SeqTooLarge { .. })));
    let followed = Record {
        prev: other,
        ..first.clone()
    };
    assert!(matches!(reopened(followed), Err(RecordError::Start { seq: 1 })));
    let headless = Record { seq: 2, ..first };
    assert!(matches!(reopened(headless), Err(RecordError::Start { seq: 2 })));
}
