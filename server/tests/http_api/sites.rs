//! Servers of sites join, exchange, and are shut out.

use serde_json::json;
use sparhund_shared::log::{LogId, PublicKey};
use sparhund_shared::reference::Role;
use uuid::Uuid;

use crate::common::TestServer;

fn intro(number: u8) -> serde_json::Value {
    let key = ed25519_dalek::SigningKey::from_bytes(&[number; 32]);
    json!({"log": LogId(Uuid::from_bytes([number; 16])), "key": PublicKey::of(&key), "kind": "device", "name": "x"})
}

#[tokio::test]
async fn a_site_joins_by_its_code_and_is_shut_out_at_once() {
    let server = TestServer::start().await;
    let call = server.call(axum::http::Method::POST, "/sites");
    let issued = call.json(json!({"name": "Väster"})).as_role(Role::Admin).await;
    let issued = issued.expect(201);
    let code = issued["code"].as_str().unwrap().to_owned();
    let join = async |code: &str, log: u8| {
        server
            .call(axum::http::Method::POST, "/sites/join")
            .json(json!({"code": code, "log": intro(log)}))
            .send()
            .await
    };
    assert_eq!(join("K7MQ-2XRD-9F4T", 7).await.problem(), "code-unusable");
    let token = join(&code, 7).await.expect(201)["token"]
        .as_str()
        .unwrap()
        .to_owned();
    // The answer was lost: the same server asks again. Another one comes too late.
    join(&code, 7).await.expect(201);
    assert_eq!(join(&code, 8).await.problem(), "code-unusable");

    // What it says of itself does not count: its log is a server's, under the name the region gave it.
    let logs = server.get("/sites/logs").token(&token).send().await.expect(200);
    let told = logs
        .as_array()
        .unwrap()
        .iter()
        .find(|log| log["name"] == "Väster")
        .unwrap();
    assert_eq!(told["kind"], "server");
    server.get("/places").token(&token).send().await.expect(403);

    let sites = server.get("/sites").as_role(Role::Quality).await.expect(200);
    let id = sites[0]["id"].as_str().unwrap().to_owned();
    server
        .call(axum::http::Method::POST, &format!("/sites/{id}/revoke"))
        .as_role(Role::Admin)
        .await
        .expect(204);
    let answer = server.get("/sites/logs").token(&token).send().await;
    assert_eq!(answer.problem(), "unauthenticated");
    assert_eq!(join(&code, 7).await.problem(), "code-unusable", "nor by its code");
}

#[tokio::test]
async fn two_sites_cannot_have_one_name_and_a_name_is_needed() {
    let server = TestServer::start().await;
    let add = async |name: &str| {
        let call = server.call(axum::http::Method::POST, "/sites");
        call.json(json!({"name": name})).as_role(Role::Admin).await
    };
    add("Väster").await.expect(201);
    assert_eq!(add("Väster").await.problem(), "conflict");
    assert_eq!(add("  ").await.problem(), "invalid-value");
}

#[tokio::test]
async fn a_conflict_is_shown_without_secrets_and_resolved_by_a_planner() {
    use sparhund_server::store::{RowKind, SharedRow};
    use sparhund_shared::log::Hash;

    let server = TestServer::start().await;
    let account = server.state.store.account("picker").await.unwrap().unwrap();
    let body = json!({
        "user": {"id": account.user.id, "login": "picker", "name": "Nytt namn", "roles": ["picker"]},
        "password_hash": "$argon2id$hemligt", "active": true,
    });
    let row = SharedRow {
        kind: RowKind::Account,
        key: account.user.id.to_string(),
        rev: 1,
        version: Hash([1; 32]),
        base: Some(Hash([2; 32])),
        changed_at: 1,
        body,
    };
    server.state.store.offer_row(row, "Väster", 5).await.unwrap();
    let shown = server.get("/conflicts").as_role(Role::Quality).await;
    assert!(!shown.text().contains("argon2"), "{}", shown.text());
    let shown = shown.expect(200);
    assert_eq!(shown[0]["other"]["user"]["name"], "Nytt namn");
    assert_ne!(shown[0]["other"]["password"], shown[0]["standing"]["password"]);
    let path = format!("/conflicts/{}", shown[0]["id"].as_str().unwrap());
    let choose = server
        .call(axum::http::Method::POST, &path)
        .json(json!({"choice": "other"}))
        .as_role(Role::Planner)
        .await;
    assert_eq!(choose.expect(200)["resolved"]["choice"], "other");
    let account = server.state.store.account("picker").await.unwrap().unwrap();
    assert_eq!(account.user.name, "Nytt namn");
    assert_eq!(account.password_hash, "$argon2id$hemligt");
}
