use serde_json::{Value, json};
use sparhund_shared::event::{BizStep, OrderLineRef};
use sparhund_shared::reference::Role;

use crate::common::{DeviceSim, TestServer, site, ward};

fn order(no: Option<&str>) -> Value {
    json!({
        "no": no, "from": site(), "to": ward(),
        "lines": [{ "article": "A-100", "units": 20 }, { "article": "A-200", "units": 1 }]
    })
}

#[tokio::test]
async fn a_ward_orders_and_the_store_says_what_to_pick_first() {
    let server = TestServer::with_world().await;
    let mut device = DeviceSim::enrolled(&server, 1).await;
    device.moves(BizStep::Receiving, "LOT-A", 30, None);
    device.send(&server).await;
    let placed = server
        .post("/orders", order(Some("O-1")))
        .as_role(Role::Ward)
        .await;
    insta::assert_json_snapshot!("placed", placed.shown());
    let got = server.get("/orders/O-1").as_role(Role::Picker).await;
    insta::assert_json_snapshot!("with_options", got.shown());
    let line = OrderLineRef {
        order: "O-1".parse().unwrap(),
        line: 1,
    };
    device.moves(BizStep::Picking, "LOT-A", 20, Some(line));
    device.send(&server).await;
    let list = server.get("/orders").as_role(Role::Planner).await.expect(200);
    let list = &list["rows"];
    assert_eq!(list[0]["lines"][0]["progress"]["picked"], 20);
    assert_eq!(list[0]["state"], "to_pick");
    for no in ["O-2", "O-3"] {
        server
            .post("/orders", order(Some(no)))
            .as_role(Role::Ward)
            .await
            .expect(201);
    }
    let mut pages = Vec::new();
    for offset in 0..3 {
        let path = format!("/orders?open=true&limit=1&offset={offset}");
        let page = server.get(&path).as_role(Role::Planner).await;
        assert_eq!(page.header("link").is_empty(), offset == 2);
        pages.push(page.expect(200)["rows"][0]["no"].as_str().unwrap().to_owned());
    }
    assert_eq!(pages, ["O-3", "O-2", "O-1"]);
}

#[tokio::test]
async fn the_server_chooses_a_number_when_none_is_given() {
    let server = TestServer::with_world().await;
    let one = server
        .post("/orders", order(None))
        .as_role(Role::Planner)
        .await
        .expect(201);
    let two = server
        .post("/orders", order(None))
        .as_role(Role::Planner)
        .await
        .expect(201);
    assert_ne!(one["no"], two["no"]);
    server
        .post("/orders", order(Some("O-1")))
        .as_role(Role::Planner)
        .await
        .expect(201);
    let taken = server
        .post("/orders", order(Some("O-1")))
        .as_role(Role::Planner)
        .await;
    assert_eq!(taken.problem(), "conflict");
}

#[tokio::test]
async fn what_is_wrong_with_an_order_is_named_and_nothing_is_kept() {
    let server = TestServer::with_world().await;
    let body = json!({
        "from": ward(), "to": site(),
        "lines": [{ "article": "A-100", "units": 1 }, { "article": "A-100", "units": 2 }, { "article": "A-9", "units": 1 }]
    });
    let answer = server.post("/orders", body).as_role(Role::Planner).await;
    insta::assert_json_snapshot!("invalid", answer.shown());
    let body = json!({ "from": site(), "to": ward(), "lines": [{ "article": "A-100", "units": 0 }] });
    let answer = server.post("/orders", body).as_role(Role::Planner).await;
    insta::assert_json_snapshot!("no_units", answer.shown());
    assert_eq!(
        server.get("/orders").as_role(Role::Planner).await.expect(200),
        json!({ "rows": [] })
    );
    assert_eq!(
        server.get("/orders/O-9").as_role(Role::Planner).await.problem(),
        "not-found"
    );
}
