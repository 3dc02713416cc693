//! What was announced, what came, and what is told of it.

use sparhund_scanner_core::api::{Command, RawScan, ReceiptSay, ScanOutcome};
use sparhund_shared::event::{Answer, EntryMethod, Event, ReasonCode};
use sparhund_shared::verdict::Verdict;

use super::common::region::{bin, compress_ten, early, late, pump_label, stranger, ten};
use super::common::{Rig, reasons};
use super::{counts, delivery, differences, offline, open, receipt, say, sscc, told, unit_label};

fn scan_unit(rig: &Rig, label: &str) -> Command {
    let _ = rig;
    Command::StartReceiveUnit {
        raw: RawScan::from(label),
        entry: EntryMethod::Camera,
    }
}

#[test]
fn the_label_of_a_unit_opens_its_delivery_and_cases_are_counted_in_pieces() {
    let rig = offline();
    let card = rig.tasks().announced.remove(0);
    assert_eq!((card.no.as_str(), card.units, card.packages), ("FS-7", 36, 2));
    let task = rig.task(scan_unit(&rig, &unit_label(1)));
    assert_eq!(
        counts(&task),
        [(1, 0, 0, 30, 0), (2, 0, 0, 5, 0)],
        "the other unit is not here"
    );
    assert_eq!(receipt(&task).order.as_deref(), Some("INK-1"));
    rig.scan(&ten("EARLY", "270331"));
    rig.count(0, 3);
    rig.reopen();
    let more = rig.scan(&late());
    assert_eq!(more.judgement.verdict, Verdict::Ok);
    rig.count(1, 5);
    let full = rig.place(&bin(1)).task;
    assert_eq!(counts(&full), [(1, 30, 0, 0, 0), (2, 5, 0, 0, 0)]);
    let booked = rig.book();
    assert_eq!(booked.units, 35);
    assert_eq!(counts(&booked.task), [(3, 0, 0, 1, 0)], "the other unit is left");
    assert_eq!(rig.problem(scan_unit(&rig, &unit_label(1))).code, "unit-received");
    rig.reopen();
    assert_eq!(
        rig.tasks().announced[0].units,
        1,
        "another start offers what is left"
    );
    let events = told(&rig);
    assert_eq!(differences(&events), []);
    let checks: Vec<_> = events
        .iter()
        .filter_map(|event| match event {
            Event::Check(check) => Some((check.delivery.clone(), check.answers())),
            _ => None,
        })
        .collect();
    assert_eq!(checks.len(), 1, "one article");
    assert_eq!(checks[0].0.sscc, Some(sscc(1)));
    assert_eq!(checks[0].0.key(), Some(delivery().key()));
    assert_eq!(checks[0].1, [Answer::NotSampled; 4], "that nobody looked is told");
    let moved = rig.server.movements();
    assert!(
        moved
            .iter()
            .all(|moved| moved.sscc == Some(sscc(1)) && moved.circumstances.is_none())
    );
    assert_eq!(moved[0].supplier.as_deref(), Some("Fjällmed AB, FS-7"));
}

#[test]
fn what_is_missing_too_many_or_strange_is_told_with_its_code() {
    let rig = offline();
    rig.task(scan_unit(&rig, &unit_label(1)));
    rig.scan(&ten("EARLY", "270331"));
    rig.scan(&late());
    assert_eq!(rig.count(1, 7).judgement.verdict, Verdict::Warn);
    let strange = rig.scan(&pump_label("S9"));
    assert_eq!(reasons(&strange), ["not-announced"]);
    let counted = rig.place(&bin(1)).task;
    assert_eq!(counts(&counted), [(1, 10, 0, 20, 0), (2, 5, 0, 0, 2)]);
    rig.book();
    let unit = Some(sscc(1));
    let wanted = [
        (ReasonCode::Missing, 20, unit),
        (ReasonCode::Surplus, 2, unit),
        (ReasonCode::WrongItem, 1, unit),
    ];
    let events = told(&rig);
    assert_eq!(differences(&events), wanted);
    let missing = events.iter().find_map(|event| match event {
        Event::Differ(difference) if difference.reason == ReasonCode::Missing => difference.item.clone(),
        _ => None,
    });
    assert_eq!(
        missing.unwrap().unit().lot.unwrap().as_str(),
        "EARLY",
        "as it was announced"
    );
}

#[test]
fn what_nobody_scanned_is_told_and_never_seen() {
    let rig = offline();
    rig.task(scan_unit(&rig, &unit_label(1)));
    rig.scan(&ten("EARLY", "270331"));
    let all = say(&rig, ReceiptSay::ToldUnit { sscc: sscc(1) });
    assert_eq!(counts(&all.task), [(1, 10, 20, 0, 0), (2, 0, 5, 0, 0)]);
    let basket: Vec<_> = all
        .task
        .basket
        .iter()
        .map(|entry| (entry.units, entry.told))
        .collect();
    assert_eq!(basket, [(10, false), (20, true), (5, true)]);
    let again = say(&rig, ReceiptSay::Told { line: 1 });
    assert_eq!(counts(&again.task), counts(&all.task), "there is no more of it");
    rig.place(&bin(1));
    rig.book();
    told(&rig);
    let captures: Vec<_> = rig
        .server
        .movements()
        .iter()
        .map(|moved| (moved.capture.entry, moved.capture.raw.len()))
        .collect();
    let (seen, unseen) = ((EntryMethod::Camera, 1), (EntryMethod::Confirmed, 0));
    assert_eq!(captures, [seen, unseen, unseen]);
}

#[test]
fn a_whole_delivery_is_received_without_the_labels_of_its_units() {
    let rig = offline();
    open(&rig);
    rig.scan(&pump_label("S1"));
    rig.scan(&early());
    rig.place(&bin(2));
    rig.book();
    assert!(rig.tasks().announced.is_empty());
    assert_eq!(
        differences(&told(&rig)),
        [(ReasonCode::Missing, 29, None), (ReasonCode::Missing, 5, None)]
    );
}

#[test]
fn a_pallet_label_with_its_content_counts_to_its_line() {
    let rig = offline();
    open(&rig);
    let label = format!("(00){}(02){}(37)3(10)EARLY(17)270331", sscc(1), compress_ten());
    let view = rig.scan(&label);
    assert!(matches!(view.outcome, ScanOutcome::InBasket { .. }));
    assert_eq!(
        counts(&view.task),
        [(1, 30, 0, 0, 0), (2, 0, 0, 5, 0)],
        "its unit is opened"
    );
}

#[test]
fn nothing_came_is_said_and_taken_back() {
    let rig = offline();
    let task = open(&rig);
    assert!(receipt(&task).may_be_none && !task.can_book);
    rig.place(&bin(1));
    assert_eq!(rig.problem(Command::Book).code, "basket-empty");
    assert!(say(&rig, ReceiptSay::NothingCame).task.can_book);
    assert_eq!(rig.book().units, 0);
    assert!(rig.tasks().announced.is_empty());
    open(&rig);
    assert_eq!(rig.undo().len(), 3);
    assert_eq!(rig.tasks().announced[0].units, 36, "it is awaited again");
}

#[test]
fn units_that_nobody_announced_and_other_labels_say_what_to_do() {
    let rig = offline();
    assert_eq!(
        rig.problem(scan_unit(&rig, &unit_label(9))).code,
        "unit-not-announced"
    );
    assert_eq!(rig.problem(scan_unit(&rig, &early())).code, "no-unit");
    assert_eq!(rig.problem(scan_unit(&rig, "199001019802")).code, "person");
    open(&rig);
    let scan = super::common::scan(&unit_label(9));
    assert_eq!(rig.problem(scan).code, "unit-not-announced");
    assert_eq!(
        rig.problem(Command::Receipt {
            say: ReceiptSay::Told { line: 77 }
        })
        .code,
        "no-line"
    );
    let unknown = rig.scan(&format!("(01){}(10)X", stranger()));
    assert_eq!(reasons(&unknown), ["unknown-article", "not-announced"]);
    rig.receive("Prov AB");
    assert_eq!(
        rig.problem(Command::Receipt {
            say: ReceiptSay::NothingCame
        })
        .code,
        "not-here"
    );
}

#[test]
fn a_blind_receipt_tells_no_checks_and_no_differences() {
    let rig = offline();
    rig.receive("Prov AB");
    rig.scan(&early());
    rig.place(&bin(1));
    assert_eq!(rig.book().events.len(), 1);
}
