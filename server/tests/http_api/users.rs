use serde_json::json;
use sparhund_shared::reference::Role;

use crate::common::{TestServer, user_id};

#[tokio::test]
async fn an_administrator_adds_people_and_changes_what_they_may_do() {
    let server = TestServer::start().await;
    let body = json!({ "login": "siv", "name": "Siv", "roles": ["ward", "picker", "ward"], "password": "tio små möss" });
    let answer = server.post("/users", body.clone()).as_role(Role::Admin).await;
    insta::assert_json_snapshot!("created", answer.shown());
    let id = answer.json()["id"].as_str().unwrap().to_owned();
    let again = server.post("/users", body).as_role(Role::Admin).await;
    insta::assert_json_snapshot!("taken", again.shown());
    let put = async |what: &str, body| {
        server
            .put(&format!("/users/{id}/{what}"), body)
            .as_role(Role::Admin)
            .await
            .expect(200)
    };
    assert_eq!(
        put("roles", json!({ "roles": ["quality"] })).await["roles"],
        json!(["quality"])
    );
    assert_eq!(put("active", json!({ "active": false })).await["active"], false);
    let list = server.get("/users").as_role(Role::Admin).await;
    assert!(!list.text().contains("argon2"));
    insta::assert_json_snapshot!("list", list.shown());
}

#[tokio::test]
async fn what_is_wrong_with_a_person_is_named() {
    let server = TestServer::start().await;
    let body = json!({ "login": "siv svensson", "name": "", "roles": [], "password": "kort" });
    let answer = server.post("/users", body).as_role(Role::Admin).await;
    insta::assert_json_snapshot!("invalid", answer.shown());
    let body = json!({ "login": "siv", "name": "Siv", "roles": ["boss"], "password": "tio små möss" });
    let answer = server.post("/users", body).as_role(Role::Admin).await;
    insta::assert_json_snapshot!("unknown_role", answer.shown());
}

#[tokio::test]
async fn nobody_locks_themselves_out() {
    let server = TestServer::start().await;
    let me = user_id(Role::Admin);
    for (what, body) in [
        ("roles", json!({ "roles": ["ward"] })),
        ("active", json!({ "active": false })),
    ] {
        let answer = server
            .put(&format!("/users/{me}/{what}"), body)
            .as_role(Role::Admin)
            .await;
        assert_eq!(answer.problem(), "same-person", "{what}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_changes_of_one_person_at_once_both_hold() {
    let server = TestServer::start().await;
    let id = user_id(Role::Ward);
    let path = |what: &str| format!("/users/{id}/{what}");
    let put = async |what: &str, body| {
        let call = server.put(&path(what), body);
        call.as_role(Role::Admin).await.expect(200)
    };
    // Hashing the password takes long, and the others come meanwhile.
    let password = put("password", json!({ "password": "tio små möss till" }));
    let roles = async {
        tokio::time::sleep(std::time::Duration::from_millis(3)).await;
        put("roles", json!({ "roles": ["picker", "quality"] })).await;
        put("active", json!({ "active": false })).await;
    };
    tokio::join!(password, roles);
    let kept = server.state.store.account_by_id(id).await.unwrap().unwrap();
    assert_eq!(kept.user.roles, [Role::Picker, Role::Quality]);
    assert!(!kept.active);
    assert_ne!(
        kept.password_hash,
        server
            .state
            .store
            .account("admin")
            .await
            .unwrap()
            .unwrap()
            .password_hash
    );
}
