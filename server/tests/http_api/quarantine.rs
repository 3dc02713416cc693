//! A revoked device: what came before stands, what comes later waits for a person.

use std::sync::Arc;

use axum::http::Method;
use serde_json::{Value, json};
use sparhund_server::ops::{log_file, now_ms};
use sparhund_server::store::{Batch, Taken};
use sparhund_shared::event::{BizStep, Event, Quantity};
use sparhund_shared::fold::Deviation;
use sparhund_shared::log::Sealed;
use sparhund_shared::reference::Role;

use crate::common::{Answer, DeviceSim, TestServer, body_after, user_id};

async fn units(server: &TestServer) -> i64 {
    let stock = server.get("/stock").as_role(Role::Planner).await.expect(200);
    let rows = stock["rows"].as_array().unwrap();
    rows.iter().map(|row| row["units"].as_i64().unwrap()).sum()
}

pub async fn send(server: &TestServer, device: &DeviceSim) -> Value {
    server
        .call(Method::POST, "/sync/records")
        .raw("application/cbor", device.upload())
        .token(&device.token)
        .send()
        .await
        .expect(200)
}

const REASON: &str = "hittad i förrådet, och hyllan är räknad";

/// A decision about what a list shows.
fn as_shown(view: &Value, verdict: &str) -> Value {
    json!({
        "verdict": verdict, "reason": REASON,
        "records": view["records"], "received_at": view["received_at"],
    })
}

/// Decides about all that waits now.
pub async fn decide(server: &TestServer, path: &str, verdict: &str) -> Answer {
    let view = server.get(path).as_role(Role::Quality).await.expect(200);
    server
        .post(path, as_shown(&view, verdict))
        .as_role(Role::Quality)
        .await
}

/// A device with two records at the server, revoked, and three records that it wrote afterwards.
pub async fn lost_device() -> (TestServer, DeviceSim, String) {
    let server = TestServer::with_world().await;
    let mut device = DeviceSim::enrolled(&server, 1).await;
    for _ in 0..2 {
        device.moves(BizStep::Receiving, "LOT-A", 10, None);
    }
    device.send(&server).await;
    let devices = server.get("/devices").as_role(Role::Admin).await.expect(200);
    let id = devices[0]["id"].as_str().unwrap().to_owned();
    let revoke = server.post(&format!("/devices/{id}/revoke"), json!(null));
    revoke.as_role(Role::Admin).await.expect(204);
    for _ in 0..3 {
        device.moves(BizStep::Receiving, "LOT-B", 10, None);
    }
    (server, device, id)
}

#[tokio::test]
async fn what_comes_after_the_revocation_waits_and_what_came_before_stands() {
    let (server, device, id) = lost_device().await;
    let heads = json!({ "heads": [device.head()], "now": 0, "holds": 0 });
    let refused = server
        .post("/sync/heads", heads)
        .token(&device.token)
        .send()
        .await;
    assert_eq!(refused.problem(), "device-revoked");
    let receipt = send(&server, &device).await;
    assert_eq!(
        (&receipt["stored"], &receipt["head"]["seq"]),
        (&json!(0), &json!(2))
    );
    let codes: Vec<&str> = receipt["refused"]
        .as_array()
        .unwrap()
        .iter()
        .map(|refusal| refusal["code"].as_str().unwrap())
        .collect();
    assert_eq!(codes, ["quarantined"; 5]);
    assert_eq!(units(&server).await, 20, "nothing of it counts");
    // Again changes nothing; what stood already is not put aside.
    send(&server, &device).await;
    let path = format!("/devices/{id}/quarantine");
    let waiting = server.get(&path).as_role(Role::Quality).await.expect(200);
    let places: Vec<i64> = waiting["waiting"]
        .as_array()
        .unwrap()
        .iter()
        .map(|record| record["seq"].as_i64().unwrap())
        .collect();
    assert_eq!(places, [3, 4, 5]);
    // Only quality decides, with a reason.
    let take_in = as_shown(&waiting, "take_in");
    let planner = server.post(&path, take_in.clone()).as_role(Role::Planner).await;
    assert_eq!(planner.problem(), "forbidden");
    let mut silent = take_in.clone();
    silent["reason"] = json!(" ");
    let silent = server.post(&path, silent);
    assert_eq!(silent.as_role(Role::Quality).await.problem(), "invalid-value");
    let decided = server
        .post(&path, take_in.clone())
        .as_role(Role::Quality)
        .await
        .expect(200);
    assert_eq!(decided["records"], 3);
    assert_eq!(units(&server).await, 50);
    let logs = server.state.store.logs().await.unwrap();
    let log = logs.iter().find(|state| state.log == device.log).unwrap();
    assert_eq!((log.head.seq, log.signed, log.missing, log.forks), (5, 5, 0, 0));
    let twice = server.post(&path, take_in).as_role(Role::Quality).await;
    assert_eq!(twice.problem(), "conflict");
}

#[tokio::test]
async fn what_is_left_out_never_counts_and_is_kept() {
    let (server, device, id) = lost_device().await;
    send(&server, &device).await;
    let path = format!("/devices/{id}/quarantine");
    decide(&server, &path, "reject").await.expect(200);
    assert_eq!(units(&server).await, 20);
    // The same records come once more: they were decided about.
    send(&server, &device).await;
    let waiting = server.get(&path).as_role(Role::Quality).await.expect(200);
    assert_eq!(
        (&waiting["records"], &waiting["waiting"]),
        (&json!(0), &json!([]))
    );
    assert_eq!(waiting["decided"][0]["verdict"], "reject");
    let database = rusqlite::Connection::open(server.data_dir().database()).unwrap();
    let kept: (i64, String) = database
        .query_row("SELECT count(*), max(reason) FROM quarantine", [], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })
        .unwrap();
    assert_eq!(kept, (3, REASON.to_owned()));
}

#[tokio::test]
async fn a_head_signed_by_another_key_is_not_even_put_aside() {
    let (server, device, _) = lost_device().await;
    let mut forged = device;
    forged.key = DeviceSim::new(9).key;
    let answer = server
        .call(Method::POST, "/sync/records")
        .raw("application/cbor", forged.upload())
        .token(&forged.token)
        .send()
        .await;
    assert_eq!(answer.problem(), "bad-signature");
    assert!(server.state.store.quarantined().await.unwrap().is_empty());
}

#[tokio::test]
async fn what_is_told_again_under_a_new_enrolment_needs_no_decision() {
    let (server, device, _) = lost_device().await;
    send(&server, &device).await;
    assert_eq!(server.state.store.quarantined().await.unwrap()[0].records, 3);
    told_again(&server, &device).await;
    assert_eq!(units(&server).await, 50);
    assert!(server.state.store.quarantined().await.unwrap().is_empty());
}

#[tokio::test]
async fn an_upload_that_is_on_its_way_at_the_revocation_is_put_aside() {
    let server = TestServer::with_world().await;
    let mut device = DeviceSim::enrolled(&server, 1).await;
    device.moves(BizStep::Receiving, "LOT-A", 10, None);
    device.send(&server).await;
    device.moves(BizStep::Receiving, "LOT-A", 10, None);
    let store = Arc::clone(&server.state.store);
    let id = store.devices().await.unwrap()[0].id;
    let revoked = async move { assert_eq!(store.revoke_device(id, 7).await.unwrap(), id) };
    let receipt = server
        .call(Method::POST, "/sync/records")
        .raw("application/cbor", body_after(revoked, device.upload()))
        .token(&device.token)
        .send()
        .await
        .expect(200);
    assert_eq!(receipt["stored"], 0);
    assert_eq!(units(&server).await, 10);
    assert_eq!(server.state.store.quarantined().await.unwrap()[0].records, 1);
}

/// The device is enrolled again and tells all it has under its next log.
async fn told_again(server: &TestServer, device: &DeviceSim) -> DeviceSim {
    let mut again = DeviceSim::enrolled(server, 2).await;
    for record in &device.records {
        again.write_again(record.record());
    }
    again.send(server).await;
    again
}

#[tokio::test]
async fn what_was_left_out_does_not_count_under_another_enrolment_either() {
    let (server, device, id) = lost_device().await;
    send(&server, &device).await;
    let path = format!("/devices/{id}/quarantine");
    decide(&server, &path, "reject").await.expect(200);
    let again = told_again(&server, &device).await;
    assert_eq!(units(&server).await, 20, "what the quality officer said stands");
    let told = server.state.store.deviations(100).await.unwrap();
    let again_told: Vec<&Deviation> = told
        .iter()
        .map(|row| &row.deviation)
        .filter(|deviation| deviation.kind() == "told-after-rejection")
        .collect();
    assert_eq!(again_told.len(), 3, "{told:?}");
    assert!(again_told.iter().all(
        |deviation| matches!(deviation, Deviation::ToldAfterRejection { log, .. } if *log == again.log)
    ));
    let rebuilt = server.state.store.rebuild().await.unwrap();
    assert!(rebuilt.tables.iter().all(|(_, rows)| *rows == 0), "{rebuilt:?}");
    assert_eq!(units(&server).await, 20);
}

/// Lost again: the person who decides about the second log has the last word about its records.
#[tokio::test]
async fn what_a_person_takes_in_after_all_counts() {
    let (server, device, id) = lost_device().await;
    send(&server, &device).await;
    decide(&server, &format!("/devices/{id}/quarantine"), "reject")
        .await
        .expect(200);
    let mut again = DeviceSim::enrolled(&server, 2).await;
    let devices = server.state.store.devices().await.unwrap();
    let second = devices.iter().find(|known| known.log == again.log).unwrap().id;
    server.state.store.revoke_device(second, 7).await.unwrap();
    for record in &device.records {
        again.write_again(record.record());
    }
    send(&server, &again).await;
    let path = format!("/devices/{second}/quarantine");
    let view = server.get(&path).as_role(Role::Quality).await.expect(200);
    assert_eq!(
        view["records"], 3,
        "the two that counted already are told just the same"
    );
    decide(&server, &path, "take_in").await.expect(200);
    assert_eq!(units(&server).await, 50);
    let rebuilt = server.state.store.rebuild().await.unwrap();
    assert!(rebuilt.tables.iter().all(|(_, rows)| *rows == 0), "{rebuilt:?}");
}

/// The attacker's words under a known event are another telling: they are shown, and the device's own stand.
#[tokio::test]
async fn another_telling_of_a_known_event_is_shown_and_its_rejection_hits_nothing_else() {
    let (server, device, id) = lost_device().await;
    told_again(&server, &device).await;
    assert_eq!(units(&server).await, 50);
    let mut forged = DeviceSim::new(1);
    forged.token.clone_from(&device.token);
    for record in &device.records[..2] {
        forged.write_again(record.record());
    }
    let known = device.records[2].record();
    let Event::Move(mut movement) = known.event().unwrap() else {
        panic!("it moves goods")
    };
    movement.quantity = Quantity::new(99).unwrap();
    forged.write_by(known.user, known.event_id, &Event::Move(movement));
    send(&server, &forged).await;
    let path = format!("/devices/{id}/quarantine");
    let view = server.get(&path).as_role(Role::Quality).await.expect(200);
    assert_eq!(
        (&view["records"], &view["waiting"][0]["seq"]),
        (&json!(1), &json!(3))
    );
    decide(&server, &path, "reject").await.expect(200);
    assert_eq!(units(&server).await, 50);
    let rebuilt = server.state.store.rebuild().await.unwrap();
    assert!(rebuilt.tables.iter().all(|(_, rows)| *rows == 0), "{rebuilt:?}");
}

/// Uploads some records of the device, as one upload.
async fn send_some(server: &TestServer, device: &DeviceSim, records: &[Sealed]) {
    let upload = device.upload_of(records);
    let call = server.call(Method::POST, "/sync/records");
    let sent = call.raw("application/cbor", upload).token(&device.token);
    sent.send().await.expect(200);
}

/// What waits because it was told again hangs under a record that was left out: in the log no signature would reach it.
#[tokio::test]
async fn what_is_taken_in_after_something_was_left_out_is_reached_by_a_signature() {
    let (server, mut device, id) = lost_device().await;
    let mut again = DeviceSim::enrolled(&server, 2).await;
    for seq in [3, 5] {
        again.write_again(device.records[seq - 1].record());
    }
    again.send(&server).await;
    send(&server, &device).await;
    let path = format!("/devices/{id}/quarantine");
    let rejected = decide(&server, &path, "reject").await.expect(200);
    assert_eq!(rejected["records"], 1, "the fourth record alone is new");
    device.moves(BizStep::Receiving, "LOT-B", 10, None);
    send_some(&server, &device, &device.records[5..]).await;
    let taken = decide(&server, &path, "take_in").await.expect(200);
    assert_eq!(taken["records"], 1);
    assert_eq!(units(&server).await, 20 + 2 * 10 + 10);
    let mut export = Vec::new();
    let store = server.state.store.as_ref();
    log_file::write(store, 0, &mut export).await.unwrap();
    let verified = log_file::verify(export.as_slice()).unwrap();
    assert_eq!(verified.gaps, [("Handdator 7".to_owned(), 3, 4)]);
}

#[tokio::test]
async fn what_only_a_record_proves_that_was_left_out_cannot_be_taken_in() {
    let (server, device, id) = lost_device().await;
    send_some(&server, &device, &device.records[3..4]).await;
    let path = format!("/devices/{id}/quarantine");
    decide(&server, &path, "reject").await.expect(200);
    send_some(&server, &device, &device.records[2..4]).await;
    let refused = decide(&server, &path, "take_in").await;
    assert_eq!(refused.problem(), "conflict");
    assert_eq!(units(&server).await, 20);
    assert_eq!(decide(&server, &path, "reject").await.expect(200)["records"], 1);
}

/// What lies below came later than a record that was taken in: under the head of that one, or of one above it.
#[tokio::test]
async fn what_fills_a_gap_of_what_was_taken_in_is_taken_in() {
    for first in [4..5, 3..4] {
        let (server, device, id) = lost_device().await;
        let path = format!("/devices/{id}/quarantine");
        for records in [&device.records[first], &device.records[2..]] {
            send_some(&server, &device, records).await;
            decide(&server, &path, "take_in").await.expect(200);
        }
        assert_eq!(units(&server).await, 50);
        let logs = server.state.store.logs().await.unwrap();
        let log = logs.iter().find(|state| state.log == device.log).unwrap();
        assert_eq!((log.head.seq, log.missing), (5, 0));
    }
}

#[tokio::test]
async fn a_decision_is_about_what_was_shown() {
    let (server, mut device, id) = lost_device().await;
    send(&server, &device).await;
    let path = format!("/devices/{id}/quarantine");
    let shown = server.get(&path).as_role(Role::Quality).await.expect(200);
    tokio::time::sleep(std::time::Duration::from_millis(5)).await;
    device.moves(BizStep::Receiving, "LOT-B", 10, None);
    send(&server, &device).await;
    // Somebody who saw another number decides about nothing.
    let other = as_shown(
        &json!({ "records": 4, "received_at": shown["received_at"] }),
        "reject",
    );
    let refused = server.post(&path, other).as_role(Role::Quality).await;
    assert_eq!(refused.problem(), "conflict");
    let decided = server.post(&path, as_shown(&shown, "take_in"));
    assert_eq!(decided.as_role(Role::Quality).await.expect(200)["records"], 3);
    assert_eq!(units(&server).await, 50, "the fourth waits");
    let left = server.get(&path).as_role(Role::Quality).await.expect(200);
    assert_eq!(
        (&left["records"], &left["waiting"][0]["seq"]),
        (&json!(1), &json!(6))
    );
    assert_eq!(
        (&left["decided"][0]["verdict"], &left["decided"][0]["records"]),
        (&json!("take_in"), &json!(3))
    );
    assert_eq!(left["decided"][0]["reason"], REASON);
    assert_eq!(left["decided"][0]["by"], json!(user_id(Role::Quality)));
}

#[tokio::test]
async fn what_waits_is_shown_to_its_end() {
    let (server, mut device, id) = lost_device().await;
    for _ in 0..600 {
        device.moves(BizStep::Receiving, "LOT-B", 10, None);
    }
    send(&server, &device).await;
    let path = format!("/devices/{id}/quarantine");
    let first = server.get(&path).as_role(Role::Quality).await.expect(200);
    assert_eq!(
        (&first["records"], first["waiting"].as_array().unwrap().len()),
        (&json!(603), 500)
    );
    let rest = server
        .get(&format!("{path}?offset=500"))
        .as_role(Role::Quality)
        .await
        .expect(200);
    let places: Vec<u64> = rest["waiting"]
        .as_array()
        .unwrap()
        .iter()
        .map(|record| record["seq"].as_u64().unwrap())
        .collect();
    assert_eq!((places.len(), places[0], places[102]), (103, 503, 605));
}

/// Goods from a supplier whose name fills a disk.
fn a_megabyte() -> Event {
    let mut device = DeviceSim::new(9);
    device.moves(BizStep::Receiving, "LOT-C", 1, None);
    let Event::Move(mut movement) = device.records[0].record().event().unwrap() else {
        panic!("it moves goods")
    };
    movement.supplier = Some("x".repeat(1_000_000));
    Event::Move(movement)
}

#[tokio::test]
async fn what_waits_is_bounded_in_bytes_and_a_decision_makes_room() {
    let (server, mut device, id) = lost_device().await;
    let store = server.state.store.as_ref();
    let large = a_megabyte();
    let put = async |device: &mut DeviceSim, count: usize| {
        for _ in 0..count {
            device.write(&large);
        }
        let batch = Batch {
            head: device.head(),
            records: device.records[device.records.len() - count..].to_vec(),
            received_at: now_ms(),
        };
        (store.take(batch.clone()).await, batch)
    };
    let (put_aside, batch) = put(&mut device, 15).await;
    assert_eq!(put_aside.unwrap(), Taken::Aside(15));
    let refused = put(&mut device, 6).await.0.unwrap_err().to_string();
    assert!(refused.contains("a quality officer decides"), "{refused}");
    assert_eq!(
        store.take(batch).await.unwrap(),
        Taken::Aside(0),
        "what is there takes no room"
    );
    decide(&server, &format!("/devices/{id}/quarantine"), "reject")
        .await
        .expect(200);
    assert_eq!(put(&mut device, 6).await.0.unwrap(), Taken::Aside(6));
}

#[tokio::test]
async fn a_record_that_comes_twice_in_one_upload_is_put_aside_once() {
    let (server, device, id) = lost_device().await;
    let records = &device.records;
    let twice = [records.as_slice(), &records[4..]].concat();
    let upload = device.upload_of(&twice);
    server
        .call(Method::POST, "/sync/records")
        .raw("application/cbor", upload)
        .token(&device.token)
        .send()
        .await
        .expect(200);
    let path = format!("/devices/{id}/quarantine");
    let view = server.get(&path).as_role(Role::Quality).await.expect(200);
    assert_eq!(view["records"], 3);
}

#[tokio::test]
async fn what_tells_known_events_otherwise_takes_room_too() {
    let (server, mut device, id) = lost_device().await;
    let store = server.state.store.as_ref();
    let large = a_megabyte();
    let from = device.records.len();
    for _ in 0..21 {
        device.write(&large);
    }
    // Another enrolment told other things under the same ids, and those count.
    let mut other = DeviceSim::enrolled(&server, 2).await;
    let mut small = DeviceSim::new(9);
    small.moves(BizStep::Receiving, "LOT-C", 1, None);
    let small = small.records[0].record().event().unwrap();
    for record in &device.records[from..] {
        other.write_as(record.record().event_id, &small);
    }
    other.send(&server).await;
    let batch = |records: &[Sealed]| Batch {
        head: device.head(),
        records: records.to_vec(),
        received_at: now_ms(),
    };
    let (first, rest) = device.records[from..].split_at(15);
    assert_eq!(store.take(batch(first)).await.unwrap(), Taken::Aside(15));
    let view = server
        .get(&format!("/devices/{id}/quarantine"))
        .as_role(Role::Quality);
    assert_eq!(view.await.expect(200)["records"], 15, "they are shown");
    let refused = store.take(batch(rest)).await.unwrap_err().to_string();
    assert!(refused.contains("a quality officer decides"), "{refused}");
}

#[tokio::test]
async fn a_revoked_device_that_does_not_stop_asking_is_slowed_down() {
    let (server, device, _) = lost_device().await;
    let other = DeviceSim::enrolled(&server, 2).await;
    let ask = async |token: &str| {
        let call = server.call(Method::POST, "/sync/records");
        call.raw("application/cbor", vec![0]).token(token).send().await
    };
    for _ in 0..120 {
        assert_eq!(ask(&device.token).await.problem(), "malformed-cbor");
    }
    let refused = ask(&device.token).await;
    assert_eq!(refused.problem(), "throttled");
    assert!(!refused.header("retry-after").is_empty());
    for _ in 0..130 {
        assert_eq!(ask(&other.token).await.problem(), "malformed-cbor");
    }
}
