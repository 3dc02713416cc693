//! Where the book and the shelf do not agree.

use minicbor::bytes::ByteVec;
use sparhund_server::store::Store;
use sparhund_shared::event::Event;
use sparhund_shared::fold::Deviation;
use sparhund_shared::log::{Moment, Record, Sealed, Tail};

use crate::assert_rebuilds;
use crate::store_world::*;

async fn kinds(store: &impl Store) -> Vec<&'static str> {
    let mut kinds: Vec<_> = store
        .deviations(100)
        .await
        .unwrap()
        .iter()
        .map(|row| row.deviation.kind())
        .filter(|kind| *kind != "unknown-product")
        .collect();
    kinds.sort_unstable();
    kinds
}

pub async fn negative_stock_goes_when_the_missing_record_comes(store: &impl Store) {
    let (mut receiver, mut picker) = (Device::new(1), Device::new(2));
    receiver.register(store).await;
    picker.register(store).await;
    receiver.write(&receive(lot_item("L1"), 10, BIN_A));
    let taken = picker.write(&pick(lot_item("L1"), 4, BIN_A, None));
    store.append(picker.everything()).await.unwrap();
    assert_eq!(kinds(store).await, ["negative-stock"]);
    store.append(receiver.everything()).await.unwrap();
    assert!(kinds(store).await.is_empty());
    receiver.write(&void(taken.record().event_id));
    store.append(receiver.everything()).await.unwrap();
    let stock = store.stock(&crate::everything()).await.unwrap();
    assert_eq!(stock.iter().map(|line| line.units).collect::<Vec<_>>(), [10]);
    assert_rebuilds(store).await;
}

pub async fn a_hold_finds_the_movements_that_went_past_it(store: &impl Store) {
    let (mut picker, mut quality) = (Device::new(1), Device::new(2));
    picker.register(store).await;
    quality.register(store).await;
    // The label of the case is booked as base units; the hold names the case only.
    picker.write(&receive(item(CASE, BASE, Some("L1"), None, None), 20, BIN_A));
    let early = picker.write_as(
        event_id(1),
        10_000,
        &pick(item(CASE, BASE, Some("L1"), None, None), 5, BIN_A, None),
    );
    let late = picker.write_as(
        event_id(2),
        30_000,
        &pick(item(CASE, BASE, Some("L1"), None, None), 5, BIN_A, None),
    );
    picker.write_as(
        event_id(3),
        40_000,
        &pick(item(CASE, BASE, Some("L2"), None, None), 5, BIN_A, None),
    );
    store.append(picker.everything()).await.unwrap();
    let set = quality.write_as(event_id(11), 20_000, &hold(1, &[CASE], Some("l1")));
    store.append(quality.everything()).await.unwrap();
    let held = async || -> Vec<_> {
        let rows = store.deviations(100).await.unwrap();
        rows.iter()
            .filter_map(|row| match &row.deviation {
                Deviation::MovedUnderHold { event, .. } => Some(*event),
                _ => None,
            })
            .collect()
    };
    assert_eq!(
        held().await,
        [late.record().event_id],
        "not {}",
        early.record().event_id
    );
    assert_rebuilds(store).await;
    // A movement that comes after the hold is known is judged at once; a void takes the judgement away.
    let third = picker.write_as(
        event_id(4),
        50_000,
        &pick(item(BASE, BASE, Some("L1"), None, None), 1, BIN_A, None),
    );
    store.append(picker.everything()).await.unwrap();
    assert_eq!(held().await.len(), 1, "the base unit is not named by the hold");
    quality.write_as(event_id(12), 60_000, &void(late.record().event_id));
    store.append(quality.everything()).await.unwrap();
    assert!(held().await.is_empty());
    quality.write_as(event_id(13), 70_000, &hold(2, &[BASE], None));
    quality.write_as(event_id(14), 80_000, &void(set.record().event_id));
    store.append(quality.everything()).await.unwrap();
    assert_eq!(store.holds().await.unwrap().len(), 1);
    assert!(held().await.is_empty(), "{third:?} came before the second hold");
    assert_rebuilds(store).await;
}

pub async fn unknown_goods_become_known(store: &impl Store) {
    let mut device = Device::new(1);
    device.register(store).await;
    device.write(&receive(item(UNKNOWN, UNKNOWN, Some("L1"), None, None), 1, BIN_A));
    store.append(device.everything()).await.unwrap();
    let all = async || {
        let rows = store.deviations(10).await.unwrap();
        rows.into_iter()
            .map(|row| row.deviation.kind())
            .collect::<Vec<_>>()
    };
    assert_eq!(all().await, ["unknown-product"]);
    store
        .put_articles(vec![article("2001", &[(UNKNOWN, 1)])])
        .await
        .unwrap();
    assert!(all().await.is_empty());
    assert_eq!(
        store.stock(&crate::everything()).await.unwrap()[0].article,
        Some("2001".parse().unwrap())
    );
    store
        .put_articles(vec![article("2001", &[(OTHER, 1)])])
        .await
        .unwrap();
    assert_eq!(all().await, ["unknown-product"]);
    // A case that came as one unit is still one in the books when the catalogue says what is in it.
    store
        .put_articles(vec![article("2001", &[(OTHER, 1), (UNKNOWN, 100)])])
        .await
        .unwrap();
    assert_eq!(all().await, ["counted-in-packages"]);
    assert_rebuilds(store).await;
}

pub async fn a_clock_that_is_off_is_shown_at_its_worst(store: &impl Store) {
    let mut device = Device::new(1);
    device.register(store).await;
    for (number, offset) in [(1, 0), (2, -200_000), (3, 900_000), (4, 120_000)] {
        let moment = Moment {
            at: T0 + number,
            offset: Some(offset),
        };
        let event = receive(lot_item("L1"), 1, BIN_A);
        let sealed = device
            .tail
            .next(event_id(u64::try_from(number).unwrap()), moment, user(1), &event);
        device.tail = Tail::after(&sealed);
        device.records.push(sealed);
    }
    for record in device.records.clone().into_iter().rev() {
        store.append(device.batch(vec![record])).await.unwrap();
    }
    let rows = store.deviations(10).await.unwrap();
    let worst = Deviation::ClockSkew {
        log: device.log(),
        offset: 900_000,
    };
    assert!(rows.iter().any(|row| row.deviation == worst), "{rows:?}");
    assert_eq!(kinds(store).await, ["clock-skew"]);
    assert_rebuilds(store).await;
}

pub async fn a_payload_of_a_later_version_is_kept_and_shown(store: &impl Store) {
    let mut device = Device::new(1);
    device.register(store).await;
    let strange = Sealed::new(Record {
        schema: 99,
        payload: ByteVec::from(vec![1, 2, 3]),
        ..device
            .tail
            .next(event_id(1), Moment { at: T0, offset: None }, user(1), &never())
            .record()
            .clone()
    });
    device.tail = Tail::after(&strange);
    device.records.push(strange.clone());
    device.write(&receive(lot_item("L1"), 1, BIN_A));
    let appended = store.append(device.everything()).await.unwrap();
    assert_eq!((appended.stored, appended.head.seq), (2, 2));
    assert_eq!(
        store.log_page(device.log(), 1, 1).await.unwrap()[0].bytes,
        strange.bytes()
    );
    assert_eq!(kinds(store).await, ["unreadable"]);
    assert_rebuilds(store).await;
}

fn never() -> Event {
    void(event_id(0))
}
