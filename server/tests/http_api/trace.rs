use sparhund_shared::event::BizStep;
use sparhund_shared::reference::Role;

use crate::common::{Answer, DeviceSim, TestServer, base_di, box_di};

async fn history() -> TestServer {
    let server = TestServer::with_world().await;
    let mut device = DeviceSim::enrolled(&server, 1).await;
    device.moves(BizStep::Receiving, "LOT-A", 30, None);
    device.moves(BizStep::Picking, "LOT-A", 20, None);
    device.moves(BizStep::Shipping, "LOT-A", 20, None);
    device.moves(BizStep::Accepting, "LOT-A", 18, None);
    device.send(&server).await;
    server
}

async fn trace(server: &TestServer, query: &str) -> Answer {
    server.get(&format!("/trace{query}")).as_role(Role::Quality).await
}

#[tokio::test]
async fn every_unit_of_a_lot_is_found_once() {
    let server = history().await;
    let answer = trace(&server, &format!("?di={}&lot=LOT-A", base_di())).await;
    insta::assert_json_snapshot!("lot", answer.shown());
    let now = answer.json()["now"].clone();
    let units: i64 = now
        .as_array()
        .unwrap()
        .iter()
        .map(|row| row["units"].as_i64().unwrap())
        .sum();
    assert_eq!(units, 30);
}

#[tokio::test]
async fn the_same_lot_is_found_by_box_bare_number_and_label() {
    let server = history().await;
    let by_base = trace(&server, &format!("?di={}&lot=LOT-A", base_di()))
        .await
        .expect(200);
    let gtin = base_di().code().to_owned();
    let scanned = format!("%5Dd201{gtin}10LOT-A");
    let printed = format!("(01){gtin}(10)LOT-A");
    let queries = [
        format!("?di={}&lot=LOT-A", box_di()),
        format!("?di={gtin}&lot=LOT-A"),
        "?lot=LOT-A".to_owned(),
        format!("?scan={scanned}"),
        format!("?scan={printed}"),
    ];
    for query in queries {
        let found = trace(&server, &query).await.expect(200);
        assert_eq!(found["history"], by_base["history"], "{query}");
    }
}

#[tokio::test]
async fn questions_that_are_none_are_explained() {
    let server = history().await;
    let gtin = base_di().code().to_owned();
    for query in [
        String::new(),
        format!("?di={gtin}"),
        format!("?scan=(01){gtin}"),
        "?scan=x&lot=y".to_owned(),
    ] {
        let answer = trace(&server, &query).await;
        assert_eq!(answer.problem(), "invalid-value", "{query}");
    }
    let answer = trace(&server, "?scan=(01)07350000001019(10)A").await;
    insta::assert_json_snapshot!("wrong_check_digit", answer.shown());
    assert_eq!(trace(&server, "?di=GS2:1&lot=A").await.problem(), "invalid-value");
    let nothing = trace(&server, "?lot=NEVER").await.expect(200);
    assert_eq!(nothing["history"], serde_json::json!([]));
}

#[tokio::test]
async fn the_table_opens_in_a_spreadsheet() {
    let server = history().await;
    let answer = server.get("/trace.csv?lot=LOT-A").as_role(Role::Planner).await;
    assert_eq!(answer.header("content-type"), "text/csv; charset=utf-8");
    let text = answer.text();
    let lines: Vec<&str> = text.lines().collect();
    assert!(
        lines[0].starts_with("\u{feff}time,step,product,lot"),
        "{}",
        lines[0]
    );
    assert!(lines[0].ends_with(",device_time,seen"), "{}", lines[0]);
    assert_eq!(lines.len(), 5);
    assert!(
        lines[1].contains(",receiving,") && lines[4].contains(",accepting,"),
        "{text}"
    );
}
