//! Hitta och spärra: the places that may have held goods, one after the other.

use sparhund_scanner_core::api::{Answer, Command, DeedKind, HintReason, Prompt};
use sparhund_shared::event::{BizStep, Event, StockStatus};
use sparhund_shared::verdict::Verdict;

use crate::common::region::{self, bin, compress, early, late};
use crate::common::{Rig, reasons};
use crate::{at, prompt, start, stocked};

/// 12 of the held lot in bin 1, and some that was moved to bin 2.
fn held() -> (Rig, DeedKind) {
    let rig = stocked(&bin(1));
    start(&rig, DeedKind::Store);
    rig.scan(&early());
    rig.count(0, 4);
    at(&rig, &bin(2));
    rig.ask(Command::CloseTask);
    rig.server.offline(false);
    let hold = region::hold(compress(), Some("EARLY"));
    rig.server.hold(&hold);
    rig.sync();
    rig.sync();
    rig.server.offline(true);
    (rig, DeedKind::Hunt { hold: hold.id })
}

#[test]
fn each_place_is_searched_and_what_is_found_is_set_aside() {
    let (rig, kind) = held();
    let cards = rig.tasks().hunts;
    assert_eq!((cards.len(), cards[0].places, cards[0].done), (1, 2, 0));
    let task = start(&rig, kind.clone());
    assert_eq!(prompt(&task), Prompt::ScanFrom);
    let hints = task.deed.unwrap().hints;
    let walk: Vec<_> = hints
        .iter()
        .map(|hint| (hint.place.code.to_string(), hint.units, hint.why))
        .collect();
    assert_eq!(
        walk,
        [(bin(1), 8, HintReason::InBook), (bin(2), 4, HintReason::InBook)]
    );

    at(&rig, &bin(1));
    let sound = rig.scan(&late());
    assert_eq!(
        (sound.judgement.verdict, reasons(&sound)),
        (Verdict::Stop, vec!["not-held"])
    );
    rig.ask(Command::AcknowledgeStop);
    let found = rig.scan(&early());
    assert_eq!((found.judgement.verdict, found.booked), (Verdict::Warn, 0));
    rig.count(0, 7);
    assert_eq!(
        rig.problem(crate::common::scan(&region::place_label(&bin(2))))
            .code,
        "search-open"
    );
    assert_eq!(rig.book().units, 7);

    // The other place has none: that is said, not left out.
    assert!(at(&rig, &bin(2)).task.deed.unwrap().may_be_none);
    assert_eq!(rig.problem(Command::Book).code, "basket-empty");
    rig.ask(Command::Answer {
        answer: Answer::NoneFound,
    });
    assert_eq!(rig.book().units, 0);

    rig.server.offline(false);
    rig.sync();
    let books = rig.server.books();
    let searched: Vec<_> = books
        .told()
        .into_iter()
        .filter_map(|(_, event)| match event {
            Event::Search(searching) => Some((searching.place.to_string(), searching.units)),
            _ => None,
        })
        .collect();
    assert_eq!(searched.len(), 2);
    assert!(searched.contains(&(bin(1), 7)) && searched.contains(&(bin(2), 0)));
    let aside = rig.server.movements_of(BizStep::Holding);
    assert_eq!(
        (aside.len(), aside[0].left(), aside[0].quantity.get()),
        (1, StockStatus::Quarantined, 7)
    );
    let told = aside[0].circumstances.as_ref().unwrap();
    assert!(told.hold.is_some() && told.cause.is_some());
}

#[test]
fn a_search_is_taken_back_like_any_other_work() {
    let (rig, kind) = held();
    start(&rig, kind);
    at(&rig, &bin(1));
    rig.scan(&early());
    rig.book();
    assert_eq!(rig.undo().len(), 2);
    rig.server.offline(false);
    rig.sync();
    let books = rig.server.books();
    assert!(books.told().is_empty());
    assert!(books.stock().iter().all(|row| row.2 != StockStatus::Quarantined));
}

/// A bin from which was taken without a lot may have what is held, although the book cannot tell.
#[test]
fn a_lifted_hold_is_searched_for_no_more() {
    let (rig, kind) = held();
    rig.server.offline(false);
    let mut hold = region::hold(compress(), Some("EARLY"));
    hold.released_at = Some(2);
    rig.server.hold(&hold);
    rig.sync();
    assert!(rig.tasks().hunts.is_empty());
    assert_eq!(rig.problem(Command::StartDeed { kind }).code, "hold-gone");
}
