//! Labels of one code or several, and codes that can be read in several ways.
#![allow(clippy::unwrap_used)]

mod common;

use common::region::{self, bin, compress, early, stranger};
use common::{Rig, reasons, scan};
use sparhund_scanner_core::api::{CandidateView, Command, ScanOutcome};
use sparhund_shared::event::{Item, Movement};
use sparhund_shared::reference::Packaging;
use sparhund_shared::verdict::Verdict;
use sparhund_shared::wire::Topic;

fn told(rig: &Rig) -> Vec<Movement> {
    rig.sync();
    rig.server.movements()
}

/// Three codes of one label: product, lot, expiry.
fn codes() -> [String; 3] {
    [
        format!("(01){}", compress()),
        "(10)EARLY".to_owned(),
        "(17)270331".to_owned(),
    ]
}

/// Every order in which they can be scanned.
const ORDERS: [[usize; 3]; 6] = [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]];

#[test]
fn two_symbols_of_one_label_make_one_item() {
    let rig = Rig::ready();
    rig.receive("Prov AB");
    rig.place(&bin(1));
    let first = rig.scan(&format!("(01){}", compress()));
    assert_eq!(reasons(&first), ["no-lot", "no-expiry"]);
    let whole = rig.scan("(17)270331(10)EARLY");
    assert_eq!(whole.judgement.verdict, Verdict::Ok);
    assert_eq!(whole.task.basket.len(), 1);
    assert_eq!(whole.task.basket[0].packs, 1);
    // And in the other order.
    assert!(matches!(
        rig.scan("(17)280331(10)LATE").outcome,
        ScanOutcome::NeedsMore
    ));
    assert!(rig.task(Command::CurrentTask).open.is_some());
    let other = rig.scan(&format!("(01){}", compress()));
    assert_eq!(other.task.basket.len(), 2);
    rig.book();
    let told = told(&rig);
    let lots: Vec<_> = told
        .iter()
        .map(|m| m.item.unit().lot.unwrap().to_string())
        .collect();
    assert_eq!(lots, ["EARLY", "LATE"]);
    assert!(told.iter().all(|movement| movement.capture.raw.len() == 2));
}

#[test]
fn a_count_between_two_symbols_is_of_the_whole_label() {
    let rig = Rig::ready();
    rig.receive("Prov AB");
    let bare = format!("(01){}", compress());
    rig.scan(&bare);
    rig.count(0, 5);
    let whole = rig.scan("(17)270331(10)EARLY");
    let packs: Vec<_> = whole.task.basket.iter().map(|entry| entry.packs).collect();
    assert_eq!((reasons(&whole), packs), (vec![], vec![5]));
    // Counted by scanning: the second symbol is of the last of them.
    rig.ask(Command::ClearBasket);
    rig.scan(&bare);
    rig.scan(&bare);
    let last = rig.scan("(17)270331(10)EARLY");
    let packs: Vec<_> = last.task.basket.iter().map(|entry| entry.packs).collect();
    assert_eq!(packs, [1, 1]);
    // Counted by both: nobody knows of how many.
    rig.ask(Command::ClearBasket);
    rig.scan(&bare);
    rig.scan(&bare);
    rig.count(0, 5);
    assert!(matches!(
        rig.scan("(17)270331(10)EARLY").outcome,
        ScanOutcome::NeedsMore
    ));
}

#[test]
fn symbols_with_different_counts_are_of_different_labels() {
    let rig = Rig::ready();
    rig.receive("Prov AB");
    rig.scan(&format!("(01){}(30)5", compress()));
    let other = rig.scan("(17)270331(10)EARLY(30)7");
    assert!(
        matches!(other.outcome, ScanOutcome::NeedsMore),
        "{:?}",
        other.outcome
    );
    rig.ask(Command::ClearBasket);
    rig.scan(&format!("(01){}(30)5", compress()));
    let same = rig.scan("(17)270331(10)EARLY(30)5");
    assert_eq!((same.task.basket.len(), same.task.basket[0].units), (1, 5));
}

fn with_hibc_article() -> Rig {
    let rig = Rig::ready();
    let mut article = region::articles().remove(0);
    article.no = "A-9".parse().unwrap();
    article.packagings = vec![Packaging {
        di: "HIBCC:A123BJC5D6E71".parse().unwrap(),
        units: 1,
    }];
    rig.server
        .put(Topic::Articles, "A-9", Some(region::value(&article)));
    rig.sync();
    rig.receive("Prov AB");
    rig.place(&bin(1));
    rig
}

#[test]
fn the_symbols_of_an_hibc_label_join_by_their_link() {
    let rig = with_hibc_article();
    assert_eq!(reasons(&rig.scan("]A0+A123BJC5D6E71G")), ["no-lot", "no-expiry"]);
    // The second symbol of another label, then the right one.
    assert!(matches!(
        rig.scan("]A0+$$52936510X3HV").outcome,
        ScanOutcome::NeedsMore
    ));
    rig.ask(Command::ClearBasket);
    rig.place(&bin(1));
    rig.scan("]A0+A123BJC5D6E71G");
    let whole = rig.scan("]A0+$$52936510X3GU");
    assert_eq!(whole.judgement.verdict, Verdict::Ok, "{:?}", reasons(&whole));
    assert_eq!(whole.task.basket.len(), 1);
    rig.book();
    let movement = told(&rig).remove(0);
    assert_eq!(movement.capture.raw.len(), 2);
    let Item::Identified(item) = movement.item else {
        panic!("an identified item")
    };
    assert_eq!(item.article.unwrap().as_str(), "A-9");
    assert_eq!(item.lot.unwrap().as_str(), "10X3");
    assert_eq!(item.expiry.unwrap().to_string(), "2029-12-31");
}

#[test]
fn a_lenient_reading_says_so_in_the_record() {
    let rig = with_hibc_article();
    let strict = rig.scan("]d1+A123BJC5D6E71/$$3280112LOT9J");
    assert_eq!(reasons(&strict), [""; 0]);
    let lenient = rig.scan("]d1+A123BJC5D6E71/$LOT8/14D20280112J");
    assert_eq!(
        (lenient.judgement.verdict, reasons(&lenient)),
        (Verdict::Warn, vec!["lenient-reading"])
    );
    rig.book();
    let seen: Vec<_> = told(&rig)
        .into_iter()
        .map(|movement| movement.capture.seen)
        .collect();
    assert_eq!(seen, [vec![], vec!["lenient-reading".to_owned()]]);
}

#[test]
fn a_label_without_its_check_character_is_for_a_person_to_decide() {
    let rig = with_hibc_article();
    let raw = "]d1+A123BJC5D6E71/$$3280112LOT8J";
    for (candidate, lot) in ["LOT8", "LOT8J"].into_iter().enumerate() {
        let choice = rig.scan(raw).task.choice;
        assert_eq!(choice.map(|ways| ways.len()), Some(2));
        let chosen = rig.judged(Command::ChooseReading { candidate });
        assert_eq!(reasons(&chosen), ["lenient-reading"]);
        let unit = chosen.task.basket[candidate].item.item.unit();
        assert_eq!(unit.lot.unwrap().to_string(), lot);
    }
}

#[test]
fn several_readings_are_decided_by_the_catalogue_or_by_a_person() {
    let rig = Rig::ready();
    rig.receive("Prov AB");
    // Fourteen digits: a GTIN of the catalogue, whatever else they may be.
    let known = rig.scan(&compress().to_string());
    assert!(matches!(known.outcome, ScanOutcome::InBasket { .. }));
    // A shelf label with product and place: the catalogue knows both, so a person must say which is meant.
    let both = format!("(01){}{}", compress(), region::place_label(&bin(1)));
    let candidates = rig.scan(&both).task.choice.expect("a choice");
    assert_eq!(candidates.len(), 2);
    for (candidate, reading) in candidates.iter().enumerate() {
        rig.scan(&both);
        let chosen = rig.judged(Command::ChooseReading { candidate });
        let is_place = matches!(reading, CandidateView::Place { .. });
        assert_eq!(matches!(chosen.outcome, ScanOutcome::Place { .. }), is_place);
        assert!(chosen.task.choice.is_none());
        // A second tap of the same finger.
        let again = rig.problem(Command::ChooseReading { candidate });
        assert_eq!(again.code, "no-choice");
    }
    rig.scan(&both);
    let choice = rig.problem(Command::ChooseReading { candidate: 7 });
    assert_eq!(choice.code, "no-candidate");
}

#[test]
fn a_lost_separator_is_for_a_person_to_decide() {
    let rig = Rig::ready();
    rig.receive("Prov AB");
    rig.place(&bin(1));
    // The catalogue says that this label carries an expiry, and it has none: it may stand in the lot.
    let lost = format!("]d201{}10EARLY17270331", compress());
    let asked = rig.scan(&lost).task.choice;
    let candidates = asked.expect("nothing is split, and nothing is taken whole, by itself");
    assert_eq!(candidates.len(), 2, "as it is, and with the separator");
    let chosen = |candidate| {
        rig.scan(&lost);
        rig.judged(Command::ChooseReading { candidate })
    };
    let split = chosen(1);
    assert_eq!(reasons(&split), ["lenient-reading"]);
    let unit = split.task.basket[0].item.item.unit();
    assert_eq!(unit.lot.unwrap().to_string(), "EARLY");
    let whole = chosen(0);
    assert!(reasons(&whole).contains(&"suspect-separator"), "{whole:?}");
    rig.book();
    let told = told(&rig);
    assert_eq!(told[0].capture.seen, ["lenient-reading"], "for ever");
    assert_eq!(told[1].item.unit().lot.unwrap().to_string(), "EARLY17270331");
    // What its labels do not carry was not swallowed: the pump's have a serial, no date.
    let pump = rig.scan(&format!("]d201{}21PUMP17270331", region::pump()));
    assert!(!matches!(pump.outcome, ScanOutcome::Choose), "{pump:?}");
    // Of goods that nobody knows a date that fits is suspect.
    let unknown = rig.scan(&format!("]d201{}10X17270331", stranger()));
    assert!(matches!(unknown.outcome, ScanOutcome::Choose));
}

#[test]
fn a_label_of_two_symbols_is_open_for_a_minute_or_until_somebody_gives_up() {
    let rig = Rig::ready();
    rig.receive("Prov AB");
    rig.place(&bin(1));
    let second = "(17)270331(10)EARLY";
    let first = format!("(01){}", compress());
    let open = rig.scan(second).task.open.unwrap();
    assert_eq!(open.lot.unwrap().to_string(), "EARLY");
    assert!(open.expiry.is_some() && open.serial.is_none());
    rig.reopen();
    assert!(rig.task(Command::CurrentTask).open.is_some(), "over a restart");
    // Time is over: the product stands alone.
    rig.machine.pass(60_001);
    let over = rig.task(Command::CurrentTask).open.unwrap();
    assert_eq!(over.until, open.until, "shown until somebody has seen it");
    assert_eq!(rig.problem(Command::Book).code, "scan-over");
    let alone = rig.scan(&first);
    assert_eq!(reasons(&alone), ["no-lot", "no-expiry"]);
    assert!(alone.task.open.is_none());
    // And so it is the other way round.
    rig.machine.pass(60_001);
    assert!(matches!(rig.scan(second).outcome, ScanOutcome::NeedsMore));
    // Somebody gives up.
    assert!(rig.task(Command::DropOpenScan).open.is_none());
    rig.ask(Command::ClearBasket);
    // Two codes of one label that say different things go nowhere.
    rig.scan(second);
    let other = format!("(01){}(10)LATE", compress());
    assert_eq!(rig.problem(scan(&other)).code, "symbols-differ");
    let task = rig.task(Command::CurrentTask);
    assert!(task.basket.is_empty() && task.open.is_some());
    assert_eq!(rig.scan(&first).task.basket.len(), 1, "the right one joins");
}

#[test]
fn three_symbols_of_a_label_join_in_any_order() {
    let rig = Rig::ready();
    rig.receive("Prov AB");
    let symbols = codes();
    for order in ORDERS {
        rig.ask(Command::ClearBasket);
        let [_, _, last] = order.map(|at| rig.scan(&symbols[at]));
        assert_eq!(reasons(&last), [""; 0], "{order:?}");
        assert_eq!(
            (last.task.basket.len(), last.task.basket[0].packs),
            (1, 1),
            "{order:?}"
        );
        assert!(last.task.open.is_none());
        rig.place(&bin(1));
        rig.book();
    }
    let told = told(&rig);
    assert!(told.iter().all(|movement| movement.capture.raw.len() == 3));
}

#[test]
fn a_symbol_scanned_twice_says_nothing_new() {
    let rig = Rig::ready();
    rig.receive("Prov AB");
    // A DataMatrix with everything, and the bar beside it.
    rig.scan(&early());
    let again = rig.scan("(17)270331(10)EARLY");
    assert!(matches!(again.outcome, ScanOutcome::KnownAlready));
    assert_eq!((again.task.basket[0].packs, again.task.open), (1, None));
    // Lot and expiry before the product.
    rig.ask(Command::ClearBasket);
    rig.scan("(17)270331(10)EARLY");
    assert!(matches!(rig.scan("(10)EARLY").outcome, ScanOutcome::KnownAlready));
    assert_eq!(rig.problem(scan("(10)LATE")).code, "symbols-differ");
    let whole = rig.scan(&format!("(01){}", compress()));
    assert_eq!(reasons(&whole), [""; 0]);
    // What is said twice joins no other goods, but the next package of the same.
    rig.scan("(17)270331(10)EARLY");
    let other = rig.scan(&format!("(01){}", region::stranger()));
    assert!(other.task.basket[1].item.item.unit().lot.is_none());
    rig.place(&bin(1));
    rig.book();
}

#[test]
fn a_further_code_of_stopped_goods_is_a_stop_too() {
    let rig = Rig::ready();
    rig.receive("Prov AB");
    let expired = format!("(01){}(17)200131(10)OLD", compress());
    assert_eq!(rig.scan(&expired).judgement.verdict, Verdict::Stop);
    rig.task(Command::AcknowledgeStop);
    assert_eq!(rig.scan("(17)200131(10)OLD").judgement.verdict, Verdict::Stop);
}

#[test]
fn packages_of_one_lot_follow_each_other_in_any_order_of_their_codes() {
    let rig = Rig::ready();
    rig.receive("Prov AB");
    let symbols = codes();
    for order in ORDERS {
        rig.ask(Command::ClearBasket);
        for packs in 1..=3 {
            let [_, _, last] = order.map(|at| rig.scan(&symbols[at]));
            let basket: Vec<_> = last.task.basket.iter().map(|entry| entry.packs).collect();
            assert_eq!((reasons(&last), basket), (vec![], vec![packs]), "{order:?}");
        }
        rig.place(&bin(1));
        rig.book();
    }
    // A code read twice by accident, and the next package is of another lot.
    rig.scan(&symbols[0]);
    rig.scan(&symbols[1]);
    rig.scan(&symbols[1]);
    rig.scan(&symbols[0]);
    let other = rig.scan("(10)LATER").task;
    let lots: Vec<_> = other
        .basket
        .iter()
        .map(|entry| (entry.item.item.unit().lot.unwrap().to_string(), entry.packs))
        .collect();
    assert_eq!(lots, [("EARLY".to_owned(), 1), ("LATER".to_owned(), 1)]);
    // Or its code comes first.
    rig.ask(Command::ClearBasket);
    rig.scan(&symbols[0]);
    rig.scan(&symbols[1]);
    rig.scan(&symbols[1]);
    assert!(matches!(rig.scan("(10)LATER").outcome, ScanOutcome::NeedsMore));
    let other = rig.scan(&symbols[0]).task;
    assert_eq!(other.basket[1].item.item.unit().lot.unwrap().to_string(), "LATER");
    // Or it says all in one code.
    rig.ask(Command::ClearBasket);
    rig.scan(&early());
    rig.scan(&symbols[1]);
    assert_eq!(
        rig.scan(&format!("(01){}(10)LATER", compress()))
            .task
            .basket
            .len(),
        2
    );
    // A serial is read twice, never of two pieces.
    rig.ask(Command::ClearBasket);
    let pump = format!("(01){}", region::pump());
    rig.scan(&pump);
    rig.scan("(21)S1");
    rig.scan("(21)S1");
    let second = rig.scan(&pump);
    assert!(
        !reasons(&second).contains(&"serial-again"),
        "{:?}",
        reasons(&second)
    );
    rig.ask(Command::ClearBasket);
    // Another lot of the same date: nothing of it is taken for the package before.
    rig.scan(&early());
    rig.scan("(17)270331");
    rig.scan("(10)OTHER");
    let other = rig.scan(&symbols[0]);
    let second = &other.task.basket[1].item.item;
    assert_eq!(second.unit().lot.unwrap().to_string(), "OTHER");
    assert!(second.expiry().is_some());
}

#[test]
fn nothing_is_booked_past_a_code_that_waits() {
    let rig = Rig::ready();
    rig.receive("Prov AB");
    rig.place(&bin(1));
    rig.scan(&early());
    // For the other code of its label.
    rig.ask(Command::ClearBasket);
    rig.scan(&early());
    rig.place(&bin(1));
    rig.machine.pass(60_001);
    rig.scan("(17)280331(10)LATE");
    assert_eq!(rig.problem(Command::Book).code, "scan-open");
    rig.machine.pass(60_001);
    assert_eq!(
        rig.problem(Command::Book).code,
        "scan-over",
        "not even when time is over"
    );
    assert_eq!(rig.task(Command::DropOpenScan).basket.len(), 1);
    // For an answer.
    let lost = format!("]d201{}10LATE17280331", compress());
    assert!(matches!(rig.scan(&lost).outcome, ScanOutcome::Choose));
    rig.reopen();
    assert_eq!(rig.problem(Command::Book).code, "choice-open");
    assert_eq!(rig.problem(scan(&early())).code, "choice-open");
    let asked = rig.task(Command::CurrentTask).choice;
    assert_eq!(asked.map(|readings| readings.len()), Some(2), "still asked");
    assert!(
        matches!(rig.scan(&lost).outcome, ScanOutcome::Choose),
        "asked again"
    );
    rig.task(Command::DropOpenScan);
    assert_eq!(rig.book().events.len(), 1);
}
