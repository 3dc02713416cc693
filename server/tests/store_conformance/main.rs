//! What every store must do, as functions over the trait; at the end they run against SQLite.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod deliveries;
mod deviations;
mod feeds;
mod histories;
mod logs;
mod people;
#[path = "../store_world/mod.rs"]
mod store_world;

use sparhund_server::store::sqlite::SqliteStore;
use sparhund_server::store::{StockQuery, Store};

/// Every stock row.
fn everything() -> StockQuery {
    StockQuery {
        limit: 10_000,
        ..StockQuery::default()
    }
}

/// A rebuild finds the tables as they are.
async fn assert_rebuilds(store: &impl Store) {
    let rebuilt = store.rebuild().await.unwrap();
    assert!(rebuilt.tables.iter().all(|(_, rows)| *rows == 0), "{rebuilt:?}");
}

/// Runs each function against an empty SQLite store.
macro_rules! sqlite {
    ($($module:ident::$name:ident),* $(,)?) => {
        $(
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $name() {
                let dir = tempfile::tempdir().unwrap();
                let store = SqliteStore::open(dir.path().join("t.db")).unwrap();
                $module::$name(&store).await;
            }
        )*
    };
}

sqlite! {
    deliveries::a_delivery_is_followed_to_the_ward,
    deliveries::a_lot_shows_each_unit_once,
    deliveries::the_first_to_expire_is_offered_first_and_only_what_may_be_picked,
    deliveries::stock_is_found_by_place_article_and_lot_in_pages,
    deviations::negative_stock_goes_when_the_missing_record_comes,
    deviations::a_hold_finds_the_movements_that_went_past_it,
    deviations::unknown_goods_become_known,
    deviations::a_clock_that_is_off_is_shown_at_its_worst,
    deviations::a_payload_of_a_later_version_is_kept_and_shown,
    feeds::a_cursor_misses_nothing_and_the_digest_tells,
    feeds::an_identifier_belongs_to_one_article,
    feeds::holds_reach_devices,
    logs::a_gap_is_counted_and_closes,
    logs::a_fork_is_kept_and_shown,
    people::a_code_enrols_one_device,
    people::a_refresh_token_works_once,
    people::a_login_belongs_to_one_person,
    people::settings_and_heartbeats_are_kept,
}

/// Tests that need more than one store of an engine.
mod sqlite_only {
    use sparhund_server::store::sqlite::SqliteStore;
    use sparhund_server::store::{Store, StoreError};

    use super::store_world::{Device, lot_item, receive};

    #[tokio::test]
    async fn what_was_answered_is_there_after_opening_again() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("t.db");
        let mut device = Device::new(1);
        for round in 1..=3 {
            let store = SqliteStore::open(&path).unwrap();
            device.register(&store).await;
            device.write(&receive(lot_item("L1"), 1, super::store_world::BIN_A));
            let appended = store.append(device.everything()).await.unwrap();
            assert_eq!((appended.stored, appended.known), (1, round - 1));
            assert_eq!(
                store.stock(&super::everything()).await.unwrap()[0].units,
                i64::from(round)
            );
        }
        let store = SqliteStore::open(&path).unwrap();
        assert_eq!(store.heads(&[device.log()]).await.unwrap(), [device.tail.head]);
        super::assert_rebuilds(&store).await;
    }

    #[tokio::test]
    async fn a_rebuild_mends_what_was_damaged() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("t.db");
        let store = SqliteStore::open(&path).unwrap();
        let mut device = Device::new(1);
        device.register(&store).await;
        for _ in 0..5 {
            device.write(&receive(lot_item("L1"), 1, super::store_world::BIN_A));
        }
        device.write(&super::store_world::hold(1, &[super::store_world::BASE], None));
        store.append(device.everything()).await.unwrap();
        let before = store.stock(&super::everything()).await.unwrap();
        let damage = rusqlite::Connection::open(&path).unwrap();
        damage
            .execute_batch("UPDATE stock SET units = 99; DELETE FROM event WHERE seq > 3; DELETE FROM hold")
            .unwrap();
        let rebuilt = store.rebuild().await.unwrap();
        let found: Vec<_> = rebuilt.tables.into_iter().filter(|(_, rows)| *rows > 0).collect();
        let expected = [("event", 2), ("stock", 1), ("hold", 1)];
        assert_eq!(found, expected.map(|(table, rows)| (table.to_owned(), rows)));
        assert_eq!(store.stock(&super::everything()).await.unwrap(), before);
        assert_eq!(store.holds().await.unwrap().len(), 1);
        super::assert_rebuilds(&store).await;
        // A record that does not fit its hash stops the rebuild, and everything stays as it was.
        damage
            .execute_batch("UPDATE record SET bytes = x'00' WHERE seq = 2")
            .unwrap();
        let refusal = store.rebuild().await.unwrap_err().to_string();
        assert!(refusal.contains("record 2"), "{refusal}");
        assert_eq!(store.stock(&super::everything()).await.unwrap(), before);
        device.write(&receive(lot_item("L1"), 1, super::store_world::BIN_A));
        assert_eq!(store.append(device.everything()).await.unwrap().stored, 1);
    }

    #[tokio::test]
    async fn another_program_may_write_meanwhile() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("t.db");
        let server = SqliteStore::open(&path).unwrap();
        let tool = SqliteStore::open(&path).unwrap();
        let (mut one, mut two) = (Device::new(1), Device::new(2));
        one.register(&server).await;
        for round in 1..=3 {
            one.write(&receive(lot_item("L1"), 1, super::store_world::BIN_A));
            server.append(one.everything()).await.unwrap();
            two.register(&tool).await;
            two.write(&receive(lot_item("L1"), 1, super::store_world::BIN_A));
            two.write(&receive(lot_item("L2"), 1, super::store_world::BIN_B));
            tool.append(two.everything()).await.unwrap();
            let stock = server.stock(&super::everything()).await.unwrap();
            assert_eq!(stock[0].units, 2 * round);
        }
        super::assert_rebuilds(&tool).await;
        super::assert_rebuilds(&server).await;
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 4)]
    async fn a_full_queue_says_busy_and_loses_nothing() {
        let dir = tempfile::tempdir().unwrap();
        let store = std::sync::Arc::new(SqliteStore::open_with_queue(dir.path().join("t.db"), 2).unwrap());
        let mut tasks = Vec::new();
        for number in 1..=60 {
            let mut device = Device::new(number);
            device.register(store.as_ref()).await;
            device.write(&receive(lot_item("L1"), 1, super::store_world::BIN_A));
            tasks.push((store.clone(), device));
        }
        let answers = tasks
            .into_iter()
            .map(|(store, device)| tokio::spawn(async move { store.append(device.everything()).await }));
        let (mut stored, mut busy) = (0, 0);
        for answer in answers.collect::<Vec<_>>() {
            match answer.await.unwrap() {
                Ok(appended) => stored += i64::from(appended.stored),
                Err(StoreError::Busy) => busy += 1,
                Err(error) => panic!("{error}"),
            }
        }
        assert_eq!(stored + busy, 60);
        assert!(stored > 0);
        assert!(busy > 0, "60 at once never met a queue of 2");
        assert_eq!(store.stock(&super::everything()).await.unwrap()[0].units, stored);
    }
}
