use serde_json::json;
use sparhund_shared::reference::Role;

use crate::common::{TestServer, base_di};

#[tokio::test]
async fn a_label_is_read_and_its_article_found() {
    let server = TestServer::with_world().await;
    let text = format!("]d201{}1731022810LOT-A\u{1d}\r\n", base_di().code());
    let answer = server
        .post("/identify", json!({ "text": text }))
        .as_role(Role::Picker)
        .await;
    insta::assert_json_snapshot!("label", answer.shown());
}

#[tokio::test]
async fn a_tag_is_read() {
    let server = TestServer::with_world().await;
    // GS1 TDS 1.13 E.3: urn:epc:tag:sgtin-96:3.0614141.812345.6789
    let body = json!({ "epc_hex": "3074257BF7194E4000001A85" });
    let answer = server.post("/identify", body).as_role(Role::Picker).await;
    insta::assert_json_snapshot!("tag", answer.shown());
}

#[tokio::test]
async fn what_cannot_be_read_is_explained() {
    let server = TestServer::with_world().await;
    for text in ["", "hej", "(01)07350000001019", "\u{0}", "https://example.org/x"] {
        let answer = server
            .post("/identify", json!({ "text": text }))
            .as_role(Role::Picker)
            .await;
        assert_eq!(answer.problem(), "unreadable-code", "{text:?}");
    }
    for hex in ["", "0", "zz", "30", "3074257BF7194E4000001A"] {
        let answer = server
            .post("/identify", json!({ "epc_hex": hex }))
            .as_role(Role::Picker)
            .await;
        assert_eq!(answer.problem(), "unreadable-code", "{hex:?}");
    }
    for body in [json!({}), json!({ "text": "1", "epc_hex": "2" })] {
        let answer = server.post("/identify", body).as_role(Role::Picker).await;
        assert_eq!(answer.problem(), "invalid-value");
    }
}
