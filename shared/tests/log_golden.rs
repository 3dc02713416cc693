//! The frozen bytes: what devices have signed must verify for ever. These never change; a new schema gets new ones.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use ed25519_dalek::SigningKey;
use sparhund_shared::event::{
    Answer, BizStep, Capture, Circumstances, CountOutcome, Counting, DeliveryRef, Demand, Difference,
    EntryMethod, Event, Handling, Holding, Identified, Item, Movement, OrderLineRef, PatientSeal, Quantity,
    ReasonCode, ReceivingCheck, Releasing, Requisition, Searching, StockStatus, UnitStep, Unread, Voiding,
};
use sparhund_shared::identity::PlaceCode;
use sparhund_shared::log::{
    EventId, Hash, Head, HoldId, LogId, Moment, PublicKey, Record, RecordError, Sealed, Tail, UserId,
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
        circumstances: None,
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
        circumstances: None,
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

/// Events that schema 2 brought.
#[expect(clippy::too_many_lines, reason = "a list")]
fn events_of_schema_2() -> Vec<Event> {
    let capture = Capture {
        parser: 1,
        ..Capture::confirmed(0, 0)
    };
    let Event::Move(plain) = pick() else {
        unreachable!()
    };
    let place: PlaceCode = "7350000000016/A-01".parse().unwrap();
    let mut used = Movement {
        step: BizStep::Installing,
        circumstances: Circumstances {
            patient: Some(PatientSeal {
                key: Hash([3; 32]),
                sealed: vec![1, 2, 3].into(),
            }),
            ..Circumstances::default()
        }
        .told(),
        ..plain.clone()
    };
    used.order = None;
    let told = Movement {
        step: BizStep::Shipping,
        sscc: Some("073500000000000016".parse().unwrap()),
        circumstances: Circumstances {
            becomes: Some(StockStatus::TransferredOut),
            reason: Some(ReasonCode::CareNeeds),
            note: Some("enligt beslut".parse().unwrap()),
            cause: Some(EventId(id(4))),
            hold: Some(HoldId(id(5))),
            receiver: Some("212000-0001".parse().unwrap()),
            photos: Some(vec![Hash([4; 32])]),
            ..Circumstances::default()
        }
        .told(),
        ..plain.clone()
    };
    let line = plain.order.clone().unwrap();
    let delivery = DeliveryRef {
        supplier: Some("Nordmark Medicinteknik AB".into()),
        delivery: Some("F-1".parse().unwrap()),
        sscc: told.sscc,
        line: Some(line.clone()),
    };
    let request = |demand, units| {
        Event::Request(Requisition {
            place: place.clone(),
            article: "1001".parse().unwrap(),
            units,
            demand,
            reason: None,
            capture: capture.clone(),
        })
    };
    vec![
        Event::Move(used),
        Event::Move(told.clone()),
        Event::Move(Movement {
            step: BizStep::Repairing,
            circumstances: None,
            ..plain.clone()
        }),
        Event::Count(Counting {
            place: place.clone(),
            item: plain.item.clone(),
            units: 0,
            book: -2,
            outcome: CountOutcome::AwaitsAnother,
            first: Some(EventId(id(6))),
            capture: capture.clone(),
        }),
        Event::Differ(Difference {
            delivery: delivery.clone(),
            place: place.clone(),
            article: Some("1001".parse().unwrap()),
            item: Some(plain.item.clone()),
            reason: ReasonCode::Damaged,
            units: Quantity::ONE,
            note: Some("blöt kartong".parse().unwrap()),
            photos: Some(vec![Hash([4; 32])]),
            capture: capture.clone(),
        }),
        Event::Check(ReceivingCheck {
            delivery,
            place: place.clone(),
            item: plain.item.clone(),
            conformity: Answer::Yes,
            information: Answer::No,
            importer: Answer::NotApplicable,
            udi: Answer::NotSampled,
            photos: None,
            capture: capture.clone(),
        }),
        Event::Search(Searching {
            hold: HoldId(id(5)),
            place: place.clone(),
            units: 3,
            capture: capture.clone(),
        }),
        Event::Handle(Handling {
            step: UnitStep::Loading,
            sscc: "073500000000000016".parse().unwrap(),
            place: place.clone(),
            route: Some("Tur 4".parse().unwrap()),
            order: Some("O-1".parse().unwrap()),
            capture: capture.clone(),
        }),
        request(Demand::BinCard, None),
        request(Demand::BackOrder(line.clone()), Some(Quantity::ONE)),
        request(Demand::Substitute(line), Some(Quantity::ONE)),
    ]
}

#[test]
fn events_of_schema_2_have_these_bytes() {
    let lines: Vec<String> = events_of_schema_2()
        .iter()
        .map(|event| {
            assert_eq!(event.schema(), 2);
            assert_eq!(Event::from_payload(&event.to_payload()).as_ref(), Ok(event));
            format!("{} {}", event.kind(), hex(&event.to_payload()))
        })
        .collect();
    let frozen: Vec<&str> = include_str!("log_golden_2.txt").lines().collect();
    assert_eq!(lines, frozen, "\n{}\n", lines.join("\n"));
}

/// A program that knows the older schema alone would leave out what it does not know: it must not read it.
#[test]
fn a_record_names_the_oldest_schema_that_can_tell_its_event() {
    for (event, schema) in events().iter().map(|event| (event, 1)) {
        assert_eq!(event.schema(), schema);
    }
    let event = &events_of_schema_2()[0];
    let moment = Moment { at: 1, offset: None };
    let sealed = Tail::empty(LogId(id(1))).next(EventId(id(1)), moment, UserId(id(9)), event);
    assert_eq!(sealed.record().schema, 2);
    assert_eq!(sealed.record().event().as_ref(), Ok(event));
    for schema in [0, 1, 3] {
        let other = Record {
            schema,
            ..sealed.record().clone()
        };
        assert!(other.event().is_err(), "{schema}");
    }
}

#[test]
fn circumstances_that_go_without_saying_are_refused() {
    let Event::Move(plain) = pick() else {
        unreachable!()
    };
    let refused = |step, told: Circumstances| {
        let movement = Movement {
            step,
            circumstances: Some(Box::new(told)),
            ..plain.clone()
        };
        let payload = Event::Move(movement).to_payload();
        Event::from_payload(&payload).unwrap_err().to_string()
    };
    let was = |status| Circumstances {
        was: Some(status),
        ..Circumstances::default()
    };
    let becomes = |status| Circumstances {
        becomes: Some(status),
        ..Circumstances::default()
    };
    let seal = |length: usize| Circumstances {
        patient: Some(PatientSeal {
            key: Hash::ZERO,
            sealed: vec![0; length].into(),
        }),
        ..Circumstances::default()
    };
    for (said, expected) in [
        (
            refused(BizStep::Picking, Circumstances::default()),
            "goes without saying",
        ),
        (
            refused(BizStep::Picking, was(StockStatus::Available)),
            "goes without saying",
        ),
        (
            refused(BizStep::Holding, becomes(StockStatus::Quarantined)),
            "goes without saying",
        ),
        (
            refused(BizStep::Picking, was(StockStatus::Used)),
            "takes no goods that are used",
        ),
        (
            refused(BizStep::Picking, becomes(StockStatus::Used)),
            "leaves no goods used",
        ),
        (
            refused(BizStep::Shipping, becomes(StockStatus::TransferredOut)),
            "exactly when it is named",
        ),
        (refused(BizStep::Installing, seal(0)), "1 to 256 bytes"),
        (refused(BizStep::Installing, seal(257)), "1 to 256 bytes"),
    ] {
        assert!(said.contains(expected), "{said}");
    }
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
