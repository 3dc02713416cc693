use axum::http::Method;
use serde_json::{Value, json};
use sparhund_shared::event::BizStep;
use sparhund_shared::reference::Role;

use crate::common::{DeviceSim, TestServer, base_di};

async fn with_history() -> (TestServer, DeviceSim) {
    let server = TestServer::with_world().await;
    let mut device = DeviceSim::enrolled(&server, 1).await;
    device.moves(BizStep::Receiving, "LOT-A", 30, None);
    device.send(&server).await;
    (server, device)
}

/// What was noted, oldest first: who, what, of what, what for.
async fn noted(server: &TestServer) -> Vec<[String; 4]> {
    let page = server.get("/audit").as_role(Role::Admin).await.expect(200);
    let mut rows: Vec<[String; 4]> = page["rows"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| {
            ["user_name", "what", "asked", "purpose"].map(|name| row[name].as_str().unwrap().to_owned())
        })
        .collect();
    rows.reverse();
    rows
}

#[tokio::test]
async fn whoever_reads_about_people_is_noted() {
    let (server, device) = with_history().await;
    let goods = format!("?di={}&lot=LOT-A", base_di());
    let trace = format!("/trace{goods}&purpose=FSN%202026-17");
    server.get(&trace).as_role(Role::Quality).await.expect(200);
    let file = server
        .get(&format!("/trace.csv{goods}"))
        .as_role(Role::Planner)
        .await;
    assert_eq!(file.status, 200);
    server.get("/users").as_role(Role::Admin).await.expect(200);
    let records = format!("/sync/records?log={}", device.log);
    assert_eq!(server.get(&records).as_role(Role::Quality).await.status, 200);
    // A device that reads its own log is no person who reads about another.
    assert_eq!(server.get(&records).token(&device.token).send().await.status, 200);
    let asked = format!("product={} lot=LOT-A", base_di());
    let expected = [
        ["Prov quality", "trace", &asked, "FSN 2026-17"],
        ["Prov planner", "trace_file", &asked, ""],
        ["Prov admin", "people", "", ""],
        [
            "Prov quality",
            "records",
            &format!("log={} from=1", device.log),
            "",
        ],
        ["Prov admin", "audit", "", ""],
    ];
    assert_eq!(noted(&server).await, expected);
    assert_eq!(noted(&server).await.len(), 6, "and who reads the list");
}

#[tokio::test]
async fn what_told_nothing_is_not_noted() {
    let (server, _) = with_history().await;
    for (path, role) in [
        ("/trace?lot=Anna%20Andersson", Role::Quality),
        ("/trace?lot=191212121212", Role::Quality),
        ("/trace?scan=x&lot=y", Role::Quality),
        ("/trace?lot=LOT-A", Role::Picker),
        ("/users", Role::Quality),
    ] {
        server.get(path).as_role(role).await;
    }
    assert_eq!(noted(&server).await, [["Prov admin", "audit", "", ""]]);
}

#[tokio::test]
async fn no_personal_number_gets_into_it() {
    let (server, mut device) = with_history().await;
    // Somebody typed one where the lot belongs, and it was booked.
    device.moves(BizStep::Receiving, "19121212-1212", 1, None);
    device.send(&server).await;
    let path = "/trace?lot=19121212-1212&purpose=patient%20121212-1212";
    server.get(path).as_role(Role::Quality).await.expect(200);
    let rows = noted(&server).await;
    assert_eq!(
        rows[0],
        [
            "Prov quality",
            "trace",
            "lot=[personal number]",
            "patient [personal number]"
        ]
    );
}

#[tokio::test]
async fn the_list_comes_in_pages_that_do_not_move() {
    let (server, _) = with_history().await;
    for _ in 0..5 {
        server.get("/users").as_role(Role::Admin).await.expect(200);
    }
    let mut before = String::new();
    let mut seen: Vec<u64> = Vec::new();
    loop {
        let page = server
            .get(&format!("/audit?limit=2{before}"))
            .as_role(Role::Quality)
            .await
            .expect(200);
        let rows = page["rows"].as_array().unwrap();
        seen.extend(rows.iter().map(|row| row["no"].as_u64().unwrap()));
        match &page["next"] {
            Value::Null => break,
            next => before = format!("&before={next}"),
        }
    }
    // Reading the first page was the sixth read; what came later stands before it.
    assert_eq!(seen, [6, 5, 4, 3, 2, 1]);
    let quality = crate::common::user_id(Role::Quality);
    let page = server
        .get(&format!("/audit?user={quality}"))
        .as_role(Role::Admin)
        .await
        .expect(200);
    assert_eq!(page["rows"].as_array().unwrap().len(), 3);
}

#[tokio::test]
async fn a_read_that_cannot_be_noted_is_not_answered() {
    let (server, _) = with_history().await;
    let other = rusqlite::Connection::open(server.data_dir().database()).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    for (path, role) in [("/trace?lot=LOT-A", Role::Quality), ("/users", Role::Admin)] {
        let answer = server.get(path).as_role(role).await;
        assert!(answer.status.is_server_error(), "{path}");
        answer.problem();
        assert!(
            !answer.text().contains("Prov picker") && !answer.text().contains("history"),
            "{path}"
        );
    }
    // What tells about goods alone is answered all the same.
    server.get("/stock").as_role(Role::Picker).await.expect(200);
    other.execute_batch("ROLLBACK").unwrap();
    server
        .get("/trace?lot=LOT-A")
        .as_role(Role::Quality)
        .await
        .expect(200);
    assert_eq!(noted(&server).await.len(), 2);
}

#[tokio::test]
async fn what_was_noted_is_never_changed() {
    let (server, _) = with_history().await;
    server.get("/users").as_role(Role::Admin).await.expect(200);
    let other = rusqlite::Connection::open(server.data_dir().database()).unwrap();
    for change in [
        "UPDATE audit SET user_id = NULL",
        "DELETE FROM audit",
        "DELETE FROM audit WHERE audit_no = 1",
        "INSERT OR REPLACE INTO audit SELECT audit_no, at, NULL, what, asked, purpose FROM audit",
    ] {
        let refused = other.execute_batch(change);
        assert!(refused.is_err(), "{change}");
    }
    assert_eq!(noted(&server).await[0], ["Prov admin", "people", "", ""]);
    // No address changes it either.
    for method in [Method::POST, Method::PUT, Method::DELETE, Method::PATCH] {
        let call = server.call(method, "/audit").json(json!({}));
        assert_eq!(call.as_role(Role::Admin).await.status, 405);
    }
}
