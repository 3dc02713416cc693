//! What every store must do, as functions over the trait; at the end they run against SQLite.

mod store_world;

use sparhund_server::store::sqlite::SqliteStore;
use sparhund_server::store::{StockQuery, Store, TraceQuery};
use sparhund_shared::event::StockStatus;
use sparhund_shared::log::Head;
use store_world::*;

fn everything() -> StockQuery {
    StockQuery {
        limit: 10_000,
        ..StockQuery::default()
    }
}

async fn a_delivery_is_followed_to_the_ward(store: &impl Store) {
    store
        .put_articles(vec![article("1001", &[(BASE, 1), (CASE, 10)])])
        .await
        .unwrap();
    store.put_places(places()).await.unwrap();
    store.add_order(order("O-1", "1001", 15)).await.unwrap();
    let mut device = Device::new(1);
    device.register(store).await;
    device.write(&receive(
        item(CASE, BASE, Some("L1"), None, Some("2027-06-30")),
        20,
        BIN_A,
    ));
    device.write(&pick(lot_item("L1"), 15, BIN_A, line("O-1")));
    let appended = store.append(device.everything()).await.unwrap();
    assert_eq!((appended.stored, appended.known), (2, 0));
    assert_eq!(appended.head, device.tail.head);

    let waiting = store.order(&"O-1".parse().unwrap()).await.unwrap().unwrap();
    assert_eq!(waiting.lines[0].progress.picked, 15);
    assert_eq!(waiting.lines[0].options.len(), 1);
    assert_eq!(waiting.lines[0].options[0].units, 5);
    assert_eq!(waiting.lines[0].picked.len(), 1);
    assert_eq!(
        (
            waiting.lines[0].picked[0].units,
            &waiting.lines[0].picked[0].place
        ),
        (15, &place(DISPATCH))
    );
    assert!(waiting.lines[0].shipped.is_empty());

    let before = device.records.len();
    device.write(&ship(lot_item("L1"), 15, line("O-1")));
    device.write(&accept(lot_item("L1"), 15, line("O-1")));
    store
        .append(device.batch(device.records[before..].to_vec()))
        .await
        .unwrap();
    let again = store.append(device.everything()).await.unwrap();
    assert_eq!((again.stored, again.known), (0, 4));

    let trace = store
        .trace(&TraceQuery {
            di: Some(di(CASE)),
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
    assert_eq!(
        now,
        [
            (BIN_A.to_owned(), StockStatus::Available, 5),
            (WARD.to_owned(), StockStatus::Available, 15)
        ]
    );
    assert_eq!(trace.history.len(), 4);
    assert_eq!(trace.logs.len(), 1);
    assert_eq!(
        (trace.logs[0].signed, trace.logs[0].missing, trace.logs[0].forks),
        (4, 0, 0)
    );
    let done = store.order(&"O-1".parse().unwrap()).await.unwrap().unwrap();
    assert_eq!(done.state(), sparhund_shared::reference::OrderState::Done);
    assert!(done.lines[0].options.is_empty());
    assert_eq!(
        store.heads(&[device.log()]).await.unwrap(),
        [Head::of(&device.records[3])]
    );
    let rebuilt = store.rebuild().await.unwrap();
    assert_eq!(rebuilt.records, 4);
    assert!(rebuilt.tables.iter().all(|(_, rows)| *rows == 0), "{rebuilt:?}");
    assert_eq!(store.stock(&everything()).await.unwrap(), trace.now);
}

macro_rules! sqlite {
    ($($name:ident),* $(,)?) => {
        mod sqlite {
            use super::*;
            $(
                #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
                async fn $name() {
                    let dir = tempfile::tempdir().unwrap();
                    let store = SqliteStore::open(dir.path().join("t.db")).unwrap();
                    super::$name(&store).await;
                }
            )*
        }
    };
}

sqlite! {
    a_delivery_is_followed_to_the_ward,
}
