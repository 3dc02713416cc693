//! Hjälpmedel: from state to state, one scan and one tap each.

use sparhund_scanner_core::api::{Command, DeedKind, Prompt, TaskView, Way};
use sparhund_shared::event::{BizStep, ReasonCode, StockStatus};
use sparhund_shared::reference::ArticleTrait;
use sparhund_shared::verdict::Verdict;

use crate::common::region::{self, bin, early, pump, pump_label, ward};
use crate::common::{Rig, reasons};
use crate::patient::{having, with_rules};
use crate::release::choose;
use crate::{at, prompt, start};

/// A handheld whose pumps are aids; one of them stands in bin 1.
fn one_aid() -> Rig {
    let rig = with_rules(having(ArticleTrait::Aid));
    rig.receive("Prov AB");
    rig.scan(&pump_label("H1"));
    rig.place(&bin(1));
    rig.book();
    rig.ask(Command::CloseTask);
    start(&rig, DeedKind::Aid);
    rig
}

fn ways(task: &TaskView) -> Vec<Way> {
    match prompt(task) {
        Prompt::Choose { ways } => ways,
        other => panic!("{other:?}"),
    }
}

/// Scans the aid and tells its state.
fn scan(rig: &Rig) -> (StockStatus, Vec<Way>) {
    rig.machine.pass(2_000);
    let scanned = rig.scan(&pump_label("H1"));
    assert_ne!(
        scanned.judgement.verdict,
        Verdict::Stop,
        "{:?}",
        reasons(&scanned)
    );
    (
        scanned.task.deed.clone().unwrap().state.unwrap(),
        ways(&scanned.task),
    )
}

#[test]
fn an_aid_goes_round_without_network() {
    let rig = one_aid();
    let (state, open) = scan(&rig);
    assert_eq!((state, open[0]), (StockStatus::Available, Way::Lend));
    assert_eq!(choose(&rig, Way::Reserve).booked, 1);
    assert_eq!(
        scan(&rig),
        (StockStatus::Reserved, vec![Way::Lend, Way::Unreserve])
    );
    let lend = choose(&rig, Way::Lend);
    assert_eq!((lend.booked, prompt(&lend.task)), (0, Prompt::ScanPatient));
    // Killed in the middle of it, it goes on.
    rig.reopen();
    assert_eq!(rig.scan("191212121212").booked, 1);
    assert_eq!(scan(&rig).0, StockStatus::Lent);
    choose(&rig, Way::OrderPickUp);
    assert_eq!(scan(&rig).0, StockStatus::ToCollect);
    assert_eq!(prompt(&choose(&rig, Way::TakeBack).task), Prompt::ScanTo);
    assert_eq!(at(&rig, &bin(2)).booked, 1);
    let wants = [
        (StockStatus::Returned, Way::Clean),
        (StockStatus::Cleaning, Way::Inspect),
        (StockStatus::Inspection, Way::Repair),
        (StockStatus::Repair, Way::Inspect),
    ];
    for (wanted, way) in wants {
        assert_eq!(scan(&rig).0, wanted);
        assert_eq!(choose(&rig, way).booked, 1, "{way:?}");
    }
    assert_eq!(scan(&rig).0, StockStatus::Inspection);
    choose(&rig, Way::ToStock);
    at(&rig, &bin(1));
    assert_eq!(scan(&rig).0, StockStatus::Available);
    rig.server.offline(false);
    rig.sync();
    let stock = rig.server.books().stock();
    let there: Vec<_> = stock
        .iter()
        .filter(|row| row.0.serial.is_some() && row.3 != 0)
        .map(|row| (row.1.to_string(), row.2, row.3))
        .collect();
    assert_eq!(there, [(bin(1), StockStatus::Available, 1)]);
    let lendings = rig.server.movements_of(BizStep::Lending);
    assert!(lendings[0].circumstances.as_ref().unwrap().patient.is_some());
    assert!(!String::from_utf8_lossy(&rig.server.bytes()).contains("1212121212"));
}

#[test]
fn a_step_that_is_not_its_turn_is_refused_and_a_lost_aid_is_nowhere() {
    let rig = one_aid();
    scan(&rig);
    let early = rig.problem(Command::Answer {
        answer: sparhund_scanner_core::api::Answer::Way {
            way: Some(Way::ToStock),
        },
    });
    assert_eq!(early.code, "not-here");
    choose(&rig, Way::Lend);
    rig.scan("191212121212");
    scan(&rig);
    choose(&rig, Way::Lost);
    rig.machine.pass(2_000);
    let gone = rig.scan(&pump_label("H1"));
    assert_eq!(
        (gone.judgement.verdict, reasons(&gone)),
        (Verdict::Stop, vec!["aid-nowhere"])
    );
    rig.ask(Command::AcknowledgeStop);
    rig.undo();
    assert_eq!(scan(&rig).0, StockStatus::Lent, "taken back");
    rig.server.offline(false);
    rig.sync();
    let lost = rig.server.movements_of(BizStep::StockTaking);
    assert_eq!(
        lost[0].circumstances.as_ref().unwrap().reason,
        Some(ReasonCode::Lost)
    );
}

#[test]
fn contaminated_aids_are_scrapped_with_a_reason_and_held_ones_go_to_nobody() {
    let rig = one_aid();
    rig.server.offline(false);
    rig.server.hold(&region::hold(pump(), None));
    rig.sync();
    rig.server.offline(true);
    let (_, open) = scan(&rig);
    assert_eq!(open, [Way::Repair]);
    choose(&rig, Way::Repair);
    scan(&rig);
    let scrap = choose(&rig, Way::Scrap);
    let Prompt::Reason { reasons: offered } = prompt(&scrap.task) else {
        panic!("{:?}", scrap.task.prompt)
    };
    assert!(offered.contains(&ReasonCode::Contaminated));
    let told = rig.judged(Command::Answer {
        answer: sparhund_scanner_core::api::Answer::Reason {
            reason: Some(ReasonCode::Contaminated),
        },
    });
    assert_eq!(told.booked, 1);
}

#[test]
fn other_goods_are_no_aids_and_one_aid_comes_after_the_other() {
    let rig = one_aid();
    let other = rig.scan(&early());
    assert!(reasons(&other).contains(&"not-aid"), "{:?}", reasons(&other));
    rig.ask(Command::AcknowledgeStop);
    assert_eq!(reasons(&rig.scan(&pump_label("H9"))), ["aid-nowhere"]);
    rig.ask(Command::AcknowledgeStop);
    assert_eq!(
        rig.problem(crate::common::scan(&region::place_label(&ward())))
            .code,
        "not-here"
    );
    scan(&rig);
    let second = rig.problem(crate::common::scan(&pump_label("H2")));
    assert_eq!(second.code, "aid-open");
}
