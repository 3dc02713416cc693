use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};
use sparhund_server::auth::Session;
use sparhund_server::http::Site;
use sparhund_server::ops::now_ms;
use sparhund_shared::log::Hash;
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
async fn nobody_says_for_themselves_where_they_come_from() {
    for (behind_proxy, words) in [(false, "throttled"), (true, "unauthenticated")] {
        let server = TestServer::start().await.installed(Site {
            behind_proxy,
            ..Site::default()
        });
        let attempt = async |forwarded: &str| {
            let body = json!({ "login": "picker", "password": "fel lösenord" });
            let call = server.post("/auth/sign-in", body);
            let answer = call.header("x-forwarded-for", forwarded).send().await;
            answer.problem()
        };
        // Without a proxy the header is the client's own invention; behind one the proxy adds the last entry.
        for last in 1..=5 {
            attempt(&format!("10.0.0.{last}")).await;
        }
        assert_eq!(attempt("10.0.0.9").await, words, "{behind_proxy}");
        for first in 1..=5 {
            attempt(&format!("192.0.2.{first}, 10.0.1.1")).await;
        }
        assert_eq!(attempt("192.0.2.9, 10.0.1.1").await, "throttled");
        // Some proxies add the port, another one each time.
        for port in 1..=5 {
            attempt(&format!("10.0.2.1:{port}")).await;
            attempt(&format!("[2001:db8::1]:{port}")).await;
        }
        for (address, alone) in [
            ("10.0.2.1:9", "throttled"),
            ("[2001:db8::1]:9", "throttled"),
            ("10.0.2.2:9", words),
        ] {
            assert_eq!(attempt(address).await, alone, "{address}");
        }
    }
}

#[tokio::test]
async fn a_refresh_token_can_be_used_once() {
    let server = TestServer::start().await;
    let first = sign_in(&server, "picker", PASSWORD).await.expect(200);
    let second = with_refresh(&server, "/auth/refresh", &first).await.expect(200);
    let third = with_refresh(&server, "/auth/refresh", &second).await.expect(200);
    server
        .get("/stock")
        .token(third["access"].as_str().unwrap())
        .send()
        .await
        .expect(200);
    let other = sign_in(&server, "picker", PASSWORD).await.expect(200);
    let again = with_refresh(&server, "/auth/refresh", &first).await;
    insta::assert_json_snapshot!(again.shown());
    // Somebody has a copy, and nobody can tell who: the whole session is over, and no other.
    assert_eq!(
        with_refresh(&server, "/auth/refresh", &third).await.problem(),
        "unauthenticated"
    );
    let access = third["access"].as_str().unwrap();
    assert_eq!(
        server.get("/stock").token(access).send().await.problem(),
        "unauthenticated"
    );
    with_refresh(&server, "/auth/refresh", &other).await.expect(200);
}

#[tokio::test]
async fn nobody_stays_signed_in_for_ever() {
    let server = TestServer::start().await;
    let days = |days: i64| days * 24 * 3_600_000;
    let account = server.state.store.account("picker").await.unwrap().unwrap();
    let now = now_ms();
    for (since, left) in [(now, days(7)), (now - days(25), days(5))] {
        let session = Session {
            since: since / 1000 * 1000,
            ..Session::begin(now).unwrap()
        };
        let first = server
            .state
            .tokens
            .refresh(&account, session, now, now + days(7))
            .unwrap();
        // As if the server had issued it.
        let stamped = format!("{first}\u{0}{}", stamp(&account.password_hash));
        let hash = Hash::of("sparhund/refresh/1", stamped.as_bytes()).0;
        let id = account.user.id;
        server
            .state
            .store
            .keep_refresh(hash, id, now + days(7))
            .await
            .unwrap();
        let second = with_refresh(&server, "/auth/refresh", &json!({ "refresh": first })).await;
        let second = second.expect(200);
        let end = claims(second["refresh"].as_str().unwrap())["exp"]
            .as_i64()
            .unwrap();
        let off = end * 1000 - (now + left);
        assert!(off.abs() < 60_000, "{off}");
    }
}

fn stamp(password_hash: &str) -> String {
    Hash::of("sparhund/password/1", password_hash.as_bytes()).short()
}

/// What a token says.
fn claims(token: &str) -> Value {
    let body = token.split('.').nth(1).unwrap();
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(body).unwrap()).unwrap()
}

/// Neither token of the session opens anything.
async fn is_out(server: &TestServer, tokens: &Value) {
    let access = tokens["access"].as_str().unwrap();
    let asked = server.get("/stock").token(access).send().await;
    assert_eq!(asked.problem(), "unauthenticated");
    let refreshed = with_refresh(server, "/auth/refresh", tokens).await;
    assert_eq!(refreshed.problem(), "unauthenticated");
}

#[tokio::test]
async fn signing_out_ends_every_token_of_the_session() {
    let server = TestServer::start().await;
    let tokens = sign_in(&server, "picker", PASSWORD).await.expect(200);
    for _ in 0..2 {
        assert_eq!(with_refresh(&server, "/auth/sign-out", &tokens).await.status, 204);
    }
    is_out(&server, &tokens).await;
}

#[tokio::test]
async fn an_account_that_is_opened_again_revives_no_session() {
    let server = TestServer::start().await;
    let tokens = sign_in(&server, "picker", PASSWORD).await.expect(200);
    let id = tokens["user"]["id"].as_str().unwrap();
    for active in [false, true] {
        server
            .put(&format!("/users/{id}/active"), json!({ "active": active }))
            .as_role(Role::Admin)
            .await
            .expect(200);
    }
    is_out(&server, &tokens).await;
    // Whoever signs in again is in.
    tokio::time::sleep(Duration::from_millis(1_050)).await;
    let again = sign_in(&server, "picker", PASSWORD).await.expect(200);
    with_refresh(&server, "/auth/refresh", &again).await.expect(200);
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
    is_out(&server, &tokens).await;
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
