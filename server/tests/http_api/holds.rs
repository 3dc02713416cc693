use serde_json::{Value, json};
use sparhund_server::ops::now_ms;
use sparhund_shared::event::BizStep;
use sparhund_shared::log::UserId;
use sparhund_shared::reference::Role;
use uuid::Uuid;

use crate::common::{Answer, DeviceSim, TestServer, box_di, session};

fn hold() -> Value {
    json!({ "dis": [box_di()], "lot": "LOT-A", "reason": "FSN 2026-17: läckande koppling" })
}

/// A second quality officer's token.
async fn colleague(server: &TestServer) -> String {
    let mut account = server.state.store.account("quality").await.unwrap().unwrap();
    account.user.id = UserId(Uuid::from_u128(0x3000));
    "quality2".clone_into(&mut account.user.login);
    server.state.store.put_account(account.clone()).await.unwrap();
    server.state.tokens.user(&account, session(), now_ms()).unwrap()
}

async fn release(server: &TestServer, id: &Value, token: &str) -> Answer {
    let path = format!("/holds/{}/release", id.as_str().unwrap());
    server
        .post(&path, json!({ "reason": "utredd" }))
        .token(token)
        .send()
        .await
}

#[tokio::test]
async fn a_hold_covers_every_level_and_the_goods_at_hand() {
    let server = TestServer::with_world().await;
    let mut device = DeviceSim::enrolled(&server, 1).await;
    device.moves(BizStep::Receiving, "LOT-A", 30, None);
    device.moves(BizStep::Receiving, "LOT-B", 30, None);
    device.send(&server).await;
    let set = server.post("/holds", hold()).as_role(Role::Quality).await;
    insta::assert_json_snapshot!("set", set.shown());
    let stock = server.get("/stock").as_role(Role::Picker).await.expect(200);
    let held: Vec<bool> = stock["rows"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| row["held"].as_bool().unwrap())
        .collect();
    assert_eq!(held, [true, false]);
    let feed = server
        .get("/sync/feed/holds")
        .token(&device.token)
        .send()
        .await
        .expect(200);
    assert_eq!(feed["rows"][0]["body"]["id"], set.json()["id"]);
}

#[tokio::test]
async fn another_person_than_set_a_hold_must_lift_it() {
    let server = TestServer::with_world().await;
    let set = server
        .post("/holds", hold())
        .as_role(Role::Quality)
        .await
        .expect(201);
    let own = release(&server, &set["id"], &server.token(Role::Quality).await).await;
    insta::assert_json_snapshot!("same_person", own.shown());
    let other = colleague(&server).await;
    let lifted = release(&server, &set["id"], &other).await.expect(200);
    assert!(lifted["released_at"].is_i64());
    let again = release(&server, &set["id"], &other).await;
    insta::assert_json_snapshot!("lifted_already", again.shown());
    let nothing = json!("00000000-0000-7000-8000-000000000001");
    assert_eq!(release(&server, &nothing, &other).await.problem(), "not-found");
    let list = server.get("/holds").as_role(Role::Ward).await.expect(200);
    assert_eq!(list.as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn a_hold_that_says_nothing_is_explained() {
    let server = TestServer::with_world().await;
    let wrong = [
        json!({ "dis": [], "lot": "A", "reason": "x" }),
        json!({ "dis": [box_di()], "reason": "" }),
        json!({ "dis": ["GS1:1"], "reason": "x" }),
        json!({ "dis": [box_di()], "lot": "å", "reason": "x" }),
    ];
    for body in wrong {
        let answer = server.post("/holds", body.clone()).as_role(Role::Quality).await;
        assert_eq!(answer.problem(), "invalid-value", "{body}");
    }
    assert_eq!(
        server.get("/holds").as_role(Role::Quality).await.expect(200),
        json!([])
    );
}
