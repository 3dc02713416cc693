//! Uttag: the place, then one scan a unit.

use sparhund_scanner_core::api::{Command, DeedKind, Prompt, ScanOutcome};
use sparhund_shared::event::{BizStep, StockStatus};
use sparhund_shared::verdict::Verdict;

use crate::common::region::{self, bin, compress, early, pump_label, ward};
use crate::common::{Rig, reasons};
use crate::{at, prompt, start, stocked};

fn left(rig: &Rig) -> i64 {
    let stock = rig.server.books().stock();
    let free = stock
        .iter()
        .filter(|(_, _, status, _)| *status == StockStatus::Available);
    free.map(|(_, _, _, units)| units).sum()
}

#[test]
fn one_scan_takes_goods_into_use_without_a_tap_and_without_network() {
    let rig = stocked(&ward());
    let task = start(&rig, DeedKind::Use);
    assert_eq!(prompt(&task), Prompt::ScanFrom);
    assert_eq!(prompt(&at(&rig, &ward()).task), Prompt::ScanGoods);
    for _ in 0..3 {
        rig.machine.pass(2_000);
        let scanned = rig.scan(&early());
        assert_eq!(
            (scanned.judgement.verdict, scanned.booked),
            (Verdict::Ok, 1),
            "{:?}",
            reasons(&scanned)
        );
        assert!(scanned.task.basket.is_empty(), "the next one may come");
        assert!(scanned.task.undo.is_some());
    }
    rig.undo();
    rig.server.offline(false);
    rig.sync();
    let used = rig.server.movements_of(BizStep::Dispensing);
    assert_eq!(used.len(), 3);
    assert_eq!(
        (used[0].from.as_ref(), used[0].to.to_string()),
        (Some(&used[0].to), ward())
    );
    let books = rig.server.books();
    let gone: i64 = books
        .stock()
        .iter()
        .filter(|row| row.2 == StockStatus::Used)
        .map(|row| row.3)
        .sum();
    assert_eq!((gone, left(&rig)), (2, 10), "one was taken back");
}

#[test]
fn goods_under_a_hold_are_not_used() {
    let rig = stocked(&ward());
    rig.server.offline(false);
    rig.server.hold(&region::hold(compress(), Some("EARLY")));
    rig.sync();
    rig.server.offline(true);
    start(&rig, DeedKind::Use);
    at(&rig, &ward());
    let scanned = rig.scan(&early());
    assert_eq!((scanned.judgement.verdict, scanned.booked), (Verdict::Stop, 0));
    assert!(scanned.task.basket.is_empty());
    rig.ask(Command::AcknowledgeStop);
    assert_eq!(rig.problem(Command::Book).code, "basket-empty");
}

#[test]
fn what_gives_pause_waits_for_a_tap() {
    let rig = stocked(&ward());
    start(&rig, DeedKind::Use);
    at(&rig, &ward());
    let scanned = rig.scan(&format!("(01){}", compress()));
    assert_eq!(
        (reasons(&scanned), scanned.booked),
        (vec!["no-lot", "no-expiry"], 0)
    );
    // The other symbol of the label says the rest.
    let whole = rig.scan("(17)270331(10)EARLY");
    assert_eq!((whole.judgement.verdict, whole.booked), (Verdict::Ok, 1));
    assert_eq!(
        rig.problem(crate::common::scan("(10)EARLY")).code,
        "product-first"
    );
}

#[test]
fn a_serial_is_used_once() {
    let rig = stocked(&ward());
    start(&rig, DeedKind::Use);
    at(&rig, &ward());
    let first = rig.scan(&pump_label("P1"));
    assert_eq!(
        (first.booked, reasons(&first)),
        (1, vec!["not-in-book"]),
        "the shelf is right"
    );
    rig.machine.pass(5_000);
    let again = rig.scan(&pump_label("P1"));
    assert_eq!(
        (again.judgement.verdict, reasons(&again)[0]),
        (Verdict::Stop, "serial-again")
    );
    rig.ask(Command::AcknowledgeStop);
    rig.ask(Command::CloseTask);
    // Another day at the same ward knows it too.
    start(&rig, DeedKind::Use);
    at(&rig, &ward());
    assert_eq!(reasons(&rig.scan(&pump_label("P1")))[0], "serial-again");
}

#[test]
fn goods_come_from_a_ward_or_a_bin() {
    let rig = stocked(&ward());
    start(&rig, DeedKind::Use);
    assert_eq!(reasons(&at(&rig, &region::store())), ["unknown-place"]);
    rig.ask(Command::AcknowledgeStop);
    assert_eq!(reasons(&at(&rig, &region::dispatch())), ["no-shelf"]);
    assert_eq!(at(&rig, &bin(1)).task.place.unwrap().code.to_string(), bin(1));
}

/// Whoever holds the trigger a little too long has used one pump, not two, and sees no STOP for it.
#[test]
fn two_scans_of_one_piece_within_a_second_are_one() {
    let rig = stocked(&ward());
    start(&rig, DeedKind::Use);
    at(&rig, &ward());
    assert_eq!(rig.scan(&pump_label("P1")).booked, 1);
    rig.machine.pass(900);
    let again = rig.scan(&pump_label("P1"));
    assert_eq!((again.judgement.verdict, again.booked), (Verdict::Ok, 0));
    assert_eq!(again.outcome, ScanOutcome::KnownAlready);
    rig.machine.pass(200);
    assert_eq!(
        rig.scan(&pump_label("P1")).judgement.verdict,
        Verdict::Stop,
        "a second later it is another scan"
    );
    rig.server.offline(false);
    rig.sync();
    assert_eq!(rig.server.movements_of(BizStep::Dispensing).len(), 1);
}
