//! What lies in the basket is judged by what the device knows now, not by what it knew at the scan.
#![allow(clippy::unwrap_used)]

mod common;

use common::region::{self, bin, compress, early, pump_label, ward};
use common::server::Fault;
use common::{Rig, reasons};
use sparhund_scanner_core::api::{BasketEntry, Command};
use sparhund_shared::verdict::{Reason, Verdict};

fn words(entry: &BasketEntry) -> Vec<&'static str> {
    entry.judgement.reasons.iter().map(Reason::word).collect()
}

#[test]
fn a_hold_that_came_since_the_scan_marks_its_entry_alone() {
    let rig = Rig::ready();
    rig.pick();
    rig.scan(&pump_label("P1"));
    rig.scan(&early());
    rig.server.hold(&region::hold(compress(), Some("EARLY")));
    rig.sync();
    let task = rig.task(Command::CurrentTask);
    assert_eq!(words(&task.basket[1]), ["held"]);
    assert_eq!(task.basket[1].judgement.verdict, Verdict::Stop);
    assert_eq!(task.basket[0].judgement.verdict, Verdict::Ok, "the pump may go");
    assert!(task.stop.is_none(), "no STOP that nobody asked for");
    assert!(
        task.can_book,
        "booking tells of it and sets it aside, and no shelf is asked for"
    );
    assert_eq!(reasons(&rig.judged(Command::Book)), ["held"]);
}

#[test]
fn a_day_that_passed_marks_what_expired_with_it() {
    let rig = Rig::ready();
    rig.pick();
    rig.scan(&early());
    rig.machine.today.set(jiff::civil::date(2031, 1, 1));
    let task = rig.task(Command::CurrentTask);
    assert_eq!(words(&task.basket[0]), ["expired"]);
}

#[test]
fn the_reasons_of_an_entry_are_there_when_the_task_is_resumed() {
    let rig = Rig::ready();
    rig.pick();
    rig.scan(&early());
    assert_eq!(reasons(&rig.count(0, 13)), ["book-short"]);
    rig.ask(Command::LeaveTask);
    rig.ask(Command::SignOut);
    rig.sign_in_as("plockare2");
    rig.ask(Command::SignOut);
    rig.sign_in();
    rig.reopen();
    assert_eq!(words(&rig.pick().basket[0]), ["book-short"]);
}

#[test]
fn a_scan_too_many_hears_what_the_basket_has() {
    let rig = Rig::ready();
    rig.pick();
    rig.scan(&early());
    rig.count(0, 12);
    rig.scan(&region::late());
    rig.count(1, 18);
    let full = rig.scan(&region::late());
    assert_eq!(full.judgement.reasons, [Reason::LineFullInBasket { units: 30 }]);
    rig.count(1, 15);
    // Lot EARLY is all there; ten more of LATE do not fit beside 27.
    let ten = rig.scan(&region::ten("LATE", "280331"));
    assert!(
        matches!(
            ten.judgement.reasons[..],
            [Reason::TooManyPacked {
                left: 3,
                per_pack: 10
            }]
        ),
        "{:?}",
        ten.judgement
    );
    assert_eq!(
        rig.count(1, 19).judgement.reasons,
        [Reason::TooMany { left: 18 }],
        "a count is of all of the entry"
    );
}

#[test]
fn picked_goods_that_came_under_a_hold_are_told_until_they_leave() {
    let rig = Rig::ready();
    rig.server.offline(true);
    rig.pick();
    rig.scan(&early());
    rig.count(0, 12);
    rig.book();
    assert!(rig.tasks().stranded.is_empty());
    rig.server.hold(&region::hold(compress(), Some("EARLY")));
    // The hold comes while the pick is still unsent: the server would list it itself after a sync.
    rig.server.offline(false);
    rig.server.fail_next(&[None, Some(Fault::Lost)]);
    assert_eq!(rig.problem(Command::Sync).code, "offline");
    let told = rig.tasks().stranded;
    assert_eq!(told.len(), 1);
    assert_eq!(
        (
            told[0].order.as_str(),
            told[0].place.name.as_str(),
            told[0].goods.units
        ),
        ("O-1", "Utlastning", 12)
    );
    assert_eq!(told[0].goods.judgement.reasons[0].word(), "held");
    let line = &rig.pick().lines[0].units;
    assert_eq!((line.len(), line[0].units), (1, 12), "the pick says it too");
    rig.sign_in_as("vard");
    assert!(
        rig.tasks().stranded.is_empty(),
        "not for those who cannot fetch it"
    );
}

#[test]
fn a_ward_is_no_shelf_and_a_person_hears_so() {
    let rig = Rig::ready();
    rig.receive("Leverantören AB");
    rig.scan(&early());
    let warned = rig.scan(&region::place_label(&ward()));
    assert_eq!(
        (warned.judgement.verdict, reasons(&warned)),
        (Verdict::Warn, vec!["no-shelf"])
    );
    assert_eq!(rig.place(&bin(1)).judgement.verdict, Verdict::Ok);
    assert_eq!(reasons(&rig.place(&region::dispatch())), ["no-shelf"]);
    assert_eq!(rig.place(&region::store()).judgement.verdict, Verdict::Stop);
    assert_eq!(rig.book().units, 1);
}

#[test]
fn scans_that_a_stop_sent_away_are_told_after_a_restart() {
    let rig = Rig::ready();
    rig.pick();
    rig.scan("(01)07350000007770(10)X");
    rig.task(Command::NoteMissedScan);
    rig.task(Command::NoteMissedScan);
    rig.reopen();
    assert_eq!(rig.pick().stop.unwrap().missed, 2);
    rig.task(Command::AcknowledgeStop);
    assert!(rig.task(Command::NoteMissedScan).stop.is_none());
}

#[test]
fn what_can_be_taken_back_says_how_much_it_is() {
    let rig = Rig::ready();
    rig.pick();
    rig.scan(&early());
    rig.count(0, 3);
    rig.book();
    rig.reopen();
    assert_eq!(rig.pick().undo.unwrap().units, 3);
}
