//! What an enrolled device may not do with the records it signs.

use axum::http::Method;
use minicbor::bytes::ByteVec;
use serde_json::{Value, json};
use sparhund_server::ops::log_file;
use sparhund_shared::event::{BizStep, Event, Holding, Releasing, Voiding};
use sparhund_shared::log::{EventId, HoldId, Record, Sealed, UserId};
use sparhund_shared::reference::Role;
use uuid::Uuid;

use crate::common::{DeviceSim, TestServer, base_di, box_di, user_id};

fn void(target: EventId) -> Event {
    Event::Void(Voiding {
        target,
        reason: "undo".to_owned(),
    })
}

async fn send(server: &TestServer, device: &DeviceSim, body: Vec<u8>) -> Value {
    let call = server.call(Method::POST, "/sync/records");
    let call = call.raw("application/cbor", body).token(&device.token);
    call.send().await.expect(200)
}

async fn kinds(server: &TestServer) -> Vec<String> {
    let rows = server.get("/deviations").as_role(Role::Quality).await.expect(200);
    let mut kinds: Vec<String> = rows
        .as_array()
        .unwrap()
        .iter()
        .map(|row| row["deviation"]["kind"].as_str().unwrap().to_owned())
        .collect();
    kinds.sort_unstable();
    kinds
}

async fn units(server: &TestServer) -> i64 {
    let stock = server.get("/stock").as_role(Role::Picker).await.expect(200);
    let rows = stock["rows"].as_array().unwrap();
    rows.iter().map(|row| row["units"].as_i64().unwrap()).sum()
}

async fn set_hold(server: &TestServer) -> Value {
    let hold = json!({ "dis": [box_di()], "lot": "LOT-A", "reason": "FSN 2026-17" });
    server
        .post("/holds", hold)
        .as_role(Role::Quality)
        .await
        .expect(201)
}

async fn in_force(server: &TestServer) -> bool {
    let holds = server.get("/holds").as_role(Role::Quality).await.expect(200);
    let feed = server
        .state
        .store
        .feed(sparhund_shared::wire::Topic::Holds, 0, 10);
    let told = &feed.await.unwrap().rows[0].body;
    assert_eq!(told.as_ref().unwrap()["released_at"], holds[0]["released_at"]);
    holds.as_array().unwrap().len() == 1 && holds[0]["released_at"].is_null()
}

#[tokio::test]
async fn a_device_neither_sets_nor_lifts_a_hold() {
    let server = TestServer::with_world().await;
    let set = set_hold(&server).await;
    let hold: HoldId = set["id"].as_str().unwrap().parse().unwrap();
    let mut device = DeviceSim::enrolled(&server, 1).await;
    device.moves(BizStep::Receiving, "LOT-A", 30, None);
    device.write(&Event::Release(Releasing {
        hold,
        reason: "klar".parse().unwrap(),
    }));
    device.write(&Event::Hold(Holding {
        hold: HoldId(Uuid::from_u128(7)),
        dis: vec![base_di()],
        lot: None,
        serial: None,
        reason: "x".parse().unwrap(),
    }));
    device.moves(BizStep::Picking, "LOT-B", 1, None);
    let receipt = device.send(&server).await;
    let refused: Vec<_> = receipt["refused"]
        .as_array()
        .unwrap()
        .iter()
        .map(|refusal| {
            (
                refusal["seq"].as_u64().unwrap(),
                refusal["code"].as_str().unwrap(),
            )
        })
        .collect();
    // No signed head reaches what lies below a record that is not taken: it is sent again alone, as ever.
    assert_eq!(refused, [(1, "unproven"), (2, "not_yours"), (3, "not_yours")]);
    let alone = device.upload_of(&device.records[..1]);
    let receipt = send(&server, &device, alone).await;
    assert_eq!(
        (&receipt["stored"], &receipt["head"]["seq"]),
        (&json!(1), &json!(1))
    );
    assert!(in_force(&server).await);
    // What it did besides counts, and the hole is shown.
    assert_eq!(units(&server).await, 30);
    assert_eq!(kinds(&server).await, ["gap", "negative_stock"]);
    let again = device.send(&server).await;
    assert_eq!((&again["stored"], &again["known"]), (&json!(0), &json!(1)));
    // An auditor finds the export whole but for the hole.
    let mut export = Vec::new();
    log_file::write(server.state.store.as_ref(), 0, &mut export)
        .await
        .unwrap();
    let verified = log_file::verify(export.as_slice()).unwrap();
    assert_eq!(verified.gaps, [("Handdator 7".to_owned(), 2, 3)]);
}

#[tokio::test]
async fn a_device_takes_back_only_what_it_told_itself() {
    let server = TestServer::with_world().await;
    set_hold(&server).await;
    let own = server.state.own_log.log();
    let bytes = server
        .state
        .store
        .log_page(own, 1, 1)
        .await
        .unwrap()
        .remove(0)
        .bytes;
    let hold_event = Sealed::open(bytes).unwrap().record().event_id;
    let mut one = DeviceSim::enrolled(&server, 1).await;
    let mut two = DeviceSim::enrolled(&server, 2).await;
    let received = one.moves(BizStep::Receiving, "LOT-A", 30, None);
    let mistaken = one.moves(BizStep::Receiving, "LOT-A", 5, None);
    two.write(&void(received));
    two.write(&void(hold_event));
    // The void comes before what it names, and is kept.
    let receipt = two.send(&server).await;
    assert_eq!((&receipt["stored"], &receipt["refused"]), (&json!(2), &json!([])));
    assert!(in_force(&server).await);
    assert_eq!(kinds(&server).await, ["foreign_void"], "of the hold");
    one.send(&server).await;
    assert_eq!(units(&server).await, 35);
    assert_eq!(kinds(&server).await, ["foreign_void", "foreign_void"]);
    one.write(&void(mistaken));
    one.send(&server).await;
    assert_eq!(units(&server).await, 30);
    let rebuilt = server.state.store.rebuild().await.unwrap();
    assert!(rebuilt.tables.iter().all(|(_, rows)| *rows == 0), "{rebuilt:?}");
}

#[tokio::test]
async fn an_event_told_again_after_a_restart_is_taken_back_in_its_new_log() {
    let server = TestServer::with_world().await;
    let mut old = DeviceSim::enrolled(&server, 1).await;
    let sent = old.moves(BizStep::Receiving, "LOT-A", 30, None);
    old.send(&server).await;
    old.write(&void(sent));
    old.send(&server).await;
    let unsent = old.moves(BizStep::Receiving, "LOT-A", 5, None);
    assert_eq!(units(&server).await, 0);
    // Enrolled anew, it tells everything again, and takes back there what the server had not heard of.
    let mut new = DeviceSim::enrolled(&server, 2).await;
    for record in &old.records {
        new.write_again(record.record());
    }
    new.write(&void(unsent));
    for at in 0..new.records.len() {
        let body = new.upload_of(&new.records[at..=at]);
        send(&server, &new, body).await;
    }
    assert_eq!(units(&server).await, 0);
    assert!(kinds(&server).await.is_empty());
    let rebuilt = server.state.store.rebuild().await.unwrap();
    assert!(rebuilt.tables.iter().all(|(_, rows)| *rows == 0), "{rebuilt:?}");
}

#[tokio::test]
async fn telling_again_what_another_told_gives_no_right_to_take_it_back() {
    let server = TestServer::with_world().await;
    let mut theirs = DeviceSim::enrolled(&server, 1).await;
    let received = theirs.moves(BizStep::Receiving, "LOT-A", 30, None);
    let own = &server.state.own_log;
    let delivered = theirs.records[0].record().event().unwrap();
    let at = theirs.records[0].record().at;
    let by_server = own.append(delivered, user_id(Role::Admin), at).await.unwrap();
    let page = server.state.store.log_page(own.log(), 1, 1).await.unwrap();
    let by_server_record = Sealed::open(page[0].bytes.clone()).unwrap();
    // Dated before, so that its own telling would be the one that counts.
    let mut two = DeviceSim::enrolled(&server, 2).await;
    for told in [&theirs.records[0], &by_server_record] {
        two.write_again(&Record {
            offset: Some(1_000),
            ..told.record().clone()
        });
    }
    two.write(&void(received));
    two.write(&void(by_server));
    // Whichever comes first.
    two.send(&server).await;
    theirs.send(&server).await;
    assert_eq!(units(&server).await, 60);
    let foreign = |kinds: Vec<String>| kinds.iter().filter(|kind| *kind == "foreign_void").count();
    assert_eq!(foreign(kinds(&server).await), 2);
    // Where two tell the same, neither takes it back alone, and that is shown.
    theirs.write(&void(received));
    theirs.send(&server).await;
    assert_eq!(units(&server).await, 60);
    assert_eq!(foreign(kinds(&server).await), 3);
    let rebuilt = server.state.store.rebuild().await.unwrap();
    assert!(rebuilt.tables.iter().all(|(_, rows)| *rows == 0), "{rebuilt:?}");
}

#[tokio::test]
async fn a_void_under_the_id_of_anothers_event_takes_nothing_back() {
    let server = TestServer::with_world().await;
    let mut theirs = DeviceSim::enrolled(&server, 1).await;
    let received = theirs.moves(BizStep::Receiving, "LOT-A", 30, None);
    let told = theirs.moves(BizStep::Receiving, "LOT-A", 5, None);
    // Dated before, so that it is the record that counts for the second.
    let mut other = DeviceSim::enrolled(&server, 2).await;
    other.write_again(&Record {
        offset: Some(60_000),
        payload: ByteVec::from(void(received).to_payload()),
        ..theirs.records[1].record().clone()
    });
    // Whichever comes first.
    other.send(&server).await;
    theirs.send(&server).await;
    assert_eq!(units(&server).await, 30);
    let shown = kinds(&server).await;
    assert!(shown.contains(&"foreign_void".to_owned()), "{shown:?}");
    assert!(shown.contains(&"event_conflict".to_owned()), "{shown:?}");
    // When the one who told it says so under that id, too, it is taken back.
    theirs.write_as(told, &void(received));
    theirs.send(&server).await;
    assert_eq!(units(&server).await, 0);
    assert!(!kinds(&server).await.contains(&"foreign_void".to_owned()));
    let rebuilt = server.state.store.rebuild().await.unwrap();
    assert!(rebuilt.tables.iter().all(|(_, rows)| *rows == 0), "{rebuilt:?}");
}

#[tokio::test]
async fn who_did_it_and_when_is_not_told_otherwise_unseen() {
    let server = TestServer::with_world().await;
    let mut old = DeviceSim::enrolled(&server, 1).await;
    for units in [30, 5, 4] {
        old.moves(BizStep::Receiving, "LOT-A", units, None);
    }
    old.send(&server).await;
    // Enrolled anew it tells one as it was, but for a clock that was measured better; one in another's name; one of another time.
    let mut new = DeviceSim::enrolled(&server, 2).await;
    let told: Vec<Record> = old.records.iter().map(|sealed| sealed.record().clone()).collect();
    let offset = Some(1);
    new.write_again(&Record {
        offset,
        ..told[0].clone()
    });
    let user = user_id(Role::Quality);
    new.write_again(&Record {
        offset,
        user,
        ..told[1].clone()
    });
    let at = told[2].at - 60_000;
    new.write_again(&Record {
        at,
        ..told[2].clone()
    });
    new.send(&server).await;
    assert_eq!(units(&server).await, 39);
    assert_eq!(
        kinds(&server)
            .await
            .iter()
            .filter(|kind| *kind == "event_conflict")
            .count(),
        2
    );
    let rebuilt = server.state.store.rebuild().await.unwrap();
    assert!(rebuilt.tables.iter().all(|(_, rows)| *rows == 0), "{rebuilt:?}");
}

#[tokio::test]
async fn a_logical_clock_that_goes_back_is_shown_in_whatever_order_it_comes() {
    let server = TestServer::with_world().await;
    for (number, order) in [(1, [0, 1, 2]), (2, [2, 1, 0]), (3, [1, 0, 2])] {
        let mut device = DeviceSim::enrolled(&server, number).await;
        device.moves(BizStep::Receiving, "LOT-A", 30, None);
        device.moves(BizStep::Receiving, "LOT-A", 30, None);
        // Backdated, as if the pick had been before a hold.
        let before = device.records[1].record().clone();
        let back = Sealed::new(Record {
            tick: before.tick - 60_000,
            ..before
        });
        device.records[1] = back.clone();
        device.go_on_after(&back);
        device.moves(BizStep::Receiving, "LOT-A", 30, None);
        for at in order {
            let body = device.upload_of(&device.records[at..=at]);
            send(&server, &device, body).await;
        }
        let rows = server.get("/deviations").as_role(Role::Quality).await.expect(200);
        let rows: Vec<_> = rows
            .as_array()
            .unwrap()
            .iter()
            .map(|row| &row["deviation"])
            .cloned()
            .collect();
        let found: Vec<_> = rows
            .iter()
            .filter(|row| row["log"] == json!(device.log))
            .collect();
        assert_eq!(found.len(), 1, "{order:?} {rows:?}");
        assert_eq!(
            (&found[0]["kind"], &found[0]["seq"]),
            (&json!("tick_back"), &json!(2))
        );
    }
    let rebuilt = server.state.store.rebuild().await.unwrap();
    assert!(rebuilt.tables.iter().all(|(_, rows)| *rows == 0), "{rebuilt:?}");
}

#[tokio::test]
async fn whoever_is_named_without_the_right_is_shown_and_nothing_is_lost() {
    let server = TestServer::with_world().await;
    let mut device = DeviceSim::enrolled(&server, 1).await;
    device.moves(BizStep::Receiving, "LOT-A", 30, None);
    let told = device.records[0].record().event().unwrap();
    device.send(&server).await;
    assert!(kinds(&server).await.is_empty());
    let stranger = UserId(Uuid::from_u128(0x9999));
    for (number, user) in [(1, stranger), (2, stranger), (3, user_id(Role::Ward))] {
        device.write_by(user, EventId(Uuid::from_u128(number)), &told);
    }
    let receipt = device.send(&server).await;
    assert_eq!((&receipt["stored"], &receipt["refused"]), (&json!(3), &json!([])));
    assert_eq!(kinds(&server).await, ["unknown_actor", "unknown_actor"]);
    assert_eq!(units(&server).await, 120);
    let rebuilt = server.state.store.rebuild().await.unwrap();
    assert!(rebuilt.tables.iter().all(|(_, rows)| *rows == 0), "{rebuilt:?}");
    // A closed account is named too; one that is closed later is not.
    let mut picker = server.state.store.account("picker").await.unwrap().unwrap();
    picker.active = false;
    server.state.store.put_account(picker.clone()).await.unwrap();
    assert_eq!(kinds(&server).await.len(), 2);
    device.moves(BizStep::Receiving, "LOT-A", 30, None);
    device.send(&server).await;
    assert_eq!(kinds(&server).await.len(), 3);
    // Given the right, the person is nobody to ask about.
    picker.active = true;
    server.state.store.put_account(picker).await.unwrap();
    let mut ward = server.state.store.account("ward").await.unwrap().unwrap();
    ward.user.roles = vec![Role::Picker, Role::Ward];
    server.state.store.put_account(ward).await.unwrap();
    assert_eq!(kinds(&server).await, ["unknown_actor"], "the stranger");
    let rebuilt = server.state.store.rebuild().await.unwrap();
    assert!(rebuilt.tables.iter().all(|(_, rows)| *rows == 0), "{rebuilt:?}");
}
