//! Random histories: whatever comes, in whatever order, a store says what the books in memory say.

use std::collections::{BTreeMap, BTreeSet};

use minicbor::bytes::ByteVec;
use proptest::prelude::*;
use proptest::sample::Index;
use sparhund_server::store::sqlite::SqliteStore;
use sparhund_server::store::{Batch, EnrolmentCode, NewDevice, Store, TraceQuery};
use sparhund_shared::event::{
    BizStep, Capture, Circumstances, DeliveryRef, Difference, Event, Item, Quantity, ReasonCode, Releasing,
    Searching, StockStatus, Unread,
};
use sparhund_shared::fold::{Books, Deviation};
use sparhund_shared::log::{DeviceId, EventId, Hash, Head, LogId, Moment, Record, Sealed, Tail};

use crate::store_world::*;

/// The writers that are enrolled devices; the first has the rights of the server.
const ENROLLED: [u8; 2] = [2, 3];

async fn enrol(store: &SqliteStore, number: u8) {
    let device = Device::new(number);
    let code = EnrolmentCode {
        hash: [number; 32],
        created_by: user(1),
        expires_at: T0,
    };
    store.add_enrolment(code).await.unwrap();
    let new = NewDevice {
        id: DeviceId(device.log().0),
        name: "handdator".to_owned(),
        key: device.public(),
        log: device.log(),
    };
    assert!(store.enrol([number; 32], new, T0 - 1).await.unwrap().is_some());
}

/// One thing a device does.
#[derive(Clone, Debug)]
#[expect(clippy::large_enum_variant, reason = "a few dozen of them at a time")]
enum Deed {
    Tell {
        event: Event,
        id: u64,
    },
    Void {
        target: u64,
        id: u64,
    },
    /// The device was restored from an old copy: its next record follows this earlier one.
    Restore(Index),
    Strange {
        id: u64,
    },
}

fn goods() -> impl Strategy<Value = Item> {
    prop_oneof![
        Just(item(BASE, BASE, Some("L1"), None, Some("2027-06-30"))),
        Just(item(CASE, BASE, Some("L1"), None, Some("2027-05-31"))),
        Just(item(BASE, BASE, Some("l1"), None, Some("2020-01"))),
        Just(item(BASE, BASE, Some("L1"), Some("S1"), None)),
        Just(item(BASE, BASE, Some("L1"), Some("S2"), Some("2026-01-01"))),
        Just(item(BASE, BASE, None, None, None)),
        Just(item(UNKNOWN, UNKNOWN, None, None, None)),
        Just(Item::Unread(Unread::of(b"]C0???", None))),
    ]
}

fn event() -> impl Strategy<Value = Event> {
    // The first five are most of a day's work.
    let step = prop_oneof![3 => 0..5_usize, 2 => 5..BizStep::ALL.len()];
    let told = (any::<Index>(), any::<Index>(), any::<bool>());
    let moved = (step, goods(), 1..4_u32, any::<bool>(), any::<bool>(), told).prop_map(
        |(step, goods, units, there, ordered, (was, becomes, packed))| {
            let step = BizStep::ALL[step];
            let from = step.takes().map(|_| if there { BIN_A } else { DISPATCH });
            let mut told = movement(step, goods, units, from, if there { WARD } else { BIN_A });
            told.order = ordered.then(|| line("O-1"));
            told.sscc = packed.then(|| "157035381410375177".parse().unwrap());
            let becomes = unusual(step.may_leave(), becomes);
            let receiver = becomes == Some(StockStatus::TransferredOut);
            told.circumstances = Circumstances {
                was: unusual(step.may_take(), was),
                becomes,
                reason: packed.then_some(ReasonCode::CareNeeds),
                receiver: receiver.then(|| "212000-0001".parse().unwrap()),
                ..Circumstances::default()
            }
            .told();
            Event::Move(told)
        },
    );
    let differs = (1..4_u32, any::<bool>()).prop_map(|(units, missing)| {
        Event::Differ(Difference {
            delivery: DeliveryRef::default(),
            place: place(WARD),
            article: None,
            item: Some(lot_item("L1")),
            reason: if missing {
                ReasonCode::Missing
            } else {
                ReasonCode::Damaged
            },
            units: Quantity::new(units).unwrap(),
            note: None,
            photos: None,
            capture: Capture::confirmed(0, 0),
        })
    });
    let searched = (1..3_u64, 0..3_u32).prop_map(|(number, units)| {
        Event::Search(Searching {
            hold: hold_id(number),
            place: place(BIN_A),
            units,
            capture: Capture::confirmed(0, 0),
        })
    });
    let held = (1..3_u64, any::<bool>()).prop_map(|(number, lot)| hold(number, &[CASE], lot.then_some("L1")));
    let held_base = (1..3_u64).prop_map(|number| hold(number, &[BASE], None));
    let released = (1..3_u64).prop_map(|number| {
        Event::Release(Releasing {
            hold: hold_id(number),
            reason: "utredd".parse().unwrap(),
        })
    });
    prop_oneof![12 => moved, 1 => held, 1 => held_base, 1 => released, 1 => differs, 1 => searched]
}

/// One of the states a step allows beside its usual one.
fn unusual(all: &[StockStatus], index: Index) -> Option<StockStatus> {
    let one = all.get(index.index(all.len().max(1))).copied();
    one.filter(|status| Some(status) != all.first())
}

fn deed() -> impl Strategy<Value = Deed> {
    // Few ids, so that events are told again, contradicted and voided.
    prop_oneof![
        10 => (event(), 1..40_u64).prop_map(|(event, id)| Deed::Tell { event, id }),
        2 => (1..40_u64, 1..40_u64).prop_map(|(target, id)| Deed::Void { target, id }),
        1 => any::<Index>().prop_map(Deed::Restore),
        1 => (1..40_u64).prop_map(|id| Deed::Strange { id }),
    ]
}

/// Three devices' records, each as runs without a hole.
fn write(deeds: &[(u8, i64, Deed)]) -> Vec<(Device, Vec<Sealed>)> {
    let mut devices: Vec<(Device, Vec<Sealed>)> =
        (1..=3).map(|number| (Device::new(number), Vec::new())).collect();
    let mut runs = Vec::new();
    for (who, after, deed) in deeds {
        let (device, run) = &mut devices[usize::from(*who)];
        let sealed = match deed {
            Deed::Tell { event, id } => device.write_as(event_id(*id), *after, event),
            Deed::Void { target, id } => device.write_as(event_id(*id), *after, &void(event_id(*target))),
            Deed::Strange { id } => {
                let moment = Moment {
                    at: T0 + after,
                    offset: Some(0),
                };
                let plain = device
                    .tail
                    .next(event_id(*id), moment, user(1), &void(event_id(*id)));
                let sealed = Sealed::new(Record {
                    schema: 3,
                    payload: ByteVec::from(vec![0]),
                    ..plain.record().clone()
                });
                device.tail = Tail::after(&sealed);
                device.records.push(sealed.clone());
                sealed
            }
            Deed::Restore(at) => {
                if !device.records.is_empty() {
                    let back = device.records[at.index(device.records.len())].clone();
                    device.tail = Tail::after(&back);
                    runs.push((device.clone(), std::mem::take(run)));
                }
                continue;
            }
        };
        run.push(sealed);
    }
    runs.extend(devices);
    runs
}

/// Cuts runs into batches, some twice, in any order.
fn deliver(runs: &[(Device, Vec<Sealed>)], size: usize, order: &[Index]) -> Vec<Batch> {
    let mut batches: Vec<Batch> = runs
        .iter()
        .flat_map(|(device, run)| run.chunks(size).map(|part| device.batch(part.to_vec())))
        .collect();
    let again: Vec<Batch> = batches.iter().step_by(3).cloned().collect();
    batches.extend(again);
    for at in 0..batches.len() {
        let other = order[at % order.len()].index(batches.len());
        batches.swap(at, other);
    }
    batches
}

/// The longest chain from the first record, by brute force.
fn longest_chain(log: LogId, records: &BTreeMap<Hash, Sealed>) -> Head {
    let mut best = Head {
        log,
        seq: 0,
        hash: Hash::ZERO,
    };
    for sealed in records.values().filter(|sealed| sealed.record().log == log) {
        let mut at = sealed.clone();
        let whole = loop {
            if at.record().seq == 1 {
                break at.record().prev == Hash::ZERO;
            }
            match records.get(&at.record().prev) {
                Some(below) => at = below.clone(),
                None => break false,
            }
        };
        let head = Head::of(sealed);
        if whole && (head.seq > best.seq || (head.seq == best.seq && head.hash < best.hash)) {
            best = head;
        }
    }
    best
}

async fn check(
    store: &SqliteStore,
    records: &BTreeMap<Hash, Sealed>,
) -> Result<BTreeSet<String>, TestCaseError> {
    let mut books = Books::with_devices(ENROLLED.map(|number| Device::new(number).log()));
    for sealed in records.values() {
        books.add(sealed);
    }
    let stock: Vec<_> = store
        .stock(&crate::everything())
        .await
        .unwrap()
        .into_iter()
        .map(|line| (line.unit, line.place, line.status, line.units))
        .collect();
    prop_assert_eq!(&stock, &books.stock());
    prop_assert_eq!(store.holds().await.unwrap(), books.holds());
    let order = store.order(&"O-1".parse().unwrap()).await.unwrap().unwrap();
    let progress = books.orders().values().next().copied().unwrap_or_default();
    prop_assert_eq!(order.lines[0].progress, progress);
    for (unit, sighting) in books.whereabouts() {
        let query = TraceQuery {
            serial: unit.serial.clone(),
            ..TraceQuery::default()
        };
        let trace = store.trace(&query).await.unwrap();
        let seen: Vec<_> = trace.seen.iter().filter(|seen| seen.unit == unit).collect();
        prop_assert_eq!(seen.len(), 1);
        prop_assert_eq!(&seen[0].sighting, &sighting);
    }
    let deviations: Vec<Deviation> = store
        .deviations(10_000)
        .await
        .unwrap()
        .into_iter()
        .map(|row| row.deviation)
        .collect();
    let conflicts: BTreeSet<EventId> = deviations
        .iter()
        .filter_map(|deviation| match deviation {
            Deviation::EventConflict { event } => Some(*event),
            _ => None,
        })
        .collect();
    prop_assert_eq!(&conflicts, books.conflicts());
    for state in store.logs().await.unwrap() {
        prop_assert_eq!(state.head, longest_chain(state.log, records));
    }
    let rebuilt = store.rebuild().await.unwrap();
    prop_assert_eq!(rebuilt.records, u64::try_from(records.len()).unwrap());
    prop_assert!(rebuilt.tables.iter().all(|(_, rows)| *rows == 0), "{:?}", rebuilt);
    Ok(deviations
        .iter()
        .map(|deviation| serde_json::to_string(deviation).unwrap())
        .collect())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, max_shrink_iters: 400, ..ProptestConfig::default() })]

    /// I1, I2, I6: any order, any retries, forks, contradictions and voids end in the same books.
    #[test]
    fn a_store_says_what_the_books_say(
        deeds in prop::collection::vec((0..3_u8, 0..60_000_i64, deed()), 1..60),
        sizes in (1..5_usize, 1..20_usize),
        order in prop::collection::vec(any::<Index>(), 1..40),
    ) {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(async {
            let runs = write(&deeds);
            let records: BTreeMap<Hash, Sealed> = runs
                .iter()
                .flat_map(|(_, run)| run.iter().map(|sealed| (sealed.hash(), sealed.clone())))
                .collect();
            let mut seen = Vec::new();
            for (size, order) in [(sizes.0, order.as_slice()), (sizes.1, &order[..1])] {
                let dir = tempfile::tempdir().unwrap();
                let store = SqliteStore::open(dir.path().join("t.db")).unwrap();
                store.put_articles(vec![article("1001", &[(BASE, 1), (CASE, 10)])]).await.unwrap();
                store.add_order(order_of_one()).await.unwrap();
                for number in ENROLLED {
                    enrol(&store, number).await;
                }
                for (device, _) in &runs {
                    device.register(&store).await;
                }
                for batch in deliver(&runs, size, order) {
                    store.append(batch).await.unwrap();
                }
                seen.push(check(&store, &records).await?);
            }
            prop_assert_eq!(&seen[0], &seen[1]);
            Ok(())
        })?;
    }
}

fn order_of_one() -> sparhund_shared::reference::Order {
    order("O-1", "1001", 5)
}
