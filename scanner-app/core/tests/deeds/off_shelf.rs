//! Retur, kassation, karantän.

use sparhund_scanner_core::api::{Answer, Command, DeedKind, Prompt};
use sparhund_shared::event::{BizStep, ReasonCode, StockStatus};
use sparhund_shared::reference::PlaceKind;
use sparhund_shared::verdict::Verdict;
use sparhund_shared::wire::Topic;

use crate::common::region::{self, bin, compress, early, ward};
use crate::common::{Rig, reasons};
use crate::{at, prompt, start, stocked};

fn because(rig: &Rig, reason: ReasonCode) {
    rig.ask(Command::Answer {
        answer: Answer::Reason { reason: Some(reason) },
    });
}

#[test]
fn the_reason_is_chosen_once_and_each_scan_is_booked() {
    let rig = stocked(&ward());
    start(&rig, DeedKind::Discard);
    let place = at(&rig, &ward());
    let Prompt::Reason { reasons: offered } = prompt(&place.task) else {
        panic!("{:?}", place.task.prompt)
    };
    assert!(offered.contains(&ReasonCode::Expired) && !offered.contains(&ReasonCode::NotNeeded));
    because(&rig, ReasonCode::Damaged);
    for _ in 0..2 {
        rig.machine.pass(2_000);
        assert_eq!(rig.scan(&early()).booked, 1);
    }
    rig.server.offline(false);
    rig.sync();
    let gone = rig.server.movements_of(BizStep::Destroying);
    assert_eq!((gone.len(), gone[0].left()), (2, StockStatus::Destroyed));
    assert_eq!(
        gone[1].circumstances.as_ref().unwrap().reason,
        Some(ReasonCode::Damaged)
    );
}

#[test]
fn held_and_expired_goods_may_be_returned_and_it_is_said() {
    let rig = stocked(&ward());
    rig.server.offline(false);
    rig.server.hold(&region::hold(compress(), Some("EARLY")));
    rig.sync();
    rig.server.offline(true);
    start(&rig, DeedKind::Return);
    at(&rig, &ward());
    because(&rig, ReasonCode::Recalled);
    let back = rig.scan(&early());
    assert_eq!(
        (back.judgement.verdict, reasons(&back), back.booked),
        (Verdict::Warn, vec!["held-aside"], 1)
    );
    rig.server.offline(false);
    rig.sync();
    let stock = rig.server.books().stock();
    let waits: i64 = stock
        .iter()
        .filter(|row| row.2 == StockStatus::Returned)
        .map(|row| row.3)
        .sum();
    assert_eq!(waits, 1);
}

#[test]
fn the_scan_of_the_quarantine_place_sets_goods_aside() {
    let rig = stocked(&bin(1));
    rig.server.offline(false);
    let mut place = region::places().remove(1);
    place.code = format!("{}/K-01", region::store()).parse().unwrap();
    place.kind = PlaceKind::Quarantine;
    let code = place.code.to_string();
    rig.server.put(Topic::Places, &code, Some(region::value(&place)));
    rig.sync();
    rig.server.offline(true);
    start(&rig, DeedKind::SetAside);
    at(&rig, &bin(1));
    because(&rig, ReasonCode::Damaged);
    rig.scan(&early());
    rig.count(0, 3);
    let wrong = at(&rig, &bin(2));
    assert_eq!(
        (wrong.judgement.verdict, reasons(&wrong)),
        (Verdict::Stop, vec!["not-quarantine"])
    );
    rig.ask(Command::AcknowledgeStop);
    assert_eq!(at(&rig, &code).booked, 3);
    rig.server.offline(false);
    rig.sync();
    let aside = rig.server.movements_of(BizStep::Holding);
    assert_eq!(
        (aside[0].to.to_string(), aside[0].left()),
        (code, StockStatus::Quarantined)
    );
}

/// Goods that were picked and stopped at the door: setting them aside is told, and the line wants others.
#[test]
fn picked_goods_that_are_set_aside_are_picked_anew() {
    let rig = Rig::ready();
    rig.server.0.borrow_mut().keeps_order = true;
    rig.receive("Prov AB");
    rig.scan(&early());
    rig.count(0, 12);
    rig.place(&bin(2));
    rig.book();
    rig.sync();
    rig.sync();
    rig.pick();
    rig.scan(&early());
    rig.count(0, 12);
    rig.book();
    rig.ask(Command::CloseTask);
    rig.sync();
    rig.sync();
    rig.server.offline(true);
    start(&rig, DeedKind::SetAside);
    at(&rig, &region::dispatch());
    because(&rig, ReasonCode::Held);
    rig.scan(&early());
    rig.count(0, 12);
    assert_eq!(at(&rig, &region::dispatch()).booked, 12);
    rig.ask(Command::CloseTask);
    assert_eq!(rig.pick().lines[0].progress.picked, 0, "here at once");
    rig.server.offline(false);
    rig.sync();
    let progress = rig.server.books().orders().values().next().copied();
    assert_eq!(
        progress.map_or(0, |progress| progress.picked),
        0,
        "and at the server"
    );
}
