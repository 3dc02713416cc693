//! From receipt to ward.

use sparhund_server::store::{OrderQuery, StockQuery, Store, TraceQuery};
use sparhund_shared::event::{Product, StockStatus};
use sparhund_shared::log::Head;
use sparhund_shared::reference::OrderState;

use crate::store_world::*;
use crate::{assert_rebuilds, everything};

async fn assortment(store: &impl Store) {
    store
        .put_articles(vec![article("1001", &[(BASE, 1), (CASE, 10)])])
        .await
        .unwrap();
    store.put_places(places()).await.unwrap();
}

pub async fn a_delivery_is_followed_to_the_ward(store: &impl Store) {
    assortment(store).await;
    store.add_order(order("O-1", "1001", 15)).await.unwrap();
    let mut device = Device::new(1);
    device.register(store).await;
    device.write(&receive(
        item(CASE, BASE, Some("L1"), None, Some("2027-06-30")),
        20,
        BIN_A,
    ));
    device.write(&pick(lot_item("L1"), 15, BIN_A, Some(line("O-1"))));
    let appended = store.append(device.everything()).await.unwrap();
    assert_eq!((appended.stored, appended.known), (2, 0));
    assert_eq!(appended.head, device.tail.head);

    let waiting = store.order(&"O-1".parse().unwrap()).await.unwrap().unwrap();
    let goods = &waiting.lines[0];
    assert_eq!((waiting.state(), goods.progress.picked), (OrderState::ToShip, 15));
    assert_eq!(goods.options.len(), 1);
    assert_eq!(goods.options[0].units, 5);
    assert_eq!(goods.picked.len(), 1);
    assert_eq!(
        (goods.picked[0].units, &goods.picked[0].place),
        (15, &place(DISPATCH))
    );
    assert!(goods.shipped.is_empty());
    assert!(
        store.orders(&OrderQuery::open()).await.unwrap()[0].lines[0]
            .options
            .is_empty()
    );

    let before = device.records.len();
    device.write(&ship(lot_item("L1"), 15, Some(line("O-1"))));
    device.write(&accept(lot_item("L1"), 15, Some(line("O-1"))));
    store
        .append(device.batch(device.records[before..].to_vec()))
        .await
        .unwrap();
    let again = store.append(device.everything()).await.unwrap();
    assert_eq!((again.stored, again.known), (0, 4));

    let trace = store
        .trace(&TraceQuery {
            product: Some(Product::Di(di(CASE))),
            lot: Some("L1".parse().unwrap()),
            serial: None,
        })
        .await
        .unwrap();
    let now: Vec<_> = trace
        .now
        .iter()
        .map(|line| (line.place.to_string(), line.status, line.units))
        .collect();
    let bin = (BIN_A.to_owned(), StockStatus::Available, 5);
    assert_eq!(now, [bin, (WARD.to_owned(), StockStatus::Available, 15)]);
    assert_eq!(trace.history.len(), 4);
    assert_eq!(trace.logs.len(), 1);
    assert_eq!(
        (trace.logs[0].signed, trace.logs[0].missing, trace.logs[0].forks),
        (4, 0, 0)
    );
    let done = store.order(&"O-1".parse().unwrap()).await.unwrap().unwrap();
    assert_eq!(done.state(), OrderState::Done);
    assert!(store.orders(&OrderQuery::open()).await.unwrap().is_empty());
    assert!(done.lines[0].options.is_empty() && done.lines[0].picked.is_empty());
    assert_eq!(
        store.heads(&[device.log()]).await.unwrap(),
        [Head::of(&device.records[3])]
    );
    assert_rebuilds(store).await;
    assert_eq!(store.stock(&everything()).await.unwrap(), trace.now);
}

pub async fn a_lot_shows_each_unit_once(store: &impl Store) {
    let mut device = Device::new(1);
    device.register(store).await;
    for number in 0..300 {
        let serial = format!("S{number:04}");
        let goods = || item(BASE, BASE, Some("L1"), Some(&serial), Some("2028-01"));
        device.write(&receive(goods(), 1, BIN_A));
        if number % 3 == 0 {
            device.write(&pick(goods(), 1, BIN_A, None));
        }
    }
    // Another lot and another product with the same serials stay out of it.
    device.write(&receive(
        item(BASE, BASE, Some("L2"), Some("S0001"), None),
        1,
        BIN_A,
    ));
    device.write(&receive(
        item(OTHER, OTHER, Some("L1"), Some("S0001"), None),
        1,
        BIN_A,
    ));
    store.append(device.everything()).await.unwrap();
    let query = TraceQuery {
        product: Some(Product::Di(di(BASE))),
        lot: Some("L1".parse().unwrap()),
        serial: None,
    };
    let trace = store.trace(&query).await.unwrap();
    assert_eq!(trace.now.len(), 300);
    assert!(trace.now.iter().all(|line| line.units == 1));
    assert_eq!(trace.history.len(), 400);
    let picked = trace
        .now
        .iter()
        .filter(|line| line.status == StockStatus::Picked)
        .count();
    assert_eq!(picked, 100);
    assert!(trace.history.is_sorted_by_key(|event| event.tick));
    let serial = TraceQuery {
        serial: Some("S0001".parse().unwrap()),
        ..TraceQuery::default()
    };
    assert_eq!(store.trace(&serial).await.unwrap().now.len(), 3);
    let lot = TraceQuery {
        lot: Some("L1".parse().unwrap()),
        ..TraceQuery::default()
    };
    assert_eq!(store.trace(&lot).await.unwrap().now.len(), 301);
    assert!(store.trace(&TraceQuery::default()).await.unwrap().now.is_empty());
}

pub async fn the_first_to_expire_is_offered_first_and_only_what_may_be_picked(store: &impl Store) {
    assortment(store).await;
    store.add_order(order("O-1", "1001", 10)).await.unwrap();
    let mut device = Device::new(1);
    device.register(store).await;
    for (lot, expiry, bin) in [
        ("LATE", "2029-01-31", BIN_A),
        ("SOON", "2027-01", BIN_B),
        ("PAST", "2026-11-21", BIN_A),
        ("HELD", "2026-12-31", BIN_A),
        ("WARD", "2026-12-31", WARD),
    ] {
        device.write(&receive(item(BASE, BASE, Some(lot), None, Some(expiry)), 5, bin));
    }
    device.write(&hold(1, &[BASE], Some("HELD")));
    store.append(device.everything()).await.unwrap();
    let lots = |order: sparhund_shared::reference::Order| -> Vec<String> {
        let options = order.lines[0].options.iter();
        options
            .map(|option| option.lot.as_ref().unwrap().to_string())
            .collect()
    };
    let no = "O-1".parse().unwrap();
    let fed = || async {
        let page = store
            .feed(sparhund_shared::wire::Topic::Orders, 0, 10)
            .await
            .unwrap();
        serde_json::from_value(page.rows[0].body.clone().unwrap()).unwrap()
    };
    assert_eq!(lots(store.order(&no).await.unwrap().unwrap()), ["SOON", "LATE"]);
    assert_eq!(lots(fed().await), ["SOON", "LATE"]);
    let release = sparhund_shared::event::Event::Release(sparhund_shared::event::Releasing {
        hold: hold_id(1),
        reason: "utredd".parse().unwrap(),
    });
    device.write(&release);
    store.append(device.everything()).await.unwrap();
    assert_eq!(lots(fed().await), ["HELD", "SOON", "LATE"]);
}

pub async fn stock_is_found_by_place_article_and_lot_in_pages(store: &impl Store) {
    assortment(store).await;
    let mut device = Device::new(1);
    device.register(store).await;
    for (product, lot, bin) in [
        (BASE, "L1", BIN_A),
        (BASE, "L1", BIN_B),
        (BASE, "L2", BIN_A),
        (OTHER, "L1", BIN_A),
    ] {
        device.write(&receive(item(product, product, Some(lot), None, None), 2, bin));
    }
    store.append(device.everything()).await.unwrap();
    let all = store.stock(&everything()).await.unwrap();
    assert_eq!(all.len(), 4);
    assert!(all.is_sorted_by_key(|line| (line.unit.clone(), line.place.clone(), line.status)));
    let count = async |query: StockQuery| store.stock(&query).await.unwrap().len();
    let at = StockQuery {
        place: Some(place(BIN_A)),
        ..everything()
    };
    let of = StockQuery {
        article: Some("1001".parse().unwrap()),
        ..everything()
    };
    let lot = StockQuery {
        lot: Some("L1".parse().unwrap()),
        ..everything()
    };
    let both = StockQuery {
        article: of.article.clone(),
        lot: lot.lot.clone(),
        ..at.clone()
    };
    let nobody = StockQuery {
        article: Some("9999".parse().unwrap()),
        ..everything()
    };
    assert_eq!(
        [
            count(at).await,
            count(of).await,
            count(lot).await,
            count(both).await,
            count(nobody).await
        ],
        [3, 3, 3, 1, 0]
    );
    let mut pages = Vec::new();
    for offset in 0..5 {
        let page = StockQuery {
            offset,
            limit: 1,
            ..StockQuery::default()
        };
        pages.extend(store.stock(&page).await.unwrap());
    }
    assert_eq!(pages, all);
}
