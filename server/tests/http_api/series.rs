use serde_json::{Value, json};
use sparhund_server::store::INCARNATION_SETTING;
use sparhund_shared::reference::Rule;

use crate::common::{DeviceSim, TestServer};

const PREFIX: &str = "735000000";

async fn server() -> TestServer {
    let server = TestServer::start().await;
    let prefix = PREFIX.to_owned();
    let rule = Rule::CompanyPrefix { prefix };
    server.state.store.put_rules(vec![rule]).await.unwrap();
    server
}

async fn ask(server: &TestServer, device: &DeviceSim, after: Option<u32>) -> u64 {
    let asked = json!({ "prefix": PREFIX, "after": after });
    let call = server.post("/sync/series", asked).token(&device.token);
    let answer: Value = call.send().await.expect(200);
    assert_eq!(answer["prefix"], PREFIX);
    answer["no"].as_u64().unwrap()
}

#[tokio::test]
async fn a_series_is_handed_out_once() {
    let server = server().await;
    let one = DeviceSim::enrolled(&server, 1).await;
    let two = DeviceSim::enrolled(&server, 2).await;
    assert_eq!(ask(&server, &one, None).await, 0);
    assert_eq!(ask(&server, &two, None).await, 1);
    // The answer was lost: the same again.
    assert_eq!(ask(&server, &one, None).await, 0);
    assert_eq!(ask(&server, &one, Some(0)).await, 2);
    // Enrolled anew it is another log, whatever its store was.
    let again = DeviceSim::enrolled(&server, 3).await;
    assert_eq!(ask(&server, &again, None).await, 3);
}

/// What was handed out after the backup is in use, and the restored server does not know it.
#[tokio::test]
async fn another_life_of_the_database_passes_over_what_the_one_before_may_have_handed_out() {
    let server = server().await;
    let one = DeviceSim::enrolled(&server, 1).await;
    assert_eq!(ask(&server, &one, None).await, 0);
    server
        .state
        .store
        .set_setting(INCARNATION_SETTING, "another")
        .await
        .unwrap();
    let two = DeviceSim::enrolled(&server, 2).await;
    assert_eq!(
        ask(&server, &two, None).await,
        201,
        "10 000 series, of which 200 are passed over"
    );
    assert_eq!(ask(&server, &one, Some(7_000)).await, 7_001);
}

#[tokio::test]
async fn numbers_are_not_wasted() {
    let server = server().await;
    let one = DeviceSim::enrolled(&server, 1).await;
    let mut after = None;
    for _ in 0..20 {
        after = u32::try_from(ask(&server, &one, after).await).ok();
    }
    let asked = json!({ "prefix": PREFIX, "after": after });
    let call = server.post("/sync/series", asked).token(&one.token);
    assert_eq!(call.send().await.expect(409)["code"], "conflict");
    for (prefix, pointer) in [("7350001", "/prefix"), ("73500", "/prefix")] {
        let call = server.post("/sync/series", json!({ "prefix": prefix, "after": null }));
        let problem = call.token(&one.token).send().await.expect(422);
        assert_eq!(problem["errors"][0]["pointer"], pointer);
    }
}
