//! The page of servers.

use sparhund_server::island::CENTRAL_SETTING;
use sparhund_server::store::{NewSite, SiteHeard};

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

#[tokio::test]
async fn a_site_with_a_clock_beyond_all_measure_can_be_seen_and_shut_out() {
    let served = Served::demo().await;
    let store = &served.state.store;
    let id = uuid::Uuid::from_u128(7);
    let new = NewSite {
        id,
        name: "Väster".to_owned(),
        code: [7; 32],
        code_until: i64::MAX,
    };
    store.add_site(new).await.unwrap();
    let heard = SiteHeard {
        log: None,
        offset: i64::MIN,
        behind: Some(0),
        now: 1,
    };
    store.hear_site(id, heard).await.unwrap();
    let page = served.signed_in("admin").await.get("/console/sites").await;
    assert_eq!(page.status, 200);
    assert!(page.words().contains("Väster"));
}

#[tokio::test]
async fn a_site_that_is_alone_says_on_every_page_that_it_knows_nothing_newer() {
    let mut served = Served::demo().await;
    for cut in [false, true] {
        if cut {
            served = served.cut_off().await;
        }
        for person in ["kvalitet", "planerare"] {
            let mut browser = served.signed_in(person).await;
            for path in [
                "/console/",
                "/console/holds",
                "/console/trace",
                "/console/deviations",
            ] {
                let page = browser.get(path).await.words();
                assert_eq!(
                    page.contains("har inte nått centralservern"),
                    cut,
                    "{path}: {page}"
                );
            }
        }
    }
}
