//! What devices are told of places, and goods that are used, counted, searched for and packed.

use sparhund_server::store::{DeviationRow, Store, TraceQuery};
use sparhund_shared::event::{
    BizStep, Capture, Circumstances, CountOutcome, Counting, Event, Movement, OrgNo, Searching, StockStatus,
};
use sparhund_shared::identity::Sscc;
use sparhund_shared::log::EventId;
use sparhund_shared::reference::{OrderState, PlaceStock};
use sparhund_shared::wire::Topic;

use crate::assert_rebuilds;
use crate::store_world::*;

async fn assortment(store: &impl Store) {
    let articles = vec![article("1001", &[(BASE, 1), (CASE, 10)])];
    store.put_articles(articles).await.unwrap();
    store.put_places(places()).await.unwrap();
}

/// What devices are told of a place; `None` = nothing stands there.
async fn told(store: &impl Store, at: &str) -> Option<PlaceStock> {
    let page = store.feed(Topic::Stock, 0, 100).await.unwrap();
    let row = page.rows.into_iter().find(|row| row.key == at)?;
    row.body.map(|body| serde_json::from_value(body).unwrap())
}

fn goods(stock: Option<&PlaceStock>) -> Vec<(Option<&str>, StockStatus, i64)> {
    let goods = stock.map_or(&[][..], |stock| &stock.goods);
    goods
        .iter()
        .map(|goods| {
            (
                goods.lot.as_ref().map(sparhund_shared::identity::Lot::as_str),
                goods.status,
                goods.units,
            )
        })
        .collect()
}

async fn kinds(store: &impl Store) -> Vec<&'static str> {
    let open: Vec<DeviationRow> = store.deviations(100).await.unwrap();
    open.iter().map(|row| row.deviation.kind()).collect()
}

fn used(lot: Option<&str>, units: u32) -> Event {
    let what = item(BASE, BASE, lot, None, None);
    Event::Move(movement(BizStep::Dispensing, what, units, Some(WARD), WARD))
}

/// The worked example of a bin that two lots went into.
pub async fn goods_used_without_their_lot_come_from_all_lots_of_the_place(store: &impl Store) {
    assortment(store).await;
    let mut device = Device::new(1);
    device.register(store).await;
    device.write(&receive(item(BASE, BASE, Some("A"), None, None), 100, WARD));
    device.write(&receive(item(BASE, BASE, Some("B"), None, None), 50, WARD));
    device.write(&used(None, 120));
    store.append(device.everything()).await.unwrap();
    let stock = told(store, WARD).await;
    assert_eq!(
        stock.as_ref().unwrap().goods[0]
            .article
            .as_ref()
            .unwrap()
            .as_str(),
        "1001"
    );
    assert_eq!(
        goods(stock.as_ref()),
        [
            (None, StockStatus::Available, -120),
            (Some("A"), StockStatus::Available, 100),
            (Some("B"), StockStatus::Available, 50),
        ],
        "what is used is gone, and what stands there is told"
    );
    assert!(kinds(store).await.is_empty(), "{:?}", kinds(store).await);

    // More than the pool: the book is wrong, whoever took the rest.
    let before = device.records.len();
    device.write(&used(Some("A"), 40));
    store
        .append(device.batch(device.records[before..].to_vec()))
        .await
        .unwrap();
    assert_eq!(kinds(store).await, ["negative-stock"]);
    assert_rebuilds(store).await;
    let before = device.records.len();
    device.write(&receive(item(BASE, BASE, Some("B"), None, None), 10, WARD));
    store
        .append(device.batch(device.records[before..].to_vec()))
        .await
        .unwrap();
    assert!(kinds(store).await.is_empty());
    assert_rebuilds(store).await;
}

pub async fn a_place_that_is_empty_again_is_told_so(store: &impl Store) {
    assortment(store).await;
    let mut device = Device::new(1);
    device.register(store).await;
    device.write(&receive(lot_item("A"), 2, BIN_A));
    store.append(device.everything()).await.unwrap();
    let cursor = store.feed(Topic::Stock, 0, 100).await.unwrap().next;
    let before = device.records.len();
    device.write(&Event::Move(movement(
        BizStep::Destroying,
        lot_item("A"),
        2,
        Some(BIN_A),
        BIN_A,
    )));
    store
        .append(device.batch(device.records[before..].to_vec()))
        .await
        .unwrap();
    let page = store.feed(Topic::Stock, cursor, 100).await.unwrap();
    assert_eq!(page.rows.len(), 1);
    assert_eq!((page.rows[0].key.as_str(), &page.rows[0].body), (BIN_A, &None));
    assert_eq!(page.digest.count, 0);
}

fn counted(units: u32, outcome: CountOutcome, first: Option<EventId>) -> Event {
    Event::Count(Counting {
        place: place(BIN_A),
        item: lot_item("A"),
        units,
        book: 10,
        outcome,
        first,
        capture: Capture::confirmed(0, 0),
    })
}

pub async fn a_count_waits_for_another_person_until_one_counted(store: &impl Store) {
    assortment(store).await;
    let mut device = Device::new(1);
    device.register(store).await;
    device.write(&receive(lot_item("A"), 10, BIN_A));
    device.write(&counted(10, CountOutcome::Agrees, None));
    let first = device.write(&counted(3, CountOutcome::AwaitsAnother, None));
    store.append(device.everything()).await.unwrap();
    let open = told(store, BIN_A).await.unwrap().counts;
    assert_eq!(open.len(), 1);
    assert_eq!((open[0].event, open[0].units), (first.record().event_id, 3));

    let before = device.records.len();
    let second = device.write(&counted(4, CountOutcome::Settles, Some(open[0].event)));
    store
        .append(device.batch(device.records[before..].to_vec()))
        .await
        .unwrap();
    assert!(told(store, BIN_A).await.unwrap().counts.is_empty());

    // Who counted second takes it back: the first waits again.
    let before = device.records.len();
    device.write(&void(second.record().event_id));
    store
        .append(device.batch(device.records[before..].to_vec()))
        .await
        .unwrap();
    assert_eq!(told(store, BIN_A).await.unwrap().counts, open);
    assert_rebuilds(store).await;
}

pub async fn a_search_is_told_with_its_place(store: &impl Store) {
    assortment(store).await;
    let mut server = Device::new(9);
    server.register(store).await;
    server.write(&hold(1, &[BASE], Some("A")));
    store.append(server.everything()).await.unwrap();
    let mut device = Device::new(1);
    device.register(store).await;
    let search = |units| {
        Event::Search(Searching {
            hold: hold_id(1),
            place: place(BIN_B),
            units,
            capture: Capture::confirmed(0, 0),
        })
    };
    device.write(&search(0));
    device.write(&search(2));
    store.append(device.everything()).await.unwrap();
    let searched = told(store, BIN_B).await.unwrap().searched;
    assert_eq!(searched.len(), 1, "the latest counts");
    assert_eq!((searched[0].hold, searched[0].units), (hold_id(1), 2));
}

fn packed(step: BizStep, units: u32, sscc: Sscc, told: Circumstances) -> Event {
    let (from, to) = match step {
        BizStep::Packing => (DISPATCH, DISPATCH),
        BizStep::Shipping => (DISPATCH, WARD),
        _ => (WARD, WARD),
    };
    Event::Move(Movement {
        order: Some(line("O-1")),
        sscc: Some(sscc),
        circumstances: told.told(),
        ..movement(step, lot_item("A"), units, Some(from), to)
    })
}

pub async fn goods_are_followed_in_their_logistic_unit(store: &impl Store) {
    assortment(store).await;
    store.add_order(order("O-1", "1001", 10)).await.unwrap();
    let unit: Sscc = "157035381410375177".parse().unwrap();
    let mut device = Device::new(1);
    device.register(store).await;
    device.write(&receive(lot_item("A"), 10, BIN_A));
    device.write(&pick(lot_item("A"), 10, BIN_A, Some(line("O-1"))));
    device.write(&packed(BizStep::Packing, 6, unit, Circumstances::default()));
    store.append(device.everything()).await.unwrap();
    let of_line = async || {
        let order = store.order(&"O-1".parse().unwrap()).await.unwrap().unwrap();
        let line = order.lines[0].clone();
        let packed: Vec<_> = line
            .packed
            .iter()
            .map(|goods| (goods.sscc, goods.waiting, goods.sent))
            .collect();
        (order.state(), line.progress, packed)
    };
    assert_eq!(of_line().await.2, [(unit, 6, 0)]);

    let before = device.records.len();
    device.write(&packed(BizStep::Shipping, 6, unit, Circumstances::default()));
    store
        .append(device.batch(device.records[before..].to_vec()))
        .await
        .unwrap();
    assert_eq!(of_line().await.2, [(unit, 0, 6)]);

    // The rest goes to another legal person, who confirms nothing here.
    let before = device.records.len();
    let receiver: OrgNo = "212000-0001".parse().unwrap();
    let told = Circumstances {
        becomes: Some(StockStatus::TransferredOut),
        receiver: Some(receiver.clone()),
        ..Circumstances::default()
    };
    device.write(&packed(BizStep::Shipping, 4, unit, told));
    device.write(&packed(BizStep::Accepting, 6, unit, Circumstances::default()));
    store
        .append(device.batch(device.records[before..].to_vec()))
        .await
        .unwrap();
    let (state, progress, packed) = of_line().await;
    assert_eq!(
        (state, progress.accepted, packed.len()),
        (OrderState::Done, 10, 0)
    );
    let query = TraceQuery {
        product: Some(BASE.parse().unwrap()),
        lot: Some("A".parse().unwrap()),
        serial: None,
    };
    let trace = store.trace(&query).await.unwrap();
    let over: Vec<_> = trace
        .history
        .iter()
        .filter(|event| event.left == StockStatus::TransferredOut)
        .collect();
    assert_eq!(over.len(), 1);
    assert_eq!(over[0].sscc, Some(unit));
    assert_eq!(over[0].told.as_ref().unwrap().receiver, Some(receiver));
    assert_rebuilds(store).await;
}
