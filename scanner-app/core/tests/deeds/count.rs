//! Inventering: blind, and checked by another person.

use sparhund_scanner_core::api::{Answer, Command, DeedKind, HintReason, Prompt};
use sparhund_shared::event::{BizStep, CountOutcome, Counting, Event, Movement, StockStatus};
use sparhund_shared::reference::Rule;
use sparhund_shared::wire::Topic;

use crate::common::Rig;
use crate::common::region::{self, bin, early, late, ward};
use crate::{at, prompt, start, stocked};

fn counts(rig: &Rig) -> Vec<Counting> {
    rig.server.offline(false);
    rig.sync();
    rig.sync();
    let books = rig.server.books();
    let told = books.told().into_iter().filter_map(|(_, event)| match event {
        Event::Count(counting) => Some(counting.clone()),
        _ => None,
    });
    let mut told: Vec<_> = told.collect();
    told.sort_by_key(|counting| std::cmp::Reverse(counting.book));
    told
}

fn adjusted(rig: &Rig) -> Vec<Movement> {
    rig.server.movements_of(BizStep::StockTaking)
}

fn allow(rig: &Rig, units: u32, percent: u32) {
    let rule = Rule::CountLimit { units, percent };
    rig.server
        .put(Topic::Rules, &rule.key(), Some(region::value(&rule)));
}

#[test]
fn the_count_is_blind_and_what_agrees_changes_nothing() {
    let rig = stocked(&bin(1));
    let task = start(&rig, DeedKind::Count);
    assert_eq!(prompt(&task), Prompt::ScanFrom);
    let there = at(&rig, &bin(1));
    assert_eq!(prompt(&there.task), Prompt::ScanGoods);
    let deed = there.task.deed.clone().unwrap();
    assert!(deed.hints.is_empty(), "nobody is told what the book has");
    assert!(!serde_json::to_string(&there).unwrap().contains("EARLY"));
    rig.scan(&early());
    rig.count(0, 12);
    rig.book();
    let counts = counts(&rig);
    assert_eq!((counts.len(), counts[0].units, counts[0].book), (1, 12, 12));
    assert_eq!(counts[0].outcome, CountOutcome::Agrees);
    assert!(adjusted(&rig).is_empty());
}

#[test]
fn a_small_difference_is_settled_and_a_large_one_waits_for_somebody_else() {
    let rig = stocked(&bin(1));
    rig.server.offline(false);
    allow(&rig, 2, 20);
    rig.sync();
    rig.server.offline(true);
    start(&rig, DeedKind::Count);
    at(&rig, &bin(1));
    rig.scan(&early());
    rig.count(0, 10);
    // Goods that nobody knew of.
    rig.scan(&late());
    rig.book();
    let counts = counts(&rig);
    let said: Vec<_> = counts
        .iter()
        .map(|count| (count.units, count.book, count.outcome))
        .collect();
    assert_eq!(
        said,
        [
            (10, 12, CountOutcome::Settles),
            (1, 0, CountOutcome::AwaitsAnother)
        ],
        "a surplus where the book has nothing is more than any per cent"
    );
    let adjusted = adjusted(&rig);
    assert_eq!((adjusted.len(), adjusted[0].quantity.get()), (1, 2));
    assert_eq!(adjusted[0].left(), StockStatus::Missing);
    assert!(
        adjusted[0].circumstances.as_ref().unwrap().cause.is_some(),
        "it names the count"
    );
}

#[test]
fn another_person_settles_and_the_same_one_does_not() {
    let rig = stocked(&bin(1));
    start(&rig, DeedKind::Count);
    at(&rig, &bin(1));
    rig.ask(Command::Answer {
        answer: Answer::NoneFound,
    });
    rig.book();
    assert_eq!(counts(&rig)[0].outcome, CountOutcome::AwaitsAnother);
    assert!(adjusted(&rig).is_empty());
    // Who counted is not asked to check.
    assert!(start(&rig, DeedKind::Count).deed.unwrap().hints.is_empty());
    rig.ask(Command::CloseTask);
    rig.ask(Command::SignOut);
    rig.sign_in_as("plockare2");
    rig.server.offline(true);
    let hints = start(&rig, DeedKind::Count).deed.unwrap().hints;
    assert_eq!(
        (hints.len(), hints[0].place.code.to_string(), hints[0].why),
        (1, bin(1), HintReason::ToCheck)
    );
    at(&rig, &bin(1));
    rig.scan(&early());
    rig.count(0, 5);
    rig.book();
    let counts = counts(&rig);
    let second = counts.iter().find(|count| count.first.is_some()).unwrap();
    assert_eq!((second.units, second.outcome), (5, CountOutcome::Settles));
    let adjusted = adjusted(&rig);
    assert_eq!(
        (adjusted[0].quantity.get(), adjusted[0].left()),
        (7, StockStatus::Missing)
    );
    let free: i64 = rig
        .server
        .books()
        .stock()
        .iter()
        .filter(|row| row.2 == StockStatus::Available)
        .map(|row| row.3)
        .sum();
    assert_eq!(free, 5);
}

/// 100 of one lot and 50 of another, 120 used without a lot: the 30 that are left tell which were used.
#[test]
fn sorting_what_is_left_tells_which_lots_were_used() {
    let rig = Rig::ready();
    rig.server.0.borrow_mut().keeps_order = true;
    allow(&rig, 1_000, 100);
    rig.receive("Prov AB");
    for (label, units) in [(early(), 100), (late(), 50)] {
        rig.scan(&label);
        rig.count(0, units);
        rig.place(&ward());
        rig.book();
    }
    rig.ask(Command::CloseTask);
    start(&rig, DeedKind::Use);
    at(&rig, &ward());
    rig.scan(&format!("(01){}", region::compress()));
    rig.count(0, 120);
    rig.book();
    rig.ask(Command::CloseTask);
    rig.sync();
    rig.sync();
    start(&rig, DeedKind::Count);
    at(&rig, &ward());
    rig.scan(&early());
    rig.count(0, 18);
    rig.scan(&late());
    rig.count(1, 12);
    rig.book();
    counts(&rig);
    let stock = rig.server.books().stock();
    let of = |lot: Option<&str>, status| -> i64 {
        let rows = stock.iter().filter(|(unit, _, state, _)| {
            unit.lot.as_ref().map(sparhund_shared::identity::Lot::as_str) == lot && *state == status
        });
        rows.map(|row| row.3).sum()
    };
    assert_eq!(
        (
            of(Some("EARLY"), StockStatus::Available),
            of(Some("EARLY"), StockStatus::Used)
        ),
        (18, 82)
    );
    assert_eq!(
        (
            of(Some("LATE"), StockStatus::Available),
            of(Some("LATE"), StockStatus::Used)
        ),
        (12, 38)
    );
    assert_eq!(
        (of(None, StockStatus::Available), of(None, StockStatus::Used)),
        (0, 0),
        "no use is without a lot any more"
    );
    assert_eq!(
        of(Some("EARLY"), StockStatus::Missing) + of(Some("LATE"), StockStatus::Missing),
        0
    );
}
