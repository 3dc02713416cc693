//! Goods that are not as they should be: damaged, or too soon out of date.

use sparhund_scanner_core::api::{Command, Keep, Mark, ReceiptSay};
use sparhund_shared::event::{BizStep, Event, ReasonCode, StockStatus};
use sparhund_shared::reference::Article;
use sparhund_shared::verdict::Verdict;
use sparhund_shared::wire::Topic;

use super::common::region::{self, bin, early};
use super::common::{Rig, reasons};
use super::{differences, offline, open, say, told};

fn mark(reason: ReasonCode, units: u32, keep: Keep) -> ReceiptSay {
    ReceiptSay::Mark {
        entry: 0,
        mark: Mark {
            reason,
            units,
            keep,
            note: None,
            photos: Vec::new(),
        },
    }
}

/// Twelve of lot EARLY in the basket.
fn twelve(rig: &Rig) {
    open(rig);
    rig.scan(&early());
    rig.count(0, 12);
    rig.place(&bin(1));
}

#[test]
fn damaged_goods_are_set_aside_or_refused_and_the_rest_is_free() {
    let rig = offline();
    twelve(&rig);
    let ReceiptSay::Mark { entry, mark: broken } = mark(ReasonCode::Damaged, 2, Keep::Quarantine) else {
        panic!()
    };
    let broken = ReceiptSay::Mark {
        entry,
        mark: Mark {
            note: Some(" blöt kartong ".to_owned()),
            ..broken
        },
    };
    say(&rig, broken);
    let view = say(&rig, mark(ReasonCode::Opened, 3, Keep::Refuse));
    assert_eq!(view.task.basket[0].marks.len(), 2);
    rig.reopen();
    assert_eq!(rig.book().units, 9, "what is refused never becomes ours");
    let events = told(&rig);
    let moved: Vec<_> = rig
        .server
        .movements_of(BizStep::Receiving)
        .iter()
        .map(|moved| (moved.quantity.get(), moved.left()))
        .collect();
    assert_eq!(
        moved,
        [(2, StockStatus::Quarantined), (7, StockStatus::Available)]
    );
    let told: Vec<_> = differences(&events)
        .into_iter()
        .map(|(reason, units, _)| (reason, units))
        .collect();
    assert_eq!(
        told,
        [
            (ReasonCode::Missing, 18),
            (ReasonCode::Missing, 5),
            (ReasonCode::Missing, 1),
            (ReasonCode::Damaged, 2),
            (ReasonCode::Opened, 3)
        ]
    );
    let note = events.iter().find_map(|event| match event {
        Event::Differ(difference) => difference.note.clone(),
        _ => None,
    });
    assert_eq!(note.unwrap().as_str(), "blöt kartong");
}

#[test]
fn more_than_there_is_cannot_be_marked_and_less_goods_mean_less_marks() {
    let rig = offline();
    twelve(&rig);
    say(&rig, mark(ReasonCode::Damaged, 10, Keep::Quarantine));
    let too_many = mark(ReasonCode::Opened, 3, Keep::Quarantine);
    assert_eq!(rig.problem(Command::Receipt { say: too_many }).code, "quantity");
    say(&rig, mark(ReasonCode::Damaged, 12, Keep::Quarantine));
    let fewer = rig.count(0, 4).task;
    assert_eq!(fewer.basket[0].marks[0].units, 4);
    rig.book();
    told(&rig);
    assert_eq!(rig.server.movements()[0].quantity.get(), 4);
    open(&rig);
}

#[test]
fn a_mark_is_taken_back_and_no_person_is_named() {
    let rig = offline();
    twelve(&rig);
    say(&rig, mark(ReasonCode::Damaged, 2, Keep::Quarantine));
    let none = say(&rig, mark(ReasonCode::Damaged, 0, Keep::Quarantine));
    assert!(none.task.basket[0].marks.is_empty());
    let ReceiptSay::Mark { entry, mark } = mark(ReasonCode::Other, 1, Keep::Quarantine) else {
        panic!()
    };
    let named = ReceiptSay::Mark {
        entry,
        mark: Mark {
            note: Some("åt 19900101-9802".to_owned()),
            ..mark
        },
    };
    assert_eq!(
        rig.problem(Command::Receipt { say: named }).code,
        "person-in-text"
    );
}

#[test]
fn goods_that_last_too_short_a_time_give_pause() {
    let rig = offline();
    let mut article: Article = region::articles().remove(0);
    article.rules.min_days_receipt = Some(180);
    rig.server.offline(false);
    rig.server.put(
        Topic::Articles,
        article.no.as_str(),
        Some(region::value(&article)),
    );
    rig.sync();
    rig.server.offline(true);
    open(&rig);
    let short = rig.scan(&early());
    assert_eq!(short.judgement.verdict, Verdict::Warn);
    assert_eq!(reasons(&short), ["short-life"], "129 days are left");
    say(&rig, mark(ReasonCode::ShortLife, 1, Keep::Refuse));
    rig.place(&bin(1));
    assert_eq!(rig.book().units, 0);
    let events = told(&rig);
    assert!(rig.server.movements().is_empty());
    let short = differences(&events);
    assert!(short.contains(&(ReasonCode::ShortLife, 1, None)), "{short:?}");
}
