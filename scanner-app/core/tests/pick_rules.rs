//! Picking past a rule: a later lot, or stock that the site keeps. It takes a role and a reason.
#![allow(clippy::unwrap_used)]

mod common;

use common::region::{self, bin, early, late};
use common::{Rig, reasons};
use sparhund_scanner_core::api::{Answer, Command};
use sparhund_shared::event::{BizStep, Movement, ReasonCode};
use sparhund_shared::reference::{Rule, StockRule};
use sparhund_shared::verdict::Verdict;
use sparhund_shared::wire::Topic;

fn because(reason: ReasonCode) -> Command {
    Command::Answer {
        answer: Answer::Reason { reason: Some(reason) },
    }
}

fn reason_of(moved: &Movement) -> Option<ReasonCode> {
    moved.circumstances.as_ref().and_then(|told| told.reason)
}

#[test]
fn a_later_lot_takes_a_role_and_a_reason() {
    let rig = Rig::ready();
    let task = rig.pick();
    assert_eq!(task.excuse, None, "a picker is not even asked");
    assert_eq!(
        rig.problem(because(ReasonCode::FirstLotUnusable)).code,
        "role-missing"
    );
    assert_eq!(reasons(&rig.scan(&late())), ["wrong-lot"]);
    rig.ask(Command::CloseTask);
    rig.ask(Command::SignOut);

    rig.sign_in_as("ledare");
    rig.server.offline(true);
    assert!(rig.pick().excuse.unwrap().said.is_none());
    assert_eq!(
        reasons(&rig.scan(&late())),
        ["wrong-lot"],
        "a role alone is no reason"
    );
    assert_eq!(rig.problem(because(ReasonCode::NotNeeded)).code, "not-here");
    let told = rig.judged(because(ReasonCode::FirstLotUnusable));
    assert_eq!(told.task.excuse.unwrap().said, Some(ReasonCode::FirstLotUnusable));
    let taken = rig.scan(&late());
    assert_eq!(
        (taken.judgement.verdict, reasons(&taken)),
        (Verdict::Warn, vec!["later-lot"])
    );
    let fitting = rig.scan(&early());
    assert_eq!(fitting.judgement.verdict, Verdict::Ok);
    rig.reopen();
    rig.book();
    assert_eq!(
        rig.task(Command::CurrentTask).excuse.unwrap().said,
        None,
        "the next basket keeps to the rules"
    );
    assert_eq!(reasons(&rig.scan(&late())), ["wrong-lot"]);

    rig.server.offline(false);
    rig.sync();
    let moved = rig.server.movements_of(BizStep::Picking);
    let why: Vec<_> = moved
        .iter()
        .map(|pick| (pick.from.clone().unwrap().to_string(), reason_of(pick)))
        .collect();
    assert_eq!(
        why,
        [(bin(1), Some(ReasonCode::FirstLotUnusable)), (bin(2), None)],
        "only what went past the rule tells why"
    );
    assert_eq!(moved[0].capture.seen, ["later-lot"]);
}

/// The store keeps 30 of its 40 as safety stock and 5 below that for a crisis.
#[test]
fn what_the_store_keeps_takes_a_role_and_a_reason() {
    let rig = Rig::ready();
    rig.server.0.borrow_mut().keeps_order = true;
    rig.receive("Prov AB");
    rig.scan(&early());
    rig.count(0, 40);
    rig.place(&bin(2));
    rig.book();
    rig.ask(Command::CloseTask);
    let rule = Rule::Stock(StockRule {
        place: region::store().parse().unwrap(),
        article: "A-1".parse().unwrap(),
        min: 0,
        max: 0,
        safety: 30,
        preparedness: 5,
        two_bin: false,
    });
    rig.server
        .put(Topic::Rules, &rule.key(), Some(region::value(&rule)));
    rig.sync();
    rig.sync();
    rig.ask(Command::SignOut);
    rig.sign_in_as("ledare");
    rig.server.offline(true);

    rig.pick();
    rig.scan(&early());
    assert_eq!(rig.count(0, 5).judgement.verdict, Verdict::Ok);
    let below = rig.count(0, 6);
    assert_eq!(
        (below.judgement.verdict, reasons(&below)),
        (Verdict::Stop, vec!["below-floor"])
    );
    rig.judged(because(ReasonCode::FirstLotNotFound));
    assert_eq!(reasons(&rig.count(0, 6)), ["below-floor"]);
    rig.judged(because(ReasonCode::CareNeeds));
    assert_eq!(reasons(&rig.count(0, 12)), ["floor-taken"]);
    assert_eq!(rig.book().units, 12);
    assert_eq!(
        reasons(&rig.scan(&early())),
        ["below-floor"],
        "28 are left, and the reason was for the basket before"
    );

    rig.server.offline(false);
    rig.sync();
    let moved = rig.server.movements_of(BizStep::Picking);
    assert_eq!(reason_of(&moved[0]), Some(ReasonCode::CareNeeds));
}
