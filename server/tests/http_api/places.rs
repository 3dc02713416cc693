use serde_json::json;
use sparhund_shared::reference::Role;

use crate::common::{TestServer, bin, site};

#[tokio::test]
async fn places_are_listed_and_put() {
    let server = TestServer::with_world().await;
    let list = server.get("/places").as_role(Role::Ward).await;
    insta::assert_json_snapshot!("list", list.shown());
    let code = format!("{}/B-01", site());
    let body = json!({
        "code": code, "name": "B-01", "kind": "bin", "parent": site(),
        "entity": { "org_no": "232100-0000", "name": "Region Prov" }
    });
    let path = format!("/places/{}", code.replace('/', "%2F"));
    assert_eq!(
        server
            .put(&path, body.clone())
            .as_role(Role::Planner)
            .await
            .expect(200),
        body
    );
    let list = server.get("/places").as_role(Role::Ward).await.expect(200);
    assert_eq!(list.as_array().unwrap().len(), 5);
}

#[tokio::test]
async fn a_place_is_not_part_of_itself_or_of_nothing() {
    let server = TestServer::with_world().await;
    let put = async |parent: String| {
        let body = json!({
            "code": site(), "name": "", "kind": "site", "parent": parent,
            "entity": { "org_no": "", "name": "Region Prov" }
        });
        server
            .put(&format!("/places/{}", site()), body)
            .as_role(Role::Planner)
            .await
    };
    insta::assert_json_snapshot!("circle", put(bin().to_string()).await.shown());
    let missing = put(format!("{}/X", site())).await.expect(422);
    assert!(
        missing["errors"].to_string().contains("no place with this code"),
        "{missing}"
    );
}

#[tokio::test]
async fn a_wrong_code_in_the_address_is_explained() {
    let server = TestServer::with_world().await;
    let answer = server
        .put("/places/7350000000010", json!({}))
        .as_role(Role::Planner)
        .await;
    insta::assert_json_snapshot!("wrong_code", answer.shown());
}
