//! What came under a key that is not accepted any more, for a quality officer to decide about.

use ed25519_dalek::SigningKey;
use sparhund_server::ops::now_ms;
use sparhund_server::store::{Batch, NewDevice};
use sparhund_shared::event::{BizStep, Event};
use sparhund_shared::log::{DeviceId, EventId, Head, LogId, Moment, PublicKey, Tail};
use uuid::Uuid;

use crate::browser::{Page, Served};
use crate::movements::{goods, moving};

const DEVICE: DeviceId = DeviceId(Uuid::from_u128(0x77));

/// Puts so many more records of the lost device aside.
async fn put_aside(served: &Served, tail: &mut Tail, count: u64) {
    let batch = written(served, tail, count).await;
    served.state.store.take(batch).await.unwrap();
}

/// So many more records of the device.
async fn written(served: &Served, tail: &mut Tail, count: u64) -> Batch {
    let (article, bin) = (served.article("NM-10001").await, served.place("B-01-01").await);
    let user = served
        .state
        .store
        .account("plockare")
        .await
        .unwrap()
        .unwrap()
        .user
        .id;
    let moment = Moment {
        at: now_ms(),
        offset: Some(0),
    };
    let event = Event::Move(moving(BizStep::Receiving, goods(&article), None, &bin.code));
    let mut records = Vec::new();
    for _ in 0..count {
        let id = EventId(Uuid::from_u128(0x7000 + u128::from(tail.head.seq)));
        let sealed = tail.next(id, moment, user, &event);
        *tail = Tail::after(&sealed);
        records.push(sealed);
    }
    let head = Head::of(records.last().unwrap()).sign(&key());
    Batch {
        head,
        records,
        received_at: now_ms(),
    }
}

fn key() -> SigningKey {
    SigningKey::from_bytes(&[7; 32])
}

/// A device that is not accepted any more, and its log.
async fn lost(served: &Served) -> Tail {
    let tail = enrolled(served).await;
    let revoked = served.state.store.revoke_device(DEVICE, now_ms()).await;
    revoked.unwrap();
    tail
}

/// A device and its log.
async fn enrolled(served: &Served) -> Tail {
    let store = &served.state.store;
    let by = store.account("admin").await.unwrap().unwrap().user.id;
    let code = sparhund_server::store::EnrolmentCode {
        hash: [7; 32],
        created_by: by,
        expires_at: i64::MAX,
    };
    store.add_enrolment(code).await.unwrap();
    let log = LogId(Uuid::from_u128(0x78));
    let device = NewDevice {
        id: DEVICE,
        name: "Handdator 7".to_owned(),
        key: PublicKey::of(&key()),
        log,
    };
    store.enrol([7; 32], device, now_ms()).await.unwrap().unwrap();
    Tail::empty(log)
}

/// Of more than 200 gaps the lowest are counted, and a device may have more that nobody heard of.
#[tokio::test]
async fn what_is_missing_of_a_device_is_the_least_that_it_can_be() {
    let served = Served::demo().await;
    let mut tail = enrolled(&served).await;
    for batch in 0..3 {
        let batch_of_two = written(&served, &mut tail, 2).await;
        if batch != 1 {
            served.state.store.take(batch_of_two).await.unwrap();
        }
    }
    let mut admin = served.signed_in("admin").await;
    let words = admin.get("/console/devices").await.words();
    assert!(words.contains("minst 2 saknas här"), "{words}");
    admin.language = "en".to_owned();
    let words = admin.get("/console/devices").await.words();
    assert!(words.contains("at least 2 missing here"), "{words}");
    // Beside a trace it is said where there may be more than were counted.
    let mut quality = served.signed_in("kvalitet").await;
    let trace = format!(
        "/console/trace?product={}",
        served.article("NM-10001").await.packagings[0].di
    );
    let words = quality.get(&trace).await.words();
    assert!(!words.contains("minst"), "{words}");
    written(&served, &mut tail, 200).await;
    let last = written(&served, &mut tail, 1).await;
    served.state.store.take(last).await.unwrap();
    let words = quality.get(&trace).await.words();
    assert!(words.contains("minst 202"), "{words}");
}

/// The value of a hidden field.
fn hidden(page: &Page, name: &str) -> String {
    let mark = format!("name=\"{name}\" value=\"");
    let after = page.body.split(&mark).nth(1).unwrap_or_default();
    after.split('"').next().unwrap_or_default().to_owned()
}

#[tokio::test]
async fn pages_whose_figures_leave_out_what_waits_say_so() {
    let served = Served::demo().await;
    let mut tail = lost(&served).await;
    let mut browser = served.signed_in("kvalitet").await;
    // Of the last one nothing is booked: it may be what waits.
    let pages = [
        "/console/",
        "/console/trace?lot=K25-0412",
        "/console/trace?lot=INGEN-1",
    ];
    for path in pages {
        let before = browser.get(path).await;
        assert!(!before.words().contains("karantän"), "{path}: {}", before.words());
    }
    put_aside(&served, &mut tail, 2).await;
    for path in pages {
        let after = browser.get(path).await.words();
        assert!(after.contains("2 poster väntar i karantän"), "{path}: {after}");
    }
}

#[tokio::test]
async fn a_decision_is_about_the_list_that_was_on_the_page() {
    let served = Served::demo().await;
    let mut tail = lost(&served).await;
    put_aside(&served, &mut tail, 501).await;
    let mut browser = served.signed_in("kvalitet").await;
    let path = format!("/console/devices/quarantine?device={DEVICE}");
    let page = browser.get(&path).await;
    assert!(page.words().contains("på alla sidor: 501."), "{}", page.words());
    assert!(
        page.body.contains("offset=500"),
        "the last one stands on a page of its own"
    );
    assert!(
        browser
            .get(&format!("{path}&offset=500"))
            .await
            .body
            .contains("<td class=\"number\" data-label=\"Loggpost\">501</td>")
    );
    let (records, received_at) = (hidden(&page, "records"), hidden(&page, "received_at"));
    let device = DEVICE.to_string();
    let form = |records: &str| {
        [
            ("device", device.clone()),
            ("records", records.to_owned()),
            ("received_at", received_at.clone()),
            ("reason", "hittad i förrådet".to_owned()),
            ("decision", "reject".to_owned()),
        ]
    };
    let send = async |browser: &mut crate::browser::Browser, fields: [(&str, String); 5]| {
        let fields: Vec<(&str, &str)> = fields
            .iter()
            .map(|(name, value)| (*name, value.as_str()))
            .collect();
        browser.post("/console/devices/quarantine", &fields).await
    };
    let other = send(&mut browser, form("500")).await;
    assert_eq!(other.status, 409);
    assert!(other.words().contains("Inget ändrades"), "{}", other.words());
    // A record that comes while the page is read.
    tokio::time::sleep(std::time::Duration::from_millis(5)).await;
    put_aside(&served, &mut tail, 1).await;
    assert_eq!(send(&mut browser, form(&records)).await.status, 303);
    let page = browser.get(&path).await;
    let words = page.words();
    assert!(words.contains("på alla sidor: 1."), "{words}");
    for said in ["Lämnat utanför", "501", "hittad i förrådet"] {
        assert!(words.contains(said), "{said}: {words}");
    }
}
