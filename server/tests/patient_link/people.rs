//! What people ask the service over HTTP, and what is kept of it.

use std::sync::Arc;

use serde_json::{Value, json};
use sparhund_server::auth::hash_password;
use sparhund_server::patient_link::{LinkAccount, Right, http};

use crate::common::PASSWORD;
use crate::world::{TOLVAN, World, served};

struct Answer {
    status: u16,
    body: Value,
}

async fn ask(url: &str, method: &'static str, path: &str, token: &str, body: Value) -> Answer {
    let url = format!("{url}{path}");
    let token = format!("Bearer {token}");
    tokio::task::spawn_blocking(move || {
        let config = ureq::Agent::config_builder().http_status_as_error(false).build();
        let agent: ureq::Agent = config.into();
        let request = ureq::http::Request::builder()
            .method(method)
            .uri(url)
            .header("authorization", token)
            .header("content-type", "application/json");
        let mut answer = agent.run(request.body(body.to_string()).unwrap()).unwrap();
        Answer {
            status: answer.status().as_u16(),
            body: serde_json::from_str(&answer.body_mut().read_to_string().unwrap()).unwrap_or_default(),
        }
    })
    .await
    .unwrap()
}

fn add(world: &World, login: &str, may: Vec<Right>) {
    let account = LinkAccount {
        login: login.to_owned(),
        name: login.to_owned(),
        unit: "Ortopedavdelningen".to_owned(),
        may,
        password_hash: hash_password(PASSWORD).unwrap(),
        active: true,
    };
    world.service.store.put_account(&account).unwrap();
}

async fn sign_in(url: &str, login: &str) -> String {
    let body = json!({ "login": login, "password": PASSWORD });
    let answer = ask(url, "POST", "/sign-in", "", body).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    answer.body["token"].as_str().unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_look_up_says_what_for_and_is_kept_before_it_is_answered() {
    let mut world = World::new().await;
    world.implant(TOLVAN).await;
    world.round().await.unwrap();
    let token = world.tokens().await[0].clone();
    add(&world, "siv", vec![Right::LookUp]);
    add(&world, "olle", vec![Right::Audit]);
    let url = served(http::app(Arc::clone(&world.service)));
    let wanted =
        |purpose: &str, reason: &str| json!({ "token": token, "purpose": purpose, "reason": reason });
    let good = wanted("återkallelse FSN-2026-117", "implantatet återkallas");

    let wrong = json!({ "login": "siv", "password": "fel lösenord" });
    assert_eq!(ask(&url, "POST", "/sign-in", "", wrong).await.status, 401);
    for stranger in ["", "0000", &world.token] {
        assert_eq!(
            ask(&url, "POST", "/look-up", stranger, good.clone()).await.status,
            401
        );
    }
    let (siv, olle) = (sign_in(&url, "siv").await, sign_in(&url, "olle").await);
    assert_eq!(
        ask(&url, "POST", "/look-up", &olle, good.clone()).await.status,
        403
    );
    assert_eq!(
        ask(&url, "GET", "/access-log", &siv, Value::Null).await.status,
        403
    );
    for body in [
        json!({ "token": token }),
        wanted("", "skäl"),
        wanted("nyfikenhet", "skäl"),
        wanted("återkallelse", "skäl"),
        wanted("vård", ""),
        wanted("vård", "gäller 121212-1212"),
        wanted("återkallelse 191212121212", "skäl"),
        wanted("vård", &"x".repeat(201)),
        json!({ "token": "12", "purpose": "vård", "reason": "skäl" }),
    ] {
        let answer = ask(&url, "POST", "/look-up", &siv, body.clone()).await;
        assert_eq!(answer.status, 422, "{body}");
        assert!(!answer.body.to_string().contains("121212"), "{}", answer.body);
    }
    for body in [
        json!({ "identity": 191_212_121_212_u64, "purpose": "vård", "reason": "skäl" }),
        json!({ "identity": ["191212121212"], "purpose": "vård", "reason": "skäl" }),
        json!({ "identity": "1912é1212121212", "purpose": "vård", "reason": "skäl" }),
        json!({ "identity": TOLVAN, "purpose": "vård", "reason": 191_212_121_212_u64 }),
    ] {
        let answer = ask(&url, "POST", "/find", &siv, body.clone()).await;
        assert_eq!(answer.status, 422, "{body}");
        assert!(!answer.body.to_string().contains("121212"), "{}", answer.body);
    }
    assert_eq!(
        world.service.store.verify_access().unwrap().0,
        0,
        "nothing was told yet"
    );

    let found = ask(&url, "POST", "/look-up", &siv, good).await;
    assert_eq!((found.status, &found.body["identity"]), (200, &json!(TOLVAN)));
    let body = json!({ "identity": "121212+1212", "purpose": "vård", "reason": "utdrag" });
    let its = ask(&url, "POST", "/find", &siv, body).await;
    assert_eq!(its.body["token"], token);
    let unknown = json!({ "token": "00".repeat(32), "purpose": "vård", "reason": "skäl" });
    assert_eq!(ask(&url, "POST", "/look-up", &siv, unknown).await.status, 404);

    // The extract of one patient: who, when, from which unit, for what.
    let path = format!("/access-log?token={}", token.as_str().unwrap());
    let extract = ask(&url, "GET", &path, &olle, Value::Null).await;
    let rows = extract.body.as_array().unwrap();
    let told: Vec<(&str, &str)> = rows
        .iter()
        .map(|row| (row["login"].as_str().unwrap(), row["deed"].as_str().unwrap()))
        .collect();
    assert_eq!(told, [("siv", "look_up"), ("siv", "find"), ("olle", "read_log")]);
    assert_eq!(rows[0]["unit"], "Ortopedavdelningen");
    assert_eq!(rows[0]["purpose"], "återkallelse FSN-2026-117");
    let all = ask(&url, "GET", "/access-log", &olle, Value::Null).await;
    assert_eq!(
        all.body.as_array().unwrap().len(),
        5,
        "attempts under unknown tokens too"
    );
    assert_eq!(world.service.store.verify_access().unwrap().0, 5);

    // A closed account, and a session that was ended, open nothing from then on.
    world.service.store.close_account("siv").unwrap();
    let body = wanted("vård", "skäl");
    assert_eq!(ask(&url, "POST", "/look-up", &siv, body).await.status, 401);
    ask(&url, "POST", "/sign-out", &olle, Value::Null).await;
    assert_eq!(
        ask(&url, "GET", "/access-log", &olle, Value::Null).await.status,
        401
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn guessing_at_the_sign_in_is_slowed_down() {
    let world = World::new().await;
    add(&world, "siv", vec![Right::LookUp]);
    let url = served(http::app(Arc::clone(&world.service)));
    let wrong = json!({ "login": "siv", "password": "fel lösenord" });
    for _ in 0..5 {
        assert_eq!(ask(&url, "POST", "/sign-in", "", wrong.clone()).await.status, 401);
    }
    let right = json!({ "login": "siv", "password": PASSWORD });
    assert_eq!(ask(&url, "POST", "/sign-in", "", right).await.status, 429);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_changed_access_log_is_found_out() {
    let world = World::new().await;
    let store = &world.service.store;
    let patient = crate::world::somebody(TOLVAN);
    for _ in 0..3 {
        store.find(&patient, &crate::why(), 1).unwrap();
    }
    assert_eq!(store.verify_access().unwrap().0, 3);
    let db = rusqlite::Connection::open(world.link_dir().database()).unwrap();
    let change = "UPDATE access SET login = 'bo' WHERE no = 2";
    for refused in [change, "DELETE FROM access WHERE no = 3"] {
        let error = db.execute(refused, []).unwrap_err().to_string();
        assert!(error.contains("never changed"), "{error}");
    }
    // Whoever has the files takes the refusal out, and leaves a chain that does not hold.
    db.execute_batch("DROP TRIGGER access_is_not_changed; DROP TRIGGER access_is_not_deleted;")
        .unwrap();
    db.execute(change, []).unwrap();
    let error = store.verify_access().unwrap_err().to_string();
    assert!(error.contains("row 2"), "{error}");
    db.execute("DELETE FROM access WHERE no = 2", []).unwrap();
    let error = store.verify_access().unwrap_err().to_string();
    assert!(error.contains("row 3"), "{error}");
}
