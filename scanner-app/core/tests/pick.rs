//! Picking: first expired first out, and a stop is a stop.
#![allow(clippy::unwrap_used)]

mod common;

use common::region::{self, bin, early, late, lost, lot_in_two_bins, pump_label, stranger, ten};
use common::{Rig, reasons};
use sparhund_scanner_core::api::{Command, RawScan, ScanOutcome};
use sparhund_shared::event::{BizStep, EntryMethod};
use sparhund_shared::verdict::Verdict;
use sparhund_shared::wire::Topic;

#[test]
fn the_lot_that_expires_first_is_suggested_and_another_is_stopped() {
    let rig = Rig::ready();
    let task = rig.pick();
    let first = task.lines.iter().find(|line| line.line == 1).unwrap();
    let suggestion = first.suggestion.as_ref().unwrap();
    assert_eq!(suggestion.lot.as_ref().unwrap().as_str(), "EARLY");
    assert_eq!(suggestion.place.code.to_string(), bin(2));
    let stopped = rig.scan(&late());
    assert_eq!(reasons(&stopped), ["wrong-lot"]);
    assert!(stopped.task.basket.is_empty());
    assert_eq!(rig.problem(Command::Book).code, "basket-empty");
}

#[test]
fn the_first_symbol_of_a_label_is_no_wrong_lot_and_alone_it_is_not_booked() {
    let rig = Rig::ready();
    rig.pick();
    let bare = format!("(01){}", region::compress());
    let first = rig.scan(&bare);
    assert_eq!(
        (first.judgement.verdict, reasons(&first)),
        (Verdict::Warn, vec!["no-lot", "no-expiry"])
    );
    let whole = rig.scan("(17)270331(10)EARLY");
    assert_eq!(
        (whole.judgement.verdict, whole.task.basket.len()),
        (Verdict::Ok, 1)
    );
    rig.count(0, 0);
    rig.scan(&bare);
    assert_eq!(
        reasons(&rig.scan("(17)280331(10)LATE")),
        ["wrong-lot"],
        "now it is known"
    );
    rig.scan(&bare);
    rig.place(&bin(2));
    let alone = rig.judged(Command::Book);
    assert_eq!(reasons(&alone), ["wrong-lot", "no-lot", "no-expiry"]);
    assert_eq!(rig.now_status().records, 0);
    rig.ask(Command::ClearBasket);
    rig.place(&bin(2));
    assert_eq!(
        reasons(&rig.scan(&bare)),
        ["no-lot", "no-expiry"],
        "after its bin too"
    );
    rig.count(0, 12);
    rig.scan("(17)270331(10)EARLY");
    rig.book();
    assert_eq!(rig.picked_from(), [(bin(2), 12)]);
}

#[test]
fn own_unsent_picks_are_taken_off_the_suggestion() {
    let rig = Rig::ready();
    rig.pick();
    rig.server.offline(true);
    rig.scan(&early());
    rig.count(0, 12);
    assert_eq!(
        rig.scan(&late()).judgement.verdict,
        Verdict::Ok,
        "the basket counts too"
    );
    rig.count(1, 0);
    rig.book();
    // The shelf of EARLY is empty now, though the server still says 12.
    let task = rig.task(Command::CurrentTask);
    let line = task.lines.iter().find(|line| line.line == 1).unwrap();
    assert_eq!(
        line.suggestion.as_ref().unwrap().lot.as_ref().unwrap().as_str(),
        "LATE"
    );
    assert_eq!((line.progress.picked, line.left), (12, 18));
    assert_eq!(rig.scan(&late()).judgement.verdict, Verdict::Ok);
    rig.count(0, 18);
    rig.book();
    rig.server.offline(false);
    assert_eq!(rig.picked_from(), [(bin(2), 12), (bin(1), 18)]);
    let moved = rig.server.movements_of(BizStep::Picking);
    assert!(moved.iter().all(|pick| pick.to.to_string() == region::dispatch()));
    assert!(moved.iter().all(|pick| pick.capture.raw.len() == 1));
}

#[test]
fn the_same_item_adds_up_and_packages_count_base_units() {
    let rig = Rig::ready();
    rig.pick();
    rig.scan(&early());
    let twice = rig.scan(&early());
    assert_eq!(twice.task.basket[0].packs, 2);
    rig.count(0, 0);
    let package = rig.scan(&ten("EARLY", "270331"));
    assert_eq!(
        (package.task.basket[0].packs, package.task.basket[0].units),
        (1, 10)
    );
    let more = rig.scan(&ten("EARLY", "270331"));
    assert_eq!(
        more.task.basket[0].units, 20,
        "the book says 12, the shelf is right"
    );
    let over = rig.count(0, 4);
    assert_eq!(reasons(&over), ["too-many-packed"]);
    assert_eq!(over.task.basket[0].packs, 2, "a stop leaves the entry as it was");
}

#[test]
fn wrong_expired_and_held_goods_are_stopped() {
    let rig = Rig::ready();
    rig.pick();
    let unknown = rig.scan(&format!("(01){}(10)X", stranger()));
    assert_eq!(unknown.judgement.verdict, Verdict::Stop);
    assert!(reasons(&unknown).contains(&"wrong-item"));
    let expired = rig.scan(&format!("(01){}(17)261121(10)OLD", region::compress()));
    assert_eq!(reasons(&expired), ["expired"]);
    let last_day = rig.scan(&format!("(01){}(17)261122(10)TODAY", region::compress()));
    assert_eq!(
        last_day.judgement.verdict,
        Verdict::Ok,
        "usable on the expiry date itself"
    );
    rig.server.hold(&region::hold(region::compress(), Some("EARLY")));
    rig.sync();
    assert_eq!(reasons(&rig.scan(&early())), ["held"]);
    assert_eq!(
        rig.scan(&late()).judgement.verdict,
        Verdict::Ok,
        "held goods are not suggested either"
    );
    let case_only = rig.scan(&format!("(01){}(17)270331(10)early", region::compress()));
    assert!(reasons(&case_only).contains(&"maybe-held"));
}

#[test]
fn a_stop_stands_through_a_restart_until_it_is_acknowledged() {
    let rig = Rig::ready();
    rig.pick();
    let stopped = rig.scan(&late());
    rig.reopen();
    let stop = rig.task(Command::CurrentTask).stop.unwrap();
    assert_eq!(
        stop.raw,
        Some(RawScan::from(late().as_str())),
        "what came can be read out"
    );
    assert_eq!(
        (stop.outcome, stop.judgement, stop.raw),
        (stopped.outcome, stopped.judgement, stopped.raw)
    );
    rig.ask(Command::LeaveTask);
    assert!(rig.pick().stop.is_some(), "leaving is no acknowledgement");
    assert!(rig.task(Command::AcknowledgeStop).stop.is_none());
    rig.reopen();
    assert!(rig.task(Command::CurrentTask).stop.is_none());

    rig.scan(&early());
    assert!(rig.count(0, 99).task.stop.is_some());
    assert!(
        rig.count(0, 12).task.stop.is_none(),
        "a step that goes on leaves it behind"
    );
    rig.sync();
    rig.server.hold(&region::hold(region::compress(), None));
    rig.judged(Command::Book);
    rig.reopen();
    assert!(
        rig.task(Command::CurrentTask).stop.is_some(),
        "a STOP at booking too"
    );
}

#[test]
fn a_hold_that_comes_between_scan_and_booking_stops_the_booking() {
    let rig = Rig::ready();
    rig.pick();
    rig.scan(&early());
    rig.server.hold(&region::hold(region::compress(), None));
    rig.sync();
    let stopped = rig.judged(Command::Book);
    assert!(matches!(stopped.outcome, ScanOutcome::Stopped { .. }));
    assert_eq!(reasons(&stopped), ["held"]);
    assert_eq!(rig.now_status().unsent, 0);
}

#[test]
fn a_serial_is_one_piece_and_goes_once() {
    let rig = Rig::ready();
    rig.pick();
    assert_eq!(rig.scan(&pump_label("P1")).judgement.verdict, Verdict::Ok);
    rig.machine.pass(1_000);
    assert_eq!(reasons(&rig.scan(&pump_label("P1"))), ["serial-again"]);
    assert_eq!(reasons(&rig.count(0, 2)), ["serial-count"]);
    rig.book();
    rig.ask(Command::CloseTask);
    rig.pick();
    assert_eq!(
        reasons(&rig.scan(&pump_label("P1"))),
        ["serial-again"],
        "of this order, whatever task"
    );
    rig.sync();
    let bare = rig.scan(&format!("(01){}", region::pump()));
    assert_eq!(reasons(&bare)[0], "no-serial");
}

#[test]
fn a_scanner_whose_separators_come_through_is_set_up() {
    let rig = Rig::ready();
    rig.pick();
    let wedge = |text: String| Command::Scan {
        raw: RawScan::from(text.as_str()),
        entry: EntryMethod::Wedge,
    };
    let early = format!("]d201{}1727033110EARLY", region::compress());
    assert_eq!(reasons(&rig.judged(wedge(early))), ["uncalibrated"]);
    let unknown = format!("]d201{}10X\u{1d}17270331", region::stranger());
    rig.judged(wedge(unknown));
    assert!(
        !rig.now_status().calibrated,
        "nobody knows whether that was right"
    );
    rig.count(0, 0);
    // Nor does a separator show that the other keys are right: this one may have typed A/1 for what is printed. An
    // AIM identifier would have told the two keyboards apart.
    let unmarked = format!("01{}10A/1\u{1d}17270331", region::compress());
    assert_eq!(reasons(&rig.judged(wedge(unmarked))), ["uncalibrated"]);
    assert!(!rig.now_status().calibrated);
    rig.count(0, 0);
    let separated = format!("]d201{}10EARLY\u{1d}17270331", region::compress());
    assert_eq!(reasons(&rig.judged(wedge(separated))), [""; 0]);
    rig.reopen();
    assert!(rig.now_status().calibrated);
    assert!(rig.now_status().profile.is_none());
}

#[test]
fn a_serial_too_many_is_not_told_to_change_a_count() {
    let rig = Rig::ready();
    rig.pick();
    rig.scan(&pump_label("P1"));
    rig.scan(&pump_label("P2"));
    assert_eq!(reasons(&rig.scan(&pump_label("P3"))), ["line-full-in-basket"]);
}

#[test]
fn a_bin_of_another_store_is_the_wrong_place() {
    let rig = Rig::ready();
    rig.pick();
    assert_eq!(
        reasons(&rig.scan(&region::place_label(&region::ward()))),
        ["wrong-place"]
    );
    assert_eq!(
        reasons(&rig.scan(&region::place_label(&format!("{}/Z", region::store())))),
        ["unknown-place"]
    );
    let right = rig.scan(&region::place_label(&bin(1)));
    assert_eq!(right.task.place.unwrap().name, "A-01");
}

#[test]
fn goods_the_books_have_nowhere_need_their_bin() {
    let rig = Rig::ready();
    rig.pick();
    let found = rig.scan(&lost());
    assert_eq!(found.judgement.verdict, Verdict::Ok);
    assert!(!found.task.can_book);
    assert_eq!(rig.problem(Command::Book).code, "place-needed");
    assert!(rig.place(&bin(1)).task.can_book);
    rig.book();
    assert_eq!(rig.picked_from(), [(bin(1), 1)]);
}

#[test]
fn a_pick_over_two_bins_is_told_as_two() {
    let rig = Rig::ready();
    rig.spread_over_two_bins();
    rig.pick();
    rig.scan(&lot_in_two_bins());
    rig.count(0, 12);
    assert_eq!(rig.book().units, 12);
    assert_eq!(rig.picked_from(), [(bin(1), 5), (bin(2), 7)]);
}

#[test]
fn roles_and_sessions_are_asked_for() {
    let rig = Rig::ready();
    rig.pick();
    rig.machine.pass(12 * 3_600_000);
    assert_eq!(rig.problem(common::scan(&early())).code, "session-over");
    rig.sign_in();
    let mut user = region::user();
    user.roles = vec![sparhund_shared::reference::Role::Ward];
    rig.server
        .put(Topic::Users, &user.id.to_string(), Some(region::value(&user)));
    rig.sync();
    assert_eq!(rig.problem(common::scan(&early())).code, "role-missing");
    rig.status(Command::SignOut);
    assert_eq!(rig.problem(common::scan(&early())).code, "not-signed-in");
}
