//! Delivery and ward receipt.
#![allow(clippy::unwrap_used)]

mod common;

use common::region::{self, early, late, pump_label, ward};
use common::{Rig, reasons};
use sparhund_scanner_core::api::{Command, ScanOutcome, ScanView, Standing, TaskView};
use sparhund_shared::event::{BizStep, EntryMethod, OrderLineRef, StockStatus};
use sparhund_shared::fold::Progress;
use sparhund_shared::verdict::Verdict;
use sparhund_shared::wire::Topic;

/// Picks 12 EARLY, 18 LATE and pump P1.
fn pick_all(rig: &Rig) {
    rig.pick();
    rig.scan(&early());
    rig.count(0, 12);
    rig.scan(&late());
    rig.count(1, 18);
    rig.scan(&pump_label("P1"));
    assert_eq!(rig.book().units, 31);
}

/// Lot or serial of the goods that a STOP keeps back.
fn kept_back(view: &ScanView) -> Vec<String> {
    let ScanOutcome::KeptBack { goods } = &view.outcome else {
        panic!("not kept back: {:?}", view.outcome)
    };
    let units = goods.iter().map(|goods| goods.item.item.unit());
    units
        .map(|unit| match (unit.lot, unit.serial) {
            (Some(lot), _) => lot.to_string(),
            (None, serial) => serial.unwrap().to_string(),
        })
        .collect()
}

#[test]
fn a_whole_order_goes_its_way_offline() {
    let rig = Rig::ready();
    rig.server.offline(true);
    pick_all(&rig);
    rig.deliver();
    assert_eq!(rig.problem(Command::Book).code, "ward-needed");
    let wrong = rig.scan(&region::place_label(&region::other_ward()));
    assert_eq!(
        (wrong.judgement.verdict, reasons(&wrong)),
        (Verdict::Stop, vec!["wrong-place"])
    );
    assert_eq!(rig.problem(Command::Book).code, "ward-needed", "a stop is a stop");
    rig.scan(&region::place_label(&ward()));
    let body = "37350000000000001";
    let sscc = format!(
        "{body}{}",
        sparhund_shared::identity::check_digit(body.as_bytes()).unwrap()
    );
    rig.scan(&format!("(00){sscc}"));
    let booked = rig.book();
    assert_eq!((booked.events.len(), booked.units), (3, 31));
    assert_eq!(booked.task.standing, Standing::Waiting, "one pump is not picked");
    rig.reopen();
    let task = rig.confirm();
    assert_eq!(task.lines[0].units.len(), 2);
    assert_eq!(rig.scan(&early()).judgement.verdict, Verdict::Ok);
    rig.count(0, 12);
    // One carton of LATE is missing: the ward confirms what is there.
    rig.scan(&late());
    rig.count(1, 17);
    assert_eq!(reasons(&rig.count(1, 19)), ["too-many"]);
    rig.scan(&pump_label("P1"));
    assert_eq!(rig.book().units, 30);
    let left = rig.task(Command::CurrentTask);
    assert_eq!((left.lines[0].left, left.lines[1].left), (1, 0));
    assert_eq!(left.standing, Standing::Todo);
    rig.server.offline(false);
    rig.sync();
    assert!(
        rig.server
            .movements_of(BizStep::Shipping)
            .iter()
            .all(|m| m.sscc.unwrap().to_string() == sscc)
    );
    let books = rig.server.books();
    let line = |line| OrderLineRef {
        order: region::order_no(),
        line,
    };
    assert_eq!(
        books.orders()[&line(1)],
        Progress {
            picked: 30,
            shipped: 30,
            accepted: 29
        }
    );
    let at_ward: i64 = books
        .stock()
        .iter()
        .filter(|(_, place, status, _)| place.to_string() == ward() && *status == StockStatus::Available)
        .map(|(_, _, _, units)| units)
        .sum();
    assert_eq!(at_ward, 30);
}

#[test]
fn goods_held_meanwhile_stay_behind() {
    let rig = Rig::ready();
    pick_all(&rig);
    rig.server.hold(&region::hold(region::compress(), Some("LATE")));
    // The hold comes while the picks are still unsent: the server would list them itself after a sync.
    rig.server.fail_next(&[None, Some(common::server::Fault::Lost)]);
    assert_eq!(rig.problem(Command::Sync).code, "offline");
    let task = rig.deliver();
    let held: Vec<bool> = task.lines[0]
        .units
        .iter()
        .map(|unit| unit.judgement.verdict == Verdict::Stop)
        .collect();
    assert_eq!(held.iter().filter(|held| **held).count(), 1);
    assert_eq!(
        (task.lines[0].left, task.lines[0].may_go),
        (30, 12),
        "no button offers what is held"
    );
    rig.place(&ward());
    // Whoever taps means everything picked: first they hear what stays, and nothing leaves.
    let stopped = rig.judged(Command::Book);
    assert_eq!(reasons(&stopped), ["held"]);
    assert_eq!(kept_back(&stopped), ["LATE"]);
    let booked = rig.book();
    assert_eq!((booked.units, booked.kept_back.len()), (13, 1));
    assert_eq!(booked.kept_back[0].units, 18);
    assert_eq!(booked.kept_back[0].judgement.reasons[0].word(), "held");
    rig.confirm();
    assert_eq!(reasons(&rig.scan(&late())), ["held", "not-expected"]);
}

#[test]
fn a_delivery_of_nothing_but_held_goods_is_a_stop_each_time() {
    let rig = Rig::ready();
    pick_all(&rig);
    for (id, di) in [("aa", region::compress()), ("ab", region::pump())] {
        let mut hold = region::hold(di, None);
        hold.id =
            sparhund_shared::log::HoldId(format!("00000000-0000-7000-8000-0000000000{id}").parse().unwrap());
        rig.server.hold(&hold);
    }
    rig.server.fail_next(&[None, Some(common::server::Fault::Lost)]);
    rig.problem(Command::Sync);
    rig.deliver();
    rig.place(&ward());
    for _ in 0..2 {
        let stopped = rig.judged(Command::Book);
        assert_eq!(stopped.judgement.verdict, Verdict::Stop);
        assert_eq!(kept_back(&stopped), ["EARLY", "LATE", "P1"]);
        assert!(stopped.task.undo.is_none() && stopped.task.standing == Standing::Todo);
        assert!(stopped.task.lines.iter().all(|line| line.may_go == 0));
    }
    assert_eq!(rig.now_status().records, 3, "the picks, and nothing else");
}

#[test]
fn a_line_is_complete_only_with_all_that_was_ordered() {
    use Standing::{Complete, Todo, Waiting};

    let standings = |task: &TaskView| -> Vec<Standing> {
        let mut lines: Vec<_> = task.lines.iter().collect();
        lines.sort_by_key(|line| line.line);
        lines.iter().map(|line| line.standing).collect()
    };

    let rig = Rig::ready();
    rig.pick();
    rig.scan(&early());
    rig.count(0, 12);
    rig.book();
    // 12 of 30 are picked, and no pump of two.
    let task = rig.deliver();
    assert_eq!((standings(&task), task.standing), (vec![Todo, Waiting], Todo));
    rig.place(&ward());
    let shipped = rig.book().task;
    assert_eq!(standings(&shipped), [Waiting, Waiting]);
    assert_eq!(shipped.standing, Waiting);
    assert_eq!(shipped.lines[0].progress.picked, 12);
    assert_eq!(standings(&rig.confirm()), [Todo, Waiting]);
    rig.judged(Command::ExpectLine { line: 1 });
    let confirmed = rig.book().task;
    assert_eq!(standings(&confirmed), [Waiting, Waiting]);
    assert_eq!(confirmed.standing, Waiting);

    let rig = Rig::ready();
    pick_all(&rig);
    rig.pick();
    rig.scan(&pump_label("P2"));
    let all = rig.book().task;
    assert_eq!((standings(&all), all.standing), (vec![Complete; 2], Complete));
    rig.deliver();
    rig.place(&ward());
    assert_eq!(rig.book().task.standing, Complete);
    rig.confirm();
    rig.judged(Command::ExpectLine { line: 1 });
    let half = rig.book().task;
    assert_eq!((standings(&half), half.standing), (vec![Complete, Todo], Todo));
}

#[test]
fn another_device_delivers_and_confirms_what_the_server_tells() {
    let rig = Rig::ready();
    let mut order = region::order();
    order.lines[0].progress.picked = 30;
    order.lines[0].picked = vec![region::option(
        &region::dispatch(),
        Some("EARLY"),
        None,
        Some("2027-03-31"),
        30,
    )];
    rig.server.put(Topic::Orders, "O-1", Some(region::value(&order)));
    rig.sync();
    assert_eq!(rig.tasks().to_deliver.len(), 1);
    rig.deliver();
    rig.place(&ward());
    assert_eq!(rig.book().units, 30);
    rig.confirm();
    rig.scan(&early());
    let all = rig.judged(Command::ExpectLine { line: 1 });
    // What was scanned and what was confirmed by a button are told apart.
    let units: Vec<_> = all.task.basket.iter().map(|entry| entry.units).collect();
    assert_eq!(units, [1, 29]);
    assert_eq!(rig.problem(Command::ExpectLine { line: 2 }).code, "no-line");
    rig.book();
    rig.sync();
    let accepted = rig.server.movements_of(BizStep::Accepting);
    let entries: Vec<_> = accepted
        .iter()
        .map(|moved| (moved.capture.entry, moved.quantity.get()))
        .collect();
    assert_eq!(entries, [(EntryMethod::Camera, 1), (EntryMethod::Confirmed, 29)]);
    assert!(accepted[1].capture.raw.is_empty());
}

#[test]
fn a_pick_that_left_the_store_is_not_taken_back() {
    let rig = Rig::ready();
    pick_all(&rig);
    rig.deliver();
    rig.place(&ward());
    rig.book();
    rig.pick();
    assert_eq!(rig.problem(Command::Undo).code, "gone-on");
    rig.deliver();
    assert_eq!(rig.undo().len(), 3);
    rig.pick();
    assert_eq!(rig.undo().len(), 3);
    assert_eq!(rig.pick().lines[0].progress.picked, 0);
}

#[test]
fn what_was_not_sent_is_not_expected() {
    let rig = Rig::ready();
    pick_all(&rig);
    rig.deliver();
    rig.place(&ward());
    rig.book();
    rig.confirm();
    let other_lot = rig.scan(&format!("(01){}(17)280331(10)OTHER", region::compress()));
    assert_eq!(reasons(&other_lot), ["not-expected"]);
    assert_eq!(reasons(&rig.scan(&pump_label("P2"))), ["not-expected"]);
    assert_eq!(
        reasons(&rig.scan(&region::place_label(&region::other_ward()))),
        ["wrong-place"]
    );
    let line = rig.judged(Command::ExpectLine { line: 1 });
    assert_eq!(line.judgement.verdict, Verdict::Ok);
    assert_eq!(rig.book().units, 30);
}
