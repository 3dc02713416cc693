use serde_json::{Value, json};
use sparhund_shared::reference::Role;

use crate::common::{TestServer, article, box_di};

#[tokio::test]
async fn articles_are_found_by_text_identifier_and_page() {
    let server = TestServer::with_world().await;
    let all = server.get("/articles").as_role(Role::Picker).await;
    insta::assert_json_snapshot!("list", all.shown());
    let code = box_di().code().to_owned();
    for text in ["infusion", "A-100", "IV-10", &code] {
        let found = server
            .get(&format!("/articles?text={text}"))
            .as_role(Role::Ward)
            .await
            .expect(200);
        assert_eq!(found["rows"].as_array().unwrap().len(), 1, "{text}");
        assert_eq!(found["rows"][0]["no"], "A-100", "{text}");
    }
    let first = server.get("/articles?limit=1").as_role(Role::Picker).await;
    assert_eq!(
        first.header("link"),
        "</api/v1/articles?limit=1&offset=1>; rel=\"next\""
    );
    let second = server
        .get("/articles?limit=1&offset=1")
        .as_role(Role::Picker)
        .await
        .expect(200);
    assert_eq!(second["rows"][0]["no"], "A-200");
    assert_eq!(second.get("next"), None);
}

#[tokio::test]
async fn a_planner_puts_an_article() {
    let server = TestServer::with_world().await;
    let mut body = serde_json::to_value(article()).unwrap();
    body["name"] = json!("Infusionsaggregat 10 ml");
    server
        .put("/articles/A-100", body.clone())
        .as_role(Role::Planner)
        .await
        .expect(200);
    let got = server
        .get("/articles/A-100")
        .as_role(Role::Picker)
        .await
        .expect(200);
    assert_eq!(got, body);
    let none = server.get("/articles/A-999").as_role(Role::Picker).await;
    insta::assert_json_snapshot!("not_found", none.shown());
}

#[tokio::test]
async fn an_identifier_belongs_to_one_article() {
    let server = TestServer::with_world().await;
    let mut body = serde_json::to_value(article()).unwrap();
    body["no"] = json!("A-300");
    let answer = server.put("/articles/A-300", body).as_role(Role::Planner).await;
    assert_eq!(answer.problem(), "conflict");
}

#[tokio::test]
async fn every_wrong_field_is_named_at_once() {
    let server = TestServer::with_world().await;
    let mut body = serde_json::to_value(article()).unwrap();
    body["name"] = json!("");
    body["emdn"] = json!("a1");
    body["packagings"][0]["units"] = json!(2);
    body["packagings"][1] = body["packagings"][0].clone();
    let answer = server.put("/articles/A-101", body).as_role(Role::Planner).await;
    insta::assert_json_snapshot!("invalid", answer.shown());
    let mut body: Value = serde_json::to_value(article()).unwrap();
    body["packagings"][1]["di"] = json!("GS1:07350000000018");
    let answer = server.put("/articles/A-100", body).as_role(Role::Planner).await;
    insta::assert_json_snapshot!("wrong_type", answer.shown());
}
