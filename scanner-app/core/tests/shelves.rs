//! Picking: the shelf that is shown is the shelf that is booked, and a person sees where the book says otherwise.
#![allow(clippy::unwrap_used)]

mod common;

use common::region::{bin, compress, early, hold, lost, lot_in_two_bins, place_label, pump_label, ten};
use common::{Rig, reasons};
use sparhund_scanner_core::api::{Command, ScanOutcome, ScanView, TaskView, texts};
use sparhund_shared::text::Lang;
use sparhund_shared::verdict::Verdict;

/// Shelf and units of every entry, as the view shows them.
fn shown(task: &TaskView) -> Vec<(String, i64)> {
    task.basket
        .iter()
        .flat_map(|entry| &entry.from)
        .map(|taken| (taken.place.code.to_string(), taken.units))
        .collect()
}

/// Books, and holds what the log says against what the view showed.
fn book_as_shown(rig: &Rig) -> Vec<(String, i64)> {
    let before = shown(&rig.task(Command::CurrentTask));
    rig.book();
    let logged: Vec<_> = rig
        .picked_from()
        .into_iter()
        .map(|(bin, units)| (bin, i64::from(units)))
        .collect();
    assert_eq!(logged, before);
    logged
}

fn shelf(rig: &Rig, number: u32) -> ScanView {
    rig.scan(&place_label(&bin(number)))
}

/// The first reason as a person reads it.
fn said(view: &ScanView) -> String {
    texts(Lang::Sv).reason(&view.judgement.reasons[0])
}

#[test]
fn a_shelf_scanned_after_the_goods_is_booked_and_a_person_sees_that_the_book_differs() {
    let rig = Rig::ready();
    rig.pick();
    rig.scan(&early());
    rig.count(0, 12);
    let other = shelf(&rig, 1);
    assert_eq!(
        (other.judgement.verdict, reasons(&other)),
        (Verdict::Warn, vec!["book-elsewhere"])
    );
    assert_eq!(
        other.task.basket[0].judgement.verdict,
        Verdict::Warn,
        "the entry keeps it"
    );
    assert_eq!(
        other.task.basket[0].place.as_ref().unwrap().code.to_string(),
        bin(1)
    );
    assert_eq!(book_as_shown(&rig), [(bin(1), 12)]);
}

#[test]
fn a_shelf_scanned_by_mistake_is_put_right_by_the_right_one() {
    let rig = Rig::ready();
    rig.pick();
    rig.scan(&early());
    rig.count(0, 12);
    shelf(&rig, 1);
    let right = shelf(&rig, 2);
    assert_eq!(right.judgement.verdict, Verdict::Ok);
    assert_eq!(right.task.basket[0].judgement.verdict, Verdict::Ok);
    assert_eq!(book_as_shown(&rig), [(bin(2), 12)]);
}

#[test]
fn a_shelf_does_not_stick_to_goods_that_the_book_has_elsewhere() {
    let rig = Rig::ready();
    rig.pick();
    shelf(&rig, 2);
    assert_eq!(rig.scan(&early()).judgement.verdict, Verdict::Ok);
    let pump = rig.scan(&pump_label("P1"));
    assert_eq!(
        (pump.judgement.verdict, reasons(&pump)),
        (Verdict::Warn, vec!["book-elsewhere"])
    );
    assert_eq!(
        shown(&pump.task),
        [(bin(2), 1), (bin(1), 1)],
        "the book's place, as shown"
    );
    assert_eq!(book_as_shown(&rig), [(bin(2), 1), (bin(1), 1)]);
}

#[test]
fn scanning_the_shelf_again_after_the_goods_overrules_the_book() {
    let rig = Rig::ready();
    rig.pick();
    shelf(&rig, 2);
    rig.scan(&pump_label("P1"));
    let again = shelf(&rig, 2);
    assert_eq!(reasons(&again), ["book-elsewhere"]);
    assert_eq!(book_as_shown(&rig), [(bin(2), 1)]);
}

#[test]
fn more_of_goods_whose_shelf_was_named_comes_from_the_same_shelf() {
    let rig = Rig::ready();
    rig.pick();
    rig.scan(&early());
    shelf(&rig, 1);
    let more = rig.scan(&early());
    assert_eq!(more.task.basket.len(), 1);
    assert_eq!(book_as_shown(&rig), [(bin(1), 2)]);
}

#[test]
fn walking_on_leaves_goods_on_the_shelf_they_came_from() {
    let rig = Rig::ready();
    rig.pick();
    shelf(&rig, 2);
    rig.scan(&early());
    assert_eq!(shelf(&rig, 1).judgement.verdict, Verdict::Ok);
    assert_eq!(rig.scan(&pump_label("P1")).judgement.verdict, Verdict::Ok);
    assert_eq!(book_as_shown(&rig), [(bin(2), 1), (bin(1), 1)]);
}

#[test]
fn goods_that_are_held_when_their_shelf_is_scanned_are_named() {
    let rig = Rig::ready();
    rig.pick();
    rig.scan(&pump_label("P1"));
    rig.scan(&early());
    rig.server.hold(&hold(compress(), Some("EARLY")));
    rig.sync();
    let stopped = shelf(&rig, 2);
    assert_eq!(reasons(&stopped), ["held"]);
    let ScanOutcome::Stopped { item } = &stopped.outcome else {
        panic!("the goods are stopped, not the shelf: {:?}", stopped.outcome)
    };
    assert_eq!(item.item.unit().lot.unwrap().as_str(), "EARLY");
    assert!(stopped.task.place.is_none(), "the shelf is not taken");
    assert_eq!(stopped.task.basket.len(), 1, "what nobody may use is set aside");
    assert_eq!(shelf(&rig, 1).judgement.verdict, Verdict::Ok);
    assert_eq!(book_as_shown(&rig), [(bin(1), 1)]);
}

#[test]
fn a_cleared_basket_forgets_its_shelf() {
    let rig = Rig::ready();
    rig.spread_over_two_bins();
    rig.pick();
    shelf(&rig, 2);
    rig.scan(&lot_in_two_bins());
    assert!(rig.task(Command::ClearBasket).place.is_none());
    rig.scan(&lot_in_two_bins());
    assert_eq!(book_as_shown(&rig), [(bin(1), 1)]);
}

#[test]
fn more_than_the_book_has_on_the_shelf_is_told() {
    let rig = Rig::ready();
    rig.pick();
    rig.scan(&early());
    assert_eq!(rig.count(0, 12).judgement.verdict, Verdict::Ok);
    let more = rig.count(0, 15);
    assert_eq!(
        (more.judgement.verdict, reasons(&more)),
        (Verdict::Warn, vec!["book-short"])
    );
    let text = said(&more);
    assert!(text.starts_with("Boken säger 12 på A-02."), "{text}");
    assert_eq!(book_as_shown(&rig), [(bin(2), 15)]);
}

#[test]
fn packages_and_loose_goods_are_counted_together_against_the_book() {
    let rig = Rig::ready();
    rig.pick();
    rig.scan(&ten("EARLY", "270331"));
    assert_eq!(rig.scan(&early()).judgement.verdict, Verdict::Ok);
    assert_eq!(reasons(&rig.count(1, 3)), ["book-short"]);
}

#[test]
fn a_pick_over_two_shelves_shows_both() {
    let rig = Rig::ready();
    rig.spread_over_two_bins();
    rig.pick();
    rig.scan(&lot_in_two_bins());
    let both = rig.count(0, 12);
    assert_eq!(both.judgement.verdict, Verdict::Ok);
    assert_eq!(both.task.basket[0].place, None, "there is not one place");
    assert_eq!(book_as_shown(&rig), [(bin(1), 5), (bin(2), 7)]);
}

#[test]
fn goods_that_the_book_has_nowhere_come_from_the_scanned_shelf_with_a_warning() {
    let rig = Rig::ready();
    rig.pick();
    shelf(&rig, 1);
    let lost = rig.scan(&lost());
    assert_eq!(reasons(&lost), ["book-short"]);
    assert_eq!(book_as_shown(&rig), [(bin(1), 1)]);
}

#[test]
fn a_package_that_is_too_many_says_that_it_is_a_package() {
    let rig = Rig::ready();
    rig.pick();
    rig.scan(&early());
    rig.count(0, 22);
    let pack = rig.scan(&ten("EARLY", "270331"));
    assert_eq!(reasons(&pack)[0], "too-many-packed");
    let text = said(&pack);
    assert!(
        text.contains("förpackning med 10") && text.contains("återstår 8"),
        "{text}"
    );
}
