use std::io::Write as _;

use axum::http::Method;
use serde_json::json;
use sparhund_server::backup::make;
use sparhund_server::ops::now_ms;
use sparhund_shared::event::BizStep;
use sparhund_shared::log::Sealed;
use sparhund_shared::reference::Role;

use crate::common::{Answer, DeviceSim, TestServer};

async fn upload(server: &TestServer, device: &DeviceSim, body: Vec<u8>) -> Answer {
    server
        .call(Method::POST, "/sync/records")
        .raw("application/cbor", body)
        .token(&device.token)
        .send()
        .await
}

async fn with_records(server: &TestServer) -> DeviceSim {
    let mut device = DeviceSim::enrolled(server, 1).await;
    device.moves(BizStep::Receiving, "LOT-A", 30, None);
    device.moves(BizStep::Picking, "LOT-A", 20, None);
    device.moves(BizStep::Shipping, "LOT-A", 20, None);
    device
}

#[tokio::test]
async fn an_upload_is_stored_once_however_often_it_is_sent() {
    let server = TestServer::with_world().await;
    let device = with_records(&server).await;
    let first = upload(&server, &device, device.upload()).await;
    insta::assert_json_snapshot!("stored", first.shown());
    let again = upload(&server, &device, device.upload()).await.expect(200);
    assert_eq!((&again["stored"], &again["known"]), (&json!(0), &json!(3)));
}

#[tokio::test]
async fn a_batch_with_a_bad_record_stores_the_good_and_names_the_bad() {
    let server = TestServer::with_world().await;
    let device = with_records(&server).await;
    let mut bytes = device.upload();
    // One bit of the first record's payload: the chain from the head still proves the other two.
    let first = device.records[0].bytes();
    let at = bytes
        .windows(first.len())
        .position(|window| window == first)
        .unwrap();
    bytes[at + first.len() - 3] ^= 1;
    let answer = upload(&server, &device, bytes).await;
    insta::assert_json_snapshot!("one_bad", answer.shown());
    let receipt = answer.json();
    assert_eq!(receipt["stored"], 2);
    assert_eq!(receipt["refused"][0]["index"], 0);
    let mended = upload(&server, &device, device.upload()).await.expect(200);
    assert_eq!((&mended["stored"], &mended["known"]), (&json!(1), &json!(2)));
    assert_eq!(mended["head"]["seq"], 3);
}

#[tokio::test]
async fn a_head_of_another_key_and_a_log_of_another_device_are_refused() {
    let server = TestServer::with_world().await;
    let device = with_records(&server).await;
    let mut stranger = DeviceSim::new(9);
    stranger.moves(BizStep::Receiving, "LOT-A", 30, None);
    let foreign = upload(&server, &device, stranger.upload()).await;
    insta::assert_json_snapshot!("other_log", foreign.shown());
    let mut forged = with_records(&TestServer::start().await).await;
    forged.key = stranger.key.clone();
    let answer = upload(&server, &device, forged.upload()).await;
    insta::assert_json_snapshot!("forged", answer.shown());
}

#[tokio::test]
async fn uploads_that_are_none_are_refused_whole() {
    let server = TestServer::with_world().await;
    let device = with_records(&server).await;
    let good = device.upload();
    for cut in [0, 1, 10, good.len() - 1] {
        let answer = upload(&server, &device, good[..cut].to_vec()).await;
        assert_eq!(answer.problem(), "malformed-cbor", "{cut}");
    }
    let more = [good.clone(), vec![0]].concat();
    assert_eq!(upload(&server, &device, more).await.problem(), "malformed-cbor");
    // An array that claims 2^63 records must not take their memory.
    let mut claims = good[..3].to_vec();
    claims.extend([0x9b, 0x80, 0, 0, 0, 0, 0, 0, 0]);
    assert_eq!(upload(&server, &device, claims).await.problem(), "malformed-cbor");
    let call = server
        .call(Method::POST, "/sync/records")
        .raw("application/json", good);
    assert_eq!(call.token(&device.token).send().await.problem(), "media-type");
    let empty = upload(&server, &device, device.upload_of(&[])).await;
    assert!(empty.status.as_u16() < 500, "{}", empty.text());
    let many: Vec<Sealed> = vec![device.records[0].clone(); 1_001];
    assert_eq!(
        upload(&server, &device, device.upload_of(&many)).await.problem(),
        "too-large"
    );
}

#[tokio::test]
async fn an_upload_may_be_packed_and_is_unpacked_no_further_than_one_may_be_long() {
    let server = TestServer::with_world().await;
    let device = with_records(&server).await;
    let send = async |coding: &'static str, body: Vec<u8>| {
        let call = server.call(Method::POST, "/sync/records");
        let call = call
            .raw("application/cbor", body)
            .header("content-encoding", coding);
        call.token(&device.token).send().await
    };
    let told = server
        .post(
            "/sync/heads",
            json!({ "heads": [device.head()], "now": 0, "holds": 0 }),
        )
        .token(&device.token)
        .send()
        .await;
    assert_eq!(told.header("accept-encoding"), "gzip", "{}", told.text());
    let good = packed(&device.upload());
    let answer = send("gzip", good.clone()).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    assert_eq!(
        send("gzip", good[..good.len() / 2].to_vec()).await.problem(),
        "bad-request"
    );
    assert_eq!(send("gzip", device.upload()).await.problem(), "bad-request");
    assert_eq!(
        send("br", device.upload()).await.status,
        200,
        "not packed, whatever is said"
    );
    // A kilobyte for each megabyte.
    let bomb = packed(&vec![0; 256 << 20]);
    assert!(bomb.len() < 1 << 20);
    assert_eq!(send("gzip", bomb).await.problem(), "too-large");
}

fn packed(body: &[u8]) -> Vec<u8> {
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    packer.write_all(body).unwrap();
    packer.finish().unwrap()
}

#[tokio::test]
async fn heads_tell_what_is_missing_and_are_the_heartbeat() {
    let server = TestServer::with_world().await;
    let device = with_records(&server).await;
    upload(&server, &device, device.upload_of(&device.records[..2]))
        .await
        .expect(200);
    let now = sparhund_server::ops::now_ms() + 90_000;
    let body = json!({ "heads": [device.head()], "now": now, "holds": 4 });
    let answer = server
        .post("/sync/heads", body.clone())
        .token(&device.token)
        .send()
        .await;
    insta::assert_json_snapshot!("heads", answer.shown());
    let list = server.get("/devices").as_role(Role::Admin).await.expect(200);
    assert_eq!(list[0]["holds"], 4);
    let offset = list[0]["offset"].as_i64().unwrap();
    assert!((80_000..=90_000).contains(&offset), "{offset}");

    let mut forged = body.clone();
    forged["heads"][0]["signature"] = json!("00".repeat(64));
    let answer = server
        .post("/sync/heads", forged)
        .token(&device.token)
        .send()
        .await;
    assert_eq!(answer.problem(), "bad-signature");
    let mut foreign = body;
    foreign["heads"] = json!([DeviceSim::new(9).head()]);
    let answer = server
        .post("/sync/heads", foreign)
        .token(&device.token)
        .send()
        .await;
    assert_eq!(answer.problem(), "forbidden");
}

#[tokio::test]
async fn records_come_back_as_they_were_sent() {
    let server = TestServer::with_world().await;
    let device = with_records(&server).await;
    upload(&server, &device, device.upload()).await.expect(200);
    let path = format!("/sync/records?log={}&from=2&limit=1", device.log);
    let answer = server.get(&path).token(&device.token).send().await;
    assert_eq!(answer.header("content-type"), "application/cbor");
    let records: Vec<minicbor::bytes::ByteVec> = minicbor::decode(&answer.bytes).unwrap();
    assert_eq!(records, [device.records[1].bytes().to_vec().into()]);
    let other = DeviceSim::enrolled(&server, 2).await;
    assert_eq!(
        server.get(&path).token(&other.token).send().await.problem(),
        "forbidden"
    );
    let auditor = server.get(&path).as_role(Role::Quality).await;
    assert_eq!(auditor.bytes, answer.bytes);
}

#[tokio::test]
async fn reference_data_flows_down_with_a_cursor_and_a_digest() {
    let server = TestServer::with_world().await;
    let device = DeviceSim::enrolled(&server, 1).await;
    let feed = async |path: &str| server.get(path).token(&device.token).send().await;
    let first = feed("/sync/feed/articles?limit=1").await;
    insta::assert_json_snapshot!("page", first.shown());
    let next = first.json()["next"].as_u64().unwrap();
    let second = feed(&format!("/sync/feed/articles?after={next}"))
        .await
        .expect(200);
    assert_eq!(
        (second["rows"].as_array().unwrap().len(), &second["more"]),
        (1, &json!(false))
    );
    for topic in ["holds", "places", "users", "orders"] {
        let page = feed(&format!("/sync/feed/{topic}")).await.expect(200);
        assert_eq!(
            page["digest"]["count"],
            page["rows"].as_array().unwrap().len(),
            "{topic}"
        );
        assert!(!page.to_string().contains("argon2"), "{topic}");
    }
    assert_eq!(feed("/sync/feed/secrets").await.problem(), "malformed-path");
    assert_eq!(
        feed("/sync/feed/holds?after=-1").await.problem(),
        "malformed-query"
    );
}

#[tokio::test]
async fn a_device_may_forget_what_a_verified_backup_covers() {
    let server = TestServer::with_world().await;
    let device = with_records(&server).await;
    upload(&server, &device, device.upload()).await.expect(200);
    let covered = async || {
        let told = json!({ "heads": [device.head()], "now": now_ms(), "holds": 0 });
        let answer = server
            .post("/sync/heads", told)
            .token(&device.token)
            .send()
            .await
            .expect(200);
        answer["covered"][0]["seq"].as_u64().unwrap()
    };
    assert_eq!(covered().await, 0, "acknowledged is not covered");
    let (database, folder) = (
        server.data_dir().database(),
        server.data_dir().path().join("backups"),
    );
    let made = make(&database, &folder, now_ms()).unwrap();
    assert_eq!(covered().await, 0, "made is not noted");
    server.state.store.note_backup(made.verified).await.unwrap();
    assert_eq!(covered().await, 3);
}
