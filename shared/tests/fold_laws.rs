//! Books are a function of the set of records (I2, I6): order, doubling and re-logging change nothing.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use proptest::prelude::*;
use proptest::sample::Index;
use sparhund_shared::event::{
    BizStep, Capture, Circumstances, Event, Holding, Identified, Item, Movement, OrderLineRef, Quantity,
    Releasing, Searching, StockStatus, Voiding,
};
use sparhund_shared::fold::{Books, Deviation, movement_deviations, unit_deviations};
use sparhund_shared::log::{EventId, HoldId, LogId, Moment, Record, Sealed, Tail, UserId};
use uuid::Uuid;

const BASE: &str = "GS1:07350000000016";
const BIN: &str = "7350000000016/A-01";
const WARD: &str = "7350000000023";

fn id(byte: u8) -> Uuid {
    Uuid::from_bytes([byte; 16])
}

fn movement(step: BizStep, serial: Option<&str>, units: u32, there: bool) -> Movement {
    let (from, to) = if there { (BIN, WARD) } else { (WARD, BIN) };
    Movement {
        step,
        item: Item::Identified(Identified {
            di: BASE.parse().unwrap(),
            base: BASE.parse().unwrap(),
            article: None,
            lot: Some("L1".parse().unwrap()),
            serial: serial.map(|serial| serial.parse().unwrap()),
            expiry: Some("2026-06-30".parse().unwrap()),
            made: None,
        }),
        quantity: Quantity::new(units).unwrap(),
        from: step.takes().map(|_| from.parse().unwrap()),
        to: to.parse().unwrap(),
        supplier: None,
        order: Some(OrderLineRef {
            order: "O-1".parse().unwrap(),
            line: 1,
        }),
        sscc: None,
        capture: Capture::confirmed(0, 0),
        circumstances: None,
    }
}

fn event() -> impl Strategy<Value = Event> {
    let told = (any::<Index>(), any::<Index>(), any::<bool>());
    let moved = (
        0..BizStep::ALL.len(),
        prop::option::of(Just("S1")),
        1..4_u32,
        any::<bool>(),
        told,
    )
        .prop_map(|(step, serial, units, there, (was, becomes, packed))| {
            let step = BizStep::ALL[step];
            let mut movement = movement(step, serial, units, there);
            let other = |all: &[StockStatus], index: Index| {
                (all.len() > 1)
                    .then(|| all[index.index(all.len())])
                    .filter(|status| *status != all[0])
            };
            let becomes = other(step.may_leave(), becomes);
            let receiver = becomes == Some(StockStatus::TransferredOut);
            movement.circumstances = Circumstances {
                was: other(step.may_take(), was),
                becomes,
                receiver: receiver.then(|| "212000-0001".parse().unwrap()),
                ..Circumstances::default()
            }
            .told();
            movement.sscc = packed.then(|| "157035381410375177".parse().unwrap());
            movement.check().unwrap();
            Event::Move(movement)
        });
    let searched = (1..3_u8, 0..3_u32).prop_map(|(number, units)| {
        Event::Search(Searching {
            hold: HoldId(id(number)),
            place: WARD.parse().unwrap(),
            units,
            capture: Capture::confirmed(0, 0),
        })
    });
    let voided = (1..12_u8).prop_map(|target| {
        Event::Void(Voiding {
            target: EventId(id(target)),
            reason: "fel".into(),
        })
    });
    let held = (1..3_u8, any::<bool>()).prop_map(|(number, lot)| {
        Event::Hold(Holding {
            hold: HoldId(id(number)),
            dis: vec![BASE.parse().unwrap()],
            lot: lot.then(|| "L1".parse().unwrap()),
            serial: None,
            reason: "FSN".parse().unwrap(),
        })
    });
    let released = (1..3_u8).prop_map(|number| {
        Event::Release(Releasing {
            hold: HoldId(id(number)),
            reason: "klar".parse().unwrap(),
        })
    });
    prop_oneof![6 => moved, 2 => voided, 1 => held, 1 => released, 1 => searched]
}

/// Records of three logs; few event ids, so that they are told again, contradicted and voided.
fn records() -> impl Strategy<Value = Vec<Sealed>> {
    prop::collection::vec((0..3_u8, 1..12_u8, 0..50_i64, event()), 1..40).prop_map(|told| {
        let mut tails = [1, 2, 3].map(|number| Tail::empty(LogId(id(number))));
        told.iter()
            .map(|(log, event_id, at, event)| {
                let tail = &mut tails[usize::from(*log)];
                let moment = Moment {
                    at: *at,
                    offset: None,
                };
                let sealed = tail.next(EventId(id(*event_id)), moment, UserId(id(*log)), event);
                *tail = Tail::after(&sealed);
                sealed
            })
            .collect()
    })
}

/// The second and the third log are devices'.
const DEVICES: [u8; 2] = [2, 3];

fn is_device(log: LogId) -> bool {
    DEVICES.map(|number| LogId(id(number))).contains(&log)
}

fn fold<'a>(records: impl IntoIterator<Item = &'a Sealed>) -> Books {
    let mut books = Books::with_devices(DEVICES.map(|number| LogId(id(number))));
    for sealed in records {
        books.add(sealed);
    }
    books
}

/// What can be asked of books.
fn answers(books: &Books) -> impl PartialEq + std::fmt::Debug + use<> {
    (
        books.stock(),
        books.whereabouts(),
        books.orders().clone(),
        books.holds(),
        books.conflicts().clone(),
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, ..ProptestConfig::default() })]

    #[test]
    fn order_and_doubling_change_nothing(records in records(), order in prop::collection::vec(any::<Index>(), 40)) {
        let straight = fold(&records);
        let mut shuffled: Vec<&Sealed> = records.iter().chain(records.iter().step_by(2)).collect();
        for (at, other) in order.iter().enumerate().take(shuffled.len()) {
            let other = other.index(shuffled.len());
            shuffled.swap(at, other);
        }
        let shuffled = fold(shuffled);
        prop_assert_eq!(answers(&straight), answers(&shuffled));
        prop_assert_eq!(straight, shuffled);
    }

    /// Goods are neither made nor lost: what stands in the books came from outside.
    #[test]
    fn the_books_add_up(records in records()) {
        let books = fold(&records);
        let standing: i64 = books.stock().iter().map(|(_, _, _, units)| units).sum();
        let received: i64 = records
            .iter()
            .map(|sealed| sealed.record().event_id)
            .collect::<std::collections::BTreeSet<_>>()
            .into_iter()
            .filter(|event| !voided(&records, *event))
            .filter_map(|event| counted(&records, event))
            .filter_map(|event| match event {
                Event::Move(moved) if moved.step == BizStep::Receiving => Some(i64::from(moved.quantity.get())),
                _ => None,
            })
            .sum();
        prop_assert_eq!(standing, received);
    }
}

/// The event that counts under an id, straight from the definition.
fn counted(records: &[Sealed], event: EventId) -> Option<Event> {
    records
        .iter()
        .filter(|sealed| sealed.record().event_id == event)
        .min_by_key(|sealed| {
            (
                is_device(sealed.record().log),
                sealed.record().tick,
                sealed.hash(),
            )
        })
        .and_then(|sealed| sealed.record().event().ok())
}

/// Straight from the definition: a device's void reaches only movements that no log tells without telling the void too; under
/// the void's event id it may tell anything.
fn voided(records: &[Sealed], event: EventId) -> bool {
    let moves = matches!(counted(records, event), Some(Event::Move(_)));
    let voids = |record: &Record| matches!(record.event(), Ok(Event::Void(void)) if void.target == event);
    let alone = |void: EventId| {
        let tells = |log: LogId| {
            let mut told = records.iter().map(Sealed::record);
            told.any(|record| record.log == log && record.event_id == void && voids(record))
        };
        let mut tellers = records.iter().map(Sealed::record);
        tellers.all(|record| record.event_id != event || tells(record.log))
    };
    records.iter().map(Sealed::record).any(|record| {
        matches!(counted(records, record.event_id), Some(Event::Void(void)) if void.target == event)
            && voids(record)
            && (!is_device(record.log) || (moves && alone(record.event_id)))
    })
}

#[test]
fn a_void_under_the_id_of_anothers_movement_takes_back_nothing() {
    let write = |tail: &mut Tail, event_id: u8, at: i64, event: &Event| {
        let moment = Moment { at, offset: None };
        let sealed = tail.next(EventId(id(event_id)), moment, UserId(id(1)), event);
        *tail = Tail::after(&sealed);
        sealed
    };
    let (mut theirs, mut other) = (Tail::empty(LogId(id(2))), Tail::empty(LogId(id(3))));
    let received = Event::Move(movement(BizStep::Receiving, None, 3, false));
    let void = Event::Void(Voiding {
        target: EventId(id(1)),
        reason: "fel".into(),
    });
    let told = [
        write(&mut theirs, 1, 10, &received),
        write(&mut theirs, 2, 20, &received),
        write(&mut other, 2, 5, &void),
    ];
    let units = |books: &Books| books.stock().iter().map(|row| row.3).sum::<i64>();
    let books = fold(&told);
    assert_eq!(units(&books), 3, "the second does not count, the first does");
    assert_eq!(books, fold(told.iter().rev()));
    // Until the one who told it says so, too.
    let mut told = told.to_vec();
    told.push(write(&mut theirs, 2, 30, &void));
    let books = fold(&told);
    assert_eq!(units(&books), 0);
    assert_eq!(books, fold(told.iter().rev()));
}

#[test]
fn a_void_that_an_earlier_record_contradicts_does_not_void() {
    let mut one = Tail::empty(LogId(id(1)));
    let mut write = |event_id: u8, at: i64, event: &Event| {
        let moment = Moment { at, offset: None };
        let sealed = one.next(EventId(id(event_id)), moment, UserId(id(1)), event);
        one = Tail::after(&sealed);
        sealed
    };
    let received = write(1, 10, &Event::Move(movement(BizStep::Receiving, None, 3, false)));
    let void = Event::Void(Voiding {
        target: EventId(id(1)),
        reason: "fel".into(),
    });
    let voiding = write(2, 20, &void);
    let mut other = Tail::empty(LogId(id(4)));
    other.tick = 4;
    let rival = other.next(
        EventId(id(2)),
        Moment { at: 5, offset: None },
        UserId(id(1)),
        &Event::Move(movement(BizStep::Receiving, None, 1, true)),
    );
    assert!(fold([&received, &voiding]).stock().is_empty());
    let books = fold([&received, &voiding, &rival]);
    assert_eq!(books, fold([&rival, &voiding, &received]));
    assert_eq!(books.stock().iter().map(|row| row.3).sum::<i64>(), 4);
    assert_eq!(books.conflicts().len(), 1);
}

#[test]
fn a_device_has_no_say_in_holds() {
    let write = |tail: &mut Tail, event_id: u8, at: i64, event: &Event| {
        let moment = Moment { at, offset: None };
        let sealed = tail.next(EventId(id(event_id)), moment, UserId(id(1)), event);
        *tail = Tail::after(&sealed);
        sealed
    };
    let (mut own, mut device) = (Tail::empty(LogId(id(1))), Tail::empty(LogId(id(3))));
    let hold = |number: u8| {
        Event::Hold(Holding {
            hold: HoldId(id(number)),
            dis: vec![BASE.parse().unwrap()],
            lot: None,
            serial: None,
            reason: "FSN".parse().unwrap(),
        })
    };
    let release = Event::Release(Releasing {
        hold: HoldId(id(1)),
        reason: "klar".parse().unwrap(),
    });
    let void = Event::Void(Voiding {
        target: EventId(id(1)),
        reason: "fel".into(),
    });
    let moved = Event::Move(movement(BizStep::Receiving, None, 3, false));
    let records = [
        write(&mut own, 1, 100, &hold(1)),
        // Not even under the hold's own event id, and earlier.
        write(&mut device, 1, 1, &moved),
        write(&mut device, 2, 110, &release),
        write(&mut device, 3, 120, &void),
        write(&mut device, 4, 130, &hold(2)),
    ];
    let holds = fold(&records).holds();
    assert_eq!(holds.len(), 1, "{holds:?}");
    assert_eq!((holds[0].id, holds[0].released_at), (HoldId(id(1)), None));
}

#[test]
fn deviations_of_a_movement_and_of_a_unit() {
    let moved = movement(BizStep::Picking, Some("S1"), 1, true);
    let mut tail = Tail::empty(LogId(id(1)));
    let hold = Event::Hold(Holding {
        hold: HoldId(id(1)),
        dis: vec![BASE.parse().unwrap()],
        lot: Some("l1".parse().unwrap()),
        serial: None,
        reason: "FSN".parse().unwrap(),
    });
    // 2026-07-01 00:00 in Sweden, the day after the last usable one.
    let expired = 1_782_856_800_000;
    let set = tail.next(
        EventId(id(9)),
        Moment {
            at: expired - 10,
            offset: None,
        },
        UserId(id(1)),
        &hold,
    );
    let mut books = Books::default();
    books.add(&set);
    tail = Tail::after(&set);
    assert_eq!(tail.head.seq, 1);
    let holds = books.holds();
    let kinds = |tick: i64, moved: &Movement| -> Vec<&'static str> {
        movement_deviations(EventId(id(2)), tick, moved, &holds)
            .iter()
            .map(Deviation::kind)
            .collect()
    };
    assert_eq!(kinds(expired, &moved), ["moved-under-hold", "moved-expired"]);
    assert_eq!(kinds(expired - 1, &moved), ["moved-under-hold"]);
    assert!(kinds(expired - 11, &moved).is_empty(), "before the hold");
    assert!(kinds(expired, &movement(BizStep::Storing, Some("S1"), 1, true)).is_empty());
    assert!(
        kinds(i64::MAX, &moved).contains(&"moved-under-hold"),
        "any tick is answered"
    );

    let unit = moved.item.unit();
    let row = |units: i64| (BIN.parse().unwrap(), StockStatus::Available, units);
    let of = |rows: &[_], known| -> Vec<&'static str> {
        unit_deviations(&unit, rows, &[], known)
            .iter()
            .map(Deviation::kind)
            .collect()
    };
    assert!(of(&[row(1)], Some(1)).is_empty());
    assert!(of(&[], None).is_empty(), "goods that are gone bother nobody");
    assert_eq!(of(&[row(2)], Some(1)), ["serial-doubled"]);
    assert_eq!(of(&[row(-1)], None), ["negative-stock", "unknown-product"]);
    assert_eq!(of(&[row(1)], Some(100)), ["counted-in-packages"]);
    assert!(of(&[], Some(100)).is_empty());
    let gone = (BIN.parse().unwrap(), StockStatus::Used, 1);
    assert!(of(&[gone], None).is_empty(), "used goods bother nobody");
    let found = (BIN.parse().unwrap(), StockStatus::Missing, -1);
    assert!(of(&[found], Some(1)).is_empty(), "a surplus is no debt");
}

/// Whoever takes without a lot takes from all lots of the place.
#[test]
fn goods_taken_without_a_lot_are_owed_only_beyond_the_pool() {
    let unit = sparhund_shared::event::UnitKey {
        product: BASE.parse().unwrap(),
        lot: None,
        serial: None,
    };
    let rows = [(WARD.parse().unwrap(), StockStatus::Available, -120)];
    let owed = |pool: i64| -> Vec<i64> {
        unit_deviations(&unit, &rows, &[(WARD.parse().unwrap(), pool)], Some(1))
            .into_iter()
            .map(|deviation| match deviation {
                Deviation::NegativeStock { units, .. } => units,
                other => panic!("{other:?}"),
            })
            .collect()
    };
    assert!(
        owed(30).is_empty(),
        "100 of A and 50 of B came, 120 were used: 30 are left"
    );
    assert!(owed(0).is_empty());
    assert_eq!(owed(-7), [-7]);
    assert_eq!(owed(-500), [-120], "no more than was taken without a lot");
}
