//! The rules of the three flows, scan by scan.

use jiff::civil::{Date, date};
use sparhund_shared::event::{ArticleNo, Hold, Identified, Item, Quantity, ReasonCode, Unread};
use sparhund_shared::identity::{Gtin, LabelDate, Lot, PlaceCode, Serial, UdiDi};
use sparhund_shared::log::{HoldId, UserId, uuid_v7};
use sparhund_shared::reference::{
    Article, LotOption, Packaging, ProductCategory, ProductionIdentifier, TraceLevel,
};
use sparhund_shared::verdict::{
    Floor, Judgement, Kept, Known, LineView, Reason, Scanned, Verdict, judge_accept, judge_pick,
    judge_receive,
};

const TODAY: Date = date(2026, 11, 22);

fn di() -> UdiDi {
    UdiDi::gs1("04006381333931".parse::<Gtin>().expect("a GTIN"))
}

fn day(text: &str) -> LabelDate {
    text.parse().expect("a date")
}

fn article(trace: TraceLevel) -> Article {
    Article {
        no: "A-1".parse().expect("a number"),
        name: "Kateter".to_owned(),
        manufacturer: None,
        reference: None,
        emdn: None,
        category: ProductCategory::MedicalDevice,
        trace,
        identifiers: vec![ProductionIdentifier::Lot, ProductionIdentifier::Expiry],
        packagings: vec![Packaging { di: di(), units: 1 }],
        rules: sparhund_shared::reference::ArticleRules::default(),
    }
}

fn item(lot: Option<&str>, serial: Option<&str>, expiry: Option<&str>) -> Item {
    Item::Identified(Identified {
        di: di(),
        base: di(),
        article: "A-1".parse().ok(),
        lot: lot.map(|lot| lot.parse::<Lot>().expect("a lot")),
        serial: serial.map(|serial| serial.parse::<Serial>().expect("a serial")),
        expiry: expiry.map(day),
        made: None,
    })
}

fn hold(lot: Option<&str>) -> Hold {
    Hold {
        id: HoldId(uuid_v7(1, [0; 10])),
        dis: vec![di()],
        lot: lot.map(|lot| lot.parse().expect("a lot")),
        serial: None,
        reason: "FSN 7".parse().expect("a text"),
        set_at: 1,
        set_by: UserId(uuid_v7(1, [1; 10])),
        released_at: None,
        released_by: None,
        release_reason: None,
    }
}

fn option(lot: &str, expiry: &str, units: i64) -> LotOption {
    LotOption {
        place: "4006381333931/A-01".parse::<PlaceCode>().expect("a place"),
        lot: lot.parse().ok(),
        serial: None,
        expiry: Some(day(expiry)),
        units,
    }
}

fn units(units: u32) -> Quantity {
    Quantity::new(units).expect("a quantity")
}

fn scanned(item: &Item, quantity: u32) -> Scanned<'_> {
    Scanned {
        item,
        quantity: units(quantity),
        suspect_separator: false,
        lenient_reading: false,
        handled: false,
    }
}

fn words(judgement: &Judgement) -> Vec<&'static str> {
    judgement.reasons.iter().map(Reason::word).collect()
}

fn pick(item: &Item, quantity: u32, holds: &[Hold], options: &[LotOption], left: i64) -> Judgement {
    let article = article(TraceLevel::Lot);
    let wanted: ArticleNo = "A-1".parse().expect("a number");
    let known = Known {
        article: Some(&article),
        holds,
        today: TODAY,
    };
    judge_pick(
        &scanned(item, quantity),
        &known,
        &LineView::of(&wanted, left, options),
    )
}

#[test]
fn the_suggested_lot_is_ok() {
    let judgement = pick(
        &item(Some("L1"), None, Some("2027-01-31")),
        5,
        &[],
        &[option("L1", "2027-01-31", 9)],
        5,
    );
    assert_eq!((judgement.verdict, words(&judgement)), (Verdict::Ok, vec![]));
}

#[test]
fn a_lot_that_expires_later_stops_and_names_the_one_to_take() {
    let options = [option("L1", "2027-01-31", 9), option("L2", "2028-01-31", 9)];
    let judgement = pick(&item(Some("L2"), None, Some("2028-01-31")), 1, &[], &options, 5);
    assert_eq!(judgement.verdict, Verdict::Stop);
    assert!(matches!(&judgement.reasons[0], Reason::WrongLot { lot: Some(lot), .. } if lot.as_str() == "L1"));
}

#[test]
fn a_lot_the_books_do_not_know_goes_when_it_expires_no_later() {
    let options = [option("L1", "2027-01-31", 9)];
    assert_eq!(
        pick(&item(Some("X"), None, Some("2027-01-31")), 1, &[], &options, 5).verdict,
        Verdict::Ok
    );
    assert_eq!(
        pick(&item(Some("X"), None, Some("2027-02-28")), 1, &[], &options, 5).verdict,
        Verdict::Stop
    );
}

#[test]
fn goods_are_usable_on_their_expiry_day_and_not_after() {
    assert_eq!(
        pick(&item(Some("L"), None, Some("2026-11-22")), 1, &[], &[], 5).verdict,
        Verdict::Ok
    );
    assert_eq!(
        words(&pick(&item(Some("L"), None, Some("2026-11-21")), 1, &[], &[], 5)),
        ["expired"]
    );
    assert_eq!(
        pick(&item(Some("L"), None, Some("2026-11")), 1, &[], &[], 5).verdict,
        Verdict::Ok
    );
}

#[test]
fn a_hold_stops_in_every_flow() {
    let item = item(Some("L1"), None, Some("2027-01-31"));
    let holds = [hold(Some("L1"))];
    let article = article(TraceLevel::Lot);
    let known = Known {
        article: Some(&article),
        holds: &holds,
        today: TODAY,
    };
    let wanted = article.no.clone();
    let line = LineView::of(&wanted, 9, &[]);
    for judgement in [
        judge_receive(&scanned(&item, 1), &known),
        judge_pick(&scanned(&item, 1), &known, &line),
        judge_accept(&scanned(&item, 1), &known, Some(&line)),
    ] {
        assert_eq!(
            (judgement.verdict, words(&judgement)),
            (Verdict::Stop, vec!["held"])
        );
    }
}

#[test]
fn a_hold_on_a_lot_stops_goods_that_show_none_or_another_case() {
    assert!(
        words(&pick(
            &item(None, None, Some("2027-01-31")),
            1,
            &[hold(Some("L1"))],
            &[],
            5
        ))
        .contains(&"maybe-held")
    );
    assert!(
        words(&pick(
            &item(Some("l1"), None, Some("2027-01-31")),
            1,
            &[hold(Some("L1"))],
            &[],
            5
        ))
        .contains(&"maybe-held")
    );
    assert_eq!(
        pick(
            &item(Some("L2"), None, Some("2027-01-31")),
            1,
            &[hold(Some("L1"))],
            &[],
            5
        )
        .verdict,
        Verdict::Ok
    );
}

#[test]
fn a_lifted_hold_stops_nothing() {
    let lifted = Hold {
        released_at: Some(2),
        ..hold(None)
    };
    assert_eq!(
        pick(&item(Some("L1"), None, Some("2027-01-31")), 1, &[lifted], &[], 5).verdict,
        Verdict::Ok
    );
}

#[test]
fn another_article_and_an_unknown_one_are_wrong_for_a_line() {
    let item = item(Some("L1"), None, Some("2027-01-31"));
    let other: ArticleNo = "B-2".parse().expect("a number");
    let article = article(TraceLevel::Lot);
    let line = LineView::of(&other, 5, &[]);
    let known = Known {
        article: Some(&article),
        holds: &[],
        today: TODAY,
    };
    assert_eq!(
        words(&judge_pick(&scanned(&item, 1), &known, &line)),
        ["wrong-item"]
    );
    let unknown = Known {
        article: None,
        holds: &[],
        today: TODAY,
    };
    assert_eq!(
        words(&judge_pick(&scanned(&item, 1), &unknown, &line)),
        ["wrong-item"]
    );
    // What has expired is set aside: nobody is told to put it back, though it is the wrong item too.
    let old = self::item(Some("L1"), None, Some("2025-01-31"));
    assert_eq!(words(&judge_pick(&scanned(&old, 1), &known, &line)), ["expired"]);
}

#[test]
fn more_than_the_line_wants_stops() {
    let judgement = pick(&item(Some("L1"), None, Some("2027-01-31")), 6, &[], &[], 5);
    assert_eq!(judgement.reasons, [Reason::TooMany { left: 5 }]);
}

#[test]
fn a_serial_is_one_piece_and_comes_once() {
    let article = article(TraceLevel::Serial);
    let known = Known {
        article: Some(&article),
        holds: &[],
        today: TODAY,
    };
    let item = item(Some("L1"), Some("S1"), Some("2027-01-31"));
    let again = Scanned {
        item: &item,
        quantity: units(2),
        suspect_separator: false,
        lenient_reading: false,
        handled: true,
    };
    assert_eq!(
        words(&judge_receive(&again, &known)),
        ["serial-again", "serial-count"]
    );
    assert_eq!(judge_receive(&scanned(&item, 1), &known).verdict, Verdict::Ok);
}

#[test]
fn what_the_label_should_carry_and_does_not_is_said() {
    let lot_article = article(TraceLevel::Lot);
    let known = Known {
        article: Some(&lot_article),
        holds: &[],
        today: TODAY,
    };
    let bare = item(None, None, None);
    let judgement = judge_receive(&scanned(&bare, 1), &known);
    assert_eq!(
        (judgement.verdict, words(&judgement)),
        (Verdict::Warn, vec!["no-lot", "no-expiry"])
    );
    let serial_article = article(TraceLevel::Serial);
    let known = Known {
        article: Some(&serial_article),
        holds: &[],
        today: TODAY,
    };
    assert_eq!(judge_receive(&scanned(&bare, 1), &known).verdict, Verdict::Stop);
}

#[test]
fn unknown_and_unread_goods_may_be_received_with_a_warning() {
    let known = Known {
        article: None,
        holds: &[],
        today: TODAY,
    };
    let judgement = judge_receive(&scanned(&item(Some("L1"), None, None), 1), &known);
    assert_eq!(
        (judgement.verdict, words(&judgement)),
        (Verdict::Warn, vec!["unknown-article"])
    );
    let unread = Item::Unread(Unread::of(b"+A99912345/9901510X3", None));
    assert_eq!(
        words(&judge_receive(&scanned(&unread, 1), &known)),
        ["unread-code"]
    );
}

#[test]
fn goods_nobody_sent_are_not_confirmed() {
    let article = article(TraceLevel::Lot);
    let known = Known {
        article: Some(&article),
        holds: &[],
        today: TODAY,
    };
    let judgement = judge_accept(
        &scanned(&item(Some("L1"), None, Some("2027-01-31")), 1),
        &known,
        None,
    );
    assert_eq!(
        (judgement.verdict, words(&judgement)),
        (Verdict::Stop, vec!["not-expected"])
    );
}

#[test]
fn a_reason_that_fits_goes_past_the_first_lot_and_no_other_does() {
    let item = item(Some("L2"), None, Some("2028-01-31"));
    let options = [option("L1", "2027-01-31", 9), option("L2", "2028-01-31", 9)];
    let article = article(TraceLevel::Lot);
    let wanted = article.no.clone();
    let judged = |excuse| {
        let known = Known {
            article: Some(&article),
            holds: &[],
            today: TODAY,
        };
        let line = LineView {
            excuse,
            ..LineView::of(&wanted, 5, &options)
        };
        let judgement = judge_pick(&scanned(&item, 1), &known, &line);
        (judgement.verdict, words(&judgement))
    };
    for why in [
        ReasonCode::FirstLotUnusable,
        ReasonCode::FirstLotNotFound,
        ReasonCode::CareNeeds,
    ] {
        assert_eq!(judged(Some(why)), (Verdict::Warn, vec!["later-lot"]), "{why:?}");
    }
    assert_eq!(judged(None), (Verdict::Stop, vec!["wrong-lot"]));
    assert_eq!(
        judged(Some(ReasonCode::Other)),
        (Verdict::Stop, vec!["wrong-lot"])
    );
}

/// 100 stand there, 30 are safety stock above 50 for a crisis.
#[test]
fn what_a_site_keeps_is_taken_for_a_reason_only() {
    let item = item(Some("L1"), None, Some("2027-01-31"));
    let article = article(TraceLevel::Lot);
    let wanted = article.no.clone();
    let judged = |units, excuse| {
        let known = Known {
            article: Some(&article),
            holds: &[],
            today: TODAY,
        };
        let line = LineView {
            kept: Some(Kept {
                usable: 100,
                safety: 30,
                preparedness: 50,
            }),
            excuse,
            ..LineView::of(&wanted, 100, &[])
        };
        judge_pick(&scanned(&item, units), &known, &line)
    };
    let floor = |judgement: &Judgement| match judgement.reasons.as_slice() {
        [Reason::BelowFloor { floor, left, keep }] => Some((*floor, *left, *keep)),
        _ => None,
    };
    assert_eq!(judged(20, None).verdict, Verdict::Ok);
    assert_eq!(floor(&judged(21, None)), Some((Floor::Safety, 79, 80)));
    assert_eq!(floor(&judged(50, None)), Some((Floor::Safety, 50, 80)));
    assert_eq!(floor(&judged(51, None)), Some((Floor::Preparedness, 49, 50)));
    assert_eq!(judged(50, Some(ReasonCode::CareNeeds)).verdict, Verdict::Warn);
    assert_eq!(judged(51, Some(ReasonCode::CareNeeds)).verdict, Verdict::Stop);
    assert_eq!(judged(51, Some(ReasonCode::Crisis)).verdict, Verdict::Warn);
    assert_eq!(
        judged(21, Some(ReasonCode::FirstLotNotFound)).verdict,
        Verdict::Stop,
        "what is not on the shelf says nothing of what the site keeps"
    );
}
