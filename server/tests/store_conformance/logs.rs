//! Gaps and forks.

use sparhund_server::store::{LogState, Store};
use sparhund_shared::fold::Deviation;
use sparhund_shared::log::{Head, Seen};

use crate::assert_rebuilds;
use crate::store_world::*;

async fn state(store: &impl Store) -> LogState {
    store.logs().await.unwrap().remove(0)
}

async fn deviations(store: &impl Store, kind: &str) -> Vec<Deviation> {
    let rows = store.deviations(100).await.unwrap();
    rows.into_iter()
        .map(|row| row.deviation)
        .filter(|deviation| deviation.kind() == kind)
        .collect()
}

fn device_with(records: usize) -> Device {
    let mut device = Device::new(1);
    for _ in 0..records {
        device.write(&receive(lot_item("L1"), 1, BIN_A));
    }
    device
}

pub async fn a_gap_is_counted_and_closes(store: &impl Store) {
    let device = device_with(9);
    let log = device.log();
    device.register(store).await;
    store
        .append(device.batch(device.records[..2].to_vec()))
        .await
        .unwrap();
    let appended = store
        .append(device.batch(device.records[6..7].to_vec()))
        .await
        .unwrap();
    assert_eq!(appended.head.seq, 2);
    store
        .append(device.batch(device.records[8..].to_vec()))
        .await
        .unwrap();
    let gapped = state(store).await;
    assert_eq!(
        (gapped.head.seq, gapped.last, gapped.missing, gapped.signed),
        (2, 9, 5, 9)
    );
    let mut gaps = deviations(store, "gap").await;
    gaps.sort_by_key(Deviation::subject);
    assert_eq!(
        gaps,
        [
            Deviation::Gap { log, from: 3, to: 6 },
            Deviation::Gap { log, from: 8, to: 8 }
        ]
    );
    assert_rebuilds(store).await;
    store
        .append(device.batch(device.records[2..5].to_vec()))
        .await
        .unwrap();
    assert_eq!(deviations(store, "gap").await.len(), 2);
    assert_eq!(state(store).await.head.seq, 5);
    store
        .append(device.batch(device.records[5..8].to_vec()))
        .await
        .unwrap();
    let closed = state(store).await;
    assert_eq!((closed.head, closed.missing), (device.tail.head, 0));
    assert!(deviations(store, "gap").await.is_empty());
    assert_eq!(store.stock(&crate::everything()).await.unwrap()[0].units, 9);
    assert_rebuilds(store).await;
    // Every record is reached from a signed head that is kept.
    let heads = store.signed_heads(log).await.unwrap();
    assert!(heads.iter().any(|signed| signed.head == device.tail.head));
}

pub async fn of_many_gaps_the_lowest_are_told_until_they_close(store: &impl Store) {
    let device = device_with(501);
    device.register(store).await;
    let (odd, even): (Vec<_>, Vec<_>) = device
        .records
        .iter()
        .cloned()
        .partition(|sealed| sealed.record().seq % 2 == 1);
    store.append(device.batch(odd)).await.unwrap();
    let torn = state(store).await;
    assert_eq!((torn.head.seq, torn.last, torn.missing), (1, 501, 200));
    assert_rebuilds(store).await;
    let (lower, upper) = even.split_at(100);
    store.append(device.batch(lower.to_vec())).await.unwrap();
    let torn = state(store).await;
    assert_eq!((torn.head.seq, torn.missing), (201, 150));
    assert_rebuilds(store).await;
    store.append(device.batch(upper.to_vec())).await.unwrap();
    let whole = state(store).await;
    assert_eq!((whole.head, whole.missing), (device.tail.head, 0));
    assert!(deviations(store, "gap").await.is_empty());
}

pub async fn a_fork_is_kept_and_shown(store: &impl Store) {
    let mut device = device_with(3);
    device.register(store).await;
    let mut copy = Device {
        tail: sparhund_shared::log::Tail::after(&device.records[0]),
        records: device.records[..1].to_vec(),
        ..device.clone()
    };
    for number in 0..4 {
        copy.write_as(event_id(900 + number), 5_000, &receive(lot_item("L2"), 1, BIN_B));
    }
    store.append(device.everything()).await.unwrap();
    store.append(copy.everything()).await.unwrap();
    let forked = state(store).await;
    assert_eq!(
        (forked.head, forked.last, forked.missing, forked.forks),
        (copy.tail.head, 5, 0, 2)
    );
    assert_eq!(deviations(store, "fork").await.len(), 2);
    assert_eq!(store.log_page(device.log(), 2, 10).await.unwrap().len(), 6);
    let signed: Vec<_> = store
        .signed_heads(device.log())
        .await
        .unwrap()
        .iter()
        .map(|signed| signed.head)
        .collect();
    assert!(signed.contains(&device.tail.head) && signed.contains(&copy.tail.head));
    let units: i64 = store
        .stock(&crate::everything())
        .await
        .unwrap()
        .iter()
        .map(|line| line.units)
        .sum();
    assert_eq!(units, 7, "every event of both branches counts");
    // The first branch goes on and becomes the longer one.
    for _ in 0..3 {
        device.write(&receive(lot_item("L1"), 1, BIN_A));
    }
    store.append(device.everything()).await.unwrap();
    assert_eq!(state(store).await.head, device.tail.head);
    assert_rebuilds(store).await;
}

/// A device restored from a copy books the same event twice, each time other goods: the one in the books is named.
pub async fn an_event_told_twice_is_named_by_the_record_that_counts(store: &impl Store) {
    let mut device = device_with(1);
    device.register(store).await;
    let mut copy = device.clone();
    let event = event_id(700);
    device.write_as(event, 9_000, &receive(lot_item("LATER"), 1, BIN_A));
    copy.write_as(event, 5_000, &receive(lot_item("EARLIER"), 1, BIN_A));
    for (branch, lot) in [(&device, "LATER"), (&copy, "EARLIER")] {
        store.append(branch.everything()).await.unwrap();
        let named = store.goods_of_event(event).await.unwrap().unwrap();
        let stock = store.stock(&crate::everything()).await.unwrap();
        let lots: Vec<_> = stock.iter().filter(|line| line.units > 0).collect();
        assert!(
            lots.iter().any(|line| line.unit == named),
            "after {lot}: {named:?} in {lots:?}"
        );
    }
    assert_rebuilds(store).await;
}

/// The server's clock was a week ahead, and was set right.
pub async fn the_last_countersignature_is_the_one_that_reaches_farthest(store: &impl Store) {
    let (mut device, witness) = (Device::new(1), Device::new(2));
    device.register(store).await;
    witness.register(store).await;
    for _ in 0..2 {
        device.write(&receive(lot_item("L1"), 1, BIN_A));
    }
    store.append(device.everything()).await.unwrap();
    let week = 7 * 24 * 3_600_000;
    let saw = |seq: usize, at: i64| {
        let head = Head::of(&device.records[seq - 1]);
        Seen::sign(head, at, witness.log(), &witness.key)
    };
    let ahead = saw(1, T0 + week);
    store.keep_seen(vec![ahead], T0 + week).await.unwrap();
    let right = saw(2, T0 + 60_000);
    store.keep_seen(vec![right.clone()], T0 + 60_000).await.unwrap();
    let last = store.last_seen(device.log(), witness.log()).await.unwrap();
    assert_eq!(last, Some(right));
}
