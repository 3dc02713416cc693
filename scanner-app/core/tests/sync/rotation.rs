//! The device changes its key by itself, and nothing is lost or doubled by it.

use sparhund_scanner_core::api::Command;
use sparhund_shared::log::LogId;

use super::{UNDO_MS, book, log, units};
use crate::common::Rig;
use crate::common::server::Fault;

const HALF_A_YEAR_MS: i64 = 183 * 24 * 3_600_000;

/// A device with two records at the server and one that waits, half a year later.
fn old_key() -> (Rig, LogId) {
    let rig = Rig::ready();
    book(&rig, 2);
    rig.sync();
    assert_eq!(rig.server.0.borrow().keys.len(), 1);
    let first = log(&rig);
    rig.machine.pass(HALF_A_YEAR_MS);
    rig.server.0.borrow_mut().now += HALF_A_YEAR_MS;
    rig.sign_in();
    book(&rig, 1);
    rig.machine.pass(UNDO_MS);
    (rig, first)
}

/// Only the log that told a booking takes it back.
#[test]
fn no_key_is_changed_while_a_booking_can_be_taken_back() {
    let (rig, first) = old_key();
    book(&rig, 1);
    rig.sync();
    assert_eq!(log(&rig), first);
    rig.undo();
    rig.sync();
    assert_eq!(log(&rig), first);
    rig.machine.pass(UNDO_MS);
    rig.sync();
    assert_ne!(log(&rig), first);
    rig.sync();
    assert_eq!((units(&rig), rig.now_status().unsent), (3, 0));
}

#[test]
fn an_old_key_is_changed_with_the_next_sync() {
    let (rig, first) = old_key();
    rig.sync();
    let next = log(&rig);
    assert_ne!(next, first);
    assert_eq!(rig.server.0.borrow().keys.len(), 2, "the server took it");
    assert!(rig.now_status().enrolled);
    book(&rig, 1);
    rig.sync();
    assert_eq!(rig.now_status().unsent, 0);
    assert_eq!((units(&rig), log(&rig)), (4, next), "counted once; changed once");
}

#[test]
fn a_change_whose_answer_was_lost_is_brought_to_its_end() {
    let (rig, first) = old_key();
    // Holds, heads, upload, seven topics, and then the change.
    rig.server.0.borrow_mut().faults = [vec![None; 10], vec![Some(Fault::Unanswered)]].concat();
    rig.problem(Command::Sync);
    assert_eq!(log(&rig), first, "nothing is changed before it is known");
    assert_eq!(rig.server.0.borrow().keys.len(), 2, "the server has done it");
    book(&rig, 1);
    rig.sync();
    assert_ne!(log(&rig), first);
    assert_eq!(
        rig.server.0.borrow().keys.len(),
        2,
        "the same change, not another one"
    );
    rig.sync();
    assert_eq!((units(&rig), rig.now_status().unsent), (4, 0));
}

#[test]
fn a_change_outlives_the_program() {
    let (rig, first) = old_key();
    rig.server.0.borrow_mut().faults = [vec![None; 7], vec![Some(Fault::Unanswered)]].concat();
    rig.problem(Command::Sync);
    rig.reopen();
    rig.sync();
    rig.sync();
    assert_ne!(log(&rig), first);
    assert_eq!((units(&rig), rig.server.0.borrow().keys.len()), (3, 2));
}

#[test]
fn a_server_of_an_earlier_version_goes_on_with_the_old_key() {
    let (rig, first) = old_key();
    rig.server.0.borrow_mut().earlier_version = true;
    rig.sync();
    rig.sync();
    assert_eq!((log(&rig), rig.now_status().unsent), (first, 0));
    assert!(rig.now_status().alerts.is_empty());
}

#[test]
fn a_device_that_changed_its_key_and_was_revoked_is_enrolled_again() {
    let (rig, _) = old_key();
    rig.sync();
    let next = log(&rig);
    rig.server.0.borrow_mut().revoked = true;
    rig.problem(Command::Sync);
    rig.enrol();
    assert_ne!(
        log(&rig),
        next,
        "a log that the server knows is not shown as a new one"
    );
    rig.sync();
    assert_eq!((units(&rig), rig.now_status().unsent), (3, 0));
}

/// As a version left it that did not note the log it went on with.
#[test]
fn a_log_that_the_server_knows_is_not_shown_for_ever() {
    let (rig, first) = old_key();
    rig.sync();
    let shown = serde_json::to_string(&first).unwrap();
    let db = rusqlite::Connection::open(rig.database()).unwrap();
    db.execute("UPDATE setting SET value = ?1 WHERE name = 'shown_log'", [shown])
        .unwrap();
    drop(db);
    rig.server.0.borrow_mut().unauthorized = true;
    rig.problem(Command::Sync);
    rig.server.0.borrow_mut().unauthorized = false;
    rig.enrol();
    rig.sync();
    assert_eq!((units(&rig), rig.now_status().unsent), (3, 0));
}

#[test]
fn a_revoked_device_hands_over_also_when_a_change_was_begun() {
    let (rig, _) = old_key();
    rig.server.0.borrow_mut().faults = [vec![None; 7], vec![Some(Fault::Lost)]].concat();
    rig.problem(Command::Sync);
    book(&rig, 2);
    rig.server.0.borrow_mut().revoked = true;
    rig.problem(Command::Sync);
    assert_eq!(rig.server.0.borrow().aside.len(), 2);
    rig.enrol();
    rig.sync();
    assert_eq!((units(&rig), rig.now_status().unsent), (5, 0));
}

#[test]
fn a_device_that_is_short_of_room_keeps_its_key() {
    let (rig, first) = old_key();
    rig.machine.free.set(Some(32 << 20));
    rig.sync();
    assert_eq!((log(&rig), rig.server.0.borrow().keys.len()), (first, 1));
    rig.machine.free.set(Some(1 << 30));
    rig.sync();
    assert_ne!(log(&rig), first);
    assert_eq!(units(&rig), 3);
}
