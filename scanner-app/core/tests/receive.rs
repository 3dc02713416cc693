//! Goods receipt: everything that comes is kept, known or not.
#![allow(clippy::unwrap_used)]

mod common;

use common::region::{self, bin, compress, early, stranger, ten};
use common::{Rig, reasons, scan};
use sparhund_scanner_core::api::{Command, ScanOutcome};
use sparhund_shared::event::{Item, Movement};
use sparhund_shared::identity::Agency;
use sparhund_shared::verdict::Verdict;

fn told(rig: &Rig) -> Vec<Movement> {
    rig.sync();
    rig.server.movements()
}

#[test]
fn goods_go_into_the_place_with_supplier_and_evidence() {
    let rig = Rig::ready();
    rig.task(Command::StartReceive {
        supplier: " Prov AB ".to_owned(),
        reference: Some("FS-7".to_owned()),
    });
    let scanned = rig.scan(&ten("EARLY", "270331"));
    assert!(!scanned.task.can_book);
    assert_eq!(rig.problem(Command::Book).code, "place-needed");
    rig.count(0, 3);
    assert!(rig.scan(&region::place_label(&bin(1))).task.can_book);
    let booked = rig.book();
    assert_eq!((booked.events.len(), booked.units), (1, 30));
    let movement = told(&rig).remove(0);
    assert_eq!(movement.quantity.get(), 30);
    assert_eq!(movement.to.to_string(), bin(1));
    assert_eq!(movement.supplier.as_deref(), Some("Prov AB, FS-7"));
    assert_eq!(
        movement.capture.raw[0].as_slice(),
        ten("EARLY", "270331").as_bytes()
    );
    assert!(movement.capture.catalogue > 0, "what the device knew");
    let Item::Identified(item) = movement.item else {
        panic!("an identified item")
    };
    assert_eq!(item.base.as_gtin(), Some(compress()));
    assert_eq!(item.di.as_gtin(), Some(region::compress_ten()));
}

#[test]
fn every_booking_asks_for_its_shelf() {
    let rig = Rig::ready();
    rig.receive("Prov AB");
    rig.scan(&early());
    rig.place(&bin(1));
    assert!(rig.book().task.place.is_none());
    assert!(!rig.scan(&early()).task.can_book, "the old shelf is not offered");
    assert_eq!(rig.problem(Command::Book).code, "place-needed");
    assert!(rig.place(&bin(2)).task.can_book);
    rig.book();
    let places: Vec<_> = told(&rig).iter().map(|moved| moved.to.to_string()).collect();
    assert_eq!(places, [bin(1), bin(2)]);
}

#[test]
fn a_serial_on_a_case_is_not_the_serial_of_what_is_in_it() {
    let rig = Rig::ready();
    rig.receive("Prov AB");
    rig.place(&bin(1));
    let case = format!("{}(21)CASE1", ten("EARLY", "270331"));
    let scanned = rig.scan(&case);
    assert_eq!(reasons(&scanned), [""; 0]);
    assert_eq!(rig.book().units, 10);
    let movement = told(&rig).remove(0);
    assert_eq!(movement.item.unit().serial, None);
    assert_eq!(
        movement.capture.raw[0].as_slice(),
        case.as_bytes(),
        "kept as evidence"
    );
}

#[test]
fn unknown_and_unreadable_goods_are_received_with_a_warning() {
    let rig = Rig::ready();
    rig.receive("Prov AB");
    rig.place(&bin(1));
    let unknown = rig.scan(&format!("(01){}(10)X", stranger()));
    assert_eq!(
        (unknown.judgement.verdict, reasons(&unknown)),
        (Verdict::Warn, vec!["unknown-article"])
    );
    let blood = rig.scan("]d1=G12341765432170");
    assert_eq!(
        (blood.judgement.verdict, reasons(&blood)),
        (Verdict::Warn, vec!["unread-code"])
    );
    let local = rig.scan("HYLLA 7 ÅÄÖ");
    assert_eq!(reasons(&local), ["unread-code"]);
    assert_eq!(rig.book().events.len(), 3);
    let told = told(&rig);
    assert!(told[0].item.article().is_none());
    assert_eq!(told[0].capture.seen, ["unknown-article"]);
    assert!(matches!(&told[1].item, Item::Unread(unread) if unread.agency == Some(Agency::Iccbba)));
    assert_eq!(told[2].capture.raw[0].as_slice(), "HYLLA 7 ÅÄÖ".as_bytes());
}

#[test]
fn a_damaged_code_is_scanned_again_before_it_is_kept() {
    let rig = Rig::ready();
    rig.receive("Prov AB");
    let wrong_digit = "(01)07350000000010(10)A";
    let first = rig.scan(wrong_digit);
    assert!(matches!(&first.outcome, ScanOutcome::Damaged { problem } if problem.code == "scan-damaged"));
    assert!(first.task.basket.is_empty());
    rig.reopen();
    let second = rig.scan(wrong_digit);
    assert_eq!(reasons(&second), ["unread-code"]);
    rig.ask(Command::ClearBasket);
    rig.scan(wrong_digit);
    rig.scan(&early());
    assert!(
        matches!(rig.scan(wrong_digit).outcome, ScanOutcome::Damaged { .. }),
        "not in a row"
    );
    assert_eq!(rig.problem(scan("")).code, "scan-empty");
}

#[test]
fn held_and_expired_goods_are_not_booked_in() {
    let rig = Rig::ready();
    rig.server.hold(&region::hold(compress(), Some("EARLY")));
    rig.sync();
    rig.receive("Prov AB");
    rig.place(&bin(1));
    assert_eq!(reasons(&rig.scan(&early())), ["held"]);
    assert_eq!(
        reasons(&rig.scan(&ten("EARLY", "270331"))),
        ["held"],
        "at every packaging level"
    );
    assert_eq!(reasons(&rig.scan(&ten("OLD", "200101"))), ["expired"]);
    assert!(rig.task(Command::CurrentTask).basket.is_empty());
}

#[test]
fn whoever_empties_the_basket_begins_with_the_shelf() {
    let rig = Rig::ready();
    rig.receive("Prov AB");
    rig.place(&bin(1));
    rig.scan(&early());
    assert!(rig.task(Command::ClearBasket).place.is_none());
    assert!(!rig.scan(&early()).task.can_book);
}

/// A rig whose catalogue has an article under an HIBC code, traced by lot.
#[test]
fn a_pallet_says_what_is_in_it() {
    let rig = Rig::ready();
    rig.receive("Prov AB");
    rig.place(&bin(2));
    let body = "37350000000000001";
    let digit = sparhund_shared::identity::check_digit(body.as_bytes()).unwrap();
    let view = rig.scan(&format!(
        "(00){body}{digit}(02){}(37)4(10)EARLY(17)270331",
        region::compress_ten()
    ));
    assert_eq!(view.judgement.verdict, Verdict::Ok);
    assert_eq!(view.task.basket[0].units, 40);
    rig.book();
    assert_eq!(told(&rig)[0].sscc.unwrap().to_string(), format!("{body}{digit}"));
}

#[test]
fn a_booking_is_taken_back_by_counter_events_within_ten_seconds() {
    let rig = Rig::ready();
    rig.receive("Prov AB");
    rig.place(&bin(1));
    rig.scan(&early());
    rig.scan(&region::pump_label("S9"));
    rig.book();
    rig.machine.pass(9_999);
    assert_eq!(rig.undo().len(), 2);
    assert_eq!(rig.problem(Command::Undo).code, "undo-too-late", "once");
    assert_eq!(
        rig.scan(&region::pump_label("S9")).judgement.verdict,
        Verdict::Ok,
        "as if it had not been"
    );
    rig.place(&bin(1));
    rig.book();
    rig.machine.pass(10_001);
    assert_eq!(rig.problem(Command::Undo).code, "undo-too-late");
    rig.sync();
    let stock = rig.server.books().stock();
    let units: i64 = stock.iter().map(|(_, _, _, units)| units).sum();
    assert_eq!(units, 1, "{stock:?}");
    assert_eq!(rig.server.events().len(), 5, "the log keeps all");
}

#[test]
fn places_are_known_ones_that_take_goods() {
    let rig = Rig::ready();
    rig.receive("Prov AB");
    assert_eq!(reasons(&rig.place(&region::store())), ["unknown-place"]);
    assert_eq!(reasons(&rig.place("7350000000016")), ["unknown-place"]);
    assert!(rig.place(&bin(2)).judgement.reasons.is_empty());
    let places = match rig.ask(Command::Places {
        text: "a-0".to_owned(),
    }) {
        sparhund_scanner_core::api::Reply::Places { places } => places,
        other => panic!("{other:?}"),
    };
    assert_eq!(places.len(), 2);
    let long = "x".repeat(101);
    let supplier = rig.problem(Command::StartReceive {
        supplier: long,
        reference: None,
    });
    assert_eq!(supplier.code, "no-supplier");
}
