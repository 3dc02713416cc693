//! Servers of sites join, exchange, and are shut out.

use serde_json::json;
use sparhund_server::store::{RowKind, SharedRow};
use sparhund_shared::log::{Hash, LogId, PublicKey};
use sparhund_shared::reference::Role;
use uuid::Uuid;

use crate::common::{Answer, DeviceSim, TestServer};
use crate::cut_link::cut_off;

fn intro(number: u8) -> serde_json::Value {
    let key = ed25519_dalek::SigningKey::from_bytes(&[number; 32]);
    json!({"log": LogId(Uuid::from_bytes([number; 16])), "key": PublicKey::of(&key), "kind": "device", "name": "x"})
}

/// Makes a code for a site.
async fn issued(server: &TestServer, name: &str) -> String {
    let call = server.call(axum::http::Method::POST, "/sites");
    let issued = call.json(json!({ "name": name })).as_role(Role::Admin).await;
    issued.expect(201)["code"].as_str().unwrap().to_owned()
}

async fn join(server: &TestServer, code: &str, log: u8) -> Answer {
    let join = json!({"code": code, "log": intro(log)});
    let call = server.call(axum::http::Method::POST, "/sites/join");
    call.json(join).send().await
}

fn token(joined: &serde_json::Value) -> String {
    joined["token"].as_str().unwrap().to_owned()
}

/// What a site that joined comes with.
pub async fn joined(server: &TestServer, name: &str, log: u8) -> String {
    let code = issued(server, name).await;
    token(&join(server, &code, log).await.expect(201))
}

#[tokio::test]
async fn a_site_joins_by_its_code_and_is_shut_out_at_once() {
    let server = TestServer::start().await;
    let code = issued(&server, "Väster").await;
    let join = async |code: &str, log: u8| join(&server, code, log).await;
    assert_eq!(join("K7MQ-2XRD-9F4T", 7).await.problem(), "code-unusable");
    let token = token(&join(&code, 7).await.expect(201));
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
    let issued = add("Väster").await.expect(201);
    let join = json!({"code": issued["code"], "log": intro(7)});
    let call = server.call(axum::http::Method::POST, "/sites/join").json(join);
    call.send().await.expect(201);
    assert_eq!(add("Väster").await.problem(), "conflict");
    assert_eq!(add("  ").await.problem(), "invalid-value");
}

/// Väster offers a row that was changed here too.
async fn conflict(server: &TestServer, kind: RowKind, key: &str, body: serde_json::Value) {
    let row = SharedRow {
        kind,
        key: key.to_owned(),
        rev: 1,
        version: Hash([1; 32]),
        base: Some(Hash([2; 32])),
        changed_at: 1,
        body,
    };
    server.state.store.offer_row(row, "Väster", 5).await.unwrap();
}

/// Somebody chooses about a conflict as it was shown.
async fn choose(server: &TestServer, shown: &serde_json::Value, choice: &str, role: Role) -> Answer {
    let path = format!("/conflicts/{}", shown["id"].as_str().unwrap());
    let choice = json!({ "choice": choice, "shown": shown["shown"] });
    let call = server.call(axum::http::Method::POST, &path);
    call.json(choice).as_role(role).await
}

async fn take_other(server: &TestServer, shown: &serde_json::Value, role: Role) -> Answer {
    choose(server, shown, "other", role).await
}

#[tokio::test]
async fn a_conflict_of_an_account_is_shown_without_secrets_to_administrators_who_resolve_it() {
    let server = TestServer::start().await;
    let account = server.state.store.account("picker").await.unwrap().unwrap();
    let id = account.user.id.to_string();
    let body = json!({
        "user": {"id": id, "login": "picker", "name": "Nytt namn", "roles": ["picker"]},
        "password_hash": "$argon2id$hemligt", "active": false,
    });
    conflict(&server, RowKind::Account, &id, body).await;
    for role in [Role::Quality, Role::Planner] {
        assert_eq!(
            server.get("/conflicts").as_role(role).await.expect(200),
            json!([])
        );
    }
    let shown = server.get("/conflicts").as_role(Role::Admin).await;
    assert!(!shown.text().contains("argon2"), "{}", shown.text());
    let shown = shown.expect(200);
    assert_eq!(shown[0]["other"]["user"]["name"], "Nytt namn");
    assert_ne!(shown[0]["other"]["password"], shown[0]["standing"]["password"]);
    assert_eq!(shown[0]["meet"]["active"], false, "until then");
    let noted = server.get("/audit").as_role(Role::Admin).await.expect(200);
    let noted: Vec<_> = noted["rows"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| row["what"].clone())
        .collect();
    assert_eq!(noted, ["audit", "people"], "read by the administrator alone");

    let choose = async |role| take_other(&server, &shown[0], role).await;
    assert_eq!(choose(Role::Planner).await.problem(), "forbidden");
    let account = server.state.store.account("picker").await.unwrap().unwrap();
    assert_ne!(account.password_hash, "$argon2id$hemligt");
    assert_eq!(
        choose(Role::Admin).await.expect(200)["resolved"]["choice"],
        "other"
    );
    let account = server.state.store.account("picker").await.unwrap().unwrap();
    assert_eq!(account.user.name, "Nytt namn");
    assert_eq!(account.password_hash, "$argon2id$hemligt");
}

#[tokio::test]
async fn nobody_takes_away_their_own_administration_by_a_choice() {
    let server = TestServer::start().await;
    let account = server.state.store.account("admin").await.unwrap().unwrap();
    let id = account.user.id.to_string();
    let mut user = serde_json::to_value(&account.user).unwrap();
    user["name"] = json!("Nytt namn");
    let body = |user: &serde_json::Value, active: bool| json!({"user": user, "password_hash": account.password_hash, "active": active});
    user["roles"] = json!(["ward", "admin"]);
    conflict(&server, RowKind::Account, &id, body(&user, false)).await;
    // The account is shut until somebody chooses; another administrator is there to do so.
    let other = server.state.store.account("admin").await.unwrap().unwrap();
    assert!(!other.active);
    server.state.store.put_account(account.clone()).await.unwrap();
    // A session from before the closing is ended, and tells its beginning to the second.
    tokio::time::sleep(std::time::Duration::from_millis(1_100)).await;
    let shown = server.get("/conflicts").as_role(Role::Admin).await.expect(200);
    let told = take_other(&server, &shown[0], Role::Admin).await;
    assert_eq!(told.problem(), "same-person");
}

#[tokio::test]
async fn a_conflict_of_goods_is_resolved_by_a_planner_about_what_was_shown() {
    let server = TestServer::with_world().await;
    let places = server.get("/places").as_role(Role::Planner).await.expect(200);
    let mut place = places[0].clone();
    let code = place["code"].as_str().unwrap().to_owned();
    place["name"] = json!("Hylla Väster");
    conflict(&server, RowKind::Place, &code, place.clone()).await;
    assert_eq!(
        server.get("/conflicts").as_role(Role::Admin).await.expect(200),
        json!([])
    );
    let shown = server.get("/conflicts").as_role(Role::Quality).await.expect(200);
    let before = &shown[0];
    let told = take_other(&server, before, Role::Admin).await;
    assert_eq!(told.problem(), "forbidden");
    // Somebody renames it before the planner chooses.
    place["name"] = json!("Hylla ny");
    let renamed = serde_json::from_value(place).unwrap();
    server.state.store.put_places(vec![renamed]).await.unwrap();
    // However often it is sent: what stands now was not on that page.
    for _ in 0..2 {
        let told = take_other(&server, before, Role::Planner).await;
        assert_eq!(told.problem(), "conflict");
    }
    let shown = server.get("/conflicts").as_role(Role::Quality).await.expect(200);
    assert_eq!(
        shown[0]["standing"]["name"], "Hylla ny",
        "and what stands now is shown"
    );
    assert_eq!(
        take_other(&server, &shown[0], Role::Planner).await.expect(200)["resolved"]["choice"],
        "other"
    );
}

#[tokio::test]
async fn what_has_nothing_to_stand_in_its_place_cannot_be_put_away() {
    let server = TestServer::with_world().await;
    let articles = server.get("/articles").as_role(Role::Planner).await.expect(200);
    let mut article = articles[0].clone();
    article["no"] = json!("ny-1");
    conflict(&server, RowKind::Article, "ny-1", article).await;
    let shown = server.get("/conflicts").as_role(Role::Planner).await.expect(200);
    assert_eq!(shown[0]["keepable"], false, "{shown}");
    let told = choose(&server, &shown[0], "standing", Role::Planner).await;
    assert_eq!(told.problem(), "conflict");
    let shown = server.get("/conflicts").as_role(Role::Planner).await.expect(200);
    assert_eq!(shown[0]["resolved"], json!(null));
}

#[tokio::test]
async fn devices_are_told_since_when_a_site_is_alone() {
    let server = TestServer::start().await;
    let device = DeviceSim::enrolled(&server, 1).await;
    let heads = json!({ "heads": [], "now": 0, "holds": 0 });
    let told = server.post("/sync/heads", heads.clone()).token(&device.token);
    assert!(told.send().await.expect(200).get("alone_since").is_none());
    let last = server.state.store.set_setting("central-last", "1795305600000");
    last.await.unwrap();
    let state = cut_off(server.state.clone()).await;
    let server = server.in_state(state);
    let told = server.post("/sync/heads", heads).token(&device.token);
    assert_eq!(
        told.send().await.expect(200)["alone_since"],
        1_795_305_600_000_i64
    );
}
