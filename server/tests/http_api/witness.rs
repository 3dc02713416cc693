//! Each end of a sync signs for what it saw of the other's log.

use serde_json::json;
use sparhund_server::ops::log_file::{verify, write};
use sparhund_server::ops::now_ms;
use sparhund_shared::event::BizStep;
use sparhund_shared::log::{Hash, Head, Seen};
use sparhund_shared::reference::Role;
use sparhund_shared::wire::HeadsAnswer;

use crate::common::{Answer, DeviceSim, TestServer, box_di};

fn read(answer: Answer) -> HeadsAnswer {
    serde_json::from_value(answer.expect(200)).unwrap()
}

/// The ends of both logs as a device of today tells and hears them.
async fn heads(server: &TestServer, device: &DeviceSim, told: serde_json::Value) -> Answer {
    let mut body = json!({ "heads": [device.head()], "now": now_ms(), "holds": 0 });
    for (name, value) in told.as_object().unwrap() {
        body[name] = value.clone();
    }
    server.post("/sync/heads", body).token(&device.token).send().await
}

#[tokio::test]
async fn each_end_signs_for_what_it_saw_of_the_other() {
    let server = TestServer::with_world().await;
    let mut device = DeviceSim::enrolled(&server, 1).await;
    for _ in 0..3 {
        device.moves(BizStep::Receiving, "LOT-A", 10, None);
    }
    device.send(&server).await;
    let answer = read(heads(&server, &device, json!({})).await);
    let own = answer.own.unwrap();
    own.head.verify(&own.key).unwrap();
    let [seen] = answer.seen.as_slice() else {
        panic!("{:?}", answer.seen)
    };
    seen.verify(&own.key).unwrap();
    assert_eq!((seen.head, seen.by), (answer.heads[0], own.head.head.log));
    assert_eq!(seen.head.seq, 3);
    let again = read(heads(&server, &device, json!({})).await);
    assert_eq!(again.seen, answer.seen, "signed for once, with the first time");
    // The server's own log grows, and the device signs for it.
    let hold = json!({ "dis": [box_di()], "lot": "LOT-A", "reason": "FSN 2026-17" });
    server
        .post("/holds", hold)
        .as_role(Role::Quality)
        .await
        .expect(201);
    let answer = read(heads(&server, &device, json!({})).await);
    let end = answer.own.unwrap().head.head;
    assert_eq!(end.seq, 1);
    let witnessed = Seen::sign(end, now_ms(), device.log, &device.key);
    let told = json!({ "seen": [witnessed], "known": end });
    let answer = read(heads(&server, &device, told).await);
    assert_eq!(answer.known, Some(end.hash));
    let store = server.state.store.as_ref();
    assert_eq!(
        store.seen(end.log).await.unwrap(),
        std::slice::from_ref(&witnessed)
    );
    assert_eq!(store.seen(device.log).await.unwrap(), again.seen);
    // What it did not sign itself, and what is signed in another's name, is refused whole.
    let mut forged = witnessed.clone();
    forged.at += 1;
    let answer = heads(&server, &device, json!({ "seen": [forged] })).await;
    assert_eq!(answer.problem(), "bad-signature");
    let stranger = DeviceSim::new(9);
    let foreign = Seen::sign(end, 5, stranger.log, &stranger.key);
    let answer = heads(&server, &device, json!({ "seen": [foreign] })).await;
    assert_eq!(answer.problem(), "forbidden");
    let other = Head {
        hash: Hash([9; 32]),
        ..end
    };
    let answer = read(heads(&server, &device, json!({ "known": other })).await);
    assert_eq!(
        answer.known,
        Some(end.hash),
        "what stands there, whatever the device thinks"
    );
}

/// Whatever one device signs, the exports of an honest server verify.
#[tokio::test]
async fn what_does_not_stand_in_the_servers_log_is_not_kept() {
    let server = TestServer::with_world().await;
    let device = DeviceSim::enrolled(&server, 1).await;
    let hold = json!({ "dis": [box_di()], "lot": "LOT-A", "reason": "FSN 2026-17" });
    server
        .post("/holds", hold)
        .as_role(Role::Quality)
        .await
        .expect(201);
    let end = read(heads(&server, &device, json!({})).await)
        .own
        .unwrap()
        .head
        .head;
    let other = Head {
        hash: Hash([9; 32]),
        ..end
    };
    let beyond = Head { seq: 7, ..end };
    let tomorrow = now_ms() + 25 * 3_600_000;
    let seen = [(other, now_ms()), (beyond, now_ms()), (end, tomorrow)]
        .map(|(head, at)| Seen::sign(head, at, device.log, &device.key));
    let answer = read(heads(&server, &device, json!({ "seen": seen })).await);
    assert_eq!(answer.own.unwrap().head.head, end, "it is answered all the same");
    let store = server.state.store.as_ref();
    assert_eq!(store.seen(end.log).await.unwrap(), []);
    let mut file = Vec::new();
    write(store, now_ms(), &mut file).await.unwrap();
    verify(file.as_slice()).unwrap();
}
