//! The page of servers.

use sparhund_server::island::CENTRAL_SETTING;

use crate::browser::Served;

#[tokio::test]
async fn a_site_that_lost_its_access_to_the_central_server_says_so() {
    let served = Served::demo().await;
    let mut admin = served.signed_in("admin").await;
    let before = admin.get("/console/sites").await.words();
    assert!(before.contains("Inget hus har en egen server"), "{before}");
    let store = &served.state.store;
    store
        .set_setting(CENTRAL_SETTING, "https://central.example")
        .await
        .unwrap();
    let page = admin.get("/console/sites").await.words();
    for word in ["https://central.example", "anslutas på nytt"] {
        assert!(page.contains(word), "{word}: {page}");
    }
}
