use axum::http::Method;
use serde_json::{Value, json};
use sparhund_shared::reference::Role;

use crate::common::{DeviceSim, TestServer};

async fn code(server: &TestServer) -> Value {
    server
        .call(Method::POST, "/devices/codes")
        .header("host", "lager.example:8443")
        .as_role(Role::Planner)
        .await
        .expect(201)
}

#[tokio::test]
async fn a_code_comes_with_an_address_and_its_picture() {
    let server = TestServer::start().await;
    let code = code(&server).await;
    let text = code["code"].as_str().unwrap();
    assert_eq!(text.len(), 14);
    assert_eq!(
        code["url"],
        format!("http://lager.example:8443/app/#enrol={text}")
    );
    assert!(code["qr"].as_str().unwrap().contains("<svg"));
    let minutes = (code["expires_at"].as_i64().unwrap() - sparhund_server::ops::now_ms()) / 60_000;
    assert!((29..=30).contains(&minutes), "{minutes}");
}

#[tokio::test]
async fn a_host_header_cannot_smuggle_markup_into_the_address() {
    let server = TestServer::start().await;
    let code = server
        .call(Method::POST, "/devices/codes")
        .header("host", "evil\"><script>")
        .as_role(Role::Planner)
        .await
        .expect(201);
    assert!(code["url"].as_str().unwrap().starts_with("http://localhost/app/"));
}

#[tokio::test]
async fn a_device_enrols_once_and_a_retry_gets_the_same_device() {
    let server = TestServer::start().await;
    let code = code(&server).await;
    let device = DeviceSim::new(7);
    let typed = code["code"].as_str().unwrap().to_lowercase().replace('-', " ");
    let first = server.post("/devices/enrol", device.enrol(&typed)).send().await;
    insta::assert_json_snapshot!("enrolled", first.shown());
    let again = server.post("/devices/enrol", device.enrol(&typed)).send().await;
    assert_eq!(again.json()["device"], first.json()["device"]);
    let other = server
        .post("/devices/enrol", DeviceSim::new(8).enrol(&typed))
        .send()
        .await;
    insta::assert_json_snapshot!("code_used", other.shown());
    let list = server.get("/devices").as_role(Role::Quality).await;
    insta::assert_json_snapshot!("list", list.shown());
}

#[tokio::test]
async fn what_is_wrong_with_an_enrolment_is_named() {
    let server = TestServer::start().await;
    let mut body = DeviceSim::new(7).enrol("K7MQ-2XRD");
    body["name"] = json!(" ");
    // The neutral element: under it, anything would verify.
    body["key"] = json!(format!("01{}", "00".repeat(31)));
    let answer = server.post("/devices/enrol", body).send().await;
    insta::assert_json_snapshot!(answer.shown());
}

#[tokio::test]
async fn guessing_codes_is_slowed_down() {
    let server = TestServer::start().await;
    let mut words = Vec::new();
    for _ in 0..6 {
        let body = DeviceSim::new(7).enrol("0000-0000-0000");
        words.push(server.post("/devices/enrol", body).send().await.problem());
    }
    assert_eq!(words[..5], ["code-unusable"; 5]);
    assert_eq!(words[5], "throttled");
}

#[tokio::test]
async fn a_revoked_device_may_not_sync_from_that_moment() {
    let server = TestServer::start().await;
    let device = DeviceSim::enrolled(&server, 7).await;
    let feed = || server.get("/sync/feed/holds").token(&device.token).send();
    feed().await.expect(200);
    let list = server.get("/devices").as_role(Role::Admin).await.expect(200);
    let path = format!("/devices/{}/revoke", list[0]["id"].as_str().unwrap());
    for _ in 0..2 {
        let answer = server.call(Method::POST, &path).as_role(Role::Admin).await;
        assert_eq!(answer.status, 204, "{}", answer.text());
    }
    assert_eq!(feed().await.problem(), "device-revoked");
    let nobody = "/devices/00000000-0000-7000-8000-000000000009/revoke";
    let answer = server.call(Method::POST, nobody).as_role(Role::Admin).await;
    assert_eq!(answer.problem(), "not-found");
}
