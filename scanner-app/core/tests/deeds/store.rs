//! Inlagring: goods, then the shelf.

use sparhund_scanner_core::api::{DeedKind, HintReason, Prompt};
use sparhund_shared::event::{BizStep, StockStatus};
use sparhund_shared::reference::{ArticleRules, PlaceRules, StorageClass};
use sparhund_shared::verdict::Verdict;
use sparhund_shared::wire::Topic;

use crate::common::region::{self, bin, dispatch, early, late, ward};
use crate::common::{Rig, reasons};
use crate::{at, prompt, start, stocked};

#[test]
fn the_scan_of_the_shelf_books_what_was_scanned() {
    let rig = stocked(&bin(1));
    let task = start(&rig, DeedKind::Store);
    assert_eq!(prompt(&task), Prompt::ScanGoods);
    let scanned = rig.scan(&early());
    assert_eq!(
        prompt(&scanned.task),
        Prompt::ScanTo,
        "the book has it in one place only"
    );
    assert_eq!(scanned.task.deed.unwrap().from.unwrap().code.to_string(), bin(1));
    rig.count(0, 5);
    let put = at(&rig, &bin(2));
    assert_eq!((put.judgement.verdict, put.booked), (Verdict::Ok, 5));
    assert!(put.task.basket.is_empty() && put.task.place.is_none());

    // Now it stands on two shelves: where it is taken must be scanned, and the other shelf is named.
    let again = rig.scan(&early());
    assert_eq!(prompt(&again.task), Prompt::ScanFrom);
    let from = at(&rig, &bin(1));
    let hints = from.task.deed.clone().unwrap().hints;
    assert_eq!(
        (hints.len(), hints[0].place.code.to_string(), hints[0].units),
        (1, bin(2), 5)
    );
    assert_eq!(hints[0].why, HintReason::SameLot);
    assert_eq!(prompt(&from.task), Prompt::ScanTo);
    assert_eq!(at(&rig, &bin(2)).booked, 1);

    rig.server.offline(false);
    rig.sync();
    let stored = rig.server.movements_of(BizStep::Storing);
    let ways: Vec<_> = stored
        .iter()
        .map(|moved| {
            (
                moved.from.as_ref().unwrap().to_string(),
                moved.to.to_string(),
                moved.quantity.get(),
            )
        })
        .collect();
    assert_eq!(ways, [(bin(1), bin(2), 5), (bin(1), bin(2), 1)]);
}

#[test]
fn goods_nobody_booked_in_need_the_place_they_come_from() {
    let rig = stocked(&bin(1));
    start(&rig, DeedKind::Store);
    let scanned = rig.scan(&late());
    assert_eq!(prompt(&scanned.task), Prompt::ScanFrom);
    at(&rig, &dispatch());
    assert_eq!(at(&rig, &bin(2)).booked, 1);
}

/// A zone rule is a STOP, and a place inherits it.
#[test]
fn cold_goods_go_into_the_cold() {
    let rig = Rig::ready();
    rig.server.0.borrow_mut().keeps_order = true;
    let mut article = region::articles().remove(0);
    article.rules = ArticleRules {
        storage: Some(StorageClass::Cold),
        ..ArticleRules::default()
    };
    rig.server
        .put(Topic::Articles, "A-1", Some(region::value(&article)));
    let mut places = region::places();
    let cold = PlaceRules {
        storage: Some(StorageClass::Cold),
        ..PlaceRules::default()
    };
    places[0].rules = cold.clone();
    rig.server
        .put(Topic::Places, &region::store(), Some(region::value(&places[0])));
    rig.receive("Prov AB");
    rig.scan(&early());
    rig.place(&bin(1));
    rig.book();
    rig.sync();
    rig.server.offline(true);
    start(&rig, DeedKind::Store);
    rig.scan(&early());
    let warm = at(&rig, &ward());
    assert_eq!((reasons(&warm), warm.booked), (vec!["wrong-storage"], 0));
    assert_eq!(warm.judgement.verdict, Verdict::Stop);
    rig.ask(sparhund_scanner_core::api::Command::AcknowledgeStop);
    assert_eq!(at(&rig, &bin(2)).booked, 1, "the shelf is in a cold store");
}

#[test]
fn held_goods_may_be_moved_and_it_is_said() {
    let rig = stocked(&bin(1));
    rig.server.offline(false);
    rig.server.hold(&region::hold(region::compress(), Some("EARLY")));
    rig.sync();
    start(&rig, DeedKind::Store);
    let scanned = rig.scan(&early());
    assert_eq!(
        (scanned.judgement.verdict, reasons(&scanned)),
        (Verdict::Warn, vec!["held-aside"])
    );
    let put = at(&rig, &bin(2));
    assert_eq!(put.booked, 0, "what gives pause waits for a tap");
    assert!(put.task.can_book);
    assert_eq!(rig.book().units, 1);
    rig.sync();
    let books = rig.server.books();
    let there: Vec<_> = books
        .stock()
        .into_iter()
        .filter(|row| row.1.to_string() == bin(2))
        .collect();
    assert_eq!((there[0].2, there[0].3), (StockStatus::Available, 1));
}
