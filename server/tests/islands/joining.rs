//! Who may come as a site's server, and how long.

use std::sync::{Arc, Mutex};

use sparhund_server::island::{Neighbour as _, exchange};
use sparhund_server::store::{
    Account, Conflict, ConflictChoice, LogIntro, LogKind, NewSite, Resolution, RowKind, SharedRow, StoreError,
};
use sparhund_shared::log::Hash;
use sparhund_shared::reference::Role;
use uuid::Uuid;

use crate::cut::Cut;
use crate::server::Server;
use crate::store_world::{Device, T0, user};
use crate::world::{World, account};

const CODE: [u8; 32] = [7; 32];

fn site(number: u8, name: &str) -> NewSite {
    NewSite {
        id: Uuid::from_bytes([number; 16]),
        name: name.to_owned(),
        code: [number; 32],
        code_until: T0 + 10,
    }
}

/// The log of a site's server.
fn log(number: u8) -> LogIntro {
    let device = Device::new(number);
    LogIntro {
        log: device.log(),
        key: device.public(),
        kind: LogKind::Device,
        name: "x".to_owned(),
    }
}

#[tokio::test]
async fn a_used_code_is_worth_nothing_when_its_time_is_over() {
    let world = World::new().await;
    let store = world.servers[0].store();
    store.add_site(site(7, "Norr")).await.unwrap();
    let first = log(70);
    let joined = store.join_site(CODE, first.clone(), T0).await.unwrap().unwrap();
    assert_eq!(joined.name, "Norr");
    let again = store.join_site(CODE, first.clone(), T0 + 9).await.unwrap();
    assert_eq!(again.unwrap().id, joined.id, "the answer was lost");
    assert!(
        store
            .join_site(CODE, first.clone(), T0 + 10)
            .await
            .unwrap()
            .is_none()
    );
}

#[tokio::test]
async fn a_restored_central_server_lets_nobody_in_who_was_shut_out() {
    let mut world = World::new().await;
    let store = world.servers[0].store();
    store.add_site(site(7, "Norr")).await.unwrap();
    store.add_site(site(8, "Söder")).await.unwrap();
    let first = log(70);
    let id = store
        .join_site(CODE, first.clone(), T0)
        .await
        .unwrap()
        .unwrap()
        .id;
    world.copy(0);
    world.servers[0].store().revoke_site(id, T0 + 1).await.unwrap();
    world.restore(0).await;
    let store = world.servers[0].store();
    assert_eq!(store.site(id).await.unwrap().unwrap().revoked_at, Some(T0 + 1));
    let other = log(71);
    let used = store.join_site([8; 32], other, T0).await.unwrap();
    assert!(used.is_none(), "a code from before may be a used one");
}

#[tokio::test]
async fn as_many_other_records_are_not_the_same_records() {
    let mut world = World::new().await;
    world.book(0, 3).await;
    world.book(1, 3).await;
    let [central, asks, _] = &world.servers;
    let store = central.store();
    store.add_site(site(7, "Norr")).await.unwrap();
    let joined = store.join_site(CODE, log(70), T0).await.unwrap().unwrap();
    let end = central.end(&joined, T0);
    // The greeting alone, and then the answer is lost.
    let link = Cut {
        there: end,
        left: 0.into(),
        after: true,
        row_format: None,
    };
    let own = asks.own_log.as_ref().unwrap();
    exchange(asks.store(), own, &link, T0, None).await.unwrap_err();
    let behind = store.site(joined.id).await.unwrap().unwrap().behind;
    assert!(behind.is_some_and(|behind| behind > 0), "{behind:?}");
}

/// What the program logs, as text.
#[derive(Clone, Default)]
struct Lines(Arc<Mutex<Vec<u8>>>);

impl std::io::Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

async fn put(server: &Server, person: &Account) {
    server.store().put_account(person.clone()).await.unwrap();
}

#[tokio::test]
async fn what_a_site_gives_somebody_is_in_the_log() {
    let lines = Lines::default();
    let writer = lines.clone();
    let subscriber = tracing_subscriber::fmt()
        .with_writer(move || writer.clone())
        .finish();
    // For all threads: one that has none of its own may be the first to come by a place that logs, and would turn it off.
    tracing::subscriber::set_global_default(subscriber).unwrap();
    tracing::callsite::rebuild_interest_cache();
    let mut world = World::new().await;
    let mut person = account(60, "siv", "Siv");
    put(&world.servers[1], &person).await;
    world.heal().await;
    let said = |lines: &Lines| String::from_utf8(lines.0.lock().unwrap().clone()).unwrap();
    let first = said(&lines);
    let id = person.user.id.to_string();
    // Another name gives nothing.
    "Siv S".clone_into(&mut person.user.name);
    put(&world.servers[1], &person).await;
    world.heal().await;
    let gave = |text: &str| -> Vec<String> {
        let lines = text
            .lines()
            .filter(|line| line.contains("gave somebody roles") && line.contains(&id));
        lines.map(str::to_owned).collect()
    };
    assert_eq!(gave(&first).len(), 1, "{first}");
    assert_eq!(gave(&said(&lines)), gave(&first));
    person.user.roles.push(Role::Admin);
    put(&world.servers[1], &person).await;
    world.heal().await;
    let told = said(&lines);
    let line = gave(&told).pop().unwrap();
    assert!(
        line.contains("Admin") && line.contains("Väster") && !line.contains("Ward"),
        "{line}"
    );
    assert!(told.contains("a site made a server's log known"), "{told}");

    // What a site says was chosen of a conflict is done here as well, whatever it is answered.
    let (central, key) = (&world.servers[0], ("account", id.clone()));
    let standing = central.rows().await.remove(&key).unwrap().1;
    let mut other = standing.clone();
    other["user"]["roles"] = serde_json::json!(["ward", "quality"]);
    let conflict = Conflict {
        id: "c".to_owned(),
        kind: RowKind::Account,
        key: id.clone(),
        standing: Some(standing),
        other,
        meet: None,
        from: "central".to_owned(),
        why: None,
        found_at: T0,
        resolved: Some(Resolution {
            choice: ConflictChoice::Other,
            by: user(1),
            at: T0,
        }),
    };
    let row = SharedRow {
        kind: RowKind::Conflict,
        key: conflict.id.clone(),
        rev: 0,
        version: Hash::ZERO,
        base: None,
        changed_at: T0,
        body: serde_json::to_value(&conflict).unwrap(),
    };
    central.end(&central.site, T0).offer(&[row]).await.unwrap();
    let last = gave(&said(&lines)).pop().unwrap();
    assert!(last.contains("Quality") && !last.contains("Ward"), "{last}");
}

#[tokio::test]
async fn a_name_can_be_used_again_when_nobody_has_it() {
    let world = World::new().await;
    let store = world.servers[0].store();
    store.add_site(site(7, "Norr")).await.unwrap();
    // The code ran out, or was lost: another one for the same house.
    store.add_site(site(8, "Norr")).await.unwrap();
    assert!(
        store.join_site(CODE, log(70), T0).await.unwrap().is_none(),
        "the first code"
    );
    let joined = store.join_site([8; 32], log(70), T0).await.unwrap().unwrap();
    // Its server is in use: nobody else gets the name.
    assert!(matches!(
        store.add_site(site(9, "Norr")).await,
        Err(StoreError::Conflict(_))
    ));
    store.revoke_site(joined.id, T0).await.unwrap();
    store.add_site(site(9, "Norr")).await.unwrap();
    let anew = store.join_site([9; 32], log(71), T0).await.unwrap().unwrap();
    assert_eq!(anew.name, "Norr");
    let old = store.site(joined.id).await.unwrap().unwrap();
    assert!(
        old.revoked_at.is_some() && old.name.starts_with("Norr ("),
        "{old:?}"
    );
    for name in ["server", "Central"] {
        assert!(
            matches!(store.add_site(site(10, name)).await, Err(StoreError::Conflict(_))),
            "{name}"
        );
    }
    let of_a_site = world.servers[1].store().add_site(site(10, "Söder")).await;
    assert!(matches!(of_a_site, Err(StoreError::Conflict(_))), "{of_a_site:?}");
}

#[tokio::test]
async fn a_code_is_not_used_up_by_a_log_that_cannot_be_known() {
    let world = World::new().await;
    let store = world.servers[0].store();
    store.add_site(site(7, "Norr")).await.unwrap();
    let taken = LogIntro {
        log: world.servers[0].device.log(),
        ..log(70)
    };
    let refused = store.join_site(CODE, taken, T0).await;
    assert!(matches!(refused, Err(StoreError::Conflict(_))), "{refused:?}");
    assert!(store.join_site(CODE, log(70), T0).await.unwrap().is_some());
}

#[tokio::test]
async fn a_server_does_not_join_under_a_second_name() {
    let mut world = World::new().await;
    world.hold(1).await;
    let (central, house) = (&world.servers[0], &world.servers[1]);
    let own = house.own_log.as_ref().unwrap();
    let intro = LogIntro {
        log: own.log(),
        key: own.key(),
        ..log(70)
    };
    let store = central.store();
    store.add_site(site(7, "Norr")).await.unwrap();
    store.add_site(site(8, "Norr 2")).await.unwrap();
    let first = store.join_site(CODE, intro.clone(), T0).await.unwrap().unwrap();
    let refused = store.join_site([8; 32], intro.clone(), T0).await.unwrap_err();
    assert!(refused.to_string().contains("shut Norr out"), "{refused}");
    store.revoke_site(first.id, T0).await.unwrap();
    let anew = store.join_site([8; 32], intro, T0).await.unwrap();
    let anew = anew.expect("the code is as it was");
    // Nobody else has its log: the central server signs for what it saw of it, once that has come.
    for _ in 0..2 {
        let end = central.end(&anew, T0);
        exchange(house.store(), own, &end, T0, None).await.unwrap();
    }
    assert!(!central.store().seen(own.log()).await.unwrap().is_empty());
}
