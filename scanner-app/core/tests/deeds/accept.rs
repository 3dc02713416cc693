//! Avdelningsmottagning: the unit, then all of it or what differs.

use sparhund_scanner_core::api::{Answer, Command, DeedKind, Prompt, ScanOutcome, ScanView, TaskKind};
use sparhund_shared::event::{BizStep, Difference, Event, ReasonCode, StockStatus};
use sparhund_shared::identity::Sscc;
use sparhund_shared::verdict::Verdict;

use crate::common::region::{self, compress, early, late, order_no, pump_label, ward};
use crate::common::{Rig, reasons};
use crate::pack::{packed, picked};
use crate::{at, prompt, start};

/// A unit that was packed and sent; the server knows it.
fn sent() -> (Rig, Sscc) {
    let rig = picked();
    let sscc = packed(&rig);
    rig.deliver();
    rig.place(&ward());
    rig.book();
    rig.ask(Command::CloseTask);
    rig.server.offline(false);
    rig.sync();
    rig.sync();
    rig.server.offline(true);
    (rig, sscc)
}

fn unit(rig: &Rig, sscc: Sscc) -> ScanView {
    rig.machine.pass(2_000);
    rig.scan(&format!("(00){sscc}"))
}

fn differ(rig: &Rig, goods: usize, reason: ReasonCode, units: u32) -> ScanView {
    rig.judged(Command::Answer {
        answer: Answer::Differs { goods, reason, units },
    })
}

fn all_there(rig: &Rig) -> ScanView {
    rig.judged(Command::Answer {
        answer: Answer::AllThere,
    })
}

fn at_ward(rig: &Rig, status: StockStatus) -> i64 {
    let books = rig.server.books();
    let there = books.stock().into_iter();
    there
        .filter(|row| row.1.to_string() == ward() && row.2 == status)
        .map(|row| row.3)
        .sum()
}

fn told(rig: &Rig) -> Vec<Difference> {
    let state = rig.server.0.borrow();
    let records = state.records.values().flatten();
    records
        .filter_map(|sealed| match sealed.record().event().unwrap() {
            Event::Differ(difference) => Some(difference),
            _ => None,
        })
        .collect()
}

#[test]
fn one_scan_and_one_tap_confirm_a_unit_offline() {
    let (rig, sscc) = sent();
    assert_eq!(prompt(&start(&rig, DeedKind::Accept)), Prompt::ScanUnit);
    let scanned = unit(&rig, sscc);
    let deed = scanned.task.deed.unwrap();
    assert_eq!(
        (deed.expected.len(), deed.from.unwrap().code.to_string()),
        (2, ward())
    );
    rig.reopen();
    let done = all_there(&rig);
    assert_eq!((done.booked, done.judgement.verdict), (6, Verdict::Ok));
    assert_eq!(prompt(&done.task), Prompt::ScanUnit, "the next one may come");
    rig.undo();
    unit(&rig, sscc);
    assert_eq!(all_there(&rig).booked, 6);
    assert_eq!(
        reasons(&unit(&rig, sscc)),
        ["unknown-unit"],
        "it is confirmed to the end"
    );
    rig.server.offline(false);
    rig.sync();
    assert_eq!(
        (
            at_ward(&rig, StockStatus::Available),
            at_ward(&rig, StockStatus::InTransit)
        ),
        (6, 0)
    );
    let accepted = rig.server.movements_of(BizStep::Accepting);
    assert!(accepted.iter().all(|moved| moved.sscc == Some(sscc)));
    assert_eq!(accepted[0].order.as_ref().unwrap().order, order_no());
    assert!(told(&rig).is_empty());
}

#[test]
fn what_differs_is_told_by_line_and_reason() {
    let (rig, sscc) = sent();
    start(&rig, DeedKind::Accept);
    let deed = unit(&rig, sscc).task.deed.unwrap();
    let compresses = deed.expected.iter().position(|goods| goods.units == 5).unwrap();
    assert_eq!(differ(&rig, compresses, ReasonCode::Missing, 2).booked, 0);
    differ(&rig, compresses, ReasonCode::Damaged, 1);
    differ(&rig, compresses, ReasonCode::Surplus, 3);
    let more = Command::Answer {
        answer: Answer::Differs {
            goods: compresses,
            reason: ReasonCode::WrongItem,
            units: 3,
        },
    };
    assert_eq!(rig.problem(more).code, "differs-more");
    // Taken back and said again, and killed in between.
    differ(&rig, compresses, ReasonCode::Missing, 0);
    differ(&rig, compresses, ReasonCode::Missing, 1);
    rig.reopen();
    let other: Sscc = "157035381410375177".parse().unwrap();
    assert_eq!(
        rig.problem(crate::common::scan(&format!("(00){other}"))).code,
        "unit-open"
    );
    let scanned = rig.scan(&early());
    assert_eq!((scanned.judgement.verdict, scanned.booked), (Verdict::Ok, 0));
    let done = all_there(&rig);
    assert_eq!(
        done.booked, 5,
        "three sound compresses, the damaged one and the pump"
    );

    rig.server.offline(false);
    rig.sync();
    assert_eq!(at_ward(&rig, StockStatus::Available), 4);
    assert_eq!(at_ward(&rig, StockStatus::Quarantined), 1);
    assert_eq!(
        at_ward(&rig, StockStatus::InTransit),
        1,
        "the missing one is still on its way"
    );
    let mut told: Vec<_> = told(&rig)
        .into_iter()
        .map(|difference| {
            (
                difference.reason,
                difference.units.get(),
                difference.delivery.sscc,
            )
        })
        .collect();
    told.sort_unstable();
    assert_eq!(
        told,
        [
            (ReasonCode::Damaged, 1, Some(sscc)),
            (ReasonCode::Missing, 1, Some(sscc)),
            (ReasonCode::Surplus, 3, Some(sscc)),
        ]
    );
    let accepted = rig.server.movements_of(BizStep::Accepting);
    let aside = accepted
        .iter()
        .find(|moved| moved.left() == StockStatus::Quarantined)
        .unwrap();
    assert!(
        aside.circumstances.as_ref().unwrap().cause.is_some(),
        "it follows from the difference"
    );
}

#[test]
fn scanning_each_piece_confirms_with_the_last_one() {
    let (rig, sscc) = sent();
    start(&rig, DeedKind::Accept);
    unit(&rig, sscc);
    assert_eq!(reasons(&rig.scan(&late())), ["not-expected"]);
    rig.ask(Command::AcknowledgeStop);
    rig.scan(&early());
    assert_eq!(rig.count(0, 5).booked, 0);
    assert_eq!(rig.scan(&pump_label("P1")).booked, 6);
}

#[test]
fn held_goods_of_a_unit_are_set_aside_and_not_confirmed() {
    let (rig, sscc) = sent();
    rig.server.offline(false);
    rig.server.hold(&region::hold(compress(), Some("EARLY")));
    rig.sync();
    rig.server.offline(true);
    start(&rig, DeedKind::Accept);
    let deed = unit(&rig, sscc).task.deed.unwrap();
    let stopped = all_there(&rig);
    assert_eq!((stopped.judgement.verdict, stopped.booked), (Verdict::Stop, 0));
    rig.ask(Command::AcknowledgeStop);
    let compresses = deed.expected.iter().position(|goods| goods.units == 5).unwrap();
    assert_eq!(differ(&rig, compresses, ReasonCode::Held, 5).booked, 6);
    rig.server.offline(false);
    rig.sync();
    assert_eq!(
        (
            at_ward(&rig, StockStatus::Quarantined),
            at_ward(&rig, StockStatus::Available)
        ),
        (5, 1)
    );
}

/// The driver's handheld has not told yet that it handed the unit over.
#[test]
fn a_unit_that_nobody_told_as_sent_is_received_all_the_same() {
    let rig = picked();
    let sscc = packed(&rig);
    start(&rig, DeedKind::Accept);
    unit(&rig, sscc);
    assert_eq!(reasons(&at(&rig, &region::other_ward())), ["wrong-place"]);
    rig.ask(Command::AcknowledgeStop);
    assert_eq!(all_there(&rig).booked, 6);
}

#[test]
fn a_unit_scanned_while_confirming_or_delivering_leads_where_it_belongs() {
    let (rig, sscc) = sent();
    rig.confirm();
    rig.scan(&early());
    let led = unit(&rig, sscc);
    assert!(matches!(
        &led.task.kind,
        TaskKind::Deed {
            kind: DeedKind::Accept
        }
    ));
    assert_eq!(
        (led.task.sscc, led.outcome),
        (Some(sscc), ScanOutcome::Logistic { sscc })
    );
    assert_eq!(rig.confirm().basket.len(), 1, "what was scanned before is kept");
}
