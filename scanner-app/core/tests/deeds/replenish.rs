//! Påfyllning: the shelf below its minimum, the buffer, and back to the shelf.

use sparhund_scanner_core::api::{Command, DeedKind, HintReason, PlaceHint, Prompt};
use sparhund_shared::event::{BizStep, StockStatus};
use sparhund_shared::reference::{Rule, StockRule};
use sparhund_shared::verdict::Verdict;
use sparhund_shared::wire::Topic;

use crate::common::region::{self, bin, early, late};
use crate::common::{Rig, reasons};
use crate::{at, prompt, start};

fn told(hints: &[PlaceHint]) -> Vec<(String, i64, Option<&str>)> {
    let told = hints.iter().map(|hint| {
        assert_eq!(hint.why, HintReason::ByRule);
        let lot = hint.lot.as_ref().map(sparhund_shared::identity::Lot::as_str);
        (hint.place.code.to_string(), hint.units, lot)
    });
    told.collect()
}

/// Bin 1 is kept between 20 and 50; 12 of the early lot stand in the buffer, 40 of the late one, and 5 in the bin.
fn below_its_minimum() -> Rig {
    let rig = Rig::ready();
    rig.server.0.borrow_mut().keeps_order = true;
    let mut third = region::places().remove(2);
    third.code = bin(3).parse().unwrap();
    "A-03".clone_into(&mut third.name);
    rig.server
        .put(Topic::Places, &bin(3), Some(region::value(&third)));
    let rule = Rule::Stock(StockRule {
        place: bin(1).parse().unwrap(),
        article: "A-1".parse().unwrap(),
        min: 20,
        max: 50,
        safety: 0,
        preparedness: 0,
        two_bin: false,
    });
    rig.server
        .put(Topic::Rules, &rule.key(), Some(region::value(&rule)));
    rig.sync();
    for (label, packs, to) in [(early(), 5, 1), (late(), 40, 3), (early(), 12, 2)] {
        rig.receive("Prov AB");
        rig.scan(&label);
        rig.count(0, packs);
        rig.place(&bin(to));
        rig.book();
        rig.ask(Command::CloseTask);
    }
    rig.sync();
    rig.sync();
    rig.server.offline(true);
    rig
}

#[test]
fn a_shelf_below_its_minimum_is_filled_from_the_buffer() {
    let rig = below_its_minimum();
    let task = start(&rig, DeedKind::Replenish);
    assert_eq!(prompt(&task), Prompt::ScanGoods);
    let hints = task.deed.unwrap().hints;
    assert_eq!(
        told(&hints),
        [(bin(2), 12, Some("EARLY")), (bin(3), 33, Some("LATE"))],
        "45 are lacking; the early lot goes first"
    );
    assert!(
        hints
            .iter()
            .all(|hint| hint.name.as_deref() == Some("Kompress 10 × 10"))
    );

    let wrong = rig.scan(&late());
    assert_eq!(
        (wrong.judgement.verdict, reasons(&wrong)),
        (Verdict::Stop, vec!["wrong-lot"])
    );
    rig.ask(Command::AcknowledgeStop);
    // The lot stands in the bin too: where it is taken must be scanned.
    let scanned = rig.scan(&early());
    assert_eq!(prompt(&scanned.task), Prompt::ScanFrom);
    at(&rig, &bin(2));
    let counted = rig.count(0, 12);
    assert_eq!(prompt(&counted.task), Prompt::ScanTo);
    assert_eq!(told(&counted.task.deed.unwrap().hints), [(bin(1), 45, None)]);
    let put = at(&rig, &bin(1));
    assert_eq!((put.judgement.verdict, put.booked), (Verdict::Ok, 12));

    // Now the late lot is the first of the buffer; 17 stand there, which is less than 20 still.
    assert_eq!(told(&put.task.deed.unwrap().hints), [(bin(3), 33, Some("LATE"))]);
    assert_eq!(rig.scan(&late()).judgement.verdict, Verdict::Ok);
    rig.count(0, 33);
    rig.reopen();
    let full = at(&rig, &bin(1));
    assert_eq!(full.booked, 33);
    assert!(
        full.task.deed.unwrap().hints.is_empty(),
        "nothing is below its minimum"
    );
    rig.undo();
    let again = rig.task(Command::CurrentTask);
    assert_eq!(told(&again.deed.unwrap().hints), [(bin(3), 33, Some("LATE"))]);

    rig.server.offline(false);
    rig.sync();
    let moved = rig.server.movements_of(BizStep::Storing);
    assert!(moved.iter().all(|moved| moved.to.to_string() == bin(1)));
    let books = rig.server.books();
    let there: i64 = books
        .stock()
        .into_iter()
        .filter(|row| row.1.to_string() == bin(1) && row.2 == StockStatus::Available)
        .map(|row| row.3)
        .sum();
    assert_eq!(there, 17);
}

#[test]
fn held_goods_fill_no_shelf() {
    let rig = below_its_minimum();
    rig.server.offline(false);
    rig.server.hold(&region::hold(region::compress(), Some("EARLY")));
    rig.sync();
    let task = start(&rig, DeedKind::Replenish);
    assert_eq!(told(&task.deed.unwrap().hints), [(bin(3), 40, Some("LATE"))]);
    let held = rig.scan(&early());
    assert_eq!(
        reasons(&held),
        ["held"],
        "and it is not told which other lot to take"
    );
}
