use sparhund_shared::event::BizStep;
use sparhund_shared::reference::Role;

use crate::common::{DeviceSim, TestServer, bin, ward};

#[tokio::test]
async fn stock_is_filtered_and_paged() {
    let server = TestServer::with_world().await;
    let mut device = DeviceSim::enrolled(&server, 1).await;
    for lot in ["LOT-A", "LOT-B", "LOT-C"] {
        device.moves(BizStep::Receiving, lot, 5, None);
    }
    device.send(&server).await;
    let one = server.get("/stock?lot=LOT-B").as_role(Role::Ward).await;
    insta::assert_json_snapshot!("one_lot", one.shown());
    let count = async |query: &str| {
        let page = server
            .get(&format!("/stock{query}"))
            .as_role(Role::Ward)
            .await
            .expect(200);
        page["rows"].as_array().unwrap().len()
    };
    let here = format!("?place={}", bin().to_string().replace('/', "%2F"));
    assert_eq!(count(&here).await, 3);
    assert_eq!(count(&format!("?place={}", ward())).await, 0);
    assert_eq!(count("?article=A-100&limit=2").await, 2);
    assert_eq!(count("?article=A-100&limit=2&offset=2").await, 1);
    assert_eq!(count("?article=A-200").await, 0);
}

#[tokio::test]
async fn what_the_book_owes_is_a_deviation_for_a_person() {
    let server = TestServer::with_world().await;
    let mut device = DeviceSim::enrolled(&server, 1).await;
    device.moves(BizStep::Picking, "LOT-A", 5, None);
    device.send(&server).await;
    let answer = server.get("/deviations").as_role(Role::Quality).await;
    insta::assert_json_snapshot!("deviations", answer.shown());
}

#[tokio::test]
async fn odd_filters_are_explained() {
    let server = TestServer::with_world().await;
    for query in [
        "place=x",
        "lot=",
        "limit=-1",
        "offset=99999999999999999999",
        "lot=%ff",
        "lot=a&lot=b",
    ] {
        let answer = server.get(&format!("/stock?{query}")).as_role(Role::Ward).await;
        assert_eq!(answer.problem(), "malformed-query", "{query}");
    }
    let far = server
        .get("/stock?offset=18446744073709551615&limit=0")
        .as_role(Role::Ward)
        .await;
    far.expect(200);
}
