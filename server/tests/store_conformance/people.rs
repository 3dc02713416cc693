//! People, devices, settings.

use sparhund_server::ops::now_ms;
use sparhund_server::store::{
    Account, AuditQuery, AuditText, DeviceState, EnrolmentCode, NewDevice, NewRead, ReadOf, SessionId, Store,
    StoreError,
};
use sparhund_shared::log::{DeviceId, LogId};
use sparhund_shared::reference::{Role, User};
use sparhund_shared::wire::Topic;
use uuid::Uuid;

use crate::store_world::*;

fn account(number: u8, login: &str) -> Account {
    Account {
        user: User {
            id: user(number),
            login: login.into(),
            name: format!("Person {number}"),
            roles: vec![Role::Picker],
        },
        password_hash: "$argon2id$".into(),
        active: true,
    }
}

fn new_device(number: u8) -> NewDevice {
    let device = Device::new(number);
    NewDevice {
        id: DeviceId(Uuid::from_bytes([number; 16])),
        name: format!("Handdator {number}"),
        key: device.public(),
        log: device.log(),
    }
}

pub async fn a_code_enrols_one_device(store: &impl Store) {
    let code = |byte: u8, expires_at: i64| EnrolmentCode {
        hash: [byte; 32],
        created_by: user(9),
        expires_at,
    };
    store.add_enrolment(code(1, T0 + 10)).await.unwrap();
    store.add_enrolment(code(2, T0)).await.unwrap();
    assert!(
        store.enrol([9; 32], new_device(1), T0).await.unwrap().is_none(),
        "unknown"
    );
    assert!(
        store.enrol([2; 32], new_device(1), T0).await.unwrap().is_none(),
        "expired"
    );
    let device = store.enrol([1; 32], new_device(1), T0).await.unwrap().unwrap();
    assert_eq!(
        (device.state, device.holds, device.seen_at),
        (DeviceState::Active, 0, None)
    );
    // The answer was lost and the request comes again, with another id that the server made.
    let retried = NewDevice {
        id: DeviceId(Uuid::from_bytes([77; 16])),
        ..new_device(1)
    };
    assert_eq!(
        store.enrol([1; 32], retried.clone(), T0 + 9).await.unwrap(),
        Some(device.clone())
    );
    assert!(
        store.enrol([1; 32], retried, T0 + 10).await.unwrap().is_none(),
        "a used code ends as an unused one does"
    );
    assert!(
        store.enrol([1; 32], new_device(2), T0).await.unwrap().is_none(),
        "used"
    );
    assert_eq!(store.log_key(device.log).await.unwrap(), Some(device.key));
    store.add_enrolment(code(3, T0 + 10)).await.unwrap();
    let cloned = NewDevice {
        key: new_device(4).key,
        ..new_device(1)
    };
    assert!(matches!(
        store.enrol([3; 32], cloned, T0).await,
        Err(StoreError::Conflict(_))
    ));
    assert!(
        store.enrol([3; 32], new_device(4), T0).await.unwrap().is_some(),
        "the code was not used up"
    );
    assert_eq!(store.devices().await.unwrap().len(), 2);
}

pub async fn a_refresh_token_works_once(store: &impl Store) {
    store.put_account(account(1, "anna")).await.unwrap();
    store.keep_refresh([1; 32], user(1), T0 + 10).await.unwrap();
    store.keep_refresh([2; 32], user(1), T0 + 10).await.unwrap();
    assert_eq!(store.take_refresh([1; 32], T0).await.unwrap(), Some(user(1)));
    assert_eq!(store.take_refresh([1; 32], T0).await.unwrap(), None);
    assert_eq!(
        store.take_refresh([2; 32], T0 + 10).await.unwrap(),
        None,
        "expired"
    );
    assert_eq!(
        store.take_refresh([2; 32], T0).await.unwrap(),
        None,
        "and taken out"
    );
}

pub async fn a_session_that_was_ended_lets_nobody_in(store: &impl Store) {
    store.put_account(account(1, "anna")).await.unwrap();
    let session = |number| SessionId(Uuid::from_bytes([number; 16]));
    let there = async |number| {
        let account = store.account_in_session(user(1), session(number), T0).await;
        account.unwrap().is_some()
    };
    assert!(there(1).await && there(2).await);
    for _ in 0..2 {
        store.end_session(session(1), T0 + 10, T0).await.unwrap();
    }
    assert!(!there(1).await && there(2).await);
    // Still ended while a token of it may be valid; forgotten when none can be.
    store.end_session(session(3), T0 + 99, T0 + 9).await.unwrap();
    assert!(!there(1).await);
    store.end_session(session(4), T0 + 99, T0 + 10).await.unwrap();
    assert!(there(1).await && !there(3).await);
    let gone = Account {
        active: false,
        ..account(1, "anna")
    };
    store.put_account(gone).await.unwrap();
    assert!(!there(2).await);
    // Open again, it takes sessions that begin from now on.
    store.put_account(account(1, "anna")).await.unwrap();
    assert!(!there(2).await);
    let later = now_ms() + 1;
    let anna = store
        .account_in_session(user(1), session(5), later)
        .await
        .unwrap();
    assert!(anna.is_some());
    let nobody = store.account_in_session(user(9), session(2), T0).await.unwrap();
    assert!(nobody.is_none());
}

pub async fn reads_are_noted_and_come_newest_first(store: &impl Store) {
    store.put_account(account(1, "anna")).await.unwrap();
    for (number, by) in [Some(user(1)), None, Some(user(2)), Some(user(1))]
        .into_iter()
        .enumerate()
    {
        let read = NewRead {
            at: T0,
            user: by,
            what: ReadOf::ALL[number],
            asked: AuditText::of(&format!("lot={number}")),
            purpose: AuditText::default(),
        };
        store.note_read(read).await.unwrap();
    }
    let asked = async |before, user, limit| {
        let query = AuditQuery { before, user, limit };
        let rows = store.reads(&query).await.unwrap();
        rows.into_iter().map(|row| row.asked).collect::<Vec<_>>()
    };
    assert_eq!(asked(None, None, 3).await, ["lot=3", "lot=2", "lot=1"]);
    assert_eq!(asked(Some(2), None, 3).await, ["lot=0"]);
    assert_eq!(asked(None, Some(user(1)), 9).await, ["lot=3", "lot=0"]);
    let query = AuditQuery {
        before: None,
        user: None,
        limit: 9,
    };
    let rows = store.reads(&query).await.unwrap();
    let names: Vec<_> = rows
        .iter()
        .map(|row| (row.what, row.user_name.as_deref()))
        .collect();
    let expected = [
        (ReadOf::ALL[3], Some("Person 1")),
        (ReadOf::ALL[2], None),
        (ReadOf::ALL[1], None),
        (ReadOf::ALL[0], Some("Person 1")),
    ];
    assert_eq!(names, expected);
}

pub async fn a_login_belongs_to_one_person(store: &impl Store) {
    store.put_account(account(1, "anna")).await.unwrap();
    assert!(matches!(
        store.put_account(account(2, "anna")).await,
        Err(StoreError::Conflict(_))
    ));
    assert_eq!(store.account("anna").await.unwrap(), Some(account(1, "anna")));
    assert_eq!(store.feed(Topic::Users, 0, 10).await.unwrap().digest.count, 1);
    let gone = Account {
        active: false,
        ..account(1, "anna")
    };
    store.put_account(gone).await.unwrap();
    assert!(!store.account_by_id(user(1)).await.unwrap().unwrap().active);
    let page = store.feed(Topic::Users, 0, 10).await.unwrap();
    assert_eq!((page.digest.count, &page.rows[0].body), (0, &None));
    assert_eq!(store.users().await.unwrap().len(), 1);
}

pub async fn settings_and_heartbeats_are_kept(store: &impl Store) {
    store.ready().await.unwrap();
    assert_eq!(store.setting("region").await.unwrap(), None);
    store.set_setting("region", "Nordmark").await.unwrap();
    store.set_setting("region", "Region Nordmark").await.unwrap();
    assert_eq!(
        store.setting("region").await.unwrap().as_deref(),
        Some("Region Nordmark")
    );
    let code = EnrolmentCode {
        hash: [1; 32],
        created_by: user(9),
        expires_at: T0 + 1,
    };
    store.add_enrolment(code).await.unwrap();
    let id = store.enrol([1; 32], new_device(1), T0).await.unwrap().unwrap().id;
    store.heartbeat(id, T0 + 5, -1_500, 42).await.unwrap();
    store.revoke_device(id, T0 + 6).await.unwrap();
    let device = store.device(id).await.unwrap().unwrap();
    assert_eq!(
        (device.seen_at, device.offset, device.holds, device.state),
        (Some(T0 + 5), Some(-1_500), 42, DeviceState::Revoked)
    );
    assert_eq!(store.device(DeviceId(LogId(id.0).0)).await.unwrap(), Some(device));
    assert!(store.device(DeviceId(Uuid::nil())).await.unwrap().is_none());
}
