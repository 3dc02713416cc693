use std::time::Duration;

use serde_json::{Value, json};
use sparhund_shared::label::{LabelSize, UnitLabel, zpl};
use sparhund_shared::reference::Rule;
use tokio::io::AsyncReadExt as _;
use tokio::net::TcpListener;

use crate::common::{DeviceSim, TestServer, site};

fn label() -> Value {
    json!({
        "sscc": "973500000000000019",
        "ship_to": { "name": "Avdelning 1", "gln": "7350000000023" },
        "for_ward": null,
        "order": "O-1",
        "units": 14,
        "packed_at": "7350000000016/UT",
    })
}

async fn with_printer(address: String) -> (TestServer, DeviceSim, String) {
    let server = TestServer::with_world().await;
    let rule = Rule::Printer {
        place: site(),
        name: "Zebra".to_owned(),
        address,
        size: LabelSize::Small,
    };
    server.state.store.put_rules(vec![rule.clone()]).await.unwrap();
    let device = DeviceSim::enrolled(&server, 1).await;
    (server, device, rule.key())
}

#[tokio::test]
async fn a_label_goes_to_the_printer_of_the_rule_as_it_is_drawn() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let (server, device, key) = with_printer(listener.local_addr().unwrap().to_string()).await;
    let printed = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let mut text = String::new();
        stream.read_to_string(&mut text).await.unwrap();
        text
    });
    let call = server.post("/sync/labels", json!({ "printer": key, "label": label() }));
    call.token(&device.token).send().await.expect(204);
    let wanted: UnitLabel = serde_json::from_value(label()).unwrap();
    let printed = tokio::time::timeout(Duration::from_secs(5), printed)
        .await
        .unwrap();
    assert_eq!(printed.unwrap(), zpl(&wanted, LabelSize::Small));
}

#[tokio::test]
async fn a_printer_that_is_off_and_one_that_nobody_set_are_told() {
    // A port that was free a moment ago has nobody behind it.
    let free = TcpListener::bind("127.0.0.1:0")
        .await
        .unwrap()
        .local_addr()
        .unwrap();
    let (server, device, key) = with_printer(free.to_string()).await;
    let print = async |key: &str| {
        let call = server.post("/sync/labels", json!({ "printer": key, "label": label() }));
        call.token(&device.token).send().await
    };
    let problem = print(&key).await.expect(502);
    assert_eq!(problem["code"], "printer-silent");
    assert_eq!(
        print("printer 127.0.0.1:22 mine").await.expect(404)["code"],
        "not-found"
    );
    // The key of another rule is no printer.
    assert_eq!(print("company-prefix").await.expect(404)["code"], "not-found");
}

#[tokio::test]
async fn what_is_no_label_goes_nowhere() {
    let (server, device, key) = with_printer("127.0.0.1:9".to_owned()).await;
    let mut wrong = label();
    wrong["sscc"] = "973500000000000014".into();
    let call = server.post("/sync/labels", json!({ "printer": key, "label": wrong }));
    let answer = call.token(&device.token).send().await;
    assert!(answer.status.is_client_error(), "{}", answer.status);
}
