//! Sealed identities go to the patient-link service alone, and only its tokens come back.

use serde_json::{Value, json};
use sparhund_server::ops::{new_uuid, now_ms};
use sparhund_server::store::PATIENT_LINK_SETTING;
use sparhund_shared::event::{
    BizStep, Capture, Circumstances, Event, Identified, Item, Movement, PatientSeal, Quantity,
};
use sparhund_shared::log::EventId;
use sparhund_shared::privacy::{Identity, SecretKey, seal};
use sparhund_shared::reference::Role;

use crate::common::{DeviceSim, TestServer, base_di, session, ward};

fn sealed(random: u8) -> PatientSeal {
    let identity = Identity::scanned("191212121212", jiff::civil::date(2026, 11, 23)).unwrap();
    let key = SecretKey::new([7; 32]).public().unwrap();
    seal(&identity, &key, [random; 32]).unwrap()
}

fn used(patient: Option<PatientSeal>) -> Event {
    Event::Move(Movement {
        step: BizStep::Installing,
        item: Item::Identified(Identified {
            di: base_di(),
            base: base_di(),
            article: None,
            lot: Some("L1".parse().unwrap()),
            serial: None,
            expiry: None,
            made: None,
        }),
        quantity: Quantity::new(1).unwrap(),
        from: Some(ward()),
        to: ward(),
        supplier: None,
        order: None,
        sscc: None,
        capture: Capture::confirmed(0, 0),
        circumstances: Circumstances {
            patient,
            ..Circumstances::default()
        }
        .told(),
    })
}

async fn service(server: &TestServer) -> String {
    let id = new_uuid(now_ms()).unwrap();
    let store = &server.state.store;
    store
        .set_setting(PATIENT_LINK_SETTING, &id.to_string())
        .await
        .unwrap();
    server.state.tokens.patient_link(id, now_ms()).unwrap()
}

async fn seals(server: &TestServer, token: &str, query: &str) -> Vec<Value> {
    let page = server
        .get(&format!("/patient-seals{query}"))
        .token(token)
        .send()
        .await;
    page.expect(200)["seals"].as_array().unwrap().clone()
}

/// The trace as the console shows it.
async fn page(server: &TestServer, role: Role) -> String {
    let account = server.state.store.account(role.word()).await.unwrap().unwrap();
    let token = server.state.tokens.page(&account, session(), now_ms()).unwrap();
    let cookie = format!("sparhund_session={token}");
    let page = server
        .get("/!console/trace?lot=L1")
        .header("cookie", &cookie)
        .send()
        .await;
    assert_eq!(page.status, 200, "{}", page.text());
    page.text()
}

async fn shown(server: &TestServer, role: Role) -> Vec<Value> {
    let trace = server.get("/trace?lot=L1").as_role(role).await.expect(200);
    let history = trace["history"].as_array().unwrap();
    history.iter().map(|event| event["patient"].clone()).collect()
}

#[tokio::test]
async fn seals_come_in_order_and_tokens_are_shown_to_quality_officers_alone() {
    let server = TestServer::with_world().await;
    let token = service(&server).await;
    let mut device = DeviceSim::enrolled(&server, 1).await;
    let first = device.write(&used(Some(sealed(1))));
    device.write(&used(None));
    device.write(&used(Some(sealed(2))));
    device.send(&server).await;
    device.send(&server).await;
    let all = seals(&server, &token, "").await;
    assert_eq!(all.len(), 2);
    assert_eq!(all[0]["event"], json!(first));
    assert_eq!(all[0]["seal"], serde_json::to_value(sealed(1)).unwrap());
    assert_eq!(seals(&server, &token, "?limit=1").await, all[..1]);
    let after = format!("?after={}", all[0]["no"]);
    assert_eq!(seals(&server, &token, &after).await, all[1..]);
    assert_eq!(shown(&server, Role::Quality).await, vec![Value::Null; 3]);

    let mark = "ab".repeat(32);
    let body = |no: &Value, event: &Value| json!({ "tokens": [{ "no": no, "event": event, "token": mark }] });
    let of_first = body(&all[0]["no"], &all[0]["event"]);
    for _ in 0..2 {
        let kept = server
            .post("/patient-tokens", of_first.clone())
            .token(&token)
            .send()
            .await;
        assert_eq!(kept.expect(200)["kept"], 1);
    }
    // A number that means another event by now is left alone.
    let of_other = body(&all[1]["no"], &all[0]["event"]);
    let kept = server
        .post("/patient-tokens", of_other)
        .token(&token)
        .send()
        .await;
    assert_eq!(kept.expect(200)["kept"], 0);
    let expected = [json!(mark), Value::Null, Value::Null];
    assert_eq!(shown(&server, Role::Quality).await, expected);
    assert_eq!(shown(&server, Role::Planner).await, vec![Value::Null; 3]);

    assert!(page(&server, Role::Quality).await.contains(&mark));
    assert!(!page(&server, Role::Planner).await.contains(&mark));

    // Projections made anew are as they were, numbers and tokens included.
    let rebuilt = server.state.store.rebuild().await.unwrap();
    let differ: Vec<_> = rebuilt.tables.iter().filter(|(_, rows)| *rows > 0).collect();
    assert!(differ.is_empty(), "{differ:?}");
    assert_eq!(seals(&server, &token, "").await, all);
    assert_eq!(shown(&server, Role::Quality).await, expected);
}

#[tokio::test]
async fn the_seal_of_the_record_that_counts_is_the_one_that_is_fetched() {
    let server = TestServer::with_world().await;
    let token = service(&server).await;
    let (mut one, mut other) = (
        DeviceSim::enrolled(&server, 1).await,
        DeviceSim::enrolled(&server, 2).await,
    );
    let id = EventId(new_uuid(now_ms()).unwrap());
    // The earlier record counts, and comes later.
    other.write_as(id, &used(Some(sealed(2))));
    tokio::time::sleep(std::time::Duration::from_millis(5)).await;
    one.write_as(id, &used(Some(sealed(1))));
    one.send(&server).await;
    let before = seals(&server, &token, "").await;
    other.send(&server).await;
    let after = seals(&server, &token, "").await;
    assert_eq!(after.len(), 1);
    assert_eq!(after[0]["seal"], serde_json::to_value(sealed(2)).unwrap());
    assert!(
        after[0]["no"].as_u64() > before[0]["no"].as_u64(),
        "the service must see it"
    );
    server.state.store.rebuild().await.unwrap();
    assert_eq!(seals(&server, &token, "").await, after);
}

#[tokio::test]
async fn more_tokens_than_one_call_takes_are_refused() {
    let server = TestServer::with_world().await;
    let token = service(&server).await;
    let many: Vec<Value> = (0..501)
        .map(|no| json!({ "no": no, "event": EventId(uuid::Uuid::nil()), "token": "00".repeat(32) }))
        .collect();
    let body = json!({ "tokens": many });
    let refused = server.post("/patient-tokens", body).token(&token).send().await;
    assert_eq!(refused.problem(), "invalid-value");
}
