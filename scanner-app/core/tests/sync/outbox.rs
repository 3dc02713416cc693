//! Records go up in batches, and nothing on the way loses or doubles one.

use sparhund_scanner_core::api::{AlertCode, Command};
use sparhund_shared::log::{Hash, Sealed};
use sparhund_shared::wire::RefusalCode;

use super::book;
use crate::common::Rig;
use crate::common::region::{self, bin};
use crate::common::server::Fault;

#[test]
fn a_lost_receipt_doubles_nothing() {
    let rig = Rig::ready();
    book(&rig, 3);
    rig.server.fail_next(&[None, None, Some(Fault::Unanswered)]);
    assert_eq!(rig.problem(Command::Sync).code, "offline");
    assert_eq!(rig.server.events().len(), 3);
    assert_eq!(rig.now_status().unsent, 3, "not acknowledged");
    assert!(!rig.now_status().online);
    let view = rig.sync();
    assert_eq!((view.sent, view.status.unsent), (3, 0));
    assert_eq!(rig.server.events().len(), 3);
}

#[test]
fn large_outboxes_go_in_batches() {
    let rig = Rig::ready();
    rig.receive("Prov AB");
    // 31 lots in each of 20 bookings, so that batches end in the middle of one.
    for lot in 0..620 {
        rig.scan(&format!("(01){}(17)270331(10)L{lot}", region::compress()));
        if lot % 31 == 30 {
            rig.place(&bin(1));
            rig.book();
        }
    }
    assert_eq!(rig.sync().sent, 620);
    assert_eq!(rig.server.0.borrow().largest_batch, 500);
}

#[test]
fn uploads_are_packed_for_a_server_that_unpacks_and_for_no_other() {
    for (earlier_version, packed) in [(false, 1), (true, 0)] {
        let rig = Rig::ready();
        rig.server.0.borrow_mut().earlier_version = earlier_version;
        book(&rig, 120);
        assert_eq!(rig.sync().sent, 120);
        assert_eq!(rig.server.0.borrow().packed, packed);
        // A basket goes as it is.
        book(&rig, 20);
        assert_eq!(rig.sync().sent, 20);
        assert_eq!(rig.server.0.borrow().packed, packed);
    }
}

#[test]
fn a_record_that_is_not_proven_in_a_batch_goes_alone() {
    let rig = Rig::ready();
    book(&rig, 3);
    {
        let mut state = rig.server.0.borrow_mut();
        state.refuse.insert(2, RefusalCode::Unproven);
        state.refuse_in_company = true;
    }
    let view = rig.sync();
    assert_eq!((view.sent, view.refused, view.status.unsent), (3, 0, 0));
}

/// Calls of a path since the last look.
fn calls(rig: &Rig, path: &str) -> usize {
    let heard = std::mem::take(&mut rig.server.0.borrow_mut().heard);
    heard.iter().filter(|other| *other == path).count()
}

#[test]
fn one_damaged_record_costs_one_more_upload() {
    let rig = Rig::ready();
    book(&rig, 40);
    // The disk changed record 25: the next one no longer names its hash.
    let db = rusqlite::Connection::open(rig.database()).unwrap();
    let bytes: Vec<u8> = db
        .query_row("SELECT bytes FROM record WHERE seq = 25", [], |row| row.get(0))
        .unwrap();
    let mut record = Sealed::open(bytes).unwrap().record().clone();
    record.at += 1;
    db.execute(
        "UPDATE record SET bytes = ?1 WHERE seq = 25",
        [Sealed::new(record).bytes()],
    )
    .unwrap();
    calls(&rig, "");
    let view = rig.sync();
    assert_eq!((view.sent, view.refused, view.status.unsent), (40, 0, 0));
    assert_eq!(rig.server.events().len(), 40);
    assert_eq!(calls(&rig, "/sync/records"), 2);
}

#[test]
fn records_that_no_company_proves_go_alone_in_the_end() {
    let rig = Rig::ready();
    book(&rig, 8);
    {
        let mut state = rig.server.0.borrow_mut();
        state.refuse = (1..=8).map(|seq| (seq, RefusalCode::Unproven)).collect();
        state.refuse_in_company = true;
    }
    let view = rig.sync();
    assert_eq!((view.sent, view.refused, view.status.unsent), (8, 0, 0));
}

#[test]
fn an_outbox_too_large_for_the_server_goes_in_smaller_parts() {
    let rig = Rig::ready();
    book(&rig, 60);
    let one = {
        let db = rusqlite::Connection::open(rig.database()).unwrap();
        db.query_row("SELECT max(length(bytes)) FROM record", [], |row| {
            row.get::<_, i64>(0)
        })
        .unwrap()
    };
    rig.server.0.borrow_mut().body_limit = usize::try_from(one * 10).ok();
    calls(&rig, "");
    assert_eq!(rig.sync().sent, 60);
    assert_eq!(rig.server.events().len(), 60);
    assert!(calls(&rig, "/sync/records") < 20, "the limit is learnt once");
    // What cannot be made smaller is told, and nothing is lost.
    rig.server.0.borrow_mut().body_limit = Some(10);
    book(&rig, 2);
    rig.ask(Command::Sync);
    let status = rig.now_status();
    assert_eq!(
        (status.unsent, status.alerts[0].code),
        (2, AlertCode::SyncRefused)
    );
    rig.server.0.borrow_mut().body_limit = None;
    assert_eq!(rig.sync().sent, 2);
}

#[test]
fn a_refused_record_is_kept_and_shown_and_holds_nothing_up() {
    let rig = Rig::ready();
    book(&rig, 3);
    rig.server.0.borrow_mut().refuse.insert(2, RefusalCode::Malformed);
    let view = rig.sync();
    assert_eq!((view.sent, view.refused, view.status.unsent), (2, 1, 0));
    assert_eq!(view.status.alerts[0].code, AlertCode::RecordRefused);
    book(&rig, 1);
    let again = rig.sync();
    assert_eq!((again.sent, again.refused), (1, 0), "and is not sent for ever");
}

#[test]
fn only_covered_records_are_forgotten_and_only_when_old() {
    let rig = Rig::ready();
    book(&rig, 5);
    rig.sync();
    let log = *rig.server.0.borrow().keys.keys().next().unwrap();
    let kept = |rig: &Rig| -> i64 {
        rusqlite::Connection::open(rig.database())
            .unwrap()
            .query_row("SELECT count(*) FROM record", [], |row| row.get(0))
            .unwrap()
    };
    rig.machine.pass(8 * 24 * 3_600_000);
    rig.server.0.borrow_mut().now = rig.machine.now.get();
    rig.sync();
    assert_eq!(kept(&rig), 5, "no verified backup has them");
    rig.server.0.borrow_mut().covered.insert(log, 3);
    rig.sync();
    assert_eq!(kept(&rig), 2);
    rig.sign_in();
    book(&rig, 1);
    assert_eq!(rig.sync().sent, 1, "the chain goes on");
    assert_eq!(rig.server.0.borrow().head(log).seq, 6);
    assert_ne!(rig.server.0.borrow().head(log).hash, Hash::ZERO);
}
