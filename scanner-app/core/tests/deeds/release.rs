//! Häv karantän: quality decides.

use sparhund_scanner_core::api::{Answer, Command, DeedKind, Prompt, Way};
use sparhund_shared::event::{BizStep, ReasonCode, StockStatus};
use sparhund_shared::reference::PlaceKind;
use sparhund_shared::verdict::Verdict;
use sparhund_shared::wire::Topic;

use crate::common::region::{self, bin, compress, early};
use crate::common::{Rig, reasons};
use crate::{at, prompt, start, stocked};

pub fn choose(rig: &Rig, way: Way) -> sparhund_scanner_core::api::ScanView {
    rig.judged(Command::Answer {
        answer: Answer::Way { way: Some(way) },
    })
}

fn because(rig: &Rig, reason: ReasonCode) -> sparhund_scanner_core::api::ScanView {
    rig.judged(Command::Answer {
        answer: Answer::Reason { reason: Some(reason) },
    })
}

/// 5 of 12 compresses set aside in bin 2, which is a quarantine place; who answers for quality is signed in.
fn set_aside() -> Rig {
    let rig = stocked(&bin(1));
    rig.server.offline(false);
    let mut quarantine = region::places().remove(2);
    quarantine.kind = PlaceKind::Quarantine;
    rig.server
        .put(Topic::Places, &bin(2), Some(region::value(&quarantine)));
    let user = region::quality();
    rig.server
        .put(Topic::Users, &user.id.to_string(), Some(region::value(&user)));
    rig.ask(Command::SignOut);
    rig.sign_in_as("kvalitet");
    rig.sync();
    rig.server.offline(true);
    start(&rig, DeedKind::SetAside);
    at(&rig, &bin(1));
    because(&rig, ReasonCode::Damaged);
    rig.scan(&early());
    rig.count(0, 5);
    assert_eq!(at(&rig, &bin(2)).booked, 5);
    rig.ask(Command::CloseTask);
    rig
}

fn units(rig: &Rig, place: &str, status: StockStatus) -> i64 {
    let stock = rig.server.books().stock();
    let rows = stock
        .iter()
        .filter(|row| row.1.to_string() == place && row.2 == status);
    rows.map(|row| row.3).sum()
}

#[test]
fn goods_leave_quarantine_by_decision_without_network() {
    let rig = set_aside();
    let task = start(&rig, DeedKind::Release);
    assert_eq!(prompt(&task), Prompt::ScanFrom);
    at(&rig, &bin(2));
    rig.scan(&early());
    let two = rig.count(0, 2);
    let Prompt::Choose { ways } = prompt(&two.task) else {
        panic!("{:?}", two.task.prompt)
    };
    assert_eq!(ways, [Way::Release, Way::SendBack, Way::Discard]);
    assert_eq!(rig.problem(Command::Book).code, "way-needed");
    assert_eq!(prompt(&choose(&rig, Way::Release).task), Prompt::ScanTo);
    let quarantine = crate::common::scan(&region::place_label(&bin(2)));
    assert_eq!(rig.problem(quarantine).code, "free-in-quarantine");
    let shelf = at(&rig, &bin(1));
    assert_eq!(
        (shelf.booked, prompt(&shelf.task)),
        (0, Prompt::Book),
        "a decision is a tap"
    );
    rig.reopen();
    assert_eq!(rig.book().units, 2);
    // The next two go back to the supplier, the last one to the waste, and that is taken back.
    rig.scan(&early());
    rig.count(0, 2);
    choose(&rig, Way::SendBack);
    because(&rig, ReasonCode::NonConforming);
    assert_eq!(rig.book().units, 2);
    rig.scan(&early());
    choose(&rig, Way::Discard);
    because(&rig, ReasonCode::Damaged);
    assert_eq!(rig.book().units, 1);
    rig.undo();
    rig.server.offline(false);
    rig.sync();
    assert_eq!(units(&rig, &bin(1), StockStatus::Available), 9);
    assert_eq!(units(&rig, &bin(2), StockStatus::Quarantined), 1);
    assert_eq!(units(&rig, &bin(2), StockStatus::SentBack), 2);
    let back = rig.server.movements_of(BizStep::Returning);
    assert_eq!(
        back[0].circumstances.as_ref().unwrap().reason,
        Some(ReasonCode::NonConforming)
    );
}

#[test]
fn nobody_else_decides() {
    let rig = stocked(&bin(1));
    let problem = rig.problem(Command::StartDeed {
        kind: DeedKind::Release,
    });
    assert_eq!(
        (problem.code.as_str(), &problem.args["role"]),
        ("role-missing", &"quality".into())
    );
    assert!(!rig.tasks().deeds.contains(&DeedKind::Release));
}

#[test]
fn held_goods_are_not_released_but_may_be_discarded() {
    let rig = set_aside();
    rig.server.offline(false);
    rig.server.hold(&region::hold(compress(), Some("EARLY")));
    rig.sync();
    rig.server.offline(true);
    start(&rig, DeedKind::Release);
    at(&rig, &bin(2));
    rig.scan(&early());
    let chosen = choose(&rig, Way::Release);
    assert_eq!(chosen.task.basket[0].judgement.verdict, Verdict::Stop);
    rig.judged(Command::Answer {
        answer: Answer::Way { way: None },
    });
    choose(&rig, Way::Discard);
    because(&rig, ReasonCode::Recalled);
    assert_eq!(rig.book().units, 1);
}

#[test]
fn free_goods_are_not_released() {
    let rig = set_aside();
    start(&rig, DeedKind::Release);
    at(&rig, &bin(1));
    let free = rig.scan(&early());
    assert_eq!(
        (free.judgement.verdict, reasons(&free)),
        (Verdict::Stop, vec!["not-set-aside"])
    );
}
