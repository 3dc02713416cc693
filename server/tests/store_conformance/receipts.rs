//! Announced deliveries that were received.

use sparhund_server::store::Store;
use sparhund_shared::event::{
    Answer, Capture, DeliveryRef, Difference, Event, Quantity, ReasonCode, ReceivingCheck,
};
use sparhund_shared::reference::{AnnouncedDelivery, Received};
use sparhund_shared::wire::Topic;

use crate::assert_rebuilds;
use crate::store_world::*;

const ONE: &str = "157035381410375177";
const OTHER_UNIT: &str = "073500000000000016";

fn of(no: &str, unit: Option<&str>) -> DeliveryRef {
    DeliveryRef {
        supplier: Some(announced(no, None).supplier),
        delivery: Some(no.parse().unwrap()),
        sscc: unit.map(|unit| unit.parse().unwrap()),
        line: None,
    }
}

fn checked(delivery: DeliveryRef) -> Event {
    Event::Check(ReceivingCheck {
        delivery,
        place: place(BIN_A),
        item: lot_item("L1"),
        conformity: Answer::NotSampled,
        information: Answer::NotSampled,
        importer: Answer::NotSampled,
        udi: Answer::NotSampled,
        photos: None,
        capture: Capture::confirmed(0, 0),
    })
}

fn missing(delivery: DeliveryRef) -> Event {
    Event::Differ(Difference {
        delivery,
        place: place(BIN_A),
        article: None,
        item: None,
        reason: ReasonCode::Missing,
        units: Quantity::ONE,
        note: None,
        photos: None,
        capture: Capture::confirmed(0, 0),
    })
}

/// Two logistic units, one line each.
fn in_two_units(no: &str) -> AnnouncedDelivery {
    let mut delivery = announced(no, None);
    delivery.lines.push(delivery.lines[0].clone());
    for (line, unit) in delivery.lines.iter_mut().zip([ONE, OTHER_UNIT]) {
        line.sscc = Some(unit.parse().unwrap());
    }
    delivery
}

/// What devices are told of a delivery.
async fn told(store: &impl Store, key: &str) -> AnnouncedDelivery {
    let page = store.feed(Topic::Deliveries, 0, 100).await.unwrap();
    let row = page.rows.into_iter().rfind(|row| row.key == key).unwrap();
    serde_json::from_value(row.body.unwrap()).unwrap()
}

pub async fn devices_hear_which_units_of_a_delivery_were_received(store: &impl Store) {
    let delivery = in_two_units("24-1");
    let key = delivery.key();
    store.put_deliveries(vec![delivery.clone()]).await.unwrap();
    let mut device = Device::new(1);
    device.register(store).await;
    let first = device.write(&checked(of("24-1", Some(ONE))));
    device.write(&checked(of("24-2", None)));
    store.append(device.everything()).await.unwrap();
    let one = told(store, &key).await;
    assert!(!one.awaits(&one.lines[0]) && one.awaits(&one.lines[1]) && !one.is_received());
    store.put_deliveries(vec![delivery.clone()]).await.unwrap();
    assert_eq!(
        told(store, &key).await,
        one,
        "announced again, it was received all the same"
    );
    assert_rebuilds(store).await;
    assert_eq!(told(store, &key).await, one);

    let before = device.records.len();
    device.write(&missing(of("24-1", Some(OTHER_UNIT))));
    device.write(&void(first.record().event_id));
    store
        .append(device.batch(device.records[before..].to_vec()))
        .await
        .unwrap();
    let other = told(store, &key).await;
    assert!(
        other.awaits(&other.lines[0]) && !other.awaits(&other.lines[1]),
        "taken back"
    );
}

pub async fn a_delivery_announced_after_its_receipt_is_received(store: &impl Store) {
    let mut device = Device::new(1);
    device.register(store).await;
    device.write(&checked(of("24-3", None)));
    store.append(device.everything()).await.unwrap();
    let delivery = announced("24-3", None);
    store.put_deliveries(vec![delivery.clone()]).await.unwrap();
    assert!(told(store, &delivery.key()).await.is_received());
    let lied = AnnouncedDelivery {
        received: Received {
            whole: true,
            ..Received::default()
        },
        ..announced("24-4", None)
    };
    store.put_deliveries(vec![lied.clone()]).await.unwrap();
    assert!(
        !told(store, &lied.key()).await.is_received(),
        "nobody announces that"
    );
}
