//! What every store must do, as functions over the trait; at the end they run against SQLite.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod deliveries;
mod deviations;
mod feeds;
mod histories;
mod logs;
mod people;
mod receipts;
mod shelves;
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
    shelves::goods_used_without_their_lot_come_from_all_lots_of_the_place,
    shelves::a_place_that_is_empty_again_is_told_so,
    shelves::a_count_waits_for_another_person_until_one_counted,
    shelves::a_search_is_told_with_its_place,
    shelves::goods_are_followed_in_their_logistic_unit,
    receipts::devices_hear_which_units_of_a_delivery_were_received,
    receipts::a_delivery_announced_after_its_receipt_is_received,
    feeds::a_cursor_misses_nothing_and_the_digest_tells,
    feeds::an_identifier_belongs_to_one_article,
    feeds::holds_reach_devices,
    feeds::rules_reach_devices_and_leave_them_again,
    feeds::announced_deliveries_reach_devices_and_leave_them_again,
    feeds::a_question_shows_the_holds_in_force_on_its_goods,
    logs::a_gap_is_counted_and_closes,
    logs::of_many_gaps_the_lowest_are_told_until_they_close,
    logs::a_fork_is_kept_and_shown,
    logs::an_event_told_twice_is_named_by_the_record_that_counts,
    logs::the_last_countersignature_is_the_one_that_reaches_farthest,
    people::a_code_enrols_one_device,
    people::a_refresh_token_works_once,
    people::a_session_that_was_ended_lets_nobody_in,
    people::reads_are_noted_and_come_newest_first,
    people::a_login_belongs_to_one_person,
    people::settings_and_heartbeats_are_kept,
}

/// Tests that need more than one store of an engine.
mod sqlite_only {
    use std::collections::BTreeMap;

    use sparhund_server::store::sqlite::SqliteStore;
    use sparhund_server::store::{OrderQuery, Store, StoreError, TraceQuery};
    use sparhund_shared::event::Event;
    use sparhund_shared::reference::{Order, OrderState};
    use sparhund_shared::wire::{Topic, TopicDigest};

    use super::store_world::{
        BASE, CASE, Device, accept, announced, article, line, lot_item, order, pick, places, receive, ship,
        void,
    };

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
    async fn what_an_older_program_did_not_look_up_is_looked_up_after_an_update() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("t.db");
        let mut device = Device::new(1);
        let seen = ["lenient-reading", "no-expiry"];
        let mut event = receive(lot_item("L1"), 1, super::store_world::BIN_A);
        if let Event::Move(movement) = &mut event {
            movement.capture.profile = Some("keys=physical gs=~ aim=sent".to_owned());
            movement.capture.seen = seen.map(str::to_owned).to_vec();
        }
        device.write(&event);
        let store = SqliteStore::open(&path).unwrap();
        device.register(&store).await;
        store.append(device.everything()).await.unwrap();
        drop(store);
        rusqlite::Connection::open(&path)
            .unwrap()
            .execute_batch(
                "UPDATE event SET scanner_no = NULL, seen = NULL; UPDATE projected SET version = 0",
            )
            .unwrap();
        let store = SqliteStore::open(&path).unwrap();
        let trace = store
            .trace(&TraceQuery {
                lot: "L1".parse().ok(),
                ..TraceQuery::default()
            })
            .await
            .unwrap();
        assert_eq!(
            trace.history[0].scanner.as_deref(),
            Some("keys=physical gs=~ aim=sent")
        );
        assert_eq!(trace.history[0].seen, seen);
        super::assert_rebuilds(&store).await;
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

    /// The orders a device holds after it followed the feed from this cursor; counts and digest are compared.
    async fn follow(store: &SqliteStore, device: &mut BTreeMap<String, serde_json::Value>, cursor: &mut u64) {
        loop {
            let page = store.feed(Topic::Orders, *cursor, 2).await.unwrap();
            *cursor = page.next;
            for row in page.rows {
                match row.body {
                    Some(body) => drop(device.insert(row.key, body)),
                    None => drop(device.remove(&row.key)),
                }
            }
            if !page.more {
                let mut digest = TopicDigest::default();
                for (key, body) in &*device {
                    digest.add(key, body);
                }
                assert_eq!(digest, page.digest);
                return;
            }
        }
    }

    #[tokio::test]
    async fn records_only_mark_orders_and_the_mark_outlives_the_process() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("t.db");
        let store = SqliteStore::open(&path).unwrap();
        store.put_places(places()).await.unwrap();
        store
            .put_articles(vec![article("1001", &[(BASE, 1), (CASE, 10)])])
            .await
            .unwrap();
        for number in 1..=5 {
            store
                .add_order(order(&format!("O-{number}"), "1001", 10))
                .await
                .unwrap();
        }
        let (mut held, mut cursor) = (BTreeMap::new(), 0);
        follow(&store, &mut held, &mut cursor).await;
        assert_eq!(held.len(), 5);
        let raw = rusqlite::Connection::open(&path).unwrap();
        let rev = || {
            let sql = "SELECT rev FROM topic WHERE topic = 'orders'";
            raw.query_row(sql, [], |row| row.get::<_, i64>(0)).unwrap()
        };
        let before = rev();
        let mut device = Device::new(1);
        device.register(&store).await;
        for lot in ["L1", "L2", "L3"] {
            device.write(&receive(lot_item(lot), 10, super::store_world::BIN_A));
            store.append(device.everything()).await.unwrap();
        }
        device.write(&pick(
            lot_item("L1"),
            4,
            super::store_world::BIN_A,
            Some(line("O-2")),
        ));
        store.append(device.everything()).await.unwrap();
        assert_eq!(rev(), before, "nothing is worked out in the commit of a record");
        drop(store);
        let store = SqliteStore::open(&path).unwrap();
        follow(&store, &mut held, &mut cursor).await;
        assert_eq!(rev(), before + 5, "each order once for four batches");
        let of = |held: &BTreeMap<String, serde_json::Value>, no: &str| -> Order {
            serde_json::from_value(held[no].clone()).unwrap()
        };
        assert_eq!(of(&held, "O-2").lines[0].progress.picked, 4);
        let units = |order: &Order| -> i64 { order.lines[0].options.iter().map(|option| option.units).sum() };
        assert_eq!(units(&of(&held, "O-5")), 26);
        follow(&store, &mut held, &mut cursor).await;
        assert_eq!(rev(), before + 5, "asking again changes nothing");
    }

    #[tokio::test]
    async fn an_announced_delivery_leaves_devices_thirty_days_after_it_was_expected() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("t.db");
        let store = SqliteStore::open(&path).unwrap();
        let (day, now) = (86_400_000, sparhund_server::ops::now_ms());
        let late = announced("F-1", None);
        let expected = announced("F-2", Some(now + 2 * day));
        let old = announced("F-3", Some(now - 400 * day));
        store.put_deliveries(vec![late, expected, old]).await.unwrap();
        let raw = rusqlite::Connection::open(&path).unwrap();
        let told = async |days: i64| -> Vec<String> {
            raw.execute("UPDATE shared_row SET changed_at = ?1", [now - days * day])
                .unwrap();
            raw.execute("DELETE FROM setting WHERE name = 'store.deliveries-seen-on'", [])
                .unwrap();
            let all = store.deliveries().await.unwrap();
            let held = store.feed(Topic::Deliveries, 0, 10).await.unwrap();
            let fed = held.rows.iter().filter(|row| row.body.is_some()).count();
            assert_eq!((fed, held.digest.count), (all.len(), all.len() as u64));
            all.into_iter().map(|delivery| delivery.no.to_string()).collect()
        };
        assert_eq!(
            told(29).await,
            ["F-1", "F-2", "F-3"],
            "one that is announced late is told as long"
        );
        assert_eq!(told(31).await, ["F-2"]);
        assert_eq!(told(1_000).await, ["F-2"]);
        // Announced again it is there again.
        store.put_deliveries(vec![announced("F-1", None)]).await.unwrap();
        assert_eq!(store.deliveries().await.unwrap().len(), 2);
    }

    #[tokio::test]
    async fn an_order_leaves_devices_a_day_after_it_is_done_and_comes_back_when_it_is_not() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("t.db");
        let store = SqliteStore::open(&path).unwrap();
        store.put_places(places()).await.unwrap();
        store
            .put_articles(vec![article("1001", &[(BASE, 1)])])
            .await
            .unwrap();
        store.add_order(order("O-1", "1001", 4)).await.unwrap();
        store.add_order(order("O-2", "1001", 4)).await.unwrap();
        let mut device = Device::new(1);
        device.register(&store).await;
        let at = || Some(line("O-1"));
        device.write(&receive(lot_item("L1"), 10, super::store_world::BIN_A));
        device.write(&pick(lot_item("L1"), 4, super::store_world::BIN_A, at()));
        device.write(&ship(lot_item("L1"), 4, at()));
        let last = device.write(&accept(lot_item("L1"), 4, at()));
        store.append(device.everything()).await.unwrap();
        let (mut held, mut cursor) = (BTreeMap::new(), 0);
        follow(&store, &mut held, &mut cursor).await;
        // The last booking may be undone, so the order stays at hand for a day.
        assert_eq!(held.len(), 2);
        let raw = rusqlite::Connection::open(&path).unwrap();
        let a_day = || {
            let sql = "UPDATE customer_order SET done_at = done_at - 86400001";
            raw.execute(sql, []).unwrap();
        };
        a_day();
        follow(&store, &mut held, &mut cursor).await;
        assert_eq!(held.keys().collect::<Vec<_>>(), ["O-2"]);
        let no = "O-1".parse().unwrap();
        let kept = store.order(&no).await.unwrap().unwrap();
        assert_eq!(
            (kept.state(), kept.lines[0].progress.accepted),
            (OrderState::Done, 4)
        );
        let all = OrderQuery {
            open: false,
            ..OrderQuery::open()
        };
        assert_eq!(store.orders(&all).await.unwrap().len(), 2);
        assert!(
            store.add_order(order("O-1", "1001", 4)).await.is_err(),
            "its number is taken"
        );
        // A late second confirmation is counted, and does not bring it back.
        device.write(&accept(lot_item("L1"), 1, at()));
        store.append(device.everything()).await.unwrap();
        follow(&store, &mut held, &mut cursor).await;
        assert_eq!(held.len(), 1);
        assert_eq!(
            store.order(&no).await.unwrap().unwrap().lines[0]
                .progress
                .accepted,
            5
        );
        device.write(&void(last.record().event_id));
        store.append(device.everything()).await.unwrap();
        follow(&store, &mut held, &mut cursor).await;
        assert_eq!(held.len(), 2);
        assert_eq!(store.orders(&OrderQuery::open()).await.unwrap().len(), 2);
        super::assert_rebuilds(&store).await;
        follow(&store, &mut held, &mut cursor).await;
    }
}
