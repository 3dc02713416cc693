//! Who may come as a site's server, and how long.

use sparhund_server::store::NewSite;
use sparhund_shared::log::LogId;
use uuid::Uuid;

use crate::store_world::T0;
use crate::world::World;

const CODE: [u8; 32] = [7; 32];

fn site(number: u8, name: &str) -> NewSite {
    NewSite {
        id: Uuid::from_bytes([number; 16]),
        name: name.to_owned(),
        code: [number; 32],
        code_until: T0 + 10,
    }
}

#[tokio::test]
async fn a_used_code_is_worth_nothing_when_its_time_is_over() {
    let world = World::new().await;
    let store = world.servers[0].store();
    store.add_site(site(7, "Norr")).await.unwrap();
    let log = LogId(Uuid::from_bytes([70; 16]));
    let joined = store.join_site(CODE, log, T0).await.unwrap().unwrap();
    assert_eq!(joined.name, "Norr");
    let again = store.join_site(CODE, log, T0 + 9).await.unwrap();
    assert_eq!(again.unwrap().id, joined.id, "the answer was lost");
    assert!(store.join_site(CODE, log, T0 + 10).await.unwrap().is_none());
}

#[tokio::test]
async fn a_restored_central_server_lets_nobody_in_who_was_shut_out() {
    let mut world = World::new().await;
    let store = world.servers[0].store();
    store.add_site(site(7, "Norr")).await.unwrap();
    store.add_site(site(8, "Söder")).await.unwrap();
    let log = LogId(Uuid::from_bytes([70; 16]));
    let id = store.join_site(CODE, log, T0).await.unwrap().unwrap().id;
    world.copy();
    world.servers[0].store().revoke_site(id, T0 + 1).await.unwrap();
    world.restore().await;
    let store = world.servers[0].store();
    assert_eq!(store.site(id).await.unwrap().unwrap().revoked_at, Some(T0 + 1));
    let other = LogId(Uuid::from_bytes([71; 16]));
    let used = store.join_site([8; 32], other, T0).await.unwrap();
    assert!(used.is_none(), "a code from before may be a used one");
}
