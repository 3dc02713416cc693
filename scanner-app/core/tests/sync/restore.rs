//! A device or a server that was restored from a copy: everything is told again and counted once.

use std::path::PathBuf;

use sparhund_scanner_core::api::{AlertCode, Command};
use sparhund_shared::log::LogId;

use super::{book, units};
use crate::common::Rig;

/// The device's store as a backup of the phone has it.
fn copy_of(rig: &Rig) -> PathBuf {
    let copy = rig.dir.path().join("copy.db");
    rusqlite::Connection::open(rig.database())
        .unwrap()
        .execute("VACUUM INTO ?1", [copy.to_str().unwrap()])
        .unwrap();
    copy
}

#[test]
fn a_restored_client_begins_a_new_log_and_tells_its_events_again() {
    let rig = Rig::ready();
    book(&rig, 2);
    rig.sync();
    book(&rig, 1);
    rig.reopen();
    let copy = copy_of(&rig);
    book(&rig, 2);
    rig.sync();
    assert_eq!(rig.server.events().len(), 5);
    // The phone is restored from the copy: one record was unsent in it, and another one is added.
    rig.open_at(&copy);
    book(&rig, 1);
    assert_eq!(rig.now_status().unsent, 2);
    assert_eq!(rig.problem(Command::Sync).code, "log-restarted");
    let status = rig.now_status();
    assert!(!status.enrolled);
    assert_eq!(
        (status.unsent, status.records),
        (4, 4),
        "all that no backup covers is told again in the new log"
    );
    assert_eq!(status.alerts[0].code, AlertCode::LogRestarted);
    assert_eq!(rig.problem(Command::Sync).code, "not-enrolled");
    book(&rig, 1);
    rig.enrol();
    assert_eq!(rig.sync().sent, 5);
    let mut events = rig.server.events();
    assert_eq!(events.len(), 10, "three were told in both logs");
    events.dedup();
    assert_eq!(events.len(), 7);
    assert_eq!(units(&rig), 7, "counted once");
}

#[test]
fn a_fork_at_our_own_place_begins_a_new_log_too() {
    let rig = Rig::ready();
    book(&rig, 2);
    let copy = copy_of(&rig);
    book(&rig, 1);
    rig.sync();
    rig.open_at(&copy);
    rig.machine.pass(5);
    book(&rig, 1);
    assert_eq!(rig.problem(Command::Sync).code, "log-restarted");
}

#[test]
fn a_server_restored_from_backup_gets_its_records_again() {
    let rig = Rig::ready();
    book(&rig, 5);
    rig.sync();
    rig.server.0.borrow_mut().records.retain(|(_, seq), _| *seq <= 2);
    let view = rig.sync();
    assert_eq!((view.sent, view.status.unsent), (3, 0));
    assert_eq!(rig.server.events().len(), 5);
}

#[test]
fn a_server_restored_to_before_the_enrolment_gets_everything_again() {
    let rig = Rig::ready();
    book(&rig, 3);
    rig.sync();
    book(&rig, 1);
    // Monday's backup does not know the device that was enrolled on Tuesday.
    rig.server.0.borrow_mut().forget_devices();
    assert_eq!(rig.problem(Command::Sync).code, "server-unauthorized");
    assert!(!rig.now_status().enrolled);
    rig.enrol();
    assert_eq!(rig.now_status().unsent, 4);
    rig.sync();
    assert_eq!((units(&rig), rig.now_status().unsent), (4, 0));

    // Once more: what earlier lives told is not lost with a later one either.
    book(&rig, 1);
    rig.sync();
    rig.server.0.borrow_mut().forget_devices();
    rig.ask(Command::Sync);
    rig.enrol();
    rig.sync();
    assert_eq!((units(&rig), rig.server.events().len()), (5, 5));
}

#[test]
fn enrolling_again_at_the_same_server_counts_nothing_twice() {
    let rig = Rig::ready();
    book(&rig, 3);
    rig.sync();
    let log = *rig.server.0.borrow().keys.keys().next().unwrap();
    rig.server.0.borrow_mut().covered.insert(log, 2);
    rig.sync();
    rig.server.0.borrow_mut().revoked = true;
    rig.ask(Command::Sync);
    rig.enrol();
    assert_eq!(
        rig.now_status().unsent,
        3,
        "whether this server still has what it said was covered is not known"
    );
    rig.sync();
    assert_eq!(units(&rig), 3);
}

/// A device with eight records of which a verified backup covers five and that forgot those, all old.
fn forgetful() -> (Rig, LogId) {
    let rig = Rig::ready();
    book(&rig, 5);
    rig.sync();
    let log = *rig.server.0.borrow().keys.keys().next().unwrap();
    rig.machine.pass(8 * 24 * 3_600_000);
    rig.server.0.borrow_mut().now = rig.machine.now.get();
    rig.server.0.borrow_mut().covered.insert(log, 5);
    rig.sync();
    assert_eq!(kept(&rig), 0);
    rig.sign_in();
    book(&rig, 3);
    rig.sync();
    (rig, log)
}

fn restored(rig: &Rig, head: u64) {
    let mut state = rig.server.0.borrow_mut();
    state.records.retain(|(_, seq), _| *seq <= head);
    for covered in state.covered.values_mut() {
        *covered = head.min(*covered);
    }
    state.incarnation += 1;
}

fn kept(rig: &Rig) -> i64 {
    rusqlite::Connection::open(rig.database())
        .unwrap()
        .query_row("SELECT count(*) FROM record", [], |row| row.get(0))
        .unwrap()
}

#[test]
fn a_server_restored_to_before_what_it_covered_takes_its_word_back() {
    let rig = Rig::ready();
    book(&rig, 5);
    rig.sync();
    let log = *rig.server.0.borrow().keys.keys().next().unwrap();
    rig.server.0.borrow_mut().covered.insert(log, 5);
    rig.sync();
    // Monday's backup is restored on Friday, and before the next one is made all has become old.
    restored(&rig, 2);
    rig.sync();
    assert_eq!(rig.server.events().len(), 5);
    rig.machine.pass(8 * 24 * 3_600_000);
    rig.server.0.borrow_mut().now = rig.machine.now.get();
    rig.sync();
    assert_eq!(kept(&rig), 3, "what no backup covers any more is kept");
    restored(&rig, 2);
    rig.sync();
    assert_eq!(rig.server.events().len(), 5);
}

#[test]
fn a_server_that_says_more_is_covered_than_it_has_is_not_believed() {
    let rig = Rig::ready();
    book(&rig, 5);
    rig.sync();
    let log = *rig.server.0.borrow().keys.keys().next().unwrap();
    rig.server.0.borrow_mut().covered.insert(log, 5);
    rig.server.0.borrow_mut().records.retain(|(_, seq), _| *seq <= 2);
    rig.machine.pass(8 * 24 * 3_600_000);
    rig.server.0.borrow_mut().now = rig.machine.now.get();
    rig.sync();
    assert_eq!((kept(&rig), rig.server.events().len()), (3, 5));
}

#[test]
fn what_stands_beyond_a_hole_comes_back_after_every_restore() {
    let (rig, log) = forgetful();
    restored(&rig, 2);
    rig.sync();
    assert_eq!(
        rig.server.events().len(),
        5,
        "two that were there and three that are kept"
    );
    assert_eq!(
        rig.server.0.borrow().head(log).seq,
        2,
        "three are nowhere any more"
    );
    // The head of the log is the same before and after.
    restored(&rig, 2);
    assert_eq!(rig.sync().sent, 3);
    assert_eq!((rig.server.events().len(), kept(&rig)), (5, 3));
    assert_eq!(rig.sync().sent, 0, "once");
}
