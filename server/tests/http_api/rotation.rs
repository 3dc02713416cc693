//! A device changes its key: both keys sign for it, and the old one is worth nothing then.

use std::sync::Arc;

use axum::http::Method;
use serde_json::{Value, json};
use sparhund_server::store::DeviceState;
use sparhund_shared::event::BizStep;
use sparhund_shared::log::{DeviceId, Succession};
use sparhund_shared::reference::Role;

use crate::common::{Answer, DeviceSim, TestServer, body_after};

async fn rotate(server: &TestServer, by: &DeviceSim, succession: &Succession) -> Answer {
    let body = serde_json::to_value(succession).unwrap();
    server.post("/devices/rotate", body).token(&by.token).send().await
}

/// Two devices that are enrolled, and the next life of the first.
async fn begin() -> (TestServer, DeviceSim, DeviceSim, DeviceSim) {
    let server = TestServer::with_world().await;
    let mut device = DeviceSim::enrolled(&server, 1).await;
    let other = DeviceSim::enrolled(&server, 2).await;
    device.moves(BizStep::Receiving, "LOT-A", 10, None);
    device.send(&server).await;
    (server, device, other, DeviceSim::new(3))
}

#[tokio::test]
async fn the_new_key_goes_on_and_the_old_one_is_put_aside() {
    let (server, mut device, _, mut next) = begin().await;
    let succession = Succession::sign(device.log, &device.key, next.log, &next.key);
    let answer = rotate(&server, &device, &succession).await.expect(201);
    next.token = answer["token"].as_str().unwrap().to_owned();
    next.moves(BizStep::Receiving, "LOT-A", 5, None);
    next.send(&server).await;
    // A lost answer: the same again names the same device.
    let again = rotate(&server, &device, &succession).await.expect(201);
    assert_eq!(again["device"], answer["device"]);
    // Whoever has the old key has nothing.
    let heads = json!({ "heads": [device.head()], "now": 0, "holds": 0 });
    let old = server
        .post("/sync/heads", heads)
        .token(&device.token)
        .send()
        .await;
    assert_eq!(old.problem(), "device-revoked");
    assert!(old.text().contains("changed its key"), "{}", old.text());
    device.moves(BizStep::Receiving, "LOT-A", 7, None);
    let receipt = server
        .call(Method::POST, "/sync/records")
        .raw("application/cbor", device.upload())
        .token(&device.token)
        .send()
        .await
        .expect(200);
    assert_eq!(receipt["stored"], 0);
    let stock = server.get("/stock").as_role(Role::Planner).await.expect(200);
    let units: i64 = stock["rows"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| row["units"].as_i64().unwrap())
        .sum();
    assert_eq!(units, 15);
    let devices = server.get("/devices").as_role(Role::Admin).await.expect(200);
    let states: Vec<&str> = devices
        .as_array()
        .unwrap()
        .iter()
        .filter(|listed| listed["name"] == devices[0]["name"])
        .map(|listed| listed["state"].as_str().unwrap())
        .collect();
    assert!(
        states.contains(&"replaced") && states.contains(&"active"),
        "{states:?}"
    );
}

/// What would be a way in for somebody else.
#[tokio::test]
async fn a_token_alone_changes_no_key() {
    let (server, device, other, next) = begin().await;
    let good = Succession::sign(device.log, &device.key, next.log, &next.key);
    // Signed by a key that is not the device's.
    let forged = Succession::sign(device.log, &other.key, next.log, &next.key);
    assert_eq!(rotate(&server, &device, &forged).await.problem(), "bad-signature");
    // Somebody else's new key, seen on the way: they cannot sign with it.
    let mut stolen = good.clone();
    stolen.by_new = stolen.by_old;
    assert_eq!(rotate(&server, &device, &stolen).await.problem(), "bad-signature");
    // Another device's token with this device's word.
    assert_eq!(rotate(&server, &other, &good).await.problem(), "forbidden");
    // A log that is there already.
    let known = Succession::sign(device.log, &device.key, other.log, &other.key);
    assert_eq!(rotate(&server, &device, &known).await.problem(), "conflict");
    // A key that verifies signatures nobody made.
    let mut weak = serde_json::to_value(&good).unwrap();
    weak["key"] = Value::String("00".repeat(32));
    let answer = server
        .post("/devices/rotate", weak)
        .token(&device.token)
        .send()
        .await;
    assert_eq!(answer.problem(), "bad-signature");
    // A revoked device cannot come back this way.
    let devices = server.state.store.devices().await.unwrap();
    let id = devices.iter().find(|known| known.log == device.log).unwrap().id;
    let revoke = server.post(&format!("/devices/{id}/revoke"), json!(null));
    revoke.as_role(Role::Admin).await.expect(204);
    assert_eq!(rotate(&server, &device, &good).await.problem(), "device-revoked");
    assert_eq!(
        server.state.store.devices().await.unwrap().len(),
        2,
        "none of them added one"
    );
}

/// The id of the device that writes a log.
async fn id_of(server: &TestServer, device: &DeviceSim) -> DeviceId {
    let devices = server.state.store.devices().await.unwrap();
    devices.iter().find(|known| known.log == device.log).unwrap().id
}

#[tokio::test]
async fn a_device_that_is_revoked_while_it_asks_changes_no_key() {
    let (server, device, _, next) = begin().await;
    let succession = Succession::sign(device.log, &device.key, next.log, &next.key);
    let (store, id) = (Arc::clone(&server.state.store), id_of(&server, &device).await);
    let revoked = async move { assert_eq!(store.revoke_device(id, 7).await.unwrap(), id) };
    let answer = server
        .call(Method::POST, "/devices/rotate")
        .raw(
            "application/json",
            body_after(revoked, serde_json::to_vec(&succession).unwrap()),
        )
        .token(&device.token)
        .send()
        .await;
    assert_eq!(answer.problem(), "device-revoked");
    assert_eq!(server.state.store.devices().await.unwrap().len(), 2);
}

#[tokio::test]
async fn revoking_the_old_row_revokes_the_device_that_goes_on() {
    let (server, device, _, mut next) = begin().await;
    let old = id_of(&server, &device).await;
    let succession = Succession::sign(device.log, &device.key, next.log, &next.key);
    let answer = rotate(&server, &device, &succession).await.expect(201);
    next.token = answer["token"].as_str().unwrap().to_owned();
    next.moves(BizStep::Receiving, "LOT-A", 5, None);
    next.send(&server).await;
    let revoke = server.post(&format!("/devices/{old}/revoke"), json!(null));
    revoke.as_role(Role::Admin).await.expect(204);
    let heads = json!({ "heads": [next.head()], "now": 0, "holds": 0 });
    let shut_out = server.post("/sync/heads", heads).token(&next.token).send().await;
    assert_eq!(shut_out.problem(), "device-revoked");
    let device = server.state.store.device(old).await.unwrap().unwrap();
    assert_eq!(
        device.state,
        DeviceState::Replaced,
        "what became of it is still known"
    );
}
