//! A revoked device: what came before stands, what comes later waits for a person.

use std::sync::Arc;

use axum::http::Method;
use serde_json::{Value, json};
use sparhund_shared::event::BizStep;
use sparhund_shared::reference::Role;

use crate::common::{DeviceSim, TestServer, body_after};

async fn units(server: &TestServer) -> i64 {
    let stock = server.get("/stock").as_role(Role::Planner).await.expect(200);
    let rows = stock["rows"].as_array().unwrap();
    rows.iter().map(|row| row["units"].as_i64().unwrap()).sum()
}

async fn send(server: &TestServer, device: &DeviceSim) -> Value {
    server
        .call(Method::POST, "/sync/records")
        .raw("application/cbor", device.upload())
        .token(&device.token)
        .send()
        .await
        .expect(200)
}

/// A device with two records at the server, revoked, and three records that it wrote afterwards.
async fn lost_device() -> (TestServer, DeviceSim, String) {
    let server = TestServer::with_world().await;
    let mut device = DeviceSim::enrolled(&server, 1).await;
    for _ in 0..2 {
        device.moves(BizStep::Receiving, "LOT-A", 10, None);
    }
    device.send(&server).await;
    let devices = server.get("/devices").as_role(Role::Admin).await.expect(200);
    let id = devices[0]["id"].as_str().unwrap().to_owned();
    let revoke = server.post(&format!("/devices/{id}/revoke"), json!(null));
    revoke.as_role(Role::Admin).await.expect(204);
    for _ in 0..3 {
        device.moves(BizStep::Receiving, "LOT-B", 10, None);
    }
    (server, device, id)
}

#[tokio::test]
async fn what_comes_after_the_revocation_waits_and_what_came_before_stands() {
    let (server, device, id) = lost_device().await;
    let heads = json!({ "heads": [device.head()], "now": 0, "holds": 0 });
    let refused = server
        .post("/sync/heads", heads)
        .token(&device.token)
        .send()
        .await;
    assert_eq!(refused.problem(), "device-revoked");
    let receipt = send(&server, &device).await;
    assert_eq!(
        (&receipt["stored"], &receipt["head"]["seq"]),
        (&json!(0), &json!(2))
    );
    let codes: Vec<&str> = receipt["refused"]
        .as_array()
        .unwrap()
        .iter()
        .map(|refusal| refusal["code"].as_str().unwrap())
        .collect();
    assert_eq!(codes, ["quarantined"; 5]);
    assert_eq!(units(&server).await, 20, "nothing of it counts");
    // Again changes nothing; what stood already is not put aside.
    send(&server, &device).await;
    let path = format!("/devices/{id}/quarantine");
    let waiting = server.get(&path).as_role(Role::Quality).await.expect(200);
    let places: Vec<i64> = waiting
        .as_array()
        .unwrap()
        .iter()
        .map(|record| record["seq"].as_i64().unwrap())
        .collect();
    assert_eq!(places, [3, 4, 5]);
    // Only quality decides, with a reason.
    let take_in = json!({ "take_in": true, "reason": "hittad i förrådet, allt stämmer med hyllan" });
    let planner = server.post(&path, take_in.clone()).as_role(Role::Planner).await;
    assert_eq!(planner.problem(), "forbidden");
    let silent = server.post(&path, json!({ "take_in": true, "reason": " " }));
    assert_eq!(silent.as_role(Role::Quality).await.problem(), "invalid-value");
    let decided = server
        .post(&path, take_in.clone())
        .as_role(Role::Quality)
        .await
        .expect(200);
    assert_eq!(decided["records"], 3);
    assert_eq!(units(&server).await, 50);
    let logs = server.state.store.logs().await.unwrap();
    let log = logs.iter().find(|state| state.log == device.log).unwrap();
    assert_eq!((log.head.seq, log.signed, log.missing, log.forks), (5, 5, 0, 0));
    let twice = server.post(&path, take_in).as_role(Role::Quality).await;
    assert_eq!(twice.problem(), "conflict");
}

#[tokio::test]
async fn what_is_left_out_never_counts_and_is_kept() {
    let (server, device, id) = lost_device().await;
    send(&server, &device).await;
    let path = format!("/devices/{id}/quarantine");
    let reject = json!({ "take_in": false, "reason": "stulen, ingen av personalen" });
    server
        .post(&path, reject)
        .as_role(Role::Quality)
        .await
        .expect(200);
    assert_eq!(units(&server).await, 20);
    // The same records come once more: they were decided about.
    send(&server, &device).await;
    let waiting = server.get(&path).as_role(Role::Quality).await.expect(200);
    assert_eq!(waiting, json!([]));
    let database = rusqlite::Connection::open(server.data_dir().database()).unwrap();
    let kept: (i64, String) = database
        .query_row("SELECT count(*), max(reason) FROM quarantine", [], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })
        .unwrap();
    assert_eq!(kept, (3, "stulen, ingen av personalen".to_owned()));
}

#[tokio::test]
async fn a_head_signed_by_another_key_is_not_even_put_aside() {
    let (server, device, _) = lost_device().await;
    let mut forged = device;
    forged.key = DeviceSim::new(9).key;
    let answer = server
        .call(Method::POST, "/sync/records")
        .raw("application/cbor", forged.upload())
        .token(&forged.token)
        .send()
        .await;
    assert_eq!(answer.problem(), "bad-signature");
    assert!(server.state.store.quarantined().await.unwrap().is_empty());
}

#[tokio::test]
async fn what_is_told_again_under_a_new_enrolment_needs_no_decision() {
    let (server, device, _) = lost_device().await;
    send(&server, &device).await;
    assert_eq!(server.state.store.quarantined().await.unwrap()[0].records, 3);
    let mut again = DeviceSim::enrolled(&server, 2).await;
    for record in &device.records {
        let record = record.record();
        again.write_by(record.user, record.event_id, &record.event().unwrap());
    }
    again.send(&server).await;
    assert_eq!(units(&server).await, 50);
    assert!(server.state.store.quarantined().await.unwrap().is_empty());
}

#[tokio::test]
async fn an_upload_that_is_on_its_way_at_the_revocation_is_put_aside() {
    let server = TestServer::with_world().await;
    let mut device = DeviceSim::enrolled(&server, 1).await;
    device.moves(BizStep::Receiving, "LOT-A", 10, None);
    device.send(&server).await;
    device.moves(BizStep::Receiving, "LOT-A", 10, None);
    let store = Arc::clone(&server.state.store);
    let id = store.devices().await.unwrap()[0].id;
    let revoked = async move { assert_eq!(store.revoke_device(id, 7).await.unwrap(), id) };
    let receipt = server
        .call(Method::POST, "/sync/records")
        .raw("application/cbor", body_after(revoked, device.upload()))
        .token(&device.token)
        .send()
        .await
        .expect(200);
    assert_eq!(receipt["stored"], 0);
    assert_eq!(units(&server).await, 10);
    assert_eq!(server.state.store.quarantined().await.unwrap()[0].records, 1);
}
