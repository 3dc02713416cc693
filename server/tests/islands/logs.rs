//! Records between servers when something is in the way: a restored site, a log that cannot go, a message that is too large.

use sparhund_server::island::{CENTRAL_SETTING, Credential, settle_central};

use crate::world::World;

#[tokio::test]
async fn a_site_whose_database_is_from_before_it_joined_is_a_site_all_the_same() {
    let mut world = World::new().await;
    // A server that is no site's: as one that goes on from a backup made before it joined.
    world.book(0, 5).await;
    let server = &world.servers[0];
    let log = server.device.log();
    server
        .note_backup(server.store().heads(&[log]).await.unwrap())
        .await;
    assert_eq!(server.store().covered(log).await.unwrap(), 5);
    let credential = Credential {
        url: "https://central".to_owned(),
        authority: None,
        name: "Väster".to_owned(),
        token: "token".to_owned(),
    };
    settle_central(server.store(), Some(&credential)).await.unwrap();
    assert_eq!(
        server.store().covered(log).await.unwrap(),
        0,
        "its own backup lets no device forget"
    );
    // Without its file it is no stand-alone server again.
    settle_central(server.store(), None).await.unwrap();
    assert_eq!(server.store().covered(log).await.unwrap(), 0);
    let known = server.store().setting(CENTRAL_SETTING).await.unwrap();
    assert_eq!(known.as_deref(), Some("https://central"));
}
