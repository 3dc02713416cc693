use serde_json::{Value, json};
use sparhund_shared::reference::Role;

use crate::common::{Answer, PASSWORD, TestServer};

async fn sign_in(server: &TestServer, login: &str, password: &str) -> Answer {
    server
        .post("/auth/sign-in", json!({ "login": login, "password": password }))
        .send()
        .await
}

async fn with_refresh(server: &TestServer, path: &str, tokens: &Value) -> Answer {
    server
        .post(path, json!({ "refresh": tokens["refresh"] }))
        .send()
        .await
}

#[tokio::test]
async fn the_right_password_gives_a_pair_of_tokens() {
    let server = TestServer::start().await;
    let answer = sign_in(&server, " picker ", PASSWORD).await;
    insta::assert_json_snapshot!(answer.shown());
    let access = answer.json()["access"].as_str().unwrap().to_owned();
    server.get("/stock").token(&access).send().await.expect(200);
}

#[tokio::test]
async fn unknown_names_wrong_passwords_and_closed_accounts_look_the_same() {
    let server = TestServer::start().await;
    let mut closed = server.state.store.account("ward").await.unwrap().unwrap();
    closed.active = false;
    server.state.store.put_account(closed).await.unwrap();
    let wrong = sign_in(&server, "picker", "fel lösenord").await;
    insta::assert_json_snapshot!(wrong.shown());
    for (login, password) in [("nobody", PASSWORD), ("ward", PASSWORD)] {
        let answer = sign_in(&server, login, password).await;
        assert_eq!(answer.shown(), wrong.shown(), "{login}");
    }
}

#[tokio::test]
async fn guessing_is_slowed_down_even_for_the_right_password() {
    let server = TestServer::start().await;
    for _ in 0..5 {
        assert_eq!(
            sign_in(&server, "picker", "fel lösenord").await.problem(),
            "unauthenticated"
        );
    }
    let answer = sign_in(&server, "picker", PASSWORD).await;
    assert_eq!(answer.problem(), "throttled");
    let wait: u32 = answer.header("retry-after").parse().unwrap();
    assert!((1..=301).contains(&wait), "{wait}");
    sign_in(&server, "ward", PASSWORD).await.expect(200);
}

#[tokio::test]
async fn a_refresh_token_can_be_used_once() {
    let server = TestServer::start().await;
    let first = sign_in(&server, "picker", PASSWORD).await.expect(200);
    let second = with_refresh(&server, "/auth/refresh", &first).await.expect(200);
    let again = with_refresh(&server, "/auth/refresh", &first).await;
    insta::assert_json_snapshot!(again.shown());
    with_refresh(&server, "/auth/refresh", &second).await.expect(200);
}

#[tokio::test]
async fn signing_out_ends_the_refresh_token() {
    let server = TestServer::start().await;
    let tokens = sign_in(&server, "picker", PASSWORD).await.expect(200);
    for _ in 0..2 {
        assert_eq!(with_refresh(&server, "/auth/sign-out", &tokens).await.status, 204);
    }
    let answer = with_refresh(&server, "/auth/refresh", &tokens).await;
    assert_eq!(answer.problem(), "unauthenticated");
}

#[tokio::test]
async fn a_new_password_ends_every_session() {
    let server = TestServer::start().await;
    let tokens = sign_in(&server, "picker", PASSWORD).await.expect(200);
    let id = tokens["user"]["id"].as_str().unwrap();
    server
        .put(
            &format!("/users/{id}/password"),
            json!({ "password": "ett helt nytt" }),
        )
        .as_role(Role::Admin)
        .await
        .expect(200);
    let access = tokens["access"].as_str().unwrap();
    assert_eq!(
        server.get("/stock").token(access).send().await.problem(),
        "unauthenticated"
    );
    assert_eq!(
        with_refresh(&server, "/auth/refresh", &tokens).await.problem(),
        "unauthenticated"
    );
    sign_in(&server, "picker", "ett helt nytt").await.expect(200);
}

#[tokio::test]
async fn odd_refresh_tokens_are_refused_like_old_ones() {
    let server = TestServer::start().await;
    for odd in [
        "",
        ".",
        "a.b",
        "00000000000000000000000000000000.x",
        "åäö",
        &"x".repeat(10_000),
    ] {
        let answer = server
            .post("/auth/refresh", json!({ "refresh": odd }))
            .send()
            .await;
        assert_eq!(answer.problem(), "unauthenticated", "{odd}");
    }
}
