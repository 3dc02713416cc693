//! Packning: a number, goods, closed; all of it offline.

use std::collections::BTreeSet;

use sparhund_scanner_core::api::{Answer, Command, DeedKind, LabelState, Prompt, ScanOutcome, TaskView};
use sparhund_shared::event::{BizStep, Event, Handling, UnitStep};
use sparhund_shared::identity::Sscc;
use sparhund_shared::label::LabelSize;
use sparhund_shared::reference::Rule;
use sparhund_shared::verdict::Verdict;
use sparhund_shared::wire::Topic;

use crate::common::region::{self, bin, early, late, order_no, pump_label, ward};
use crate::common::server::Server;
use crate::common::{Rig, reasons};
use crate::{prompt, start};

/// A server whose region has a company prefix.
fn server() -> Server {
    let server = Server::with_region();
    let prefix = "73500000000".to_owned();
    let rule = Rule::CompanyPrefix { prefix };
    server.put(Topic::Rules, &rule.key(), Some(region::value(&rule)));
    server.0.borrow_mut().keeps_order = true;
    server
}

fn device(server: &Server, seed: u64) -> Rig {
    let rig = Rig::with(server.clone(), seed);
    rig.enrol();
    rig.sign_in();
    rig.sync();
    rig
}

/// A handheld that received and picked 5 compresses of lot EARLY and the pump P1 for the order, and is offline.
pub fn picked() -> Rig {
    let rig = device(&server(), 1);
    rig.receive("Prov AB");
    rig.scan(&early());
    rig.count(0, 12);
    rig.scan(&pump_label("P1"));
    rig.place(&bin(1));
    rig.book();
    rig.sync();
    rig.sync();
    rig.ask(Command::CloseTask);
    rig.pick();
    rig.scan(&early());
    rig.count(0, 5);
    rig.scan(&pump_label("P1"));
    rig.book();
    rig.ask(Command::CloseTask);
    rig.server.offline(true);
    rig
}

fn pack(rig: &Rig) -> TaskView {
    start(rig, DeedKind::Pack { order: order_no() })
}

pub fn say(rig: &Rig, answer: Answer) -> TaskView {
    rig.judged(Command::Answer { answer }).task
}

/// Packs everything that is picked and closes the unit.
pub fn packed(rig: &Rig) -> Sscc {
    pack(rig);
    let task = say(rig, Answer::NewUnit);
    say(rig, Answer::AllThere);
    rig.book();
    rig.ask(Command::CloseTask);
    task.sscc.unwrap()
}

pub fn handled(server: &Server) -> Vec<Handling> {
    let state = server.0.borrow();
    let records = state.records.values().flatten();
    records
        .filter_map(|sealed| match sealed.record().event().unwrap() {
            Event::Handle(handling) => Some(handling),
            _ => None,
        })
        .collect()
}

#[test]
fn a_unit_is_numbered_filled_and_closed_offline() {
    let rig = picked();
    assert_eq!(rig.tasks().to_pack.len(), 1);
    let task = pack(&rig);
    assert_eq!(prompt(&task), Prompt::ScanUnit);
    assert!(task.deed.unwrap().offers.contains(&Answer::NewUnit));
    let task = say(&rig, Answer::NewUnit);
    let sscc = task.sscc.unwrap();
    assert_eq!(prompt(&task), Prompt::ScanGoods);
    assert_eq!(
        say(&rig, Answer::NewUnit).sscc,
        Some(sscc),
        "a second tap is no second unit"
    );

    let scanned = rig.scan(&early());
    assert_eq!(scanned.judgement.verdict, Verdict::Ok, "{:?}", reasons(&scanned));
    // Killed in the middle: number and goods are there.
    rig.reopen();
    let task = rig.task(Command::CurrentTask);
    assert_eq!((task.sscc, task.basket.len()), (Some(sscc), 1));
    rig.count(0, 5);
    // Of a lot that nobody picked, and one too many.
    assert_eq!(reasons(&rig.scan(&late())), ["not-expected"]);
    rig.ask(Command::AcknowledgeStop);
    assert_eq!(rig.scan(&early()).judgement.verdict, Verdict::Stop);
    rig.ask(Command::AcknowledgeStop);
    // Taken out again, and back in.
    rig.scan(&pump_label("P1"));
    let out = rig.count(1, 0);
    assert!(matches!(out.outcome, ScanOutcome::TakenOut { .. }));
    rig.machine.pass(2_000);
    rig.scan(&pump_label("P1"));
    let booked = rig.book();
    assert_eq!(booked.units, 6);
    let deed = booked.task.deed.unwrap();
    assert!(deed.expected.is_empty(), "nothing is left to pack");
    assert_eq!(
        (deed.units.len(), deed.units[0].sscc, deed.units[0].units),
        (1, sscc, 6)
    );
    assert!(rig.tasks().to_pack.is_empty());

    rig.server.offline(false);
    rig.sync();
    let moved = rig.server.movements_of(BizStep::Packing);
    assert_eq!(moved.len(), 2);
    for movement in &moved {
        assert_eq!(
            (movement.sscc, movement.from.as_ref()),
            (Some(sscc), Some(&movement.to))
        );
        assert_eq!(movement.order.as_ref().unwrap().order, order_no());
    }
    let books = rig.server.books();
    let inside: i64 = books.packed().values().map(|in_unit| in_unit.packed).sum();
    assert_eq!(inside, 6);
    let closed = handled(&rig.server);
    assert_eq!(
        (
            closed.len(),
            closed[0].step,
            closed[0].sscc,
            closed[0].order.clone()
        ),
        (1, UnitStep::Packing, sscc, Some(order_no()))
    );
    // What the server tells is what was here before.
    rig.sync();
    let deed = pack(&rig).deed.unwrap();
    assert_eq!((deed.expected.len(), deed.units.len()), (0, 1));
}

#[test]
fn closing_is_taken_back_within_ten_seconds() {
    let rig = picked();
    packed(&rig);
    pack(&rig);
    assert_eq!(
        rig.problem(Command::Undo).code,
        "undo-too-late",
        "another task has begun"
    );
    let rig = picked();
    pack(&rig);
    say(&rig, Answer::NewUnit);
    say(&rig, Answer::AllThere);
    rig.book();
    assert_eq!(rig.undo().len(), 3);
    let deed = rig.task(Command::CurrentTask).deed.unwrap();
    assert_eq!(
        (deed.units.len(), deed.expected.len()),
        (0, 2),
        "all of it is open again"
    );
}

#[test]
fn a_printed_label_is_taken_once() {
    let rig = picked();
    pack(&rig);
    let printed = "(00)157035381410375177";
    assert_eq!(rig.scan(printed).judgement.verdict, Verdict::Ok);
    rig.scan(&pump_label("P1"));
    rig.book();
    assert_eq!(reasons(&rig.scan(printed)), ["unit-in-use"]);
    let task = rig.task(Command::AcknowledgeStop);
    assert_eq!(prompt(&task), Prompt::ScanUnit);
    // A place has no meaning here, and goods without a unit are not booked.
    let problem = rig.problem(crate::common::scan(&region::place_label(&ward())));
    assert_eq!(problem.code, "not-here");
    rig.scan(&early());
    assert_eq!(rig.problem(Command::Book).code, "unit-needed");
}

#[test]
fn numbers_are_never_made_twice() {
    let server = server();
    let mut seen: BTreeSet<Sscc> = BTreeSet::new();
    let mut take = |rig: &Rig| {
        pack(rig);
        let sscc = say(rig, Answer::NewUnit).sscc.unwrap();
        assert!(seen.insert(sscc), "{sscc} was made twice");
        rig.ask(Command::CloseTask);
    };
    let one = device(&server, 1);
    take(&one);
    one.reopen();
    // Thrown away is used up all the same: its label may hang on a carton.
    take(&one);
    let two = device(&server, 2);
    take(&two);
    // Installed anew: the store is gone, the handheld is the same.
    let again = device(&server, 3);
    take(&again);
    take(&one);
    // A series of a hundred is used up: the device has others in hand.
    server.offline(true);
    for _ in 0..150 {
        take(&two);
    }
    two.server.offline(false);
    two.sync();
    two.server.offline(true);
    for _ in 0..200 {
        take(&two);
    }
}

#[test]
fn without_a_company_prefix_printed_labels_do() {
    let rig = Rig::ready();
    let task = pack(&rig);
    assert!(!task.deed.unwrap().offers.contains(&Answer::NewUnit));
    let answer = Command::Answer {
        answer: Answer::NewUnit,
    };
    assert_eq!(rig.problem(answer).code, "no-unit-numbers");
}

/// Whoever delivers the order as before tells each carton by its own number.
#[test]
fn an_order_is_delivered_unit_by_unit() {
    let rig = picked();
    pack(&rig);
    let sscc = say(&rig, Answer::NewUnit).sscc.unwrap();
    rig.scan(&early());
    rig.count(0, 2);
    rig.book();
    rig.ask(Command::CloseTask);
    rig.deliver();
    rig.place(&ward());
    assert_eq!(rig.book().units, 6);
    rig.server.offline(false);
    rig.sync();
    let sent = rig.server.movements_of(BizStep::Shipping);
    let mut parts: Vec<_> = sent
        .iter()
        .map(|moved| (moved.sscc, moved.quantity.get()))
        .collect();
    parts.sort_unstable();
    assert_eq!(parts, [(None, 1), (None, 3), (Some(sscc), 2)]);
}

/// Waits while there is no network or the printer is off; the number stays the same.
#[test]
fn the_label_is_printed_when_it_can_be_and_never_under_another_number() {
    let rig = picked();
    let printer = Rule::Printer {
        place: region::store().parse().unwrap(),
        name: "Zebra".to_owned(),
        address: "10.0.0.7:9100".to_owned(),
        size: LabelSize::default(),
    };
    rig.server
        .put(Topic::Rules, &printer.key(), Some(region::value(&printer)));
    let sscc = packed(&rig);
    let state = |rig: &Rig| pack(rig).deed.unwrap().units[0].label;
    assert_eq!(state(&rig), Some(LabelState::Waiting));
    rig.reopen();
    rig.server.offline(false);
    rig.server.0.borrow_mut().printer_off = true;
    rig.sync();
    assert_eq!(state(&rig), Some(LabelState::Failed));
    rig.server.0.borrow_mut().printer_off = false;
    rig.sync();
    rig.sync();
    assert_eq!(state(&rig), Some(LabelState::Printed));
    rig.task(Command::PrintAgain { sscc });
    rig.sync();
    let jobs = rig.server.0.borrow().printed.clone();
    assert_eq!(jobs.len(), 2, "once, and once more when it was asked for");
    for job in &jobs {
        assert_eq!(
            (job.printer.clone(), job.label.sscc, job.label.units),
            (printer.key(), sscc, 6)
        );
        assert_eq!(job.label.ship_to.gln.to_string(), ward());
        assert_eq!(job.label.for_ward, None, "the ward is part of no site here");
    }
}

#[test]
fn what_was_taken_back_is_not_printed() {
    let rig = picked();
    pack(&rig);
    say(&rig, Answer::NewUnit);
    say(&rig, Answer::AllThere);
    rig.book();
    rig.undo();
    let waiting: i64 = rusqlite::Connection::open(rig.database())
        .unwrap()
        .query_row("SELECT count(*) FROM unit_label", [], |row| row.get(0))
        .unwrap();
    assert_eq!(waiting, 0);
    let again = Command::PrintAgain {
        sscc: "157035381410375177".parse().unwrap(),
    };
    assert_eq!(rig.problem(again).code, "no-label");
}
