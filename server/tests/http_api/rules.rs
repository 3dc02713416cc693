use axum::http::Method;
use serde_json::{Value, json};
use sparhund_shared::reference::Role;

use crate::common::{DeviceSim, TestServer, bin, site, ward};

fn stock(place: &str, mut rule: Value) -> Value {
    for (field, value) in [("rule", "stock"), ("place", place), ("article", "A-100")] {
        if rule[field].is_null() {
            rule[field] = value.into();
        }
    }
    rule
}

async fn errors(server: &TestServer, role: Role, body: Value) -> Vec<String> {
    let problem = server.put("/rules", body).as_role(role).await.expect(422);
    let errors = problem["errors"].as_array().unwrap().iter();
    errors
        .map(|error| error["pointer"].as_str().unwrap().to_owned())
        .collect()
}

#[tokio::test]
async fn rules_are_put_found_fed_to_devices_and_taken_away() {
    let server = TestServer::with_world().await;
    let rule = stock(&bin().to_string(), json!({ "min": 5, "max": 20 }));
    let put = server
        .put("/rules", rule.clone())
        .as_role(Role::Planner)
        .await
        .expect(200);
    assert_eq!(put["rule"]["max"], 20);
    let sampling = json!({ "rule": "sampling", "supplier": " Provverken AB ", "article": null, "every": 10 });
    server
        .put("/rules", sampling)
        .as_role(Role::Planner)
        .await
        .expect(200);
    insta::assert_json_snapshot!("list", server.get("/rules").as_role(Role::Ward).await.shown());
    let found = server
        .get("/rules?text=a-100")
        .as_role(Role::Ward)
        .await
        .expect(200);
    assert_eq!(found["rows"].as_array().unwrap().len(), 1);
    let first = server.get("/rules?limit=1").as_role(Role::Ward).await.expect(200);
    assert_eq!(
        (first["rows"].as_array().unwrap().len(), &first["next"]),
        (1, &json!(1))
    );
    let device = DeviceSim::enrolled(&server, 1).await;
    let feed = server
        .get("/sync/feed/rules")
        .token(&device.token)
        .send()
        .await
        .expect(200);
    assert_eq!(feed["rows"].as_array().unwrap().len(), 2);
    let remove = async |role| {
        let call = server.call(Method::DELETE, "/rules?key=sampling%20Provverken%20AB%1f");
        call.as_role(role).await
    };
    assert_eq!(remove(Role::Admin).await.problem(), "forbidden");
    assert_eq!(remove(Role::Planner).await.status, 204);
    assert_eq!(remove(Role::Planner).await.problem(), "not-found");
    let after = feed["next"].as_u64().unwrap();
    let feed = server
        .get(&format!("/sync/feed/rules?after={after}"))
        .token(&device.token)
        .send()
        .await
        .expect(200);
    assert_eq!(feed["rows"][0]["body"], Value::Null);
}

#[tokio::test]
async fn what_a_rule_says_is_checked_field_by_field() {
    let server = TestServer::with_world().await;
    let (bin, site, ward) = (bin().to_string(), site().to_string(), ward().to_string());
    let planner = async |rule| errors(&server, Role::Planner, rule).await;
    assert_eq!(
        planner(stock(&bin, json!({ "min": 21, "max": 20 }))).await,
        ["/min"]
    );
    assert_eq!(planner(stock(&bin, json!({ "max": 1_000_001 }))).await, ["/max"]);
    assert_eq!(planner(stock(&bin, json!({}))).await, ["/max"]);
    assert_eq!(planner(stock(&ward, json!({ "two_bin": true }))).await, ["/max"]);
    assert_eq!(planner(stock(&site, json!({ "max": 5 }))).await, ["/place"]);
    assert_eq!(planner(stock(&bin, json!({ "safety": 5 }))).await, ["/place"]);
    assert_eq!(
        planner(stock(&format!("{site}/NO"), json!({ "max": 5 }))).await,
        ["/place"]
    );
    assert_eq!(
        planner(stock(&bin, json!({ "max": 5, "article": "A-999" }))).await,
        ["/article"]
    );
    assert_eq!(planner(stock(&bin, json!({ "max": -5 }))).await, [""; 1]);
    for supplier in ["", " ", "A\u{1f}B", "A\nB", &"x".repeat(201)] {
        let rule = json!({ "rule": "sampling", "supplier": supplier, "article": null, "every": 0 });
        assert_eq!(planner(rule).await, ["/supplier", "/every"], "{supplier:?}");
    }
    assert_eq!(
        planner(json!({ "rule": "count_limit", "units": 5, "percent": 101 })).await,
        ["/percent"]
    );
    let admin = async |rule| errors(&server, Role::Admin, rule).await;
    assert_eq!(
        admin(json!({ "rule": "company_prefix", "prefix": "73500" })).await,
        ["/prefix"]
    );
    assert_eq!(
        admin(json!({ "rule": "patient_key", "key": "ab", "from": 0 })).await,
        ["/key"]
    );
    let printer = json!({ "rule": "printer", "place": bin, "name": "", "address": "http://x" });
    assert_eq!(admin(printer).await, ["/name", "/address"]);
    let page = server.get("/rules").as_role(Role::Admin).await.expect(200);
    assert_eq!(page["rows"], json!([]), "nothing half written");
}

#[tokio::test]
async fn each_kind_of_rule_is_set_by_its_role() {
    let server = TestServer::with_world().await;
    let of_planners = [
        stock(&ward().to_string(), json!({ "max": 5, "two_bin": true })),
        stock(&site().to_string(), json!({ "safety": 5, "preparedness": 50 })),
        json!({ "rule": "sampling", "supplier": "Provverken AB", "article": "A-100", "every": 1 }),
        json!({ "rule": "count_limit", "units": 5, "percent": 10 }),
    ];
    let of_admins = [
        json!({ "rule": "company_prefix", "prefix": "735000000" }),
        json!({ "rule": "patient_key", "key": "AB".repeat(32), "from": 5 }),
        json!({ "rule": "printer", "place": site(), "name": "Zebra", "address": "zebra:9100" }),
    ];
    for (rules, role, other) in [
        (&of_planners[..], Role::Planner, Role::Admin),
        (&of_admins[..], Role::Admin, Role::Planner),
    ] {
        for rule in rules {
            assert_eq!(
                server.put("/rules", rule.clone()).as_role(other).await.problem(),
                "forbidden"
            );
            server.put("/rules", rule.clone()).as_role(role).await.expect(200);
        }
    }
    let page = server
        .get("/rules?text=abab")
        .as_role(Role::Admin)
        .await
        .expect(200);
    assert_eq!(page["rows"][0]["rule"]["key"], "ab".repeat(32), "in one spelling");
}
