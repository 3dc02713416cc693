//! The patient-link service over a real server's store: from the sealed wristband to a look-up that is kept, and to erasure.

#![allow(
    clippy::unwrap_used,
    missing_docs,
    reason = "a test may stop at the first surprise"
)]

#[allow(unused_imports, reason = "this test uses a part of it")]
#[path = "../common/mod.rs"]
mod common;
mod people;
mod process;
mod world;

use std::sync::atomic::Ordering;

use serde_json::Value;
use sparhund_server::ops::now_ms;
use sparhund_server::patient_link::{Asked, Purpose};
use sparhund_server::store::INCARNATION_SETTING;
use sparhund_shared::event::PatientSeal;
use sparhund_shared::log::Hash;
use sparhund_shared::privacy::{SecretKey, seal};

use self::world::{RESERVE, TOLVAN, World, somebody};

const DAY_MS: i64 = 86_400_000;

fn why() -> Asked {
    Asked::new("siv", "Avd 12", &Purpose::Quality, "prov").unwrap()
}

fn who(world: &World, token: &Value) -> Option<String> {
    let token: Hash = token.as_str().unwrap().parse().unwrap();
    let found = world.service.store.look_up(token, &why(), now_ms()).unwrap();
    found.map(|identity| identity.as_str().to_owned())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn seals_become_tokens_one_for_each_patient_and_a_second_run_changes_nothing() {
    let mut world = World::new().await;
    for patient in [TOLVAN, RESERVE, "19121212-1212"] {
        world.implant(patient).await;
    }
    let done = world.round().await.unwrap();
    assert_eq!((done.fetched, done.sent, done.more), (3, 3, false));
    let tokens = world.tokens().await;
    assert_eq!(tokens[0], tokens[2]);
    assert_ne!(tokens[0], tokens[1]);
    assert_eq!(who(&world, &tokens[0]).as_deref(), Some(TOLVAN));
    assert_eq!(who(&world, &tokens[1]).as_deref(), Some(RESERVE));
    let counts = world.service.store.counts().unwrap();
    for _ in 0..2 {
        world.restart();
        let again = world.round().await.unwrap();
        assert_eq!((again.fetched, again.sent), (0, 0));
    }
    assert_eq!(world.tokens().await, tokens);
    let later = world.service.store.counts().unwrap();
    assert_eq!(
        (later.opened, later.to_post, later.faults),
        (counts.opened, 0, vec![])
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_service_that_stops_between_fetching_and_sending_goes_on_there() {
    let mut world = World::new().await;
    world.implant(TOLVAN).await;
    world.refuses.store(true, Ordering::SeqCst);
    world.round().await.unwrap_err();
    assert_eq!(world.tokens().await, [Value::Null]);
    assert_eq!(world.service.store.counts().unwrap().to_post, 1);
    world.restart();
    world.refuses.store(false, Ordering::SeqCst);
    let done = world.round().await.unwrap();
    assert_eq!((done.fetched, done.sent), (0, 1));
    assert_ne!(world.tokens().await, [Value::Null]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_restored_server_gets_its_tokens_again_also_when_the_key_is_gone() {
    let mut world = World::new().await;
    world.implant(TOLVAN).await;
    world.round().await.unwrap();
    world.service.store.rotate(now_ms()).unwrap();
    world.round().await.unwrap();
    world.service.store.set_grace(0).unwrap();
    assert_eq!(world.round().await.unwrap().destroyed, [1]);
    let store = &world.server.state.store;
    store
        .set_setting(INCARNATION_SETTING, "another-life")
        .await
        .unwrap();
    let done = world.round().await.unwrap();
    assert_eq!((done.fetched, done.sent), (1, 1));
    assert!(world.service.store.counts().unwrap().faults.is_empty());
    assert_eq!(world.round().await.unwrap().fetched, 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn seals_that_do_not_open_are_counted_and_passed() {
    let mut world = World::new().await;
    let good = world.sealed(TOLVAN);
    let foreign = SecretKey::new([9; 32]).public().unwrap();
    let of_foreign = seal(&somebody(TOLVAN), &foreign, [200; 32]).unwrap();
    let mut changed = good.sealed.to_vec();
    changed[40] ^= 1;
    let bad = [vec![7], changed, vec![0; 80], vec![1; 256]];
    for sealed in bad {
        world
            .tell(PatientSeal {
                key: good.key,
                sealed: sealed.into(),
            })
            .await;
    }
    world.tell(of_foreign).await;
    world.tell(good).await;
    let done = world.round().await.unwrap();
    assert_eq!((done.fetched, done.sent, done.more), (6, 1, false));
    let expected = [("not_opened".to_owned(), 4), ("unknown_key".to_owned(), 1)];
    assert_eq!(world.service.store.counts().unwrap().faults, expected);
    assert_eq!(world.round().await.unwrap().fetched, 0);
    // Whoever brings a key back looks at them again, and nothing is doubled.
    world.service.store.retry().unwrap();
    assert_eq!(world.round().await.unwrap().fetched, 6);
    assert_eq!(world.service.store.counts().unwrap().faults, expected);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_closed_epoch_opens_what_comes_late_until_its_key_is_destroyed() {
    let mut world = World::new().await;
    let late = [world.sealed(TOLVAN), world.sealed(RESERVE)];
    let [in_time, too_late] = late;
    let now = now_ms();
    world.service.store.rotate(now).unwrap();
    world.implant(TOLVAN).await;
    world.tell(in_time).await;
    let done = world.round().await.unwrap();
    assert_eq!((done.sent, done.destroyed.as_slice()), (2, [].as_slice()));
    let tokens = world.tokens().await;
    assert_eq!(tokens[0], tokens[1], "one patient has one token in every epoch");

    // The time of grace is over, but nobody has looked since whether anything came.
    let store = &world.service.store;
    assert!(store.destroy_due(now + 91 * DAY_MS).unwrap().is_empty());
    assert!(world.link_dir().epoch(1).exists());
    store.set_grace(0).unwrap();
    let done = world.round().await.unwrap();
    assert_eq!(done.destroyed, [1]);
    assert!(!world.link_dir().epoch(1).exists() && world.link_dir().epoch(2).exists());
    let epochs = world.service.store.epochs().unwrap();
    assert!(epochs[0].destroyed_at.is_some() && epochs[1].destroyed_at.is_none());

    world.tell(too_late).await;
    world.restart();
    assert_eq!(world.round().await.unwrap().sent, 0);
    let faults = world.service.store.counts().unwrap().faults;
    assert_eq!(faults, [("key_destroyed".to_owned(), 1)]);
    assert_eq!(who(&world, &tokens[0]).as_deref(), Some(TOLVAN));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_is_erased_is_found_under_no_token_and_not_known_again() {
    let mut world = World::new().await;
    world.implant(TOLVAN).await;
    world.implant(RESERVE).await;
    world.round().await.unwrap();
    let before = world.tokens().await;
    let store = &world.service.store;
    let erased = store.erase(&somebody(TOLVAN), &why(), now_ms()).unwrap();
    assert!(erased.known);
    assert_eq!(erased.still_open, [(1, None)]);
    assert_eq!(who(&world, &before[0]), None);
    assert_eq!(who(&world, &before[1]).as_deref(), Some(RESERVE));

    // Seals of them in the log, and what comes after a restart, name nobody any more.
    world.implant(TOLVAN).await;
    world.restart();
    let store = &world.server.state.store;
    store
        .set_setting(INCARNATION_SETTING, "another-life")
        .await
        .unwrap();
    world.round().await.unwrap();
    let after = world.tokens().await;
    assert_eq!(
        (&after[0], &after[2]),
        (&before[0], &before[0]),
        "the books stay whole"
    );
    assert_eq!(who(&world, &before[0]), None);
    let again = world
        .service
        .store
        .erase(&somebody(TOLVAN), &why(), now_ms())
        .unwrap();
    assert!(!again.known);

    // Somebody who asks to be erased before anything came of them is not known afterwards either.
    let stranger = "198112189876";
    world
        .service
        .store
        .erase(&somebody(stranger), &why(), now_ms())
        .unwrap();
    world.implant(stranger).await;
    world.round().await.unwrap();
    let last = world.tokens().await;
    assert_eq!(who(&world, &last[3]), None);
}
