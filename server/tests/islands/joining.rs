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
