use axum::http::Method;
use serde_json::Value;
use sparhund_server::auth::access::{self, Access};
use sparhund_server::http::document;
use sparhund_shared::reference::Role;

use crate::common::{DeviceSim, TestServer};

/// What anyone may call. A new public route must be added here on purpose.
const PUBLIC: [(&str, &str); 5] = [
    ("POST", "/api/v1/auth/sign-in"),
    ("POST", "/api/v1/auth/refresh"),
    ("POST", "/api/v1/auth/sign-out"),
    ("POST", "/api/v1/devices/enrol"),
    ("POST", "/api/v1/sites/join"),
];

/// Every route of the document with values in its path.
fn routes() -> Vec<(Method, String, String)> {
    let document = serde_json::to_value(document()).unwrap();
    let mut routes = Vec::new();
    for (path, methods) in document["paths"].as_object().unwrap() {
        let filled = path
            .replace("{id}", "00000000-0000-7000-8000-000000000001")
            .replace("{topic}", "holds")
            .replace("{no}", "X-1")
            .replace("{code}", "7350000000016");
        assert!(
            !filled.contains('{'),
            "{filled}: give the part of the path a value"
        );
        for method in methods.as_object().unwrap().keys() {
            routes.push((
                method.to_uppercase().parse().unwrap(),
                path.clone(),
                filled.clone(),
            ));
        }
    }
    routes
}

#[tokio::test]
async fn without_a_token_only_the_public_routes_answer() {
    let server = TestServer::start().await;
    for (method, template, path) in routes() {
        let answer = server
            .call(method.clone(), &format!("/!{}", &path[1..]))
            .json(Value::Null)
            .send()
            .await;
        if PUBLIC.contains(&(method.as_str(), template.as_str())) {
            assert_eq!(answer.status, 422, "{method} {template}");
        } else {
            assert_eq!(answer.problem(), "unauthenticated", "{method} {template}");
            assert_eq!(answer.header("www-authenticate"), "Bearer");
        }
    }
}

#[tokio::test]
async fn each_wrong_role_is_refused_and_each_right_one_gets_further() {
    let server = TestServer::start().await;
    for (method, template, path) in routes() {
        let rule = access::of(&method, &template).unwrap();
        for role in Role::ALL {
            let allowed = match rule {
                Access::Public | Access::Person => true,
                Access::Roles(roles) | Access::DeviceOr(roles) => roles.contains(&role),
                Access::Device | Access::AnyDevice | Access::Site | Access::PatientLink => false,
            };
            let answer = server
                .call(method.clone(), &format!("/!{}", &path[1..]))
                .json(Value::Null)
                .as_role(role)
                .await;
            let word = role.word();
            assert_eq!(
                answer.status == 403,
                !allowed,
                "{method} {template} as {word}: {}",
                answer.text()
            );
            assert!(
                answer.status != 401 && answer.status.as_u16() < 500,
                "{method} {template} as {word}"
            );
        }
    }
}

#[tokio::test]
async fn a_device_reaches_only_what_is_for_devices() {
    let server = TestServer::start().await;
    let device = DeviceSim::enrolled(&server, 1).await;
    for (method, template, path) in routes() {
        let allowed = !matches!(
            access::of(&method, &template).unwrap(),
            Access::Person | Access::Roles(_) | Access::Site | Access::PatientLink
        );
        let answer = server
            .call(method.clone(), &format!("/!{}", &path[1..]))
            .json(Value::Null)
            .token(&device.token)
            .send()
            .await;
        assert_eq!(
            answer.status == 403,
            !allowed,
            "{method} {template}: {}",
            answer.text()
        );
    }
}

#[tokio::test]
async fn a_closed_account_and_a_lost_role_hold_at_once() {
    let server = TestServer::start().await;
    let token = server.token(Role::Planner).await;
    server.get("/stock").token(&token).send().await.expect(200);
    let mut account = server.state.store.account("planner").await.unwrap().unwrap();
    account.user.roles = vec![Role::Admin];
    server.state.store.put_account(account.clone()).await.unwrap();
    assert_eq!(
        server.get("/stock").token(&token).send().await.problem(),
        "forbidden"
    );
    account.active = false;
    server.state.store.put_account(account).await.unwrap();
    assert_eq!(
        server.get("/places").token(&token).send().await.problem(),
        "unauthenticated"
    );
}

#[tokio::test]
async fn odd_authorization_headers_are_no_tokens() {
    let server = TestServer::start().await;
    let good = server.token(Role::Admin).await;
    for odd in [
        "",
        "Bearer",
        "Bearer ",
        "Basic YTpi",
        "Bearer a.b.c",
        "bearer\u{a0}x",
        &good,
        &format!("Bearer {good}x"),
    ] {
        let answer = server.get("/places").header("authorization", odd).send().await;
        assert_eq!(answer.problem(), "unauthenticated", "{odd}");
    }
    let lower = format!("bearer {good}");
    server
        .get("/places")
        .header("authorization", &lower)
        .send()
        .await
        .expect(200);
}
